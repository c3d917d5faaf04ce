"""Whether places may be compared: nobody missing, no break and no forecast makes the difference."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from tracker.analysis.decimals import exact
from tracker.analysis.rank import Rank
from tracker.analysis.readings import Reading
from tracker.charts.grid.columns import Key, key
from tracker.charts.places.ranking import Ranking

WHOLE = Decimal(100)


def ahead(made: Ranking) -> frozenset[Key]:
    """Return the periods whose places rest on a forecast."""
    return frozenset(period for (_, period), one in made.ranks.items() if one.reading.status == "F")


def named(made: Ranking, period: Key) -> frozenset[str]:
    """Return who has a place in a period."""
    return frozenset(name for name, when in made.ranks if when == period)


def is_fair(made: Ranking, own: Sequence[Rank]) -> bool:
    """Whether places of one entity differ by shares alone.

    Notes
    -----
    Who is named in one of the periods and missing in another might stand anywhere, unless what the named leave of
    the whole is too little to stand above. *Not valid* where shares of one whole overlap: there, nothing bounds them.
    """
    here: dict[Key, set[str]] = {key(one.reading): set() for one in own}
    for name, period in made.ranks:
        if period in here:
            here[period].add(name)
    union: set[str] = set().union(*here.values())
    if any(union - here[key(one.reading)] and not is_bounded(made, one) for one in own):
        return False
    return not any(broken(made, before, after) for before, after in pairwise(own))


def is_bounded(made: Ranking, own: Rank) -> bool:
    """Whether what the named leave of the whole is surely less than an entity has: nobody unnamed stands above it."""
    if made.grid.picture.market.get("whole") not in ("open", "closed"):
        return False
    period = key(own.reading)
    low = sum((exact(one.reading.lowest) for (_, when), one in made.ranks.items() if when == period), Decimal(0))
    return low <= WHOLE and WHOLE - low < exact(own.reading.lowest)


def broken(made: Ranking, first: Rank, last: Rank) -> list[Reading]:
    """Return the breaks between two places of an entity, hidden ones too: its own, and of who may have passed it."""
    start, end = first.reading, last.reading
    found = []
    for (name, _), one in made.grid.cells.items():
        if one.status != "B" or not start.middle < one.middle <= end.middle:
            continue
        side = _side(made, name, first)
        if name == start.entity or not side or side != _side(made, name, last):
            found.append(one)
    return sorted(found, key=lambda one: (one.middle, one.entity))


def _side(made: Ranking, name: str, own: Rank) -> int:
    """Return 1 for who surely stands above, −1 for who surely stands below, 0 where it is open."""
    place = made.ranks.get((name, key(own.reading)))
    if place is None:
        return -1 if is_bounded(made, own) else 0
    other = place.reading
    return int(other.lowest > own.reading.highest) - int(other.highest < own.reading.lowest)
