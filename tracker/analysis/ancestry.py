"""Who belongs to whom, on which days: what a roll-up climbs by."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tracker.values import Period

LEVELS = ("lab", "product", "model")
"""From the widest to the narrowest: a model belongs to a product, or to a lab at once."""

_RANK = {level: rank for rank, level in enumerate(reversed(LEVELS))}
"""model 0, product 1, lab 2; what is left over, and groups, have none."""


class Link(NamedTuple):
    """A dated parent, both days included; None for ever."""

    child: str
    parent: str
    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Lineage:
    """Everybody's kind, and all dated parents.

    Parameters
    ----------
    kinds : mapping of str to str
        Entity to one of `tracker.values.ENTITY_KINDS`.
    links : sequence of Link
        The parents that are recorded.
    """

    kinds: Mapping[str, str]
    links: tuple[Link, ...] = ()

    def below(self, names: Iterable[str]) -> set[str]:
        """Return everybody that belongs to one of these, at any time and over any number of steps; with these.

        >>> family = Lineage({}, (Link("R1", "App"), Link("App", "Lab"), Link("Claude", "Anthropic")))
        >>> sorted(family.below(["Lab"]))
        ['App', 'Lab', 'R1']
        """
        children = defaultdict(list)
        for link in self.links:
            children[link.parent].append(link.child)
        found, fresh = set[str](), set(names)
        while fresh:
            found |= fresh
            fresh = {child for name in fresh for child in children[name]} - found
        return found


class Place(NamedTuple):
    """Where an entity stands below a level, in one period.

    Attributes
    ----------
    turns : tuple of (date, frozenset of str)
        To whom of the level it belongs, from which day on; one turn, of any day, where nothing changes in the period.
    above : frozenset of str
        Everybody at the level or below it that it belongs to, on any day of the period.
    """

    turns: tuple[tuple[date, frozenset[str]], ...]
    above: frozenset[str]

    @property
    def heads(self) -> frozenset[str]:
        """To whom of the level it belongs on the first day: itself where it stays."""
        return self.turns[0][1]


class Ancestry:
    """A lineage seen from one level.

    Parameters
    ----------
    lineage : Lineage
        Who belongs to whom.
    level : str
        One of `LEVELS`.

    Examples
    --------
    >>> family = Lineage({"R1": "model", "Lab": "lab"}, (Link("R1", "Lab", date(2025, 1, 20)),))
    >>> place = Ancestry(family, "lab").place("R1", Period.parse("2025-02"))
    >>> sorted(place.heads), len(place.turns)
    (['Lab'], 1)
    >>> len(Ancestry(family, "lab").place("R1", Period.parse("2025-01")).turns)
    2
    """

    def __init__(self, lineage: Lineage, level: str) -> None:
        self.level = level
        self._kinds = lineage.kinds
        self._links: dict[str, list[Link]] = defaultdict(list)
        for link in lineage.links:
            self._links[link.child].append(link)
        self._edges: dict[str, list[date]] = {}
        self._settled: dict[tuple[str, int], Place] = {}

    def height(self, name: str) -> int | None:
        """Return how far an entity is above the level, or (less than 0) below it; None for groups and the rest."""
        rank = _RANK.get(self._kinds.get(name, ""))
        return None if rank is None else rank - _RANK[self.level]

    def stays(self, name: str) -> bool:
        """Whether its kind keeps an entity as it is: at the level or above it, or a group."""
        return self._kinds.get(name) == "group" or self._tops(name)

    def _tops(self, name: str) -> bool:
        height = self.height(name)
        return height is not None and height >= 0

    def place(self, name: str, period: Period) -> Place:
        """Find where an entity stands in a period."""
        edges = [] if self.stays(name) else self._edges_of(name)
        first, last = bisect_right(edges, period.start), bisect_right(edges, period.end)
        if first != last:
            return self._moving(name, period, edges[first:last])
        if (name, first) not in self._settled:
            heads, above = self._climb(name, period.start)
            self._settled[name, first] = Place(((date.min, heads),), above)
        return self._settled[name, first]

    def _moving(self, name: str, period: Period, edges: list[date]) -> Place:
        """Find where an entity stands in a period in which something changes above it."""
        climbed = [(day, *self._climb(name, day)) for day in (period.start, *edges)]
        turns = [
            (day, heads)
            for number, (day, heads, _) in enumerate(climbed)
            if number == 0 or heads != climbed[number - 1][1]
        ]
        return Place(tuple(turns), frozenset[str]().union(*(above for _, _, above in climbed)))

    def ever(self, name: str) -> set[str]:
        """Return whom of the level an entity belongs to at any time."""
        return {head for day in (date.min, *self._edges_of(name)) for head in self._climb(name, day)[0]}

    def _edges_of(self, name: str) -> list[date]:
        """The days on which something changes above an entity."""
        if name not in self._edges:
            days, seen, fresh = set[date](), set[str](), {name}
            while fresh:
                seen |= fresh
                links = [link for one in fresh for link in self._links[one]]
                days |= {link.start for link in links if link.start}
                days |= {link.end + timedelta(days=1) for link in links if link.end and link.end < date.max}
                fresh = {link.parent for link in links} - seen
            self._edges[name] = sorted(days)
        return self._edges[name]

    def _climb(self, name: str, day: date) -> tuple[frozenset[str], frozenset[str]]:
        """Return whom of the level an entity belongs to on a day, and all on the way; nothing above the level."""
        if self.stays(name):
            return frozenset((name,)), frozenset()
        seen, fresh = set[str](), {name}
        while fresh:
            seen |= fresh
            going_on = [one for one in fresh if not self._tops(one)]
            fresh = {link.parent for one in going_on for link in self._links[one] if link.holds(day)} - seen
        heights = {one: self.height(one) for one in seen - {name}}
        heads = frozenset(one for one, height in heights.items() if height == 0)
        return heads, frozenset(one for one, height in heights.items() if height is not None and height <= 0)
