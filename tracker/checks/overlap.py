"""`overlap`: periods of one series that share days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tracker.checks.base import Check, Finding, Watch, waive
from tracker.store.facts import Fact, Lines, Series
from tracker.values import Period

SHOWN = 3


class Overlap(Watch):
    """Gathers the periods that share days; entities with the same ones are one finding."""

    def __init__(self, market: Lines) -> None:
        super().__init__(market)
        self._entities: dict[tuple[Period, ...], list[str]] = defaultdict(list)
        self._newest: dict[tuple[Period, ...], int] = defaultdict(int)

    def see(self, series: Series) -> Iterable[Finding]:
        """Gather its own."""
        for together in overlapping(series.facts):
            key = tuple(fact.period for fact in together)
            self._entities[key].append(series.entity)
            self._newest[key] = max(self._newest[key], *(fact.batch for fact in together))
        return ()

    def end(self) -> Iterator[Finding]:
        """Say which periods share days, and of whom."""
        slug = self.market.market.slug
        for periods, entities in sorted(self._entities.items()):
            longest = max(periods, key=lambda period: period.days)
            others = [str(period) for period in periods if period is not longest]
            more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
            entity = entities[0] if len(entities) == 1 else ""
            whose = "" if entity else f", of {len(entities)} entities"
            message = f"shares days with {', '.join(others[:SHOWN])}{more}{whose}"
            remedy = waive("overlap", slug, entity, str(longest))
            yield Finding("overlap", slug, entity, str(longest), message, remedy, self._newest[periods])


def overlapping(facts: list[Fact]) -> Iterator[list[Fact]]:
    """Split facts into runs that share days, as published: how vague a date is does not count.

    The same days under two labels are duplicates, and no overlap.
    """
    together = facts[:1]
    end = facts[0].period.end
    for fact in facts[1:]:
        if fact.period.start <= end:
            together.append(fact)
        else:
            yield from _told(together)
            together = [fact]
        end = max(end, fact.period.end)
    yield from _told(together)


def _told(together: list[Fact]) -> Iterator[list[Fact]]:
    if len({(fact.period.start, fact.period.end) for fact in together}) > 1:
        yield together


CHECK = Check(
    "overlap",
    "periods of one series that share days, such as 2025-Q1 and 2025-02; how vague a date is does not count",
    "a sum or a mean over such a series counts days twice, and a line through it runs back in time",
    watch=Overlap,
)
