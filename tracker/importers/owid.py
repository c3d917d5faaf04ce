"""Our World in Data: the CSV of a chart, with its metadata beside it where present."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from shlex import quote
from typing import Any

from tracker.errors import Problem, RejectedInput, UsageProblem
from tracker.importers.asked import Asked
from tracker.importers.base import Parsed, joined
from tracker.importers.columns import column_kinds
from tracker.importers.decoding import decode
from tracker.importers.layout import Column, Layout, chosen_rows, places
from tracker.importers.reading import read
from tracker.importers.table import Table
from tracker.importers.wholes import slug_of
from tracker.values import Citation, Source
from tracker.values.names import fold

SITE = "https://ourworldindata.org"

SOURCE = Source(
    slug="owid",
    title="Our World in Data",
    url=SITE,
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    credit="Our World in Data",
    revises="full",
)

NOTE = "every entity is a whole of its own: the shares of several do not sum to anything"

_KEYS = ("entity", "code", "year", "day")
_SHARE = re.compile(r"%|share|per ?cent|\bpct|_pct|proportion|fraction", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{3}|OWID_\w+", re.ASCII)


@dataclass(frozen=True)
class Indicator:
    """A column of numbers, and what the metadata say of it."""

    place: int
    column: str
    title: str
    unit: str
    citation: Citation


class Owid:
    """CSV files of Our World in Data's charts."""

    name = "owid"
    title = (
        "Our World in Data: CSV of a chart (Entity, Code, Year or Day, indicators), with its .metadata.json beside it"
    )
    example = "Entity,Code,Year,Share of new cars that are electric\nNorway,NOR,2023,90"

    def claims(self, table: Table) -> str:
        """By its own names of columns."""
        found = _keys(table)
        if {"entity", "code"} <= found.keys() and ("year" in found) != ("day" in found) and len(table.header) > 3:
            return "it has the columns Entity, Code, and Year or Day of Our World in Data's charts"
        return ""

    def read(self, table: Table, asked: Asked) -> Parsed:
        """Read every indicator as a market of its own."""
        if not self.claims(table):
            problem = Problem(table.first.line, "", "", "has no columns Entity, Code, Year and an indicator")
            raise RejectedInput(table.name, [problem], "Read it with --importer table.")
        keys = _keys(table)
        _refuse_swapped(table, keys)
        notes: list[str] = []
        found = _indicators(table, asked, notes)
        _refuse_other_units(table, asked, found)
        table, left_out = chosen_rows(table, asked)
        parsed = joined([_read(table, asked, keys, one, alone=len(found) == 1) for one in found])
        parsed.sources = [SOURCE]
        parsed.notes = notes + left_out + parsed.notes
        return parsed


def _keys(table: Table) -> dict[str, int]:
    folded = [fold(name) for name in table.header]
    return {name: folded.index(name) for name in _KEYS if name in folded}


def _read(table: Table, asked: Asked, keys: dict[str, int], one: Indicator, *, alone: bool) -> Parsed:
    market = asked.described_market(
        f"{SOURCE.slug}/{slug_of(one.column)}",
        source=SOURCE.slug,
        counted=one.title,
        whole="overlapping",
        frequency="yearly" if "year" in keys else None,
    )
    assert market is not None
    layout = Layout(
        shares=[Column(one.place)],
        citation=one.citation,
        market=market.slug,
        entity=keys["entity"],
        date=keys.get("year", keys.get("day")),
        titles=[one.unit],
        parts=False,
        of_source=SOURCE.slug,
        markets=[replace(market, note=NOTE)],
    )
    parsed = read(table, layout, asked)
    parsed.notes = [note if alone else f"{one.column}: {note}" for note in parsed.notes]
    return parsed


def _refuse_swapped(table: Table, keys: dict[str, int]) -> None:
    """Codes where the names should be would become names without a word.

    Raises
    ------
    RejectedInput
        If most codes are none.
    """
    place = keys["code"]
    codes = [row.cells[place].strip() for row in table.rows() if len(row.cells) == len(table.header)]
    given = [code for code in codes if code]
    if sum(bool(_CODE.fullmatch(code)) for code in given) < len(given) / 2:
        problem = Problem(0, table.header[place], given[0], "is no code such as NOR or OWID_WRL; are columns swapped?")
        raise RejectedInput(table.name, [problem], "To read it as it is: --importer table.")


