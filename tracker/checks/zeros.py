"""`zeros`: zeros that fill a table rather than measure anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from tracker.checks.base import Check, Finding, Watch, because
from tracker.checks.tally import Tally, count
from tracker.store.facts import Fact, Lines, Series
from tracker.values import Period

UNITS = 10
"""Units of the last decimal: a smaller share may have been a rounded zero in the period before."""

NEAR_DAYS = 366
"""Days within which a real share stands beside the zeros, for them to look like padding of it."""


class Zeros(Watch):
    """Looks for zeros at the ends of series, and for periods that hold nothing else."""

    def __init__(self, market: Lines) -> None:
        super().__init__(market)
        self._tallies: dict[Period, Tally] = {}
        self._padding: list[tuple[str, list[Fact], Fact]] = []

    def see(self, series: Series) -> Iterable[Finding]:
        """Remember its zeros."""
        count(series.facts, self._tallies)
        self._padding += [(series.entity, run, real) for run, real in padding(series.facts)]
        return ()

    def end(self) -> Iterator[Finding]:
        """Say which periods are zero throughout, and which series begin or end in zeros."""
        slug = self.market.market.slug
        empty = {period for period, tally in self._tallies.items() if 1 < tally.parts == tally.zeros}
        for is_empty, group in groupby(sorted(self._tallies), key=lambda period: period in empty):
            run = list(group)
            if is_empty:
                newest = max(self._tallies[period].newest for period in run)
                message = f"every share is zero{_periods(run)}: no data, not 0%?"
                yield _finding(slug, "", run, message, newest)
        for entity, zeros, real in self._padding:
            run = [fact.period for fact in zeros if fact.period not in empty]
            if run:
                message = f"zero{_periods(run)}, with {real.share}% in {real.period} beside it: no data, not 0%?"
                yield _finding(slug, entity, run, message, max(fact.batch for fact in (*zeros, real)))


def padding(facts: list[Fact]) -> Iterator[tuple[list[Fact], Fact]]:
    """Return the zeros before the first and after the last real share, each with that share.

    A real share below 10 units of its last decimal may have grown out of a rounded zero, or shrunk to it: zeros
    beside it are none of these, nor zeros a year and more away from it.
    """
    real = [place for place, fact in enumerate(facts) if fact.share.value != 0]
    if not real:
        return
    for run, beside, nearest in (
        (facts[: real[0]], facts[real[0]], real[0] - 1),
        (facts[real[-1] + 1 :], facts[real[-1]], real[-1] + 1),
    ):
        if run and _large(beside) and _days_between(beside.period, facts[nearest].period) <= NEAR_DAYS:
            yield run, beside


def _large(fact: Fact) -> bool:
    return fact.share.interval()[0] >= (UNITS - 0.5) * 10.0 ** -(fact.share.decimals or 0)


def _days_between(one: Period, other: Period) -> int:
    return max((one.start - other.end).days, (other.start - one.end).days)


def _periods(run: list[Period]) -> str:
    return f" in {len(run)} periods, {run[0]} to {run[-1]}" if len(run) > 1 else ""


def _finding(slug: str, entity: str, run: list[Period], message: str, batch: int) -> Finding:
    written = str(run[0] if len(run) == 1 else Period(run[0].start, run[-1].end, "range").named())
    return Finding("zeros", slug, entity, written, message, _dropping(slug, entity, run), batch)


def _dropping(slug: str, entity: str, run: list[Period]) -> str:
    """The command that takes the zeros out; it refuses where anything else is met."""
    words = ["--market", slug, *(["--entity", entity] if entity else [])]
    words += ["--date", str(run[0])] if len(run) == 1 else ["--from", str(run[0]), "--to", str(run[-1])]
    return because("tracker", "correct", "drop", *words, "--expect", "0")


CHECK = Check(
    "zeros",
    "periods of a market in which every share is zero, and runs of zeros before the first or after the last real"
    " share of a series, where that is too large to have been a rounded zero just before or after",
    "zero is a value: padding that was meant as 'no data' pulls every mean and every line down. True zeros can be"
    " waived",
    watch=Zeros,
)
