"""What the columns of a table hold, told from their cells."""

from __future__ import annotations

import re
from typing import Literal

from tracker.errors import InvalidValue
from tracker.importers.asked import Asked
from tracker.importers.judgement import dates
from tracker.importers.judgement.nulls import is_null, likely_null
from tracker.importers.table import Table
from tracker.values import Period

Kind = Literal["date", "number", "word", "empty"]

LOOKED_AT = 2_000
"""Rows that are looked at to tell what a column holds."""

MOST = 0.9
"""Part of the cells that must be dates for a column of dates: a few may be wrong, and are reported."""

HALF = 0.5
"""Part of the cells that must be numbers for a column of numbers: names of anybody are hardly ever that."""

_DATE_NAME = re.compile(
    r"date|day|week|month|quarter|year|period|time|time_period|datum|fecha|jour|tag|woche|monat|jahr|mes|mois|année|año",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[<>~]?\s*[+-]?(?=[.,]?\d)(?:\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+|\d+)?(?:[.,]\d*)?(?:e[+-]?\d+)?\s*[%‰]?"
    r"|nan|[+-]?inf(?:inity)?",
    re.IGNORECASE | re.ASCII,
)


def column_kinds(table: Table, asked: Asked) -> list[Kind]:
    """Say what each column holds, from its cells.

    Raises
    ------
    InvalidValue
        If the format of dates that was declared is none.
    """
    if asked.date_format is not None:
        dates.judge((), asked.date_format)  # one that is no format is refused, rather than found in no column
    cells: list[list[str]] = [[] for _ in table.header]
    for row, _ in zip(table.rows(), range(LOOKED_AT), strict=False):
        if len(row.cells) == len(cells):
            for column, cell in zip(cells, row.cells, strict=True):
                if not is_null(cell, asked.nulls):
                    column.append(cell.strip())
    form = asked.date_format
    return [_kind(name.strip(), column, form) for name, column in zip(table.header, cells, strict=True)]


def _kind(name: str, cells: list[str], form: str | None) -> Kind:
    if not cells:
        return "empty"
    # NA among numbers is asked about later; among words it is a name.
    known = [cell for cell in cells if not likely_null(cell)] or cells
    numeric = sum(bool(_NUMBER.fullmatch(cell)) for cell in known) >= len(known) * HALF
    dated = bool(_DATE_NAME.fullmatch(name)) or not numeric
    if dated and _are_dates(known, form):
        return "date"
    return "number" if numeric else "word"


def _are_dates(cells: list[str], declared: str | None) -> bool:
    try:
        form = dates.judge(cells, declared)
    except InvalidValue as error:
        return declared is None and "day first or month first" in error.message
    return sum(_reads(form, cell) for cell in cells) >= len(cells) * MOST


def _reads(form: dates.Dates, cell: str) -> bool:
    try:
        form.period(cell)
    except InvalidValue:
        return False
    return True


def period_in(header: str) -> Period | None:
    """Find the one period that a column's name holds.

    >>> period_in("H1 2025 AI Diffusion")
    Period('2025-H1')
    """
    words = header.replace("_", " ").split()
    for width in (3, 2, 1):
        found = set()
        for start in range(len(words) - width + 1):
            text = " ".join(words[start : start + width]).strip("()[],:;")
            try:
                found.add(dates.judge([text]).period(text))
            except InvalidValue:
                continue
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def is_number(text: str) -> bool:
    """Whether a text is a number as tables print them."""
    return bool(text.strip()) and bool(_NUMBER.fullmatch(text.strip()))
