"""A period: first day, last day, and how exact that is."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.errors import InvalidValue, clip

PRECISIONS = ("day", "week", "month", "quarter", "half", "year", "range", "approx")

FORMS = "2025-04-30, 2025-W07, 2025-02, 2025-Q1, 2025-H1, 2025, 2025-02-11/2025-02-20 or ~2025-02-15"

REACH_DAYS = 5

YEARS = (1000, 9998)
"""Written with four digits, with room in the calendar for the days around them."""

_PATTERNS = {
    "day": re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII),
    "week": re.compile(r"(\d{4})-W(\d{2})", re.ASCII),
    "month": re.compile(r"(\d{4})-(\d{2})", re.ASCII),
    "quarter": re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
    "half": re.compile(r"(\d{4})-H([12])", re.ASCII),
    "year": re.compile(r"(\d{4})", re.ASCII),
}


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from month `first`."""
    last = first + count - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _day(year: int, month: int, day: int) -> tuple[date, date]:
    return (date(year, month, day),) * 2


def _week(year: int, week: int) -> tuple[date, date]:
    monday = date.fromisocalendar(year, week, 1)
    return monday, monday + timedelta(days=6)


_DAYS: dict[str, Callable[..., tuple[date, date]]] = {
    "day": _day,
    "week": _week,
    "month": lambda year, month: _months(year, month, 1),
    "quarter": lambda year, quarter: _months(year, 3 * quarter - 2, 3),
    "half": lambda year, half: _months(year, 6 * half - 5, 6),
    "year": lambda year: _months(year, 1, 12),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days that a number speaks of, both ends included.

    Parameters
    ----------
    start, end : datetime.date
        First and last day.
    precision : str
        One of `PRECISIONS`. ``approx`` is a vague date, written with a leading ``~``.

    Raises
    ------
    InvalidValue
        If the end is before the start, or the days do not fit the precision.

    Notes
    -----
    The written forms are those of ISO 8601 and of SDMX ``TIME_PERIOD``. A week starts on
    Monday and belongs to the year of its Thursday (ISO 8601).

    Examples
    --------
    >>> Period.parse("2025-Q1")
    Period('2025-Q1')
    >>> Period.parse("2025-W07").start
    datetime.date(2025, 2, 10)
    >>> str(Period.parse("~2025-02-15"))
    '~2025-02-15'
    """

    start: date
    end: date
    precision: str

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise InvalidValue(f"{self.precision!r} is no precision", f"It is one of {', '.join(PRECISIONS)}.")
        if self.end < self.start:
            raise InvalidValue(f"the period ends ({self.end}) before it starts ({self.start})")
        for year in (self.start.year, self.end.year):
            if not YEARS[0] <= year <= YEARS[1]:
                raise InvalidValue(f"the year {year} is not {YEARS[0]} to {YEARS[1]}")
        if self.precision not in ("range", "approx") and self.precision not in self._shapes():
            raise InvalidValue(f"{self.start} to {self.end} is no {self.precision}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read one of the written forms, and nothing else.

        Parameters
        ----------
        text : str
            For example ``2025-02``; blanks around it are allowed.

        Raises
        ------
        InvalidValue
            If the text has another form, or names a day that does not exist.
        """
        written = text.strip()
        vague, body = written.startswith("~"), written.removeprefix("~")
        if "/" in body:
            first, last = (_parse_simple(part, text) for part in _two(body, text))
            if "day" not in (first.precision, last.precision) or first.precision != last.precision:
                raise _not_a_period(text)
            return cls(first.start, last.end, "approx" if vague else "range")
        simple = _parse_simple(body, text)
        return cls(simple.start, simple.end, "approx") if vague else simple

    def _shapes(self) -> tuple[str, ...]:
        """Precisions whose written form says exactly these days, shortest form first."""
        shapes = []
        for shape in ("year", "half", "quarter", "month", "week", "day"):
            written = self._written(shape)
            if written and _DAYS[shape](*_numbers(shape, written)) == (self.start, self.end):
                shapes.append(shape)
        return tuple(shapes)

    def _written(self, shape: str) -> str:
        start = self.start
        if shape == "day":
            return start.isoformat()
        if shape == "week":
            year, week, _ = start.isocalendar()
            return f"{year:04d}-W{week:02d}"
        if shape == "month":
            return f"{start.year:04d}-{start.month:02d}"
        if shape == "quarter":
            return f"{start.year:04d}-Q{(start.month + 2) // 3}"
        if shape == "half":
            return f"{start.year:04d}-H{(start.month + 5) // 6}"
        return f"{start.year:04d}"

    def __str__(self) -> str:
        if self.precision not in ("range", "approx"):
            return self._written(self.precision)
        span = f"{self.start}/{self.end}"
        if self.precision == "range":
            return span
        shapes = self._shapes()
        return "~" + (self._written(shapes[0]) if shapes else span)

    def __repr__(self) -> str:
        return f"Period({str(self)!r})"

    def named(self) -> Period:
        """Return the same days under their name, where a range has one: a whole month is that month.

        >>> Period.parse("2025-06-01/2025-06-30").named()
        Period('2025-06')
        """
        shapes = self._shapes() if self.precision == "range" else ()
        return Period(self.start, self.end, shapes[0]) if shapes else self

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    def reach(self) -> tuple[date, date]:
        """First and last day that the number may speak of.

        A period that is not vague reaches from its first to its last day. A vague one reaches
        5 days further each way, but not past the end of the month when its last day is the last
        of a month: a source that says "at the end of April" does not mean May.

        Returns
        -------
        tuple of datetime.date
            Both included.

        Notes
        -----
        A convention of ours for drawing and for counting days, not a fact about a source. It is
        *not* valid where a source says how vague it is: write that as a range.

        Examples
        --------
        >>> [str(day) for day in Period.parse("~2025-02-15").reach()]
        ['2025-02-10', '2025-02-20']
        >>> [str(day) for day in Period.parse("~2025-04-30").reach()]
        ['2025-04-25', '2025-04-30']
        """
        if self.precision != "approx":
            return self.start, self.end
        spread = timedelta(days=REACH_DAYS)
        ends_month = (self.end + timedelta(days=1)).day == 1
        return self.start - spread, self.end if ends_month else self.end + spread


def _parse_simple(body: str, text: str) -> Period:
    """Read a form without ``~`` and ``/``."""
    for shape, pattern in _PATTERNS.items():
        if pattern.fullmatch(body):
            try:
                return Period(*_DAYS[shape](*_numbers(shape, body)), shape)
            except (ValueError, OverflowError) as error:
                if isinstance(error, InvalidValue):
                    raise
                raise InvalidValue(f"{clip(text)!r} is no day of the calendar: {error}") from None
    raise _not_a_period(text)


def _numbers(shape: str, written: str) -> tuple[int, ...]:
    match = _PATTERNS[shape].fullmatch(written)
    return tuple(int(group) for group in match.groups()) if match else ()


def _two(body: str, text: str) -> list[str]:
    parts = body.split("/")
    if len(parts) != 2:
        raise _not_a_period(text)
    return parts


def _not_a_period(text: str) -> InvalidValue:
    return InvalidValue(f"{clip(text)!r} is not a period", f"Write {FORMS}.")
