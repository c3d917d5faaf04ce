"""One period of one market: who is named with which share, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tracker.analysis.decimals import exact
from tracker.analysis.reading import Reading

if TYPE_CHECKING:
    import pandas as pd

WHOLE = Decimal(100)

NOBODY = ("residual", "group")
"""Kinds that are not one holder of a share: the rest, and several that are reported as one."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everybody who is named in one period of one market.

    Parameters
    ----------
    period : str
        As it is written.
    named : tuple of Reading
        One for each entity, without the rest and without groups; from the greatest share, a bound by the least that
        it allows.
    whole : str
        ``closed``, ``open``, ``overlapping`` or ``index``.
    rest_named : bool
        Whether the source reports a rest, or a group, beside them.
    """

    period: str
    named: tuple[Reading, ...]
    whole: str = "open"
    rest_named: bool = False

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.named, key=lambda one: (-at_least(one), one.entity)))
        object.__setattr__(self, "named", ordered)

    @property
    def low(self) -> Decimal:
        """The least that the named shares add up to, percent."""
        return sum((exact(one.lowest) for one in self.named), Decimal(0))

    @property
    def high(self) -> Decimal:
        """The most that they add up to, percent."""
        return sum((exact(one.highest) for one in self.named), Decimal(0))

    @property
    def complete(self) -> bool:
        """Whether nobody is missing: a closed whole without a rest, full within rounding."""
        return self.whole == "closed" and not self.rest_named and self.low <= WHOLE <= self.high


def at_least(reading: Reading) -> float:
    """Return the share as published, percent; of a bound the least that it allows, for more nobody said."""
    return reading.lowest if reading.value is None else reading.value


def snapshots(frame: pd.DataFrame) -> tuple[Snapshot, ...]:
    """Sort the observations of one market by period.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame; shares in percent.

    Returns
    -------
    tuple of Snapshot
        In the order of time. Periods that differ in length are different periods.

    Raises
    ------
    MixedMarkets
        If there are several: shares of different wholes are not compared.

    Notes
    -----
    *Not valid* where a lab and its models stand in one frame: each share would count twice.
    """
    from tracker.analysis.readings import readings
    from tracker.frames import one_market

    if frame.empty:
        return ()
    one_market(frame)
    whole = str(frame["whole"].iloc[0])
    kinds = dict(zip(frame["entity"].astype(str), frame["kind"].astype(str), strict=True))
    found: dict[tuple[float, str], list[Reading]] = {}
    for series in readings(frame).values():
        for one in series:
            found.setdefault((one.middle, one.period), []).append(one)
    return tuple(
        Snapshot(
            period,
            tuple(one for one in those if kinds[one.entity] not in NOBODY),
            whole,
            any(kinds[one.entity] in NOBODY for one in those),
        )
        for (_, period), those in sorted(found.items())
    )
