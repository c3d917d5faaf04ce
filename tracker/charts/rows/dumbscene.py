"""Two joined dots a row: where everything goes, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane
from tracker.charts.between.marks import bar, is_bound, marker
from tracker.charts.between.pairs import Pairs
from tracker.charts.between.words import LONGEST, beside
from tracker.charts.look.fonts import clip_to, width
from tracker.charts.look.style import Style
from tracker.charts.page.artists import strokes, write
from tracker.charts.page.board import Box
from tracker.charts.page.labels import place
from tracker.charts.page.text import Line
from tracker.charts.picture import Series
from tracker.charts.plot.endlabels import line_color, text_color
from tracker.charts.rows.bare import bare
from tracker.charts.rows.grid import Grid, fitting, least, name_lines, names_room
from tracker.charts.rows.intervals import Interval
from tracker.charts.words.dates import MONTHS, said
from tracker.charts.words.numbers import signed

ABOVE = 10.0
"""Between the head of the sheet and the periods over the first row, points."""

BESIDE = 8.0
"""Between a dot and its value, points."""

COLUMN_SHARE = 0.34
"""Changes take at most this part of the width; else they are told without what rounding allows."""

LEAST_SCALE = 0.15
"""The scale keeps this part of the plot, however wide the texts at its ends are."""

BEFORE_COLUMN = 14.0
UNSURE = "within rounding"
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
    """

    grid: Grid
    plane: Plane
    taken: dict[str, Interval]
    lines: tuple[Line, ...]
    dropped: tuple[str, ...]


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
    plane = _plane(pairs, shown, size, style)
    values = {series.name: _values(pairs, series, plane, grid, style) for series in shown}
    lines = [*name_lines(shown, grid, rooms[0], style), *_periods(pairs, shown[0], plane, rooms[0], heads, style)]
    lines += [line for row in values.values() for line in row]
    lines += _changes(pairs, shown, plane, grid, rooms[1], style)
    return Scene(grid, plane, {name: _taken(row) for name, row in values.items()}, tuple(lines), dropped)


def _taken(row: list[Line]) -> Interval:
    """Return from where to where the texts of a row and what is between them reach, points."""
    lefts = [line.x - width(line.text, line.size, line.bold) for line in row if line.align == "right"]
    rights = [line.x + width(line.text, line.size, line.bold) for line in row if line.align == "left"]
    return min([*lefts, *(line.x - 2 * BESIDE for line in row)]) - 4.0, max(rights) + 4.0


def value_text(pairs: Pairs, series: Series, reading: Reading) -> str:
    """Say a figure beside its dot; the unit stands with the main series only."""
    return beside(reading, pairs.picture.unit if series.role == "main" else "")


def _ends(pairs: Pairs, series: Series) -> tuple[Reading, Reading]:
    """Return the lower and the higher figure of a series; twice the one there is."""
    found = sorted(series.readings, key=lambda reading: reading.level)
    return found[0], found[-1]


def _reach(reading: Reading) -> tuple[float, float]:
    """Return from where to where a figure is drawn, percent."""
    return (
        (reading.lowest, reading.highest) if reading.value is None and not is_bound(reading) else (reading.level,) * 2
    )


def _plane(pairs: Pairs, shown: list[Series], size: tuple[float, float], style: Style) -> Plane:
    """Choose the scale: it starts at zero, and every value has room beside its dot."""
    greatest = max((_reach(reading)[1] for series in shown for reading in series.readings), default=0.0) or 1.0
    needs = [_needs(pairs, series, greatest, style) for series in shown]
    scale = size[0]
    for _ in range(8):  # the narrower the scale, the more room the texts at its ends need
        left = max([0.0, *(wide - part * scale for (wide, part), _ in needs)]) + 4.0
        right = max([0.0, *(wide - part * scale for _, (wide, part) in needs)]) + 4.0
        scale = max(size[0] - left - right, LEAST_SCALE * size[0])
    scale /= greatest
    return Plane(size[0], size[1], -left / scale, greatest + right / scale, 0.0, size[1])


def _needs(pairs: Pairs, series: Series, greatest: float, style: Style) -> tuple[Interval, Interval]:
    """Return for either end of a row how wide its text is, points, and which part of the scale it may lie over."""
    low, high = _ends(pairs, series)
    bold, unit = series.role != "context", style.label_size
    wide = [width(value_text(pairs, series, reading), unit, bold) + BESIDE for reading in (low, high)]
    at_left = wide[0] if len(series.readings) == 2 else 0.0
    return (at_left, _reach(low)[0] / greatest), (wide[1], 1.0 - _reach(high)[1] / greatest)


