"""Two joined dots a row: where everything goes, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matplotlib.axes import Axes

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane
from tracker.charts.between.marks import bar, is_bound, marker
from tracker.charts.between.pairs import Pairs
from tracker.charts.look.fonts import clip_to, width
from tracker.charts.look.style import Style
from tracker.charts.page.artists import strokes, write
from tracker.charts.page.board import Box
from tracker.charts.page.labels import place
from tracker.charts.page.text import Line
from tracker.charts.picture import Series
from tracker.charts.plot.endlabels import line_color, text_color
from tracker.charts.rows.bare import bare
from tracker.charts.rows.changes import change_lines, column
from tracker.charts.rows.ends import BESIDE, LEAST_SCALE, ends_room, fitted, lower_and_higher, plane_of, reach
from tracker.charts.rows.grid import Grid, fitting, least, name_lines, names_room
from tracker.charts.rows.intervals import Interval
from tracker.charts.words.dates import MONTHS, said

ABOVE = 10.0
"""Between the head of the sheet and the periods over the first row, points."""

NOT_PLOT = 0.6
"""Names and changes together take at most this part of the width."""

LEAST_NAMES = 52.0
"""Names that give way to the scale keep so many points, with the gap to the plot."""

DOTS = "○", "●"


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything of a plot of joined dots, in points from its lower left corner.

    Parameters
    ----------
    plane : Plane
        The scale of shares runs across; heights are points.
    taken : dict of str to (float, float)
        From where to where the figures of a row stand with their dots, points.
    lines : tuple of Line
        Every text.
    dropped : tuple of str
        Names without a row.
    across : tuple of float
        From where to where the rows run, between the names and the changes, points.
    """

    grid: Grid
    plane: Plane
    taken: dict[str, Interval]
    lines: tuple[Line, ...]
    dropped: tuple[str, ...]
    across: Interval


def ordered(pairs: Pairs) -> list[Series]:
    """Return the series from the top: by the later share; then those without one; the rest last."""
    return sorted(
        pairs.picture.series,
        key=lambda one: (one.name in pairs.residual, pairs.after(one) is None, -one.last.level, one.name),
    )


def compose(pairs: Pairs, size: tuple[float, float], rooms: tuple[float, float], style: Style) -> Scene:
    """Lay out joined dots.

    Parameters
    ----------
    pairs : Pairs
        What is drawn.
    size : tuple of float
        Width and height of the plot, points.
    rooms : tuple of float
        Width of the names at its left and of the changes at its right.
    style : Style
        Sizes and colours.
    """
    heads = _head_rows(pairs, size[0] + rooms[0], style)
    head = 1.3 * style.label_size * heads + 4.0
    dropped = tuple(least(pairs.picture.series, fitting(size[1], head), pairs.residual, asked=pairs.asked))
    shown = [series for series in ordered(pairs) if series.name not in dropped]
    grid = Grid(tuple(series.name for series in shown), size[1], head)
    texts = fitted(pairs, shown, size[0], style)
    plane = plane_of(shown, texts, size, style)
    values = {series.name: _values(series, texts[series.name], plane, grid, style) for series in shown}
    lines = [*name_lines(shown, grid, rooms[0], style), *_periods(pairs, shown[0], plane, rooms[0], heads, style)]
    lines += [line for row in values.values() for line in row]
    lines += change_lines(pairs, shown, plane, grid, rooms[1], style)
    return Scene(
        grid, plane, {name: _taken(row) for name, row in values.items()}, tuple(lines), dropped, (0.0, size[0])
    )


def _taken(row: list[Line]) -> Interval:
    """Return from where to where the texts of a row and what is between them reach, points."""
    lefts = [line.x - width(line.text, line.size, line.bold) for line in row if line.align == "right"]
    rights = [line.x + width(line.text, line.size, line.bold) for line in row if line.align == "left"]
    return min([*lefts, *(line.x - 2 * BESIDE for line in row)]) - 4.0, max(rights) + 4.0


def _values(series: Series, texts: tuple[str, str], plane: Plane, grid: Grid, style: Style) -> list[Line]:
    """Set the lower figure at the left of its dot and the higher one at the right."""
    low, high = lower_and_higher(series)
    size, bold, color = style.label_size, series.role != "context", text_color(series, style)
    y, lines = grid.y(series.name) - 0.36 * size, []
    if len(series.readings) == 2:
        x = plane.x(reach(low)[0]) - BESIDE
        lines.append(Line(x, y, texts[0], size, color, bold, "right"))
    lines.append(Line(plane.x(reach(high)[1]) + BESIDE, y, texts[1], size, color, bold))
    return lines


def _period_texts(pairs: Pairs) -> list[str]:
    return [f"{dot} {said(one, names=MONTHS)}" for dot, one in zip(DOTS, (pairs.start, pairs.end), strict=True)]


def _head_rows(pairs: Pairs, wide: float, style: Style) -> int:
    """Return on how many rows the two periods stand."""
    return 1 if sum(width(text, style.label_size) + 8.0 for text in _period_texts(pairs)) <= wide else 2


