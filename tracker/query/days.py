"""Days and periods, in whatever form Python and pandas have them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tracker.errors import InvalidValue
from tracker.values import Period
from tracker.values.period import FORMS

When = Period | date | str
"""A Timestamp is a date, too; so are ``datetime64`` of NumPy and ``Period`` of pandas taken."""


def period(given: object) -> Period:
    """Read a period; a date, and a time, is that day.

    Parameters
    ----------
    given : str, datetime.date, datetime.datetime, pandas.Timestamp, numpy.datetime64, pandas.Period or Period
        Of a time, its own day is taken, in its own zone.

    Raises
    ------
    InvalidValue
        If it is none of these, or a missing one.

    Examples
    --------
    >>> [str(period(given)) for given in ("2025-02", date(2025, 2, 15), datetime(2025, 2, 15, 18))]
    ['2025-02', '2025-02-15', '2025-02-15']
    """
    if isinstance(given, Period):
        return given
    if isinstance(given, str):
        return Period.parse(given)
    first, last = _span(given)
    if not isinstance(first, date) or not isinstance(last, date):
        raise InvalidValue(f"{given!r} is no day and no period", f"Give a date, or write {FORMS}.")
    return Period(first, last, "range").named()


def plain_time(given: object) -> object:
    """Make Python's own of a time of NumPy, and None of a missing one; leave all else.

    >>> plain_time(float("nan")), plain_time(5)
    (None, 5)
    """
    if type(given).__name__ == "datetime64":
        made: Any = given
        return plain_time(made.astype("datetime64[us]").item())
    return None if isinstance(given, float | datetime) and given != given else given


def _span(given: object) -> tuple[object, object]:
    """First and last day; not of dates where there is none."""
    plain: Any = plain_time(given)
    if hasattr(plain, "start_time") and hasattr(plain, "end_time"):
        return plain.start_time.date(), plain.end_time.date()
    day = plain.date() if isinstance(plain, datetime) else plain
    return day, day
