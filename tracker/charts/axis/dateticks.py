"""Ticks of the date axis: days, months or years, whatever the width has room for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from tracker.charts.words.dates import MONTHS

ROOM = 36.0
"""Least distance between two ticks, points: "15 May" needs less than that."""

DAY_STEPS = (1, 2, 7, 14)
MONTH_STEPS = (1, 2, 3, 6)
SHORT = 300
"""Longer axes go by quarters rather than by two months, days."""

YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


def date_ticks(first: date, last: date, width: float) -> list[tuple[date, str]]:
    r"""Choose ticks from `first` to `last`, and what they say.

    Parameters
    ----------
    first, last : datetime.date
        Ends of the axis, both included.
    width : float
        Length of the axis, points.

    Returns
    -------
    list of (date, str)
        At least one. The year stands under the first tick, and wherever it changed.

    Examples
    --------
    >>> [text for _, text in date_ticks(date(2025, 1, 1), date(2025, 4, 30), 360.0)]
    ['Jan\n2025', 'Feb', 'Mar', 'Apr']
    >>> [text for _, text in date_ticks(date(2004, 1, 1), date(2012, 1, 1), 360.0)]
    ['2004', '2005', '2006', '2007', '2008', '2009', '2010', '2011', '2012']
    """
    days = max((last - first).days, 1)
    fits = max(int(width / ROOM), 2)
    if days <= 14 * fits and days < 63:
        step = next(step for step in DAY_STEPS if days / step <= fits)
        return _named([first + timedelta(days=i) for i in range(0, days + 1, step)], "day")
    for month_step in MONTH_STEPS:
        if days / 30.44 / month_step <= fits and (month_step != 2 or days < SHORT):
            chosen = _thin(first, list(_months(first, last, month_step)), days, width)
            if len(chosen) > 1:
                return _named(chosen, "month")
    for year_step in YEAR_STEPS:
        if days / 365.25 / year_step <= fits * 1.25:
            break
    years = [date(year, 1, 1) for year in range(first.year, last.year + 1) if year % year_step == 0]
    kept = [day for day in years if first <= day <= last]
    return (
        _named(kept, "year") if len(kept) > 1 else _named([first, *kept[-1:]] if first not in kept else kept, "month")
    )


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """First days of the months on the grid of January, and the axis start where it is a first day."""
    month = first.year * 12 + first.month - 1
    while (day := date(month // 12, month % 12 + 1, 1)) <= last:
        if day >= first and (month % step == 0 or day == first):
            yield day
        month += 1


def _thin(first: date, days: list[date], span: int, width: float) -> list[date]:
    """Leave out the tick after the axis start where it would come too close to it."""
    if len(days) > 1 and days[0] == first and (days[1] - days[0]).days / span * width < ROOM * 0.75:
        return [days[0], *days[2:]]
    return days


def _named(days: list[date], unit: str) -> list[tuple[date, str]]:
    if unit == "year":
        return [(day, str(day.year)) for day in days]
    texts = [MONTHS[day.month - 1] if unit == "month" else f"{day.day} {MONTHS[day.month - 1]}" for day in days]
    years = [True, *(before.year != after.year for before, after in pairwise(days))]
    return [(day, f"{text}\n{day.year}" if year else text) for day, text, year in zip(days, texts, years, strict=True)]
