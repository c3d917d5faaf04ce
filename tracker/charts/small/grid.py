"""Rows and columns: how panels share a room, all of one size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, log

from tracker.charts.page.board import Box
from tracker.errors import TrackerError

LEAST = (95.0, 54.0)
"""A panel that was asked for is at least so wide and high, points."""

COMFORT = (112.0, 56.0)
"""Panels nobody asked for by name are at least this large; there are fewer, then."""

ASPECT = 1.55
"""Width to height of a panel that reads best."""

ACROSS, DOWN, TOP = 18.0, 15.0, 11.0
"""Between columns, between rows, and above the first row, points."""

FLOOR = 18.0
"""A panel lower than this shows nothing, points."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What panels need besides their plots, points.

    Parameters
    ----------
    gutters : callable
        From the number of columns and the height of a plot to the room at the left of each column.
    heads : callable
        From the width of a plot and the gutters to the height above each plot.
    below : float
        Texts of the date axis.
    every : bool
        Whether each panel has those texts, or only the lowest of a column.
    """

    gutters: Callable[[int, float], Sequence[float]]
    heads: Callable[[float, Sequence[float]], Sequence[float]]
    below: float
    every: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Panels in rows and columns.

    Parameters
    ----------
    plots : tuple of Box
        Place of each plot, in points from the lower left corner of the figure.
    gutters : tuple of float
        Room at the left of each column.
    columns : int
        How many stand in a row.
    """

    plots: tuple[Box, ...]
    gutters: tuple[float, ...]
    columns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of every plot."""
        one = self.plots[0]
        return one.right - one.left, one.top - one.bottom

    def is_lowest(self, index: int) -> bool:
        """Whether no panel stands beneath."""
        return index + self.columns >= len(self.plots)


def grid_of(count: int, columns: int, room: Box, needs: Needs) -> Grid:
    """Place so many panels in so many columns; they may come out too small."""
    rows, tall, wide = ceil(count / columns), 80.0, 0.0
    gutters: Sequence[float] = ()
    tops: list[float] = []
    for _ in range(2):
        gutters = needs.gutters(columns, max(tall, FLOOR))
        wide = (room.right - room.left - sum(gutters) - ACROSS * (columns - 1)) / columns
        heads = needs.heads(max(wide, 20.0), gutters)
        tops = [max(heads[row * columns : (row + 1) * columns]) for row in range(rows)]
        tall = (room.top - room.bottom - _besides(tops, needs)) / rows
    plots, y = [], room.top - TOP
    for row in range(rows):
        x, y = room.left, y - tops[row]
        for column in range(min(columns, count - row * columns)):
            x += gutters[column]
            plots.append(Box(x, y - tall, x + wide, y))
            x += wide + ACROSS
        y -= tall + DOWN + (needs.below if needs.every else 0.0)
    return Grid(tuple(plots), tuple(gutters), columns)


def best_grid(count: int, columns: int | None, room: Box, needs: Needs, least: tuple[float, float]) -> Grid | None:
    """Return the grid whose panels read best; None where all would be smaller than `least`."""
    found: tuple[float, Grid] | None = None
    for tried in [min(columns, count)] if columns else range(1, count + 1):
        grid = grid_of(count, tried, room, needs)
        wide, tall = grid.size
        if wide < least[0] or tall < least[1]:
            continue
        empty = ceil(count / tried) * tried - count
        score = abs(log(wide / tall / ASPECT)) + 1.6 * empty / count
        if found is None or score < found[0]:
            found = (score, grid)
    return found[1] if found else None


def last_resort(columns: int | None, room: Box, needs: Needs) -> Grid:
    """Place one panel, or one row of them, however small.

    Raises
    ------
    TrackerError
        If nothing would be seen in it, or the columns asked for are too narrow.
    """
    if columns and columns > 1:
        raise TrackerError(
            f"{columns} columns leave no room for panels to be read",
            "Choose fewer columns, or a larger size; without columns the best number is taken.",
        )
    grid = grid_of(1, 1, room, needs)
    if grid.size[1] < FLOOR or grid.size[0] < FLOOR:
        raise TrackerError("there is no room for a panel", "Choose a larger size.")
    return grid


def needed(count: int, columns: int | None, wide: float, needs: Needs) -> float:
    """Return the height that panels of the least size need in a room of this width, points."""
    heights = []
    for tried in [min(columns, count)] if columns else range(1, count + 1):
        grid = grid_of(count, tried, Box(0.0, 0.0, wide, 1000.0), needs)
        if grid.size[0] >= LEAST[0]:
            rows = ceil(count / tried)
            heights.append(1000.0 - rows * (grid.size[1] - LEAST[1] - 4.0))
    return min(heights, default=LEAST[1])


def _besides(tops: Sequence[float], needs: Needs) -> float:
    rows = len(tops)
    return TOP + sum(tops) + DOWN * (rows - 1) + needs.below * (rows if needs.every else 1)
