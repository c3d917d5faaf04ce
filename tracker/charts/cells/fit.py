"""How a table shares its width: names, as many periods as can be read, and the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.change import Change, change
from tracker.analysis.decimals import signed
from tracker.analysis.readings import Reading
from tracker.charts.grid.columns import evenly, key
from tracker.charts.grid.grid import Grid
from tracker.charts.grid.heads import heads
from tracker.charts.grid.marks import LONGEST, flag, value
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style

SIZES = (9.5, 8.5)
"""Sizes of the values, points, the best first."""

SMALLEST = 7.0
"""Values that are wide in a narrow picture may be so small, points."""

PAD, GAP, BESIDE = 7.0, 2.0, 10.0
"""Within a cell, between cells, and beside names and changes, points."""

NAME_SHARE = 0.34
"""Names take at most this part of the width."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What has room.

    Parameters
    ----------
    columns : tuple of int
        The periods that are shown, as places in the grid.
    size : float
        Of the values, points.
    names, changes : float
        Width of the column of names, and of that of changes (0: there is none), points.
    """

    columns: tuple[int, ...]
    size: float
    names: float
    changes: float


def fit(grid: Grid, wide: float, style: Style) -> Fit:
    """Share the width between names, periods and changes; no change across a break needs room."""
    found = _shared(grid, wide, _changes(grid, style), style)
    if not grid.breaks or not found.changes:
        return found
    shown = grid.narrowed(grid.names, [grid.columns[i] for i in found.columns])
    return found if any(change_text(shown, name)[0] for name in shown.names) else _shared(grid, wide, 0.0, style)


def _shared(grid: Grid, wide: float, changes: float, style: Style) -> Fit:
    names = min(max(width(name, style.label_size, name in grid.asked) for name in grid.names), NAME_SHARE * wide)
    texts = {cell_text(grid, name, i) for name in grid.names for i in range(len(grid.columns))}
    count = len(grid.columns)
    for size in SIZES:
        most = int((_left(wide, names, changes) + GAP) / _pitch(grid, texts, size, style))
        if count <= most:
            return Fit(tuple(range(count)), size, names, changes)
    if most >= min(count, 3):
        return Fit(tuple(evenly(count, most, pinned(grid))), size, names, changes)
    return _narrow(grid, texts, wide, names, changes, style)


def _narrow(grid: Grid, texts: set[str], wide: float, names: float, changes: float, style: Style) -> Fit:
    """Make room for the first and the last period by smaller values, then by giving up the change."""
    tries = [(size, kept) for kept in (changes, 0.0) for size in (SIZES[-1], 7.75, SMALLEST)]
    for size, kept in tries:
        most = int((_left(wide, names, kept) + GAP) / _pitch(grid, texts, size, style))
        if most >= min(len(grid.columns), 2):
            break
    return Fit(tuple(evenly(len(grid.columns), most, pinned(grid))), size, names, kept)


def pinned(grid: Grid) -> list[int]:
    """Return the first and last period of those asked for, the main one first: the title tells these."""
    order = [key(one) for one in grid.columns]
    names = grid.asked or (grid.picture.main.name,)
    return [order.index(key(end)) for name in names for end in (grid.row(name)[0], grid.row(name)[-1])]


def _left(wide: float, names: float, changes: float) -> float:
    return wide - names - BESIDE - (changes + BESIDE if changes else 0.0)


def _pitch(grid: Grid, texts: set[str], size: float, style: Style) -> float:
    """Return the least distance between two columns, points."""
    cell = max(width(text, size) for text in texts) + PAD
    head = max(width(line, style.event_size) for lines in heads(grid.columns) for line in lines) + 3.0
    return max(cell, head) + GAP


def _changes(grid: Grid, style: Style) -> float:
    texts = [text for name in grid.names if (text := _moved(grid.row(name))[0])]
    if not texts:
        return 0.0
    said = max(width(text, style.label_size, True) for text in texts)
    return max(said, *(width(line, style.event_size) for line in change_head(grid)))


def change_head(grid: Grid) -> tuple[str, ...]:
    """Return the head of the column of changes."""
    return ("Change,", "points") if grid.picture.unit else ("Change",)


def cell_text(grid: Grid, name: str, column: int) -> str:
    """Write what stands in a cell; nothing where nothing is published."""
    reading = grid.at(name, grid.columns[column])
    if reading is None:
        return ""
    marks = flag(reading, grid.data)
    return value(reading) + (f"\N{THIN SPACE}{marks}" if marks else "")


def change_text(grid: Grid, name: str) -> tuple[str, str]:
    """Write the change of an entity, and ``fell`` or ``rose`` where it is more than rounding."""
    return ("", "") if grid.broken(name) else _moved(grid.row(name))


def _moved(row: Sequence[Reading]) -> tuple[str, str]:
    if len(row) < 2:
        return "", ""
    moved = change(row[0], row[-1])
    return _signed(row[0], row[-1], moved), moved.direction if moved.direction in ("fell", "rose") else ""


def _signed(first: Reading, last: Reading, moved: Change) -> str:
    """Write a change with as many decimals as the values have; bounds make it a range."""
    if moved.points is None:
        low, high = signed(moved.points_low), signed(moved.points_high)
        return low if low == high else f"{low} to {high}"
    decimals = max(len(one.printed.partition(".")[2]) for one in (first, last))
    return signed(moved.points, min(decimals, 2) if decimals > LONGEST else decimals)
