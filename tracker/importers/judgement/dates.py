"""In which form the dates of a column are written: one form for the whole column, or a refusal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.errors import InvalidValue, clip
from tracker.importers.judgement.months import month_number
from tracker.importers.judgement.spans import span
from tracker.values import Period

_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+]00:00)?", re.ASCII)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_MONTH_NAME = re.compile(r"([A-Za-z]{3,9})\.?,? (\d{4})", re.ASCII)
_DAY_NAME = re.compile(r"(?:(\d{1,2})\.? ([A-Za-z]{3,9})\.?|([A-Za-z]{3,9})\.? (\d{1,2})),? (\d{4})", re.ASCII)
_LOOSE = re.compile(r"(?:([QHS])([1-4])[ -](\d{4})|(\d{4})[ -]?([QHSMWA])(\d{1,2}))", re.ASCII | re.IGNORECASE)

FORM_NAMES = {
    "iso": "ISO 8601 (2025-04-30, 2025-02, 2025-W07, 2025-Q1, 2025)",
    "time": "ISO 8601 with midnight",
    "ymd": "year/month/day",
    "dmy": "day first",
    "mdy": "month first",
    "month name": "month name and year",
    "day name": "day, month name and year",
    "span": "a span of days (12–18 Mar 2020)",
    "loose": "Q1 2025, 2025Q1, H1 2025, 2025-M01",
}


@dataclass(frozen=True, slots=True)
class Dates:
    """The form of the dates of a column, and why it is that.

    Parameters
    ----------
    form : str
        A key of `FORM_NAMES`, or a format of `datetime.strptime` that holds a ``%``.
    why : str
        What decided it.
    parse : callable or None
        Reads one date, where an importer knows a form of its own; None or `InvalidValue` where it is no such date.
    """

    form: str
    why: str
    parse: Callable[[str], Period | None] | None = None

    @property
    def named(self) -> str:
        """The form in words."""
        return FORM_NAMES.get(self.form, self.form)

    def period(self, cell: str) -> Period:
        """Read one date.

        Raises
        ------
        InvalidValue
            If it has another form, or is no day of the calendar.
        """
        text = cell.strip()
        if "%" in self.form:
            return _declared(text, self.form)
        found = (self.parse or _FORMS[self.form])(text)
        if found is None:
            form = FORM_NAMES.get(self.form, f"a {self.form}")
            raise InvalidValue(f"{clip(text)!r} is not {form}, as the other dates are")
        return found


def judge(cells: Iterable[str], declared: str | None = None) -> Dates:
    """Decide the form from every date of a column.

    Parameters
    ----------
    cells : iterable of str
        The dates as printed.
    declared : str or None
        ``dmy``, ``mdy``, ``ymd`` or a format of `datetime.strptime`.

    Raises
    ------
    InvalidValue
        If no form reads any, or two forms read all of them.

    Notes
    -----
    The form that reads the most cells is taken, so that one bad cell is reported as such. ``01-02-2025`` is
    day-first only where some first number of the column is above 12, and month-first where some second one is.
    With points between (``01.02.2025``) the day comes first: nobody writes the month first with points.

    Examples
    --------
    >>> judge(["01-12-2024", "31-12-2024"]).form, judge(["1/8/2023", "1/15/2023"]).form
    ('dmy', 'mdy')
    """
    if declared is not None:
        return Dates(_known_form(declared), "declared")
    texts = [cell.strip() for cell in cells]
    alike = Counter(texts)
    read = {form: sum(count for text, count in alike.items() if reads(form, text)) for form in FORM_NAMES}
    best = max(read.values(), default=0)
    if not best:
        shown = clip(next((text for text in texts if text), ""))
        raise InvalidValue(
            f"the dates ({shown!r}, ...) have no form that is known",
            "Say how they are written: --date-format '%d.%m.%y'.",
        )
    forms = [form for form, count in read.items() if count == best]
    if {"dmy", "mdy"} <= set(forms):
        return _day_or_month_first(texts)
    return Dates(forms[0], "the whole column is written so")


def _known_form(declared: str) -> str:
    form = declared if "%" in declared else declared.lower()
    if "%" not in form and form not in FORM_NAMES:
        raise InvalidValue(
            f"{clip(declared)!r} is no form of dates", "It is dmy, mdy, ymd, or spelt out such as '%d.%m.%y'."
        )
    if "%" in form:
        _check_spelt(form)
    return form


def _check_spelt(form: str) -> None:
    """Refuse a format that no date can have: a part that is unknown, or that stands twice."""
    try:
        datetime.strptime("", form)
    except ValueError as error:
        # Any other message only says that the empty text is no date.
        said = str(error).partition(" in format")[0]
        wrong = said if "directive" in said or "stray" in said else ""
    except re.error:
        wrong = "a part of it stands twice"
    if wrong:
        raise InvalidValue(f"{clip(form)!r} is no form of dates: {wrong}", "Write it such as '%d.%m.%y'.")


def _day_or_month_first(texts: Sequence[str]) -> Dates:
    numeric = [match for text in texts if (match := _NUMERIC.fullmatch(text))]
    if all(match[2] == "." for match in numeric):
        return Dates("dmy", "points stand between the numbers")
    shown = clip(numeric[0][0])
    raise InvalidValue(
        f"{shown!r} may be day first or month first, and no other date of the column decides it",
        "Say which: --date-format dmy or --date-format mdy.",
    )


def reads(form: str, text: str) -> bool:
    """Whether a text without blanks around is a date of this form."""
    try:
        return _FORMS[form](text) is not None
    except (InvalidValue, ValueError):
        return False


def _declared(text: str, form: str) -> Period:
    try:
        day = datetime.strptime(text, form).date()
    except ValueError as error:
        raise InvalidValue(f"{clip(text)!r} is not written as {form}") from error
    if "%d" not in form and "%j" not in form:
        return (
            Period.parse(f"{day:%Y-%m}")
            if any(part in form for part in ("%m", "%b", "%B"))
            else Period.parse(f"{day:%Y}")
        )
    return Period(day, day, "day")


def _iso(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except InvalidValue:
        return None


def _time(text: str) -> Period | None:
    match = _ISO_TIME.fullmatch(text)
    return _iso(match[1]) if match else None


def _ymd(text: str) -> Period | None:
    match = _SLASHED.fullmatch(text)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def _dmy(text: str) -> Period | None:
    match = _NUMERIC.fullmatch(text)
    return _day(int(match[4]), int(match[3]), int(match[1])) if match else None


def _mdy(text: str) -> Period | None:
    match = _NUMERIC.fullmatch(text)
    return _day(int(match[4]), int(match[1]), int(match[3])) if match and match[2] != "." else None


def _month_name(text: str) -> Period | None:
    match = _MONTH_NAME.fullmatch(text)
    month = match and month_number(match[1])
    return Period.parse(f"{match[2]}-{month:02d}") if match and month else None


def _day_name(text: str) -> Period | None:
    match = _DAY_NAME.fullmatch(text)
    month = match and month_number(match[2] or match[3])
    return _day(int(match[5]), month, int(match[1] or match[4])) if match and month else None


def _span(text: str) -> Period | None:
    """A span of days; a poll of one day stands among them as that day."""
    return span(text) or _day_name(text)


def _loose(text: str) -> Period | None:
    match = _LOOSE.fullmatch(text)
    if not match:
        return None
    letter, number, year = (match[1] or match[5]).upper(), int(match[2] or match[6]), match[3] or match[4]
    written = {
        "Q": f"{year}-Q{number}",
        "H": f"{year}-H{number}",
        "S": f"{year}-H{number}",
        "M": f"{year}-{number:02d}",
        "W": f"{year}-W{number:02d}",
        "A": year,
    }[letter]
    return _iso(written)


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Period(found, found, "day")


def week_from(day: date) -> Period:
    """Return the seven days that start on this one: an ISO week where that is a Monday, else a range.

    >>> week_from(date(2025, 8, 17))
    Period('2025-08-17/2025-08-23')
    """
    try:
        last = day + timedelta(days=6)
    except OverflowError as error:
        raise InvalidValue(f"the week from {day} ends behind the calendar") from error
    return Period(day, last, "week" if day.isoweekday() == 1 else "range")


_FORMS: dict[str, Callable[[str], Period | None]] = {
    "iso": _iso,
    "time": _time,
    "ymd": _ymd,
    "dmy": _dmy,
    "mdy": _mdy,
    "month name": _month_name,
    "day name": _day_name,
    "span": _span,
    "loose": _loose,
}
