"""Rows of one height beneath each other, with names at their left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.charts.look.distinct import distinct
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.text import Line
from tracker.charts.picture import Series
from tracker.charts.plot.endlabels import text_color

LEAST, MOST = 13.5, 44.0
"""Height of a row, points."""

NAMES_SHARE = 0.36
"""Names take at most this part of the width."""

GAP = 9.0
"""Between the names and the plot, points."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of a plot.

    Parameters
    ----------
    names : tuple of str
        From the top.
    high : float
        Height of the plot, points.
    head : float
        Height above the first row that is no row, points.
    """

    names: tuple[str, ...]
    high: float
    head: float = 0.0

    @property
    def pitch(self) -> float:
        """Height of a row, points: as much as there is, but not so much that rows fall apart."""
        return min((self.high - self.head) / max(len(self.names), 1), MOST)

    @property
    def foot(self) -> float:
        """Where the last row ends, points from the foot of the plot."""
        return self.high - self.head - self.pitch * len(self.names)

    def y(self, name: str) -> float:
        """Return the middle of a row, points from the foot of the plot."""
        return self.high - self.head - (self.names.index(name) + 0.5) * self.pitch


def fitting(high: float, head: float = 0.0) -> int:
    """Return how many rows there is room for, at least one.

    >>> fitting(100.0), fitting(100.0, 20.0), fitting(1.0)
    (7, 5, 1)
    """
    return max(1, int((high - head) / LEAST))


def least(series: Sequence[Series], count: int, residual: frozenset[str], *, asked: bool) -> list[str]:
    """Name those that find no room among `count` rows: the smallest.

    Parameters
    ----------
    series : sequence of Series
        Any order; the main one is kept.
    count : int
        Rows.
    residual : frozenset of str
        Entities that stand for the rest of the market; they are named last.
    asked : bool
        Whether those with a colour were asked for: then they are kept before the others.
    """
    roles = {"main": 2, "named": int(asked), "context": 0}
    ranked = sorted(series, key=lambda one: (-roles[one.role], -max(r.level for r in one.readings), one.name))
    left = ranked[count:]
    return [one.name for one in sorted(left, key=lambda one: (one.name in residual, -one.last.level, one.name))]


def names_room(series: Sequence[Series], wide: float, style: Style) -> float:
    """Return the width of the gutter for the names, points, with the gap to the plot."""
    widest = max(width(one.name, style.label_size, one.role != "context") for one in series)
    return min(widest + GAP, NAMES_SHARE * wide)


def name_lines(series: Sequence[Series], grid: Grid, room: float, style: Style) -> list[Line]:
    """Set the names flush left in their gutter; where they are cut they still differ."""
    size = style.label_size
    cut = distinct([(one.name, room - GAP + 0.05, one.role != "context") for one in series], size)
    return [
        Line(-room, grid.y(one.name) - 0.36 * size, text, size, text_color(one, style), one.role != "context")
        for one, text in zip(series, cut, strict=True)
    ]