def _periods(pairs: Pairs, top: Series, plane: Plane, room: float, heads: int, style: Style) -> list[Line]:
    """Set the two periods over the dots of the first row."""
    size, texts = style.label_size, _period_texts(pairs)
    texts = [clip_to(text, plane.width + room, size) for text in texts]
    wide = [width(text, size) + 8.0 for text in texts]
    ends = [pairs.before(top) or top.last, pairs.after(top) or top.last]
    wanted = [plane.x(reading.level) for reading in ends]
    if heads == 1:
        centres = place(wanted, wide, [1.0, 1.0], -room - 4.0, plane.width + 4.0)
    else:
        half = [each / 2 - 4.0 for each in wide]
        centres = [min(max(x, h - room), plane.width - h) for x, h in zip(wanted, half, strict=True)]
    ys = [plane.height - size] * 2 if heads == 1 else [plane.height - size, plane.height - 2.25 * size]
    return [Line(x, y, text, size, style.second, align="center") for x, y, text in zip(centres, ys, texts, strict=True)]


@dataclass(frozen=True, slots=True)
class Body:
    """Fills the room of a sheet with rows of joined dots."""

    pairs: Pairs
    style: Style

    def __call__(self, room: Box) -> tuple[tuple[Scene, Box], list[str]]:
        """Return the scene and the place of its plot."""
        wide = room.right - room.left
        left, right = self.rooms(wide)
        plot = Box(room.left + left, room.bottom + 2.0, room.right - right, room.top - ABOVE)
        scene = compose(self.pairs, (plot.right - plot.left, plot.top - plot.bottom), (left, right), self.style)
        return (scene, plot), []

    def rooms(self, wide: float) -> Interval:
        """Return the width of the names and of the changes; names give way to the scale, not to nothing."""
        right = column(self.pairs, wide, self.style)
        left = min(names_room(self.pairs.picture.series, wide, self.style), NOT_PLOT * wide - right)
        return min(left, max(wide - right - ends_room(self.pairs, self.style, LEAST_SCALE), LEAST_NAMES)), right

    def within(self, size: tuple[float, float]) -> Scene:
        """Return the scene with its names and changes within axes of `size` points."""
        left, right = self.rooms(size[0])
        scene = compose(self.pairs, (size[0] - left - right, size[1]), (left, right), self.style)
        plane = scene.plane
        first, last = plane.first - plane.days(left), plane.last + plane.days(right)
        return replace(
            scene,
            plane=replace(plane, width=size[0], first=first, last=last),
            taken={name: (low + left, high + left) for name, (low, high) in scene.taken.items()},
            lines=tuple(replace(line, x=line.x + left) for line in scene.lines),
            across=(left, size[0] - right),
        )


def paint(ax: Axes, pairs: Pairs, scene: Scene, style: Style) -> None:
    """Draw a scene on axes of its size."""
    plane, grid = scene.plane, scene.grid
    zero = plane.x(0.0)
    covered = [grid.y(name) for name, (low, high) in scene.taken.items() if low < zero < high]
    bare(ax, (plane.first, plane.last), grid, plane.size, style, covered)
    guides = [
        [(a, grid.y(name)), (b, grid.y(name))]
        for name, (low, high) in scene.taken.items()
        for a, b in ((scene.across[0], low), (high, scene.across[1]))
        if b - a > 10.0
    ]
    strokes(ax, guides, plane.size, colors=[style.grid] * len(guides), wide=style.grid_width, order=0.5)
    for series in pairs.picture.series:
        if series.name in grid.names:
            _row(ax, pairs, scene, series, style)
    write(ax, scene.lines, plane.size, style)


def _row(ax: Axes, pairs: Pairs, scene: Scene, series: Series, style: Style) -> None:
    color, y = line_color(series, style), scene.grid.y(series.name)
    first, last = pairs.before(series), pairs.after(series)
    if first is not None and last is not None:
        path = [(scene.plane.x(one.level), y) for one in (first, last)]
        dotted = series.name in pairs.broken or first.value is None or last.value is None
        dash = (0, (1.0, 1.6)) if dotted else "solid"
        strokes(ax, [path], scene.plane.size, colors=[color], wide=2.0, dash=dash, order=2.0)
    for reading, face in ((first, style.background), (last, color)):
        if reading is not None:
            _dot(ax, scene, reading, y, face, color)


def _dot(ax: Axes, scene: Scene, reading: Reading, y: float, face: str, color: str) -> None:
    if is_bound(reading):
        shape = 4 if reading.qualifier == "<" else 5
        marker(ax, (reading.level, y), shape, 6.5, face=face, edge=color, order=4.0, rim=1.0)
    elif reading.value is None:
        hollow = face != color
        corner, span = (reading.lowest, y - 3.0), (reading.highest - reading.lowest, 6.0)
        bar(ax, corner, span, color=color, order=3.0, alpha=1.0 if hollow else 0.7, hollow=hollow)
    else:
        wide, order = (6.6, 4.2) if face == color else (8.6, 4.0)
        marker(ax, (reading.value, y), "o", wide, face=face, edge=color, order=order)
