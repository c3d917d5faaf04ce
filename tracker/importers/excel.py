"""Excel workbooks: the cells of one sheet as a person sees them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from tracker.errors import Problem, RejectedInput, TrackerError, clip

LARGEST = 128 * 2**20
"""Bytes that a workbook may unpack to: a small file must not fill the memory."""

DENSEST, HARMLESS = 200, 16 * 2**20
"""How many times smaller than its contents a workbook may be, once those are larger than is harmless."""

MOST_CELLS = 3_000_000
LAST_ROW = 2**20
"""Of a sheet: a workbook can say that its next row is the trillionth."""

MOST_SHEETS = 1_000
"""Each is read, to find the one that holds something; a workbook can say that one part is thousands of them."""

ROW = 3
"""How deep rows are: ``<worksheet><sheetData><row>``."""

DEEPEST, WIDEST = 100, 200_000
"""Elements of XML within each other, and within one row: openpyxl holds all of these before it gives any."""

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_BOOK = "xl/workbook.xml"
_PLAIN = (b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1")
_PIECE = 2**20


def rows(name: str, content: bytes, sheet: str | None) -> list[tuple[int, list[str]]]:
    """Return the rows of a sheet that hold anything, each with its number.

    Parameters
    ----------
    name : str
        The file, as the person knows it.
    content : bytes
        The workbook.
    sheet : str or None
        Which sheet; None where only one holds anything.

    Raises
    ------
    TrackerError
        If it is no workbook, is too large, or several sheets could be meant.
    """
    from openpyxl import load_workbook

    _check_size(name, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that are not kept: only cells are read
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            _check_parts(name, [getattr(one, "_worksheet_path", one) for one in workbook.worksheets])
            found = _found(workbook, _wanted(name, workbook.sheetnames, sheet))
    except TrackerError:
        raise
    except Exception as error:
        # A damaged workbook fails in whatever part of the reader meets the damage.
        problem = Problem(0, "", "", f"cannot be read as an Excel workbook: {error}")
        raise RejectedInput(name, [problem], "Open it in Excel, and save it again as .xlsx or as CSV.") from error
    filled = [title for title, cells in found.items() if cells]
    if len(filled) > 1:
        raise TrackerError(f"{name}: several sheets hold something: {', '.join(filled)}", "Choose one with --sheet.")
    return found[filled[0]] if filled else []


def _check_size(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if size > LARGEST or size > max(HARMLESS, DENSEST * len(content)):
                problem = Problem(0, "", "", f"would unpack from {len(content):,} to {size:,} bytes: it is not read")
                raise RejectedInput(name, [problem], "Save the one sheet that is needed as CSV.")
            grown = next((part.filename for part in parts if _may_grow(archive, part)), None)
            named = _SHEET.findall(archive.read(_BOOK)) if _BOOK in archive.namelist() else []
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        problem = Problem(0, "", "", f"cannot be read as an Excel workbook: {error}")
        raise RejectedInput(name, [problem], "Is it whole? Save it again as .xlsx or as CSV.") from error
    if grown is not None:
        problem = Problem(
            0, "", "", f"its part {clip(grown)!r} declares words of its own, or is too deep or too wide for a workbook"
        )
        raise RejectedInput(name, [problem], "Save it again as .xlsx or as CSV.")
    _check_parts(name, range(len(named)))


def _check_parts(name: str, parts: Sequence[object]) -> None:
    """Refuse more sheets than anybody makes, and one part of the file that is several sheets."""
    if len(parts) > MOST_SHEETS or len(set(parts)) < len(parts):
        what = f"{len(parts):,} sheets" if len(parts) > MOST_SHEETS else "one sheet under several names"
        problem = Problem(0, "", "", f"has {what}: it is not read")
        raise RejectedInput(name, [problem], "Save the one sheet that is needed as CSV.")


def _may_grow(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether XML has entities, which can make gigabytes of a few lines, or is written so that this is not seen."""
    if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
        return False
    tail = b""
    shape = _Shape()
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            if not tail:
                declared = _ENCODING.match(piece.removeprefix(b"\xef\xbb\xbf").lstrip())
                if declared and declared[1].lower() not in _PLAIN:
                    return True
            seen = (tail + piece).replace(b"\0", b"")  # UTF-16, of either order
            if any(word in seen for word in _ENTITIES):
                return True
            tail = piece[-32:]
            if shape.bursts(piece):
                return True
    return False


