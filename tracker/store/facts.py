"""A lean reader for checks: one market at a time, one series after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tracker.analysis.ancestry import Link
from tracker.store.engine import Session
from tracker.store.lineage import links
from tracker.store.markets import markets
from tracker.values import Market, Period, Share


class Fact(NamedTuple):
    """What is current of one series in one period, and the batch that wrote it."""

    period: Period
    share: Share
    status: str
    batch: int


class Series(NamedTuple):
    """The facts of one entity in one market, in the order of time."""

    entity: str
    kind: str
    facts: list[Fact]


class Above(NamedTuple):
    """Who belongs to whom, over any number of steps, and from when to when (None: for ever)."""

    child: str
    parent: str
    from_date: date | None
    to_date: date | None

    def holds(self, period: Period) -> bool:
        """Whether it held on any day of a period."""
        begun = self.from_date is None or self.from_date <= period.end
        return begun and (self.to_date is None or self.to_date >= period.start)


class Lines(NamedTuple):
    """A market, and those of its entities that belong to others of its entities."""

    market: Market
    above: tuple[Above, ...] = ()


_share = lru_cache(maxsize=65_536)(Share)
"""Printed shares repeat: one object each."""


def lines(session: Session) -> list[Lines]:
    """Return every market that has a series, by slug, with who belongs to whom in it."""
    within: dict[str, set[str]] = defaultdict(set)
    for slug, entity in session.rows(
        "SELECT slug, name FROM series JOIN market ON market.id = market_id JOIN entity ON entity.id = entity_id"
    ):
        within[slug].add(entity)
    known = by_child(session)
    return [
        Lines(
            market,
            tuple(
                line
                for name in sorted(within[market.slug])
                for line in climb(name, known)
                if line.parent in within[market.slug]
            ),
        )
        for market in markets(session)
        if market.slug in within
    ]


def by_child(session: Session) -> dict[str, list[Link]]:
    """Return the parents that hold, by the name of the child."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links(session):
        found[link.child].append(link)
    return dict(found)


def climb(name: str, known: dict[str, list[Link]]) -> list[Above]:
    """Return all that an entity belongs to, over any number of steps, and while all of these hold.

    >>> known = {"R1": [Link("R1", "Chat", date(2025, 1, 20))], "Chat": [Link("Chat", "Lab", None, date(2025, 6, 30))]}
    >>> [(line.parent, str(line.from_date), str(line.to_date)) for line in climb("R1", known)]
    [('Chat', '2025-01-20', 'None'), ('Lab', '2025-01-20', '2025-06-30')]
    """
    found: list[Above] = []
    reached = [Above(name, name, None, None)]
    for line in reached:
        for link in known.get(line.parent, ()):
            first = max(filter(None, (line.from_date, link.start)), default=None)
            last = min(filter(None, (line.to_date, link.end)), default=None)
            step = Above(name, link.parent, first, last)
            if step not in found:
                found.append(step)
                reached.append(step)
    return found


def periods(session: Session) -> dict[int, Period]:
    """Return every period by its id."""
    return {
        key: Period(date.fromisoformat(start), date.fromisoformat(end), precision)
        for key, start, end, precision in session.rows("SELECT id, start_date, end_date, precision FROM period")
    }


def series_of(session: Session, market: str, known: dict[int, Period]) -> Iterator[Series]:
    """Read the series of a market one after the other, by the name of the entity.

    Parameters
    ----------
    session : Session
        A reading one.
    market : str
        Its slug.
    known : dict
        What `periods` returns.

    Yields
    ------
    Series
        Those that have a current observation.
    """
    for key, entity, kind in session.rows(
        "SELECT series.id, entity.name, entity.kind FROM series JOIN market ON market.id = market_id"
        " JOIN entity ON entity.id = entity_id WHERE market.slug = :market ORDER BY entity.name",
        market=market,
    ):
        facts = [
            Fact(known[period], _share(*printed), status, batch)
            for period, *printed, status, batch in session.rows(
                "SELECT period_id, share, low, high, qualifier, decimals, status, batch_id FROM observation"
                " WHERE series_id = :key",
                key=key,
            )
        ]
        if facts:
            facts.sort(key=in_time)
            yield Series(entity, kind, facts)


def in_time(fact: Fact) -> tuple[date, date, bool]:
    """Sort facts by their days; of the same days the vague ones last."""
    period = fact.period
    return period.start, period.end, period.precision == "approx"
