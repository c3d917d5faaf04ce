"""Who stands where among the named, and who cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.snapshot import Snapshot
from tracker.analysis.words import between, listed, told


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of one entity in one period.

    Parameters
    ----------
    reading : Reading
        Its share, in percent.
    rank : int
        1 is the greatest share as published; equal ones share the better place.
    rank_low, rank_high : int
        The best and the worst place that rounding and bounds allow.
    of : int
        How many are named.
    ties : tuple of str
        Those whose intervals overlap its own: they may be above it or below.
    """

    reading: Reading
    rank: int
    rank_low: int
    rank_high: int
    of: int
    ties: tuple[str, ...]

    def __str__(self) -> str:
        place = f"number {self.rank} of the {self.of} named"
        said = f"{self.reading.entity} is {place} with {told(self.reading)}"
        if not self.ties:
            return f"{said}."
        places = between(self.rank_low, self.rank_high)
        return f"{said}; place {places} once rounding is counted, not to be told apart from {listed(self.ties)}."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value."""
        return {
            "entity": self.reading.entity,
            "period": self.reading.period,
            "share": self.reading.value,
            "rank": self.rank,
            "rank_low": self.rank_low,
            "rank_high": self.rank_high,
            "of": self.of,
            "ties": "; ".join(self.ties) or None,
        }


def ranks(snapshot: Snapshot) -> tuple[Rank, ...] | Refused:
    r"""Rank everybody who is named in one period.

    Parameters
    ----------
    snapshot : Snapshot
        One period of one market.

    Returns
    -------
    tuple of Rank, or Refused
        From the greatest share. Refused for an index, whose values need not be of one scale, and with fewer than two
        who are named.

    Notes
    -----
    The place is one more than the number of greater shares (competition ranking). An entity whose interval lies
    wholly above is surely better, one whose interval overlaps may be either: from these come the best and the
    worst place. Bounds are intervals, too.

    *Not valid* as a place among all there are: in an open whole the unnamed may stand between. Nor where a lab and
    its models stand in one list.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2025, 2, 15), date(2025, 2, 15), "day", date(2025, 2, 15), date(2025, 2, 15)
    >>> here = [Reading(name, *day, f"{v:g}", v, v - 0.5, v + 0.5) for name, v in (("A", 7), ("B", 6), ("C", 3))]
    >>> print(str(ranks(Snapshot("2025-02-15", tuple(here)))[1]).replace("; ", ";\n"))
    B is number 2 of the 3 named with 6% (2025-02-15);
    place 1 to 2 once rounding is counted, not to be told apart from A.
    """
    refusal = unranked(snapshot)
    if refusal is not None:
        return refusal
    return tuple(_rank(one, snapshot.named) for one in snapshot.named)


def unranked(snapshot: Snapshot) -> Refused | None:
    """Say why a period cannot be ranked; None where it can."""
    if snapshot.whole == "index":
        return Refused("an index has no ranks", "shares of one whole", "values of an index")
    if len(snapshot.named) < 2:
        have = f"{len(snapshot.named)} in {snapshot.period}"
        return Refused("a rank is among others", "two who are named", have)
    return None


def _rank(own: Reading, named: Sequence[Reading]) -> Rank:
    others = [one for one in named if one is not own]
    above = sum(one.level > own.level for one in others)
    surely = sum(one.lowest > own.highest for one in others)
    ties = tuple(one.entity for one in others if _overlap(one, own))
    return Rank(own, 1 + above, 1 + surely, 1 + surely + len(ties), len(named), ties)


def _overlap(one: Reading, other: Reading) -> bool:
    """Whether either may be the greater one, or both the same."""
    return one.lowest <= other.highest and other.lowest <= one.highest