class _Shape:
    """How deep and how wide a part is, from its beginning on."""

    def __init__(self) -> None:
        from xml.parsers import expat

        self._parser, self._error = expat.ParserCreate(), expat.ExpatError
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._depth = self._within = 0
        self._ended = self._too_much = False

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        # Below the part, its rows and their like; and these.
        self._within = self._within + 1 + len(attributes) if self._depth > ROW else 0
        self._too_much |= self._depth > DEEPEST or self._within > WIDEST

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def bursts(self, piece: bytes) -> bool:
        """Read on; whether to hold all of it could take much more than it is."""
        if not self._ended:
            try:
                self._parser.Parse(piece)
            except self._error:  # whoever reads it will say what is wrong
                self._ended = True
        return self._too_much


def _wanted(name: str, titles: list[str], sheet: str | None) -> list[str]:
    if sheet is None:
        return titles
    if sheet not in titles:
        raise TrackerError(f"{name}: there is no sheet {sheet!r}", f"The sheets are: {', '.join(titles)}.")
    return [sheet]


def _found(workbook: Any, titles: list[str]) -> dict[str, list[tuple[int, list[str]]]]:
    """The cells of each of these sheets; all together they may not be more than those of one."""
    found: dict[str, list[tuple[int, list[str]]]] = {}
    for title in titles:
        found[title] = _cells(workbook[title], sum(len(cells) for one in found.values() for _, cells in one))
    return found


def _cells(sheet: Any, count: int) -> list[tuple[int, list[str]]]:
    """The cells of a sheet, where those of others are so many already."""
    found: list[tuple[int, list[str]]] = []
    sheet.reset_dimensions()  # what the file says of its own size may be anything
    for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW + 1), 1):
        cells = [_text(cell) for cell in row]
        cells = cells[: _filled(cells)]
        count += len(row)
        _check_cells(sheet, MOST_CELLS + 1 if number > LAST_ROW else count)
        if cells:
            found.append((number, cells))
    width = max((len(cells) for _, cells in found), default=0)
    _check_cells(sheet, width * len(found))
    return _below_titles([(number, cells + [""] * (width - len(cells))) for number, cells in found])


def _below_titles(found: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Leave out what a sheet puts around its table: lines of one title above it, and columns without anything."""
    filled = [sum(map(bool, cells)) for _, cells in found]
    start = next((place for place, count in enumerate(filled) if count > 1), 0)
    kept = [
        place for place in range(len(found[0][1]) if found else 0) if any(cells[place] for _, cells in found[start:])
    ]
    return [(number, [cells[place] for place in kept]) for number, cells in found[start:]]


def _check_cells(sheet: Any, count: int) -> None:
    if count > MOST_CELLS:
        raise TrackerError(f"the sheet {sheet.title!r} is larger than any table", "Save the table alone as CSV.")


def _filled(cells: list[str]) -> int:
    """How many cells there are up to the last one that holds anything."""
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)


def _text(cell: Any) -> str:
    """A cell as a person sees it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return str(value).strip()


def _number(value: float, style: str) -> str:
    """A number; one that the sheet shows in percent is stored as a fraction, with the decimals that it shows."""
    text = format(Decimal(f"{value:.15g}"), "f")
    shown = style.partition(";")[0]
    if "%" not in shown:
        return text
    decimals = len(shown.partition(".")[2].replace("%", "").rstrip(" \"'"))
    return f"{Decimal(text) * 100:.{decimals}f}%"
