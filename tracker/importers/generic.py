"""Any table of shares: wide, long or transposed, by what its columns hold and by what the person says of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from tracker.errors import Problem, RejectedInput, clip
from tracker.importers.asked import ROLES, Asked, missing_market
from tracker.importers.base import Parsed
from tracker.importers.columns import Kind, column_kinds, is_number, period_in
from tracker.importers.layout import Column, Layout, check_header, chosen_rows, places
from tracker.importers.reading import read
from tracker.importers.table import Row, Table
from tracker.importers.wholes import wholes_by
from tracker.values import Citation, Market, Source

_OTHER_ROLES = ("end", "low", "high", "status", "sample_size", "note", "published", "url")

_USUAL = {
    "entity": r"entity|company|brand|vendor|browser|engine|product|model|party|player|provider|lab|name",
    "date": r"date|day|week|month|quarter|year|time|period|(period|date)_start|start(_date)?",
    "end": r"(period|date)_end|end(_date)?",
    "share": r"share|share_percent|(market[ _])?share.*|percent(age)?|pct|value",
    "low": r"(share_)?low(er)?",
    "high": r"(share_)?high|upper",
    "source": r"source|source_title|institute|publisher",
    "region": r"country|region|geo|area|state|economy|location",
    "sample_size": r"n|sample[ _]size",
    "url": r"url|source_url|link",
    "note": r"notes?",
}
"""What columns of some role are often called: for the hint only, never for reading."""

_TOTAL = re.compile(r"total|sum|summe|gesamt|insgesamt|all|row total", re.IGNORECASE)


@dataclass(frozen=True)
class Shape:
    """What a table's columns are; some are left out."""

    date: int | None
    entity: int | None
    shares: list[Column]
    left_out: list[int] = field(default_factory=list)


class Generic:
    """Tables of no known family."""

    name = "table"
    title = "any table: wide, long or transposed; CSV, TSV, JSON, JSON Lines, xlsx or Parquet"
    example = "Month,Chrome,Firefox\n2025-04,66.2,2.6"

    def claims(self, table: Table) -> str:
        """By columns of dates and numbers, where no other importer claims the table."""
        kinds = column_kinds(table, Asked())
        if "number" not in kinds or _nameless(table, kinds):
            return ""
        if "date" in kinds or any(period_in(name) for name in table.header):
            return "it has dates, and columns of numbers"
        return ""

    def read(self, table: Table, asked: Asked) -> Parsed:
        """Read it by `asked.columns`, else by what its columns hold."""
        table, notes = chosen_rows(table, asked)
        check_header(table, nameless=0)
        kinds = column_kinds(table, asked)
        named = {role: asked.one(role) for role in ("entity", "date", "source", "region", "market", *_OTHER_ROLES)}
        found = places(table, named)
        shape = _shape(table, asked, kinds, found)
        sources, markets, market_of = _wholes(table, asked, found)
        if shape.left_out:
            notes.append(f"columns that are not read: {', '.join(_name(table, place) for place in shape.left_out)}")
        layout = Layout(
            shares=shape.shares,
            citation=_citation(table, asked),
            market=asked.market,
            market_of=market_of,
            market_by=(found["market"],) if "market" in found else None,
            entity=shape.entity,
            date=shape.date,
            padding=shape.entity is None and len(shape.shares) > 2,
            sources=sources,
            markets=markets,
            notes=notes,
        )
        others = {role: found[role] for role in _OTHER_ROLES if role in found}
        return read(table, replace(layout, **others), asked)  # type: ignore[arg-type]


def _name(table: Table, place: int) -> str:
    return table.header[place].strip() or "(no name)"


def _nameless(table: Table, kinds: list[Kind]) -> bool:
    """Whether the first line holds numbers where names of entities or periods are meant: it is a row of data."""
    names = [name for name, kind in zip(table.header, kinds, strict=True) if kind == "number"]
    return all(is_number(name) and period_in(name) is None for name in names)


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


def _shape(table: Table, asked: Asked, kinds: list[Kind], found: dict[str, int]) -> Shape:
    """Tell what is what: from what was said, then from the only way in which the rest fits."""
    ignored = [places(table, {"ignore": name})["ignore"] for name in asked.columns.get("ignore", ())]
    shares = [places(table, {"share": name})["share"] for name in asked.columns.get("share", ())]
    told = bool(shares) and bool({"date", "entity"} & set(found))
    free = [place for place in range(len(kinds)) if place not in {*found.values(), *ignored, *shares}]
    counting = [] if shares else _counting(table, [place for place in free if kinds[place] == "number"])
    free = [place for place in free if place not in counting]
    date, entity = _two_names(kinds, found, free, shares)
    values = shares or [place for place in free if kinds[place] == "number" and place != date]
    left = [place for place in free if kinds[place] in ("word", "date") and place not in (date, entity)]
    if (left and not told) or not values or (date is None and entity is None):
        raise _unclear(table, kinds, found)
    left_out = sorted({*ignored, *counting, *(left if told else ())})
    if date is None:
        return Shape(None, entity, _by_period(table, values), left_out)
    if entity is None:
        return Shape(date, None, _by_entity(table, values), left_out)
    if len(values) > 1:
        raise _unclear(table, kinds, found)
    return Shape(date, entity, [Column(values[0])], left_out)


