"""Who leads, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.decimals import difference
from tracker.analysis.peak import beyond
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence
from tracker.analysis.snapshot import Snapshot
from tracker.analysis.words import listed, points_said, told


@dataclass(frozen=True, slots=True)
class Lead(Sentence):
    """The greatest share of one period, and the next.

    Parameters
    ----------
    leader, second : Reading
        The two greatest of the named; shares in percent.
    points : float or None
        By how much the one is above the other as published; None where a bound leaves that open.
    points_low, points_high : float
        The least and the most that rounding and bounds allow, against everybody; below 0 where another may lead.
    """

    leader: Reading
    second: Reading
    points: float | None
    points_low: float
    points_high: float

    @property
    def sure(self) -> bool:
        """Whether it leads whatever the rounding."""
        return self.points_low > 0

    def __str__(self) -> str:
        margin = points_said(self.points, self.points_low, self.points_high, (self.leader, self.second))
        before = f"{self.leader.entity} leads the named with {told(self.leader)}, before {self.second.entity}"
        return f"{before} by {margin}{'' if self.sure else ': no sure lead'}."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value; margins in points."""
        return {
            "period": self.leader.period,
            "leader": self.leader.entity,
            "second": self.second.entity,
            "points": self.points,
            "points_low": self.points_low,
            "points_high": self.points_high,
            "sure": self.sure,
        }


def lead(snapshot: Snapshot) -> Lead | Refused:
    """Find the leader of one period, with its margin.

    Parameters
    ----------
    snapshot : Snapshot
        One period of one market.

    Returns
    -------
    Lead or Refused
        Refused for an index, with fewer than two who are named, and where a bound allows somebody more than the
        greatest number: then only bounds that are surely above all others lead.

    Notes
    -----
    The margin is the share of the first less that of the second; its range takes the interval of the leader against
    the intervals of all others. The lead is sure where the whole range is above 0.

    *Not valid* as a lead among all there are: in an open whole somebody unnamed may be greater.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2025, 2, 15), date(2025, 2, 15), "day", date(2025, 2, 15), date(2025, 2, 15)
    >>> here = tuple(Reading(name, *day, f"{v:g}", v, v - 0.5, v + 0.5) for name, v in (("A", 7), ("B", 6)))
    >>> print(lead(Snapshot("2025-02-15", here)))
    A leads the named with 7% (2025-02-15), before B by +1 point (0 to +2): no sure lead.
    """
    if snapshot.whole == "index":
        return Refused("an index has no leader", "shares of one whole", "values of an index")
    if len(snapshot.named) < 2:
        have = f"{len(snapshot.named)} in {snapshot.period}"
        return Refused("a lead is before somebody", "two who are named", have)
    first, *rivals = snapshot.named
    if first.lowest <= max(one.highest for one in rivals) and not _leads(first, rivals):
        return Refused("a bound leaves the lead open", "shares that are numbers", _have(snapshot))
    return _ahead(first, rivals)


def _leads(first: Reading, rivals: Sequence[Reading]) -> bool:
    """Whether it has the greatest number as published, and no bound allows another one more."""
    return first.value is not None and not beyond(rivals, first)


def _ahead(first: Reading, rivals: Sequence[Reading]) -> Lead:
    second, *others = rivals
    known = first.value is not None and second.value is not None and not beyond(others, second)
    return Lead(
        first,
        second,
        difference(first.level, second.level) if known else None,
        difference(first.lowest, max(one.highest for one in rivals)),
        difference(first.highest, max(one.lowest for one in rivals)),
    )


def _have(snapshot: Snapshot) -> str:
    """Name the bounds beside the greatest number."""
    top = next((one for one in snapshot.named if one.value is not None), None)
    bounds = [one for one in snapshot.named if one.value is None] if top is None else beyond(snapshot.named, top)
    said = listed([f"{one.entity} {one.printed}%" for one in bounds])
    have = f"only bounds, {said}" if top is None else f"{said} beside {top.entity} {top.printed}%"
    return f"{have} in {snapshot.period}"
