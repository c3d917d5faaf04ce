"""Tables of statistical offices as cubes: dimensions with their codes, and values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.errors import InvalidValue, Problem, RejectedInput
from tracker.importers.columns import period_in
from tracker.importers.judgement.dates import judge
from tracker.importers.layout import Column
from tracker.importers.table import Records, Row, Table
from tracker.importers.wholes import slug_of
from tracker.values import Period

AREAS = ("geo", "ref_area", "location", "country", "cou", "reference_area", "reporter", "reporting_country")
"""Dimensions that name an area."""

UNITS = ("unit", "unit_measure", "unit_meas")
CONTROLS = ("dataflow", "structure", "structure_id", "structure_name", "action", "last update", "key")
"""Columns of the format itself, which are no dimensions."""

_PACKED = re.compile(r"[\w,]+\\time(?:_period)?", re.IGNORECASE)
_FLOW = re.compile(r"(?:(?P<agency>[\w.]+):)?(?P<name>[\w@-]+)(?:\([\d.+]+\))?", re.ASCII)
_FILE = re.compile(
    r"(?:estat|eurostat)[_-](?P<name>\w+?)(?:[_-](?:linear|tabular|filtered|en|page[^\W_]*(?:_\d+)?))*", re.IGNORECASE
)


@dataclass(frozen=True)
class Cube:
    """A table with its keys taken apart.

    Parameters
    ----------
    table : Table
        One column for each dimension.
    dimensions : sequence of int
        Their places, those of time left out.
    shares : sequence of Column
        Where the values stand.
    date, status : int or None
        Places of the time and of the status, where these are columns.
    agency, dataset : str
        Who publishes it, and under what name.
    """

    table: Table
    dimensions: Sequence[int]
    shares: Sequence[Column]
    date: int | None
    status: int | None
    agency: str
    dataset: str

    def find(self, names: Iterable[str]) -> int | None:
        """Find a column by one of the names that it may have."""
        header = [code_of(name).lower() for name in self.table.header]
        return next((header.index(name) for name in names if name in header), None)

    def values(self, place: int) -> list[str]:
        """The codes of a column, each once."""
        whole = (row for row in self.table.rows() if len(row.cells) == len(self.table.header))
        return list(dict.fromkeys(code_of(row.cells[place]) for row in whole))


def is_packed(table: Table) -> bool:
    """Whether the first column packs several dimensions, as in Eurostat's TSV."""
    return bool(table.header) and bool(_PACKED.fullmatch(table.header[0].strip()))


def cube_of(table: Table) -> Cube:
    """Take the keys of a table apart.

    Raises
    ------
    RejectedInput
        If a packed key, or a period in the header, cannot be read.
    """
    return _packed(table) if is_packed(table) else _listed(table)


def code_of(text: str) -> str:
    """The code where a label stands behind it: ``DE: Germany``."""
    return text.partition(": ")[0].strip()


def _packed(table: Table) -> Cube:
    """Take the keys of Eurostat's TSV apart."""
    first, *periods = (cell.strip() for cell in table.header)
    names = first.partition("\\")[0].split(",")
    shares = [Column(len(names) + place, period=_period(table, cell)) for place, cell in enumerate(periods)]
    rows = [(table.first.line, [*names, *periods])]
    for row in table.rows():
        keys = row.cells[0].split(",")
        if len(keys) != len(names):
            wrong = f"has {len(keys)} dimensions, the first line has {len(names)}"
            raise RejectedInput(table.name, [Problem(row.line, first, row.cells[0], wrong)])
        rows.append((row.line, [cell.strip() for cell in (*keys, *row.cells[1:])]))
    match = _FILE.fullmatch(table.stem)
    unpacked = Records(table.name, table.content, table.encoding, listed=rows)
    dataset = match["name"] if match else table.stem
    return Cube(unpacked, range(len(names)), shares, None, None, "eurostat", dataset)


def _period(table: Table, cell: str) -> Period:
    period = period_of(cell) or period_in(cell)
    if period is None:
        raise RejectedInput(table.name, [Problem(table.first.line, cell, "", "is no period")])
    return period


def _listed(table: Table) -> Cube:
    """Tell dimensions from what stands beside them: they stand before the time, as the format has it."""
    header = [code_of(name).lower() for name in table.header]
    missing = [name for name in ("time_period", "obs_value") if name not in header]
    if missing:
        problems = [Problem(table.first.line, name.upper(), "", "is missing") for name in missing]
        raise RejectedInput(table.name, problems, "SDMX-CSV has these two columns, beside its dimensions.")
    time, value = header.index("time_period"), header.index("obs_value")
    before = [place for place in range(min(time, value)) if header[place] not in CONTROLS]
    dimensions = [place for place in before if not _is_label(table, place)]
    behind = [place for place in range(len(header)) if place not in before]
    dimensions += [place for place in behind if header[place] in (*AREAS, *UNITS, "freq")]
    status = next((header.index(name) for name in ("obs_status", "obs_flag") if name in header), None)
    agency, dataset = _flow(table, header)
    return Cube(table, dimensions, [Column(value)], time, status, agency, dataset)


def _is_label(table: Table, place: int) -> bool:
    """Whether a column only says in words what the one before it says in codes."""
    if not place or " " not in table.header[place].strip():
        return False
    meaning: dict[str, str] = {}
    whole = (row.cells for row in table.rows() if len(row.cells) == len(table.header))
    return all(meaning.setdefault(cells[place - 1], cells[place]) == cells[place] for cells in whole)


def _flow(table: Table, header: list[str]) -> tuple[str, str]:
    """Who publishes a data set, and its name: from its own column, else from the name of the file."""
    place = next((header.index(name) for name in ("dataflow", "structure_id") if name in header), None)
    first = next(table.rows(), Row(0, []))
    text = code_of(first.cells[place]) if place is not None and place < len(first.cells) else ""
    match = _FLOW.fullmatch(text)
    if match is None:
        named = _FILE.fullmatch(table.stem)
        return ("eurostat", named["name"]) if named else (slug_of(table.stem.partition("_")[0]), table.stem)
    agency = (match["agency"] or table.stem).partition(".")[0].lower()
    return ("eurostat" if agency == "estat" else slug_of(agency)), match["name"]


def period_of(text: str) -> Period | None:
    """A time period: ISO 8601, or as Eurostat writes quarters, halves and months."""
    try:
        return Period.parse(text)
    except InvalidValue:
        pass
    try:
        return judge([text]).period(text)
    except InvalidValue:
        return None
