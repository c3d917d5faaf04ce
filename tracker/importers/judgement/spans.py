"""Dates that are spans of days, as tables of polls print them: ``12–18 Mar 2020``."""

from __future__ import annotations

import re
from datetime import date

from tracker.importers.judgement.months import month_number
from tracker.values import Period

_DASH = r"\s*(?:-|–|—|to|bis)\s*"
_WORD = r"([A-Za-z]{3,9})\.?"
_YEAR = r"(?:,?\s+([0-9]{4}))"
_DAY = r"([0-9]{1,2})"
_DAY_FIRST = re.compile(rf"{_DAY}(?:\s+{_WORD})?{_YEAR}?{_DASH}{_DAY}\s+{_WORD}{_YEAR}")
_MONTH_FIRST = re.compile(rf"{_WORD}\s+{_DAY}{_YEAR}?{_DASH}(?:{_WORD}\s+)?{_DAY}{_YEAR}")
_NUMERIC = re.compile(rf"{_DAY}\.(?:{_DAY}\.)?([0-9]{{4}})?{_DASH}{_DAY}\.{_DAY}\.([0-9]{{4}})")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:–|—|\bto\b|/|\s-\s)\s*(\d{4}-\d{2}-\d{2})", re.ASCII)


def span(text: str) -> Period | None:
    """Read a span of days; None where it is none, or ends before it starts.

    >>> span("28 Feb – 2 Mar 2020"), span("Mar 12-18, 2020"), span("24.10.–27.10.2020")
    (Period('2020-02-28/2020-03-02'), Period('2020-03-12/2020-03-18'), Period('2020-10-24/2020-10-27'))
    >>> span("28 Dec 2019 - 2 Jan 2020"), span("18–12 Mar 2020")
    (Period('2019-12-28/2020-01-02'), None)
    """
    if match := _ISO.fullmatch(text):
        return Period.parse(f"{match[1]}/{match[2]}") if match[1] <= match[2] else None
    if match := _DAY_FIRST.fullmatch(text):
        return _between((match[3], match[2], match[1]), (match[6], match[5], match[4]))
    if match := _MONTH_FIRST.fullmatch(text):
        return _between((match[3], match[1], match[2]), (match[6], match[4] or match[1], match[5]))
    if match := _NUMERIC.fullmatch(text):
        return _between((match[3], match[2], match[1]), (match[6], match[5], match[4]))
    return None


def _between(first: tuple[str | None, str | None, str], last: tuple[str, str, str]) -> Period | None:
    """From year, month and day of both ends; the first has those of the last where it leaves them out."""
    end = _day(*last)
    start = end and _day(first[0] or last[0], first[1] or last[1], first[2])
    if not (start and end) or start > end:
        return None
    return Period(start, end, "range" if start < end else "day")


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else month_number(month)
    try:
        return date(int(year), number or 0, int(day))
    except ValueError:
        return None
