"""Any table of shares: wide, long or transposed, by what its columns hold and by what the person says of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from tracker.errors import InvalidValue, Problem, RejectedInput
from tracker.importers.asked import ROLES, Asked, missing_market
from tracker.importers.base import Parsed
from tracker.importers.judgement import dates
from tracker.importers.judgement.nulls import is_null
from tracker.importers.layout import Column, Layout, places
from tracker.importers.reading import read
from tracker.importers.table import Row, Table
from tracker.importers.wholes import wholes_by
from tracker.values import Citation, Market, Period, Source

Kind = Literal["date", "number", "word", "empty"]

LOOKED_AT = 2_000
"""Rows that are looked at to tell what a column holds."""

_DATE_NAME = re.compile(
    r"date|day|week|month|quarter|year|period|time|time_period|datum|fecha|jour|tag|woche|monat|jahr|mes|mois|année|año",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[<>~]?\s*[+-]?(?:\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+|\d+)?(?:[.,]\d*)?(?:e[+-]?\d+)?\s*[%‰]?|nan|[+-]?inf(?:inity)?",
    re.IGNORECASE | re.ASCII,
)

_OTHER_ROLES = ("end", "low", "high", "status", "sample_size", "note", "published")


@dataclass(frozen=True)
class Shape:
    """What a table's columns are."""

    date: int | None
    entity: int | None
    shares: list[Column]


class Generic:
    """Tables of no known family."""

    name = "table"
    title = "any table: wide, long or transposed; CSV, TSV, JSON, JSON Lines, xlsx or Parquet"
    example = "Month,Chrome,Firefox\n2025-04,66.2,2.6"

    def claims(self, table: Table) -> str:
        """By columns of dates and numbers, where no other importer claims the table."""
        kinds = column_kinds(table, Asked())
        if "number" in kinds and ("date" in kinds or any(period_in(name) for name in table.header)):
            return "it has dates, and columns of numbers"
        return ""

    def read(self, table: Table, asked: Asked) -> Parsed:
        """Read it by `asked.columns`, else by what its columns hold."""
        kinds = column_kinds(table, asked)
        named = {role: asked.one(role) for role in ("entity", "date", "source", "region", "market", *_OTHER_ROLES)}
        found = places(table, named)
        shape = _shape(table, asked, kinds, found)
        sources, markets, market_of = _wholes(table, asked, found)
        layout = Layout(
            shares=shape.shares,
            citation=_citation(table, asked),
            market=asked.market,
            market_of=market_of,
            entity=shape.entity,
            date=shape.date,
            unit=asked.unit,
            padding=shape.entity is None and len(shape.shares) > 2,
            sources=sources,
            markets=markets,
        )
        others = {role: found[role] for role in _OTHER_ROLES if role in found}
        return read(table, replace(layout, **others), asked)  # type: ignore[arg-type]


def _wholes(
    table: Table, asked: Asked, found: dict[str, int]
) -> tuple[list[Source], list[Market], Callable[[Row], str] | None]:
    """The market of the table, or of each row.

    Raises
    ------
    UsageProblem
        If nobody says.
    """
    if "market" in found:
        place = found["market"]
        return [], [], lambda row: row.cells[place].strip()
    if asked.market is None:
        raise missing_market(table.name)
    if "source" in found or "region" in found:
        return wholes_by(table, asked, asked.market, {}, source=found.get("source"), region=found.get("region"))
    described = asked.described_market()
    if described is None:
        return [], [], None
    return [Source(described.source, described.source)], [described], None


def column_kinds(table: Table, asked: Asked) -> list[Kind]:
    """Say what each column holds, from its cells."""
    cells: list[list[str]] = [[] for _ in table.header]
    for row, _ in zip(table.rows(), range(LOOKED_AT), strict=False):
        if len(row.cells) == len(cells):
            for column, cell in zip(cells, row.cells, strict=True):
                if not is_null(cell, asked.nulls):
                    column.append(cell.strip())
    return [_kind(name.strip(), column) for name, column in zip(table.header, cells, strict=True)]


