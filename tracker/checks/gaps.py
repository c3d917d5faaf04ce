"""`gaps`: readings that the rhythm of a market lets expect, and that are not there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from tracker.checks.base import Check, Finding, Watch, waive
from tracker.checks.steps import ESTABLISHED, MOSTLY, STEPS, WIDEST, Hole, Step, established, holes, middle
from tracker.store.facts import Fact, Lines, Series
from tracker.values import Period


class _Missing(NamedTuple):
    """An entity, and its neighbouring facts with too much time between them."""

    entity: str
    before: Fact
    after: Fact


class Gaps(Watch):
    """Counts the units of time in which a market, or an entity of it, has no reading."""

    def __init__(self, market: Lines) -> None:
        super().__init__(market)
        self._newest: dict[Period, int] = defaultdict(int)
        self._missing: list[_Missing] = []

    def see(self, series: Series) -> Iterable[Finding]:
        """Remember its periods, and where it has a gap of its own."""
        for period, _, _, batch in series.facts:
            self._newest[period] = max(batch, self._newest[period])
        if self.market.market.whole != "open" and self.market.market.frequency != "irregular":
            self._missing += [_Missing(series.entity, *pair) for pair in interruptions(series.facts)]
        return ()

    def end(self) -> Iterator[Finding]:
        """Say when the market has no reading, and when one of its entities alone has none."""
        frequency = self.market.market.frequency
        periods = sorted(self._newest)
        if not periods:
            return
        step = next((step for step in STEPS if step.frequency == frequency), None)
        if frequency is None:
            step = established(periods)
        for hole in holes(periods, step) if step else ():
            yield self._hole(hole, step, periods)  # type: ignore[arg-type]
        for missing in self._missing:
            yield from self._interruption(missing, periods)

    def _hole(self, hole: Hole, step: Step, periods: list[Period]) -> Finding:
        slug, span = self.market.market.slug, step.span(hole.first, hole.last)
        units = hole.last - hole.first + 1
        named = f"{step.unit(hole.first)}" + (f" to {step.unit(hole.last)}" if units > 1 else "")
        count = f"{hole.missing}{'' if units == hole.missing else f' of {units}'} {step.noun}{'s' * (units > 1)}"
        said = f"the market is {step.frequency}" if self.market.market.frequency else f"usually it is {step.frequency}"
        around = range(bisect_left(periods, span.start, key=lambda one: one.end) - 1, len(periods))
        rests = [self._newest[periods[place]] for place in around if periods[max(place - 1, 0)].start <= span.end]
        return Finding(
            "gaps",
            slug,
            "",
            str(span),
            f"no reading for {named}, {count}: {said}",
            waive("gaps", slug, period=str(span)),
            max(rests),
        )

    def _interruption(self, missing: _Missing, periods: list[Period]) -> Iterator[Finding]:
        """A gap of one entity, where the others have readings."""
        _, before, after = missing
        first = bisect_right(periods, before.period.end, key=lambda one: one.start)
        last = bisect_left(periods, after.period.start, key=lambda one: one.start)
        left_out = [one for one in periods[first:last] if one.end < after.period.start]
        if not left_out:
            return
        slug, written = self.market.market.slug, str(left_out[0])
        if len(left_out) > 1:
            written = str(Period(left_out[0].start, left_out[-1].end, "range").named())
        count = f" ({len(left_out)} periods)" if len(left_out) > 1 else ""
        message = f"no reading, where others of this market have theirs{count}: absent is not zero"
        remedy = waive("gaps", slug, missing.entity, written)
        yield Finding("gaps", slug, missing.entity, written, message, remedy, max(before.batch, after.batch))


def interruptions(facts: list[Fact]) -> list[tuple[Fact, Fact]]:
    """Return neighbouring facts with too much time between them, of a series that is else regular.

    Regular is one with at least 6 distances of the usual length, and those 4 in 5 of all.
    """
    spacings = [middle(after.period) - middle(before.period) for before, after in pairwise(facts)]
    if len(spacings) < ESTABLISHED:
        return []
    usual = median_low(spacings)
    found = [pair for pair, spacing in zip(pairwise(facts), spacings, strict=True) if spacing > WIDEST * usual]
    kept = len(spacings) - len(found)
    return found if kept >= max(ESTABLISHED, MOSTLY * len(spacings)) else []


CHECK = Check(
    "gaps",
    "days, weeks, months ... without a reading, by the frequency of the market, or by its habit where at least"
    " 6 readings, and 4 in 5, keep one; and regular series of an entity that skip what others of the market have",
    "a line drawn over a gap claims what nobody measured. In an open market an entity may have left the list",
    watch=Gaps,
)
