"""Who stands where among the named, and who cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence
from tracker.analysis.snapshot import Snapshot, at_least
from tracker.analysis.words import between, listed, told


@dataclass(frozen=True, slots=True)
class Rank(Sentence):
    """The place of one entity in one period.

    Parameters
    ----------
    reading : Reading
        Its share, in percent.
    order : int
        Where to list it: 1 is the greatest share as published, equal ones share the better place, and a bound counts
        as the least that it allows. It is its `rank` unless it is a bound that allows several.
    rank_low, rank_high : int
        The best and the worst place that rounding and bounds allow.
    of : int
        How many are named.
    ties : tuple of str
        Those whose intervals overlap its own: they may be above it or below.
    bounds : bool
        Whether it or one of `ties` is only a bound, so that not rounding alone leaves the place open.
    """

    reading: Reading
    order: int
    rank_low: int
    rank_high: int
    of: int
    ties: tuple[str, ...]
    bounds: bool = False

    @property
    def rank(self) -> int | None:
        """The place as published, 1 for the greatest share; None for a bound that allows several."""
        return None if self.reading.value is None and self.rank_low != self.rank_high else self.order

    @property
    def counting(self) -> str:
        """What has to be counted for the best and the worst place, in words."""
        return "once rounding and bounds are counted" if self.bounds else "once rounding is counted"

    def __str__(self) -> str:
        places, others = between(self.rank_low, self.rank_high), f"not to be told apart from {listed(self.ties)}"
        if self.rank is None:
            own = f"{self.reading.entity}, with {told(self.reading)},"
            return f"{own} has no one place among the {self.of} named: {places}, {others}."
        place = f"number {self.rank} of the {self.of} named"
        said = f"{self.reading.entity} is {place} with {told(self.reading)}"
        if not self.ties:
            return f"{said}."
        return f"{said}; place {places} {self.counting}, {others}."

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
    worst place. Bounds are intervals, too: a bound has a place where its interval leaves only one, and is greater
    than a number where it surely is. ``<1`` beside 0.5 and 0.3 has none, and is no number 1.

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
    surely = sum(one.lowest > own.highest for one in others)
    ties = [one for one in others if _overlap(one, own)]
    above = sum(at_least(one) > at_least(own) for one in others)
    names = tuple(one.entity for one in ties)
    bounds = any(one.value is None for one in (own, *ties))
    return Rank(own, 1 + above, 1 + surely, 1 + surely + len(ties), len(named), names, bounds)


def _overlap(one: Reading, other: Reading) -> bool:
    """Whether either may be the greater one, or both the same."""
    return one.lowest <= other.highest and other.lowest <= one.highest
