"""The share that the greatest few hold together: the concentration ratio CR_k."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.analysis.decimals import exact, plain
from tracker.analysis.refused import Refused
from tracker.analysis.rest import published, rest, unshared
from tracker.analysis.sentence import Sentence
from tracker.analysis.snapshot import WHOLE, Snapshot
from tracker.analysis.words import between
from tracker.errors import TrackerError


@dataclass(frozen=True, slots=True)
class Ratio(Sentence):
    """What the greatest k hold together, in percent.

    Parameters
    ----------
    period : str
        As it is written.
    k : int
        How many.
    low, high : float
        The least, and the greatest if none of the unnamed is bigger than the smallest named; shares as published.
    most : float
        The greatest without that condition: the rest is one.
    rounding_low, rounding_high : float
        `low` and `most` once rounding is counted.
    """

    period: str
    k: int
    low: float
    high: float
    most: float
    rounding_low: float
    rounding_high: float

    def __str__(self) -> str:
        said = f"{self.period}: the greatest {self.k} hold {between(self.low, self.high)}%"
        if self.most > self.high:
            condition = "if none of the rest is bigger than the smallest named"
            said += f", {condition}; up to {plain(self.most)}% otherwise"
        return f"{said}; with rounding {between(self.rounding_low, self.rounding_high)}% at the outside."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value; percent."""
        return {
            "period": self.period,
            "k": self.k,
            "low": self.low,
            "high": self.high,
            "most": self.most,
            "rounding_low": self.rounding_low,
            "rounding_high": self.rounding_high,
        }


def ratio(snapshot: Snapshot, k: int = 4) -> Ratio | Refused:
    """Add up the greatest k shares of one period.

    Parameters
    ----------
    snapshot : Snapshot
        One period of one market.
    k : int
        How many, at least 1.

    Returns
    -------
    Ratio or Refused
        Refused for overlapping shares and for an index, and where the named shares exceed the whole.

    Raises
    ------
    TrackerError
        If k is below 1.

    Notes
    -----
    With n named shares, CR_k is the sum of the k greatest where k is at most n. Where k is greater, the rest R brings
    something between nothing and ``min(R, (k - n) m)``, m the smallest named share; and without a limit on its parts
    one of them may displace the k-th, so that R counts instead of it where it is greater. Bain, J. S. (1951),
    Relation of profit rate to industry concentration, QJE 65; Curry, B. and George, K. D. (1983), Industrial
    concentration: a survey, JIE 31.

    *Not valid* for adoption rates and other overlapping shares, nor for an index.

    Examples
    --------
    >>> from datetime import date
    >>> from tracker.analysis.reading import Reading
    >>> day = date(2025, 2, 15), date(2025, 2, 15), "day", date(2025, 2, 15), date(2025, 2, 15)
    >>> here = tuple(Reading(name, *day, f"{v}", v, v - 0.5, v + 0.5) for name, v in (("A", 40), ("B", 20), ("C", 7)))
    >>> found = ratio(Snapshot("2025-02", here), 4)
    >>> found.low, found.high, found.most
    (67.0, 74.0, 100.0)
    """
    if k < 1:
        raise TrackerError(f"the greatest {k} are nobody", "Give a number from 1.")
    refusal = unshared(snapshot)
    if refusal is not None:
        return refusal
    left, ends = rest(snapshot), [published(one) for one in snapshot.named]
    lows, highs = [low for low, _ in ends], [high for _, high in ends]
    widest = [exact(one.highest) for one in snapshot.named]
    spare = Decimal(0) if snapshot.complete else max(WHOLE - snapshot.low, Decimal(0))
    beyond = max(0, k - len(ends))
    return Ratio(
        snapshot.period,
        k,
        _capped(_top(lows, k)),
        _capped(_top(highs, k) + min(left.most, beyond * left.cap)),
        _capped(_top([*highs, left.most], k)),
        _capped(_top([exact(one.lowest) for one in snapshot.named], k)),
        _capped(_top([*widest, spare], k)),
    )


def _top(shares: list[Decimal], k: int) -> Decimal:
    return sum(sorted(shares, reverse=True)[:k], Decimal(0))


def _capped(share: Decimal) -> float:
    return float(min(share, WHOLE))
