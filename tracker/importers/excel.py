"""Excel workbooks: the cells of one sheet as a person sees them."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from tracker.errors import Problem, RejectedInput, TrackerError

LARGEST = 128 * 2**20
"""Bytes that a workbook may unpack to: a small file must not fill the memory."""

DENSEST, HARMLESS = 200, 16 * 2**20
"""How many times smaller than its contents a workbook may be, once those are larger than is harmless."""

MOST_CELLS = 3_000_000


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
            found = {title: _cells(workbook[title]) for title in _wanted(name, workbook.sheetnames, sheet)}
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
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        problem = Problem(0, "", "", f"cannot be read as an Excel workbook: {error}")
        raise RejectedInput(name, [problem], "Is it whole? Save it again as .xlsx or as CSV.") from error
    if size > LARGEST or size > max(HARMLESS, DENSEST * len(content)):
        problem = Problem(0, "", "", f"would unpack from {len(content):,} to {size:,} bytes: it is not read")
        raise RejectedInput(name, [problem], "Save the one sheet that is needed as CSV.")


def _wanted(name: str, titles: list[str], sheet: str | None) -> list[str]:
    if sheet is None:
        return titles
    if sheet not in titles:
        raise TrackerError(f"{name}: there is no sheet {sheet!r}", f"The sheets are: {', '.join(titles)}.")
    return [sheet]


def _cells(sheet: Any) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    count = 0
    sheet.reset_dimensions()  # what the file says of its own size may be anything
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_text(cell) for cell in row]
        cells = cells[: _filled(cells)]
        count += len(row)
        _check_cells(sheet, count)
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