def _kind(name: str, cells: list[str]) -> Kind:
    if not cells:
        return "empty"
    numeric = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells) >= len(cells) * 0.9
    dated = bool(_DATE_NAME.fullmatch(name)) or not numeric
    if dated and _are_dates(cells):
        return "date"
    return "number" if numeric else "word"


def _are_dates(cells: list[str]) -> bool:
    try:
        form = dates.judge(cells)
    except InvalidValue as error:
        return "day first or month first" in error.message
    read = 0
    for cell in cells:
        try:
            form.period(cell)
            read += 1
        except InvalidValue:
            continue
    return read >= len(cells) * 0.9


def period_in(header: str) -> Period | None:
    """Find the one period that a column's name holds.

    >>> period_in("H1 2025 AI Diffusion")
    Period('2025-H1')
    """
    words = header.replace("_", " ").split()
    for width in (3, 2, 1):
        found = []
        for start in range(len(words) - width + 1):
            text = " ".join(words[start : start + width]).strip("()[],:;")
            try:
                found.append(dates.judge([text]).period(text))
            except InvalidValue:
                continue
        if found:
            return found[0] if len(set(found)) == 1 else None
    return None


def _shape(table: Table, asked: Asked, kinds: list[Kind], found: dict[str, int]) -> Shape:
    """Tell what is what: from what was said, then from the only way in which the rest fits."""
    spoken = set(found.values()) | set(places(table, dict(enumerate(asked.columns.get("ignore", ())))).values())  # type: ignore[arg-type]
    shares = [places(table, {"share": name})["share"] for name in asked.columns.get("share", ())]
    free = [place for place in range(len(kinds)) if place not in spoken and place not in shares]
    dated = [place for place in free if kinds[place] == "date"]
    words = [place for place in free if kinds[place] == "word"]
    date = found.get("date", dated[0] if len(dated) == 1 else None)
    values = shares or [place for place in free if kinds[place] == "number" and place != date]
    entity = found.get("entity")
    if date is None and not dated and entity is None and words and words[0] == min(free):
        entity = words[0]
    if date is not None and entity is None and len(words) == 1 and len(values) == 1:
        entity = words[0]
    left = [place for place in (*words, *dated) if place not in (entity, date)]
    if left or not values or (date is None and entity is None):
        raise _unclear(table, kinds, left)
    if date is None:
        return Shape(None, entity, _by_period(table, values))
    if entity is None:
        return Shape(date, None, [Column(place, table.header[place].strip()) for place in values])
    if len(values) > 1:
        raise _unclear(table, kinds, values)
    return Shape(date, entity, [Column(values[0])])


def _by_period(table: Table, values: list[int]) -> list[Column]:
    columns = [Column(place, period=period_in(table.header[place])) for place in values]
    problems = [
        Problem(table.first.line, table.header[column.place], "", "names no period, and no other column does")
        for column in columns
        if column.period is None
    ]
    if problems:
        raise RejectedInput(table.name, problems, "Say which column holds the dates: --map date=COLUMN.")
    return columns


def _unclear(table: Table, kinds: list[Kind], left: list[int]) -> RejectedInput:
    """Say what each column seems to be, and what must be said of those that are left."""
    words = {"date": "dates", "number": "numbers", "word": "words", "empty": "nothing"}
    held = "; ".join(
        f"{name.strip() or '(no name)'}: {words[kind]}" for name, kind in zip(table.header, kinds, strict=True)
    )
    problem = Problem(table.first.line, "", "", f"it is not clear which column is what. They hold: {held[:600]}")
    guess = ",".join(f"ROLE={table.header[place].strip()}" for place in left) or "entity=...,date=...,share=..."
    return RejectedInput(
        table.name,
        [problem],
        f"Say what they are: --map {guess}   with each ROLE one of {', '.join(ROLES)}.",
    )


def _citation(table: Table, asked: Asked) -> Citation:
    """The page that was named, else the file under its market, which stays the same for the next file."""
    if asked.url:
        return Citation(url=asked.url)
    return Citation(title=f"file of {asked.market}" if asked.market else table.stem)
