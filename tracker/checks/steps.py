"""The rhythm of a market: days, weeks, months ... counted, and which of them have no reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from tracker.values import Period

WIDEST = 1.5
"""Distances wider than this many units are gaps, as in `tracker.analysis.gaps`."""

ESTABLISHED = 6
"""Spacings of one length before it is called usual."""

MOSTLY = 0.8
"""Share of all spacings that must be of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One frequency: a calendar cut into units that are numbered without a gap."""

    frequency: str
    noun: str
    precision: str
    days: float
    number: Callable[[date], int]
    first_day: Callable[[int], date]

    def span(self, first: int, last: int) -> Period:
        """Return all days of several units as one period, under its name where it has one."""
        past = self.first_day(last + 1)
        return Period(self.first_day(first), date.fromordinal(past.toordinal() - 1), "range").named()

    def unit(self, number: int) -> Period:
        """Return one unit as a period."""
        return Period(*self.span(number, number).reach(), self.precision)


class Hole(NamedTuple):
    """Units without a reading, from the first to the last, and how many of those between have none."""

    first: int
    last: int
    missing: int


def _by_months(frequency: str, noun: str, precision: str, months: int) -> Step:
    def number(day: date) -> int:
        return (12 * day.year + day.month - 1) // months

    def first_day(unit: int) -> date:
        year, month = divmod(unit * months, 12)
        return date(year, month + 1, 1)

    return Step(frequency, noun, precision, months * 365.25 / 12, number, first_day)


STEPS = (
    Step("daily", "day", "day", 1, date.toordinal, date.fromordinal),
    Step("weekly", "week", "week", 7, lambda day: (day.toordinal() - 1) // 7, lambda n: date.fromordinal(7 * n + 1)),
    _by_months("monthly", "month", "month", 1),
    _by_months("quarterly", "quarter", "quarter", 3),
    _by_months("half-yearly", "half-year", "half", 6),
    _by_months("yearly", "year", "year", 12),
)


def middle(period: Period) -> float:
    """The middle of a period, proleptic Gregorian ordinal."""
    return (period.start.toordinal() + period.end.toordinal()) / 2


def established(periods: Sequence[Period]) -> Step | None:
    """Return the frequency that different periods, in the order of time, keep by habit.

    That is the median distance between neighbours, where it is near a frequency, at least 6 distances are of it,
    and those are 4 in 5 of all. None where no habit is so well kept.

    Examples
    --------
    >>> months = [Period.parse(f"2025-{month:02d}") for month in (1, 2, 3, 4, 6, 7, 8, 9)]
    >>> established(months).frequency
    'monthly'
    >>> established(months[:6]) is None
    True
    """
    found = [middle(after) - middle(before) for before, after in pairwise(periods)]
    if len(found) < ESTABLISHED:
        return None
    usual = median_low(found)
    step = min(STEPS, key=lambda step: abs(step.days - usual) / step.days)
    kept = sum(abs(spacing - step.days) < step.days / 2 for spacing in found)
    return step if kept >= max(ESTABLISHED, MOSTLY * len(found)) else None


def holes(periods: Sequence[Period], step: Step) -> list[Hole]:
    """Return the units without a reading between the first and the last period.

    Holes with no more readings between them than either has units missing are one: every second month is
    one hole, not a dozen.

    Examples
    --------
    >>> months = [Period.parse(f"2025-{month:02d}") for month in (1, 2, 5, 6)]
    >>> [str(STEPS[2].span(hole.first, hole.last)) for hole in holes(months, STEPS[2])]
    ['2025-03-01/2025-04-30']
    """
    found: list[Hole] = []
    size = 0
    last = periods[0]
    for period in periods[1:]:
        end, start = step.number(last.reach()[1]), step.number(period.reach()[0])
        if start - end > 1 and middle(period) - middle(last) > WIDEST * step.days:
            hole = Hole(end + 1, start - 1, start - end - 1)
            if found and hole.first - found[-1].last - 1 <= min(size, hole.missing):
                before = found.pop()
                found.append(Hole(before.first, hole.last, before.missing + hole.missing))
            else:
                found.append(hole)
            size = hole.missing
        last = max(last, period, key=lambda one: one.reach()[1])
    return found
