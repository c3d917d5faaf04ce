"""Our long CSV for a spreadsheet: no cell is a formula, and a column says what was done, so that it can be undone."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.values.harmless import from_spreadsheet_safe, spreadsheet_safe

SAFE = "spreadsheet_safe"
"""A further column: texts have an apostrophe, see `tracker.values.harmless.spreadsheet_safe`, where it says yes."""


def safe_record(record: Mapping[str, object]) -> dict[str, object]:
    """Write the texts of a row for a spreadsheet."""
    cells = {name: spreadsheet_safe(cell) if isinstance(cell, str) else cell for name, cell in record.items()}
    return cells | {SAFE: "yes"}


def as_given(cells: dict[str, str]) -> dict[str, str]:
    """Take away what was put before texts for a spreadsheet; an ordinary row stays as it is."""
    if cells.pop(SAFE, "") != "yes":
        return cells
    return {name: from_spreadsheet_safe(cell) for name, cell in cells.items()}