def _indicators(table: Table, asked: Asked, notes: list[str]) -> list[Indicator]:
    """Find the columns of numbers, or those that were asked for; note which others there are.

    Raises
    ------
    RejectedInput
        If there is none.
    UsageProblem
        If one market was named for several.
    """
    header = [cell.strip() for cell in table.header]
    named = [places(table, {"share": name})["share"] for name in asked.columns.get("share", ())]
    ignored = [places(table, {"ignore": name})["ignore"] for name in asked.columns.get("ignore", ())]
    others = [place for place, name in enumerate(header) if fold(name) not in _KEYS and place not in ignored]
    kinds = column_kinds(table, asked)
    wanted = named or [place for place in others if kinds[place] == "number"]
    if not wanted:
        problem = Problem(table.first.line, ", ".join(header[place] for place in others), "", "holds no numbers")
        raise RejectedInput(table.name, [problem], "Say which column holds the shares: --map share=COLUMN.")
    _refuse_alike(table, header, wanted)
    left = [header[place] for place in others if place not in wanted]
    if left:
        notes.append(f"columns that hold no shares were left out: {', '.join(left)}")
    if len(wanted) > 1 and asked.market:
        raise UsageProblem(
            f"{table.name}: {asked.market} is one market, and the file has {len(wanted)} indicators",
            _choose(header, wanted),
        )
    told = _metadata(table, notes)
    return [_indicator(asked, header[place], place, told) for place in wanted]


def _refuse_alike(table: Table, header: list[str], wanted: Sequence[int]) -> None:
    """Each indicator is a market of its own, whose slug is made of its name.

    Raises
    ------
    RejectedInput
        If one has no name, or two have names that make one slug.
    """
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for place in wanted:
        name = header[place]
        other = first.setdefault(slug_of(name), name)
        if not name:
            problems.append(Problem(table.first.line, str(place + 1), "", "has no name"))
        elif header.count(name) > 1 or other != name:
            problems.append(Problem(table.first.line, name, "", f"is named like another column: {other}"))
    if problems:
        raise RejectedInput(table.name, problems, "Give each column of shares a name of its own.")


def _metadata(table: Table, notes: list[str]) -> dict[str, Any]:
    """What the metadata beside the file say; nothing where there are none, or none that can be read."""
    content = table.neighbour(".metadata.json")
    if content is None:
        return {}
    try:
        told = json.loads(decode(table.stem, content))
    except (ValueError, RejectedInput, RecursionError):
        notes.append("the .metadata.json beside it is no JSON, and was not read")
        return {}
    notes.append("title, unit and citation are from the .metadata.json beside it")
    return told if isinstance(told, dict) else {}


def _indicator(asked: Asked, column: str, place: int, told: dict[str, Any]) -> Indicator:
    chart, columns = _part(told, "chart"), _part(told, "columns")
    short = [one for one in columns.values() if isinstance(one, dict) and one.get("shortName") == column]
    known = _part(columns, column) or (short[0] if len(short) == 1 else {})
    title = _text(known, "titleShort") or _text(known, "titleLong") or column
    credit = _text(known, "citationShort") or _text(chart, "citation")
    page = _text(chart, "originalChartUrl").partition("?")[0]
    citation = Citation(
        url=asked.url or (page if page.startswith(f"{SITE}/") else SITE),
        title=f"{title} ({credit})" if credit else title,
        publisher=SOURCE.title,
        kind="primary",
    )
    return Indicator(place, column, title, _text(known, "unit") or _text(known, "shortUnit"), citation)


def _part(told: dict[str, Any], name: str) -> dict[str, Any]:
    found = told.get(name)
    return found if isinstance(found, dict) else {}


def _text(told: dict[str, Any], name: str) -> str:
    found = told.get(name)
    return found.strip() if isinstance(found, str) else ""


def _refuse_other_units(table: Table, asked: Asked, found: Sequence[Indicator]) -> None:
    """Years of life and kilowatt hours are below 100 too: something must say that the numbers are shares.

    Raises
    ------
    RejectedInput
        If nothing does; the hint names the option that settles it.
    """
    if asked.unit is not None:
        return
    problems, shares = [], []
    for one in found:
        if _SHARE.search(one.unit or one.column):
            shares.append(one.place)
        elif one.unit:
            problems.append(Problem(table.first.line, one.column, one.unit, "is the unit, which is no share"))
        else:
            wrong = "neither this name nor a .metadata.json beside the file says that the numbers are shares"
            problems.append(Problem(table.first.line, one.column, "", wrong))
    if problems:
        header = [cell.strip() for cell in table.header]
        settled = "If they are shares: --unit percent or --unit fraction."
        raise RejectedInput(table.name, problems, f"{_choose(header, shares)} {settled}" if shares else settled)


def _choose(header: list[str], wanted: Sequence[int]) -> str:
    """How to read only some of the columns."""
    columns = [header[place].replace(",", "\\,") for place in wanted]
    return f"Choose: --map {quote(','.join(f'share={column}' for column in columns))}."