def _values(pairs: Pairs, series: Series, plane: Plane, grid: Grid, style: Style) -> list[Line]:
    """Set the lower figure at the left of its dot and the higher one at the right."""
    low, high = _ends(pairs, series)
    size, bold, color = style.label_size, series.role != "context", text_color(series, style)
    y, lines = grid.y(series.name) - 0.36 * size, []
    if len(series.readings) == 2:
        x = plane.x(_reach(low)[0]) - BESIDE
        lines.append(Line(x, y, value_text(pairs, series, low), size, color, bold, "right"))
    lines.append(Line(plane.x(_reach(high)[1]) + BESIDE, y, value_text(pairs, series, high), size, color, bold))
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


def change_text(pairs: Pairs, series: Series, *, full: bool) -> tuple[str, bool]:
    """Say the change of a series, and whether it is more than rounding."""
    moved = pairs.change(series)
    if moved is None:
        return ("break in method" if len(series.readings) == 2 else "–"), False
    if moved.direction not in ("fell", "rose"):
        return ("not known" if moved.points is None else UNSURE), False
    few = 2 if any(len(one.printed) > LONGEST for one in series.readings) else None
    low, high = signed(moved.points_low, few), signed(moved.points_high, few)
    if moved.points is None:
        return f"{low} to {high}", True
    return (
        f"{signed(moved.points, few)} ({low} to {high})" if full and low != high else signed(moved.points, few)
    ), True


def is_full(pairs: Pairs, wide: float, style: Style) -> bool:
    """Whether there is room to say what rounding allows, in a sheet of `wide` points."""
    return _column(pairs, style, full=True) <= COLUMN_SHARE * wide


def column(pairs: Pairs, wide: float, style: Style) -> float:
    """Return the width of the changes at the right, with the gap before them."""
    most = COLUMN_SHARE * wide
    return BEFORE_COLUMN + min(_column(pairs, style, full=is_full(pairs, wide, style)), most)


def head_text(pairs: Pairs) -> str:
    """Say what the changes are counted in."""
    return "Change, points" if pairs.picture.unit else "Change"


def _column(pairs: Pairs, style: Style, *, full: bool) -> float:
    size = style.label_size
    texts = [(change_text(pairs, one, full=full)[0], one.role != "context") for one in pairs.picture.series]
    return max(width(text, size, bold) for text, bold in [*texts, (head_text(pairs), False)])


def _changes(pairs: Pairs, shown: list[Series], plane: Plane, grid: Grid, room: float, style: Style) -> list[Line]:
    """Set the changes flush right."""
    size, free = style.label_size, room - BEFORE_COLUMN + 0.05
    full = _column(pairs, style, full=True) <= free
    right = plane.width + room
    head = clip_to(head_text(pairs), free, size)
    lines = [Line(right, plane.height - size, head, size, style.second, align="right")]
    for series in shown:
        text, sure = change_text(pairs, series, full=full)
        bold = sure and series.role != "context"
        color = text_color(series, style) if sure else style.muted_text
        y = grid.y(series.name) - 0.36 * size
        lines.append(Line(right, y, clip_to(text, free, size, bold), size, color, bold, "right"))
    return lines


@dataclass(frozen=True, slots=True)
class Body:
    """Fills the room of a sheet with rows of joined dots."""

    pairs: Pairs
    style: Style

    def __call__(self, room: Box) -> tuple[tuple[Scene, Box], list[str]]:
        """Return the scene and the place of its plot."""
        wide = room.right - room.left
        left, right = names_room(self.pairs.picture.series, wide, self.style), column(self.pairs, wide, self.style)
        plot = Box(room.left + left, room.bottom + 2.0, room.right - right, room.top - ABOVE)
        scene = compose(self.pairs, (plot.right - plot.left, plot.top - plot.bottom), (left, right), self.style)
        return (scene, plot), []


def paint(ax: Axes, pairs: Pairs, scene: Scene, style: Style) -> None:
    """Draw a scene on axes of its size."""
    plane, grid = scene.plane, scene.grid
    zero = plane.x(0.0)
    covered = [grid.y(name) for name, (low, high) in scene.taken.items() if low < zero < high]
    bare(ax, (plane.first, plane.last), grid, plane.size, style, covered)
    guides = [
        [(a, grid.y(name)), (b, grid.y(name))]
        for name, (low, high) in scene.taken.items()
        for a, b in ((0.0, low), (high, plane.width))
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
