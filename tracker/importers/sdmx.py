"""Statistical offices: SDMX-CSV 1.0 and 2.0, and Eurostat's tab-separated files with packed keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tracker.errors import Problem, RejectedInput, UsageProblem, clip
from tracker.importers.asked import Asked
from tracker.importers.base import Parsed
from tracker.importers.cube import AREAS, UNITS, Cube, code_of, cube_of, is_packed, period_of
from tracker.importers.judgement.dates import Dates
from tracker.importers.layout import Layout, check_header, chosen_rows, places
from tracker.importers.reading import read
from tracker.importers.table import Row, Table
from tracker.importers.wholes import slug_of
from tracker.values import Citation, Market, Source
from tracker.values.checks import check_slug

EUROSTAT = Source(
    slug="eurostat",
    title="Eurostat",
    producer="European Commission, Eurostat",
    url="https://ec.europa.eu/eurostat",
    licence="CC BY 4.0",
    licence_url="https://ec.europa.eu/eurostat/help/copyright-notice",
    credit="Eurostat",
    may_redistribute=True,
    revises="full",
)

FREQUENCIES = {"A": "yearly", "S": "half-yearly", "H": "half-yearly", "Q": "quarterly", "M": "monthly", "W": "weekly",
               "D": "daily"}  # fmt: skip

NOTE = "each area is a whole of its own"

_PERCENT = re.compile(r"(?:PC|PCT|PT|PERCENT|PERCENTAGE)(?:_(?!.*(?:CH|PCH|GR)).*)?", re.IGNORECASE)
_PLAIN = re.compile(r"PC|PCT|PT|PERCENT|PERCENTAGE", re.IGNORECASE)


class Sdmx:
    """Data of statistical offices."""

    name = "sdmx"
    title = "SDMX-CSV, and Eurostat's TSV with its packed key"
    example = "freq,nrg_bal,unit,geo\\TIME_PERIOD\t2023 \t2024 \nA,REN,PC,DE\t21.554 \t22.474 e"

    def claims(self, table: Table) -> str:
        """By the columns that the format prescribes."""
        if is_packed(table):
            return "the first column packs dimensions, as in Eurostat's TSV"
        if {"time_period", "obs_value"} <= {code_of(name).lower() for name in table.header}:
            return "it has the columns TIME_PERIOD and OBS_VALUE of SDMX-CSV"
        return ""

    def read(self, table: Table, asked: Asked) -> Parsed:
        """Read every value; the dimensions beside area and time make the markets."""
        cube = cube_of(table)
        check_header(cube.table)
        chosen, notes = chosen_rows(cube.table, asked)
        cube = replace(cube, table=chosen)
        entity = _entity(cube, asked)
        unit = cube.find(UNITS)
        if asked.unit is None and unit is not None:
            _only_percent(cube, unit)
        _no_multiples(cube)
        source = EUROSTAT if cube.agency == "eurostat" else Source(cube.agency, cube.agency.upper())
        keys = [place for place in cube.dimensions if place not in (entity, unit, cube.find(["freq", "frequency"]))]
        markets, market_of = _markets(cube, asked, source, keys, unit)
        layout = Layout(
            shares=cube.shares,
            citation=Citation(asked.url or source.url, cube.dataset or source.title, source.title, kind="primary"),
            market_of=market_of,
            entity=entity,
            date=cube.date,
            status=cube.status,
            unit="percent" if unit is not None else None,
            split_flags=True,
            rename=code_of,
            dates=Dates("time period", "SDMX prescribes it", period_of),
            sources=[source, *(Source(slug, slug) for slug in {market.source for market in markets} - {source.slug})],
            markets=markets,
            notes=[*notes, NOTE] if entity == cube.find(AREAS) else notes,
        )
        parsed = read(cube.table, layout, asked)
        if any("a share is 0 to 100" in problem.message for problem in parsed.problems) and not parsed.hint:
            parsed.hint = "A percentage above 100 is a ratio, and no share of a whole."
        return parsed


def _entity(cube: Cube, asked: Asked) -> int:
    """The dimension whose codes have the shares.

    Raises
    ------
    UsageProblem
        If none is an area, and the person named none.
    """
    if name := asked.one("entity"):
        return places(cube.table, {"entity": name})["entity"]
    found = cube.find(AREAS)
    if found is None:
        names = ", ".join(cube.table.header[place].strip() for place in cube.dimensions)
        raise UsageProblem(
            f"{cube.table.name}: no dimension is an area; there is: {names}",
            "Say whose shares these are: --map entity=COLUMN.",
        )
    return found


def _only_percent(cube: Cube, unit: int) -> None:
    """Refuse a cube with values that are no percent.

    Raises
    ------
    RejectedInput
        If there are such; the hint says how to choose the others.
    """
    name, units = cube.table.header[unit].strip(), cube.values(unit)
    percent = [code for code in units if _PERCENT.fullmatch(code)]
    others = [code for code in units if code not in percent]
    if not others:
        return
    hint = (
        f"Read only those in percent: {' '.join(f'--only {name}={code}' for code in percent)}"
        if percent
        else "If the numbers are shares all the same: --unit percent or --unit fraction."
    )
    wrong = f"{clip(', '.join(others), 200)} {'is no share' if len(others) == 1 else 'are no shares'} in percent"
    raise RejectedInput(cube.table.name, [Problem(cube.table.first.line, name, "", wrong)], hint)


def _no_multiples(cube: Cube) -> None:
    """Refuse values that are printed in thousands, or in other powers of ten."""
    place = cube.find(["unit_mult"])
    multiples = [] if place is None else [code for code in cube.values(place) if code not in ("", "0")]
    if place is not None and multiples:
        wrong = f"says that values are to be multiplied by 10 to the power of {', '.join(multiples)}"
        raise RejectedInput(cube.table.name, [Problem(cube.table.first.line, cube.table.header[place], "", wrong)])


def _markets(
    cube: Cube, asked: Asked, source: Source, keys: list[int], unit: int | None
) -> tuple[list[Market], Callable[[Row], str]]:
    """Make a market for each combination of the codes beside area and time.

    Every such dimension is in the slug, be it the same in all rows: another file may hold the other codes.

    Raises
    ------
    RejectedInput
        If two combinations would get one slug.
    """
    base = f"{source.slug}/{slug_of(cube.dataset)}"
    freq = cube.find(["freq", "frequency"])
    frequencies = cube.values(freq) if freq is not None else []
    frequency = FREQUENCIES.get(frequencies[0]) if len(frequencies) == 1 else None
    found: dict[str, tuple[str, ...]] = {}
    problems = []
    for row in cube.table.rows():
        if len(row.cells) == len(cube.table.header):
            codes = _codes(row, keys, unit)
            slug = _slug(base, codes)
            if found.setdefault(slug, codes) != codes:
                wrong = f"gets the slug {slug}, as {', '.join(found[slug])} does"
                problems.append(Problem(row.line, "", ", ".join(codes), wrong))
    if problems:
        raise RejectedInput(cube.table.name, problems, "Read one of them: --only COLUMN=CODE.")
    one = asked.market if len(found) == 1 else None
    if asked.market:
        check_slug(asked.market)
        base = asked.market
    markets = []
    for codes in found.values():
        known = {"source": source.slug, "counted": _counted(cube, codes), "whole": "overlapping"}
        made = replace(asked, market=one or _slug(base, codes)).described_market(None, **known, frequency=frequency)
        if made:
            markets.append(replace(made, note=NOTE))
    return markets, lambda row: one or _slug(base, _codes(row, keys, unit))


def _codes(row: Row, keys: list[int], unit: int | None) -> tuple[str, ...]:
    """The codes of a row that make its market: percent of something is one of them, plain percent is not."""
    codes = [code_of(row.cells[place]) for place in keys]
    if unit is not None and not _PLAIN.fullmatch(code_of(row.cells[unit])):
        codes.append(code_of(row.cells[unit]))
    return tuple(codes)


def _slug(base: str, codes: tuple[str, ...]) -> str:
    return "-".join([base, *(slug_of(code) for code in codes)])


def _counted(cube: Cube, codes: tuple[str, ...]) -> str:
    return ", ".join([cube.dataset, *codes])
