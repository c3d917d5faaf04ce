"""How places changed between two periods, and whether rounding alone may explain it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.analysis.rank import Rank, ranks
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence
from tracker.analysis.snapshot import Snapshot
from tracker.analysis.words import between


@dataclass(frozen=True, slots=True)
class RankChange(Sentence):
    """How the place of one entity changed between two periods.

    Parameters
    ----------
    first, second : Rank
        Before and after.
    """

    first: Rank
    second: Rank

    @property
    def places(self) -> int | None:
        """Places won as published; below 0 where they were lost, None where a bound has no one place."""
        one, other = self.first.rank, self.second.rank
        return None if one is None or other is None else one - other

    @property
    def sure(self) -> bool:
        """Whether the place changed whatever the rounding."""
        return self.first.rank_low > self.second.rank_high or self.first.rank_high < self.second.rank_low

    def __str__(self) -> str:
        one, other = self.first, self.second
        said = self._open() if self.places is None else self._told(self.places)
        return f"{said}{'' if one.of == other.of else f'; {one.of} were named, then {other.of}'}."

    def _told(self, places: int) -> str:
        """Say it from place to place."""
        one, other = self.first, self.second
        verb = "rose" if places > 0 else "fell"
        moved = f"{verb} from place {one.rank} to {other.rank}" if places else f"stayed at place {one.rank}"
        exact = one.rank_low == one.rank_high and other.rank_low == other.rank_high
        counted = next((place for place in (one, other) if place.bounds), one)
        ranges = "" if exact else f": place {self._ranges} {counted.counting}"
        alone = "these alone" if counted.bounds else "rounding alone"
        sure = "" if self.sure or not places else f"; {alone} may explain it"
        return f"{one.reading.entity} {moved} {self._periods}{ranges}{sure}"

    def _open(self) -> str:
        """Say it where a bound has no one place."""
        verb = "" if not self.sure else " rose" if self.second.rank_high < self.first.rank_low else " fell"
        unsure = "" if self.sure else "; whether it moved cannot be told"
        said = f"{self.first.reading.entity}{verb} {self._periods}: place {self._ranges}"
        return f"{said}, for only a bound is published{unsure}"

    @property
    def _periods(self) -> str:
        return f"({self.first.reading.period} to {self.second.reading.period})"

    @property
    def _ranges(self) -> str:
        return ", then ".join(between(one.rank_low, one.rank_high) for one in (self.first, self.second))

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value."""
        return {
            "entity": self.first.reading.entity,
            "first_period": self.first.reading.period,
            "first_rank": self.first.rank,
            "last_period": self.second.reading.period,
            "last_rank": self.second.rank,
            "places": self.places,
            "sure": self.sure,
            "first_rank_low": self.first.rank_low,
            "first_rank_high": self.first.rank_high,
            "last_rank_low": self.second.rank_low,
            "last_rank_high": self.second.rank_high,
        }


def rank_changes(first: Snapshot, second: Snapshot) -> tuple[RankChange, ...] | Refused:
    """Compare the places of everybody who is named in both of two periods.

    Parameters
    ----------
    first, second : Snapshot
        Two periods of one market.

    Returns
    -------
    tuple of RankChange, or Refused
        By the place in the second period. Who is named in one of them only has no change: absent is not last.

    Notes
    -----
    *Not valid* where `ranks` is not, nor across a change of method.

    Examples
    --------
    >>> from datetime import date
    >>> from tracker.analysis.reading import Reading
    >>> day = date(2025, 2, 15), date(2025, 2, 15), "day", date(2025, 2, 15), date(2025, 2, 15)
    >>> def period(**shares):
    ...     named = (Reading(name, *day, f"{v:g}", v, v - 0.5, v + 0.5) for name, v in shares.items())
    ...     return Snapshot("2025-02-15", tuple(named))
    >>> [(one.second.reading.entity, one.places, one.sure) for one in rank_changes(period(A=9, B=5), period(A=4, B=7))]
    [('B', 1, True), ('A', -1, True)]
    """
    before, after = ranks(first), ranks(second)
    if isinstance(before, Refused):
        return before
    if isinstance(after, Refused):
        return after
    known = {one.reading.entity: one for one in before}
    return tuple(RankChange(known[one.reading.entity], one) for one in after if one.reading.entity in known)
