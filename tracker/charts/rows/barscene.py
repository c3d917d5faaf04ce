"""Bars: where everything goes, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes

from tracker.analysis.readings import Reading
from tracker.charts.between.exactness import beside
from tracker.charts.between.marks import UNSETTLED, bar, is_bound, marker
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.artists import strokes, write
from tracker.charts.page.board import Box
from tracker.charts.page.text import Line
from tracker.charts.picture import Picture, Series
from tracker.charts.plot.endlabels import line_color, text_color
from tracker.charts.rows.bare import bare
from tracker.charts.rows.grid import Grid, fitting, least, name_lines, names_room
from tracker.charts.rows.intervals import Interval, seen

ABOVE = 12.0
"""Between the head of the sheet and the first row, points."""

AFTER = 6.0
"""Between a bar and its value, points."""

THICKEST = 22.0


@dataclass(frozen=True, slots=True)
class Bars:
    """One period of one market.

    Parameters
    ----------
    picture : Picture
        What is drawn; each series has one reading.
    residual : frozenset of str
        Entities that stand for the rest; they are last.
    asked : bool
        Whether somebody named a focus.
    """

    picture: Picture
    residual: frozenset[str]
    asked: bool

    def ordered(self) -> list[Series]:
        """Return the series from the top: by share, the rest last."""
        return sorted(self.picture.series, key=lambda one: (one.name in self.residual, -one.last.level, one.name))


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything of a plot of bars, in points from its lower left corner.

    Parameters
    ----------
    right : float
        End of the scale, percent; it starts at zero.
    whiskers : dict of str to Interval
        Those that are drawn, percent.
    dropped : tuple of str
        Names without a row.
    """

    size: tuple[float, float]
    grid: Grid
    right: float
    whiskers: dict[str, Interval]
    lines: tuple[Line, ...]
    dropped: tuple[str, ...]


def compose(found: Bars, size: tuple[float, float], room: float, style: Style) -> Scene:
    """Lay out bars on a plot of `size` points, with `room` points for the names at its left."""
    dropped = tuple(least(found.picture.series, fitting(size[1]), found.residual, asked=found.asked))
    shown = [series for series in found.ordered() if series.name not in dropped]
    grid = Grid(tuple(series.name for series in shown), size[1])
    whiskers = seen(found.picture)
    right = _scale(found.picture, shown, whiskers, size[0], style)
    names = name_lines(shown, grid, room, style)
    values = [_value(found.picture, series, grid, whiskers, size[0] / right, style) for series in shown]
    return Scene(size, grid, right, whiskers, (*names, *values), dropped)


def _text(picture: Picture, series: Series) -> str:
    return beside(series.last, picture.unit if series.role == "main" else "")


def _end(series: Series, whiskers: dict[str, Interval]) -> float:
    """Return where a bar with its whisker ends, percent."""
    reading = series.last
    end = reading.level if is_bound(reading) else reading.value if reading.value is not None else reading.highest
    return max(end, whiskers[series.name][1]) if series.name in whiskers else end


def _scale(picture: Picture, shown: list[Series], whiskers: dict[str, Interval], wide: float, style: Style) -> float:
    """Return the end of the scale: the least with which every bar has room for its value after it."""
    needed = [1e-9]
    for series in shown:
        text = width(_text(picture, series), style.label_size, series.role == "main")
        free = max(wide - text - AFTER - _caret(series.last), 0.1 * wide)
        needed.append(_end(series, whiskers) * wide / free)
    return max(needed) if max(needed) > 1e-9 else 1.0


def _caret(reading: Reading) -> float:
    return 6.0 if is_bound(reading) else 0.0


def _value(
    picture: Picture, series: Series, grid: Grid, whiskers: dict[str, Interval], scale: float, style: Style
) -> Line:
    x = _end(series, whiskers) * scale + AFTER + _caret(series.last)
    y, size, bold = grid.y(series.name) - 0.36 * style.label_size, style.label_size, series.role == "main"
    return Line(x, y, _text(picture, series), size, text_color(series, style), bold)


@dataclass(frozen=True, slots=True)
class Body:
    """Fills the room of a sheet with bars."""

    found: Bars
    style: Style

    def __call__(self, room: Box) -> tuple[tuple[Scene, Box], list[str]]:
        """Return the scene and the place of its plot."""
        left = names_room(self.found.picture.series, room.right - room.left, self.style)
        plot = Box(room.left + left, room.bottom + 2.0, room.right, room.top - ABOVE)
        scene = compose(self.found, (plot.right - plot.left, plot.top - plot.bottom), left, self.style)
        return (scene, plot), []


def paint(ax: Axes, found: Bars, scene: Scene, style: Style) -> None:
    """Draw a scene on axes of its size."""
    bare(ax, (0.0, scene.right), scene.grid, scene.size, style)
    for series in found.picture.series:
        if series.name in scene.grid.names:
            _bar(ax, scene, series, style)
    write(ax, scene.lines, scene.size, style)


def _bar(ax: Axes, scene: Scene, series: Series, style: Style) -> None:
    reading, color = series.last, line_color(series, style)
    y, high = scene.grid.y(series.name), min(0.62 * scene.grid.pitch, THICKEST)
    corner = (0.0, y - high / 2)
    if is_bound(reading):
        bar(ax, corner, (reading.level, high), color=color, order=3.0, hollow=True, dashed=True)
        shape = 4 if reading.qualifier == "<" else 5
        marker(ax, (reading.level, y), shape, 6.0, face=color, edge=color, order=5.0, rim=0.5)
    elif reading.value is None:
        bar(ax, corner, (reading.lowest, high), color=color, order=3.0)
        pale = (reading.highest - reading.lowest, high)
        bar(ax, (reading.lowest, y - high / 2), pale, color=color, order=3.0, alpha=0.45)
    else:
        unsettled = reading.status in UNSETTLED
        bar(ax, corner, (reading.value, high), color=color, order=3.0, hollow=unsettled, dashed=unsettled)
        if series.name in scene.whiskers:
            _whisker(ax, scene, scene.whiskers[series.name], y, min(0.3 * high, 4.0), style)


def _whisker(ax: Axes, scene: Scene, ends: Interval, y: float, half: float, style: Style) -> None:
    scale = scene.size[0] / scene.right
    low, high = ends[0] * scale, ends[1] * scale
    paths = [[(low, y), (high, y)], [(low, y - half), (low, y + half)], [(high, y - half), (high, y + half)]]
    strokes(ax, paths, scene.size, colors=[style.background] * 3, wide=2.4, order=4.9)
    strokes(ax, paths, scene.size, colors=[style.ink] * 3, wide=1.0, order=5.0)
