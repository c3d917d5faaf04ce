"""Dates as people say them: fixed English months, and never a day more exact than the source."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from tracker.analysis.readings import Reading

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def spoken(start: date, end: date, precision: str, *, year: bool = True, names: tuple[str, ...] = LONG) -> str:
    """Say a period.

    Parameters
    ----------
    start, end : datetime.date
        First and last day.
    precision : str
        One of `tracker.values.PRECISIONS`.
    year : bool
        Whether the year is said; quarters, halves and years always say it.
    names : tuple of str
        Twelve names of months, `LONG` or `MONTHS`.

    Examples
    --------
    >>> day = date(2025, 2, 15)
    >>> spoken(day, day, "approx", year=False), spoken(day, day, "day")
    ('mid-February', '15 February 2025')
    >>> spoken(date(2025, 4, 30), date(2025, 4, 30), "approx")
    'the end of April 2025'
    >>> spoken(date(2025, 2, 11), date(2025, 2, 20), "range", year=False)
    '11–20 February'
    """
    month, tail = names[start.month - 1], f" {start.year}" if year else ""
    if precision == "approx":
        return _vague(start, end, month, tail, names)
    if precision == "day" or (precision == "range" and start == end):
        return f"{start.day} {month}{tail}"
    if precision == "week":
        return f"the week of {start.day} {month}{tail}"
    if precision == "range":
        return _range(start, end, year, names)
    return _calendar(start, precision, month + tail)


def said(reading: Reading, *, year: bool = True, names: tuple[str, ...] = LONG) -> str:
    """Say the period of a reading, see `spoken`."""
    return spoken(reading.start, reading.end, reading.precision, year=year, names=names)


def when(reading: Reading, *, year: bool = True) -> str:
    """Say the period of a reading with its preposition: ``in August 2025``, ``at the end of April``."""
    text = said(reading, year=year)
    if text.startswith("the end of"):
        return f"at {text}"
    if text.startswith("around"):
        return text
    if reading.precision == "range" and reading.start != reading.end:
        return f"over {text}"
    return f"{'on' if reading.precision == 'day' or (text[:1].isdigit() and ' ' in text) else 'in'} {text}"


def _calendar(start: date, precision: str, month: str) -> str:
    if precision == "month":
        return month
    if precision == "quarter":
        return f"Q{(start.month + 2) // 3} {start.year}"
    if precision == "half":
        return f"H{(start.month + 5) // 6} {start.year}"
    return str(start.year)


def _range(start: date, end: date, year: bool, names: tuple[str, ...]) -> str:
    first, last = names[start.month - 1], names[end.month - 1]
    tail = f" {end.year}" if year else ""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {last}{tail}"
    if start.year == end.year:
        return f"{start.day} {first} – {end.day} {last}{tail}"
    return f"{start.day} {first} {start.year} – {end.day} {last} {end.year}"


def _vague(start: date, end: date, month: str, tail: str, names: tuple[str, ...]) -> str:
    """Say a vague period: a third of the month for a day, ``around`` for anything longer."""
    if start != end:
        shapes = {1: "month", 3: "quarter", 6: "half", 12: "year"}
        months = 12 * (end.year - start.year) + end.month - start.month + 1
        whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
        if whole and months in shapes and (start.month - 1) % months == 0:
            return f"around {_calendar(start, shapes[months], month + tail)}"
        return f"around {_range(start, end, bool(tail), names)}"
    if start.day == monthrange(start.year, start.month)[1]:
        return f"the end of {month}{tail}"
    part = "early " if start.day <= 10 else "mid-" if start.day <= 20 else "late "
    return f"{part}{month}{tail}"