def _two_names(
    kinds: list[Kind], found: dict[str, int], free: list[int], shares: list[int]
) -> tuple[int | None, int | None]:
    """The columns of dates and of entities, as far as there is only one that can be meant."""
    dated = [place for place in free if kinds[place] == "date"]
    words = [place for place in free if kinds[place] == "word"]
    values = shares or [place for place in free if kinds[place] == "number"]
    date = found.get("date", dated[0] if len(dated) == 1 else None)
    entity = found.get("entity")
    if entity is None and words:
        down = date is None and not dated and words[0] == min(free)
        long = date is not None and len(words) == len(values) == 1
        entity = words[0] if down or long else None
    return date, entity


def _counting(table: Table, numbers: list[int]) -> list[int]:
    """The columns that number the rows from 0 or 1, or hold the sum of the others."""
    header = table.header
    total = {place for place in numbers if _TOTAL.fullmatch(header[place].strip())}
    starts: dict[int, tuple[int, ...]] = dict.fromkeys(set(numbers) - total, (0, 1))
    count = 0
    for count, row in enumerate((row for row in table.rows() if len(row.cells) == len(header)), 1):
        cells = row.cells
        told = {
            place: tuple(start for start in before if cells[place].strip() == str(start + count - 1))
            for place, before in starts.items()
        }
        starts = {place: those for place, those in told.items() if those}
        if not starts:
            break
    return sorted(total | (set(starts) if count > 2 else set()))


def _by_entity(table: Table, values: list[int]) -> list[Column]:
    """Columns of a wide table, which have the names of entities.

    Raises
    ------
    RejectedInput
        If all of these are numbers: then the first line is none of names.
    """
    names = [table.header[place].strip() for place in values]
    if all(map(is_number, names)):
        problem = Problem(table.first.line, "", clip(", ".join(names)), "are numbers, where names of columns are meant")
        raise RejectedInput(table.name, [problem], "Put a line with the names of the columns above.")
    return [Column(place, name) for place, name in zip(values, names, strict=True)]


def _by_period(table: Table, values: list[int]) -> list[Column]:
    columns = [Column(place, period=period_in(table.header[place])) for place in values]
    problems = [
        Problem(table.first.line, table.header[column.place], "", "names no period, and no other column does")
        for column in columns
        if column.period is None
    ]
    problems += list(_twice(table, columns))
    if problems:
        raise RejectedInput(table.name, problems, "Say which column holds the dates: --map date=COLUMN.")
    return columns


def _twice(table: Table, columns: list[Column]) -> Iterator[Problem]:
    """Two columns of one period, which may be two measures of one thing."""
    seen: dict[object, int] = {}
    for column in columns:
        other = seen.setdefault(column.period, column.place)
        if other != column.place and column.period:
            wrong = f"names {column.period}, as {table.header[other].strip()!r} does"
            yield Problem(table.first.line, table.header[column.place].strip(), "", wrong)


def _unclear(table: Table, kinds: list[Kind], found: dict[str, int]) -> RejectedInput:
    """Say what each column seems to be, and guess what could be said of them."""
    words = {"date": "dates", "number": "numbers", "word": "words", "empty": "nothing"}
    held = "; ".join(f"{_name(table, place)}: {words[kind]}" for place, kind in enumerate(kinds))
    problem = Problem(table.first.line, "", "", f"it is not clear which column is what. They hold: {clip(held, 600)}")
    guess = ",".join(f"{role}={_name(table, place)}" for role, place in _guess(table, kinds, found).items())
    return RejectedInput(
        table.name,
        [problem],
        f"Say what they are, perhaps: --map '{guess or 'entity=...,date=...,share=...'}'"
        f"   The roles are {', '.join(ROLES)}.",
    )


def _guess(table: Table, kinds: list[Kind], found: dict[str, int]) -> dict[str, int]:
    """Roles that columns may have, by how such columns are often called, and by what they hold."""
    guess = dict(found)
    for role, pattern in _USUAL.items():
        fits = [place for place in range(len(kinds)) if re.fullmatch(pattern, _name(table, place), re.IGNORECASE)]
        free = [place for place in fits if place not in guess.values()]
        if role not in guess and free:
            guess[role] = free[0]
    left = [place for place in range(len(kinds)) if place not in guess.values()]
    for role, kind in (("date", "date"), ("share", "number")):
        fits = [place for place in left if kinds[place] == kind]
        if role not in guess and fits and (role == "date" or "entity" in guess):
            guess[role] = fits[0]
    return guess


def _citation(table: Table, asked: Asked) -> Citation:
    """The page that was named, else the file under its market, which stays the same for the next file."""
    if asked.url:
        return Citation(url=asked.url)
    return Citation(title=f"file of {asked.market}" if asked.market else table.stem)
