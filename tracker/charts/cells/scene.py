"""Where the cells of a table stand, and what they look like, in points from the lower left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.charts.cells.fit import BESIDE, GAP, Fit, cell_text, change_head, change_text
from tracker.charts.grid.grid import Grid
from tracker.charts.grid.heads import heads
from tracker.charts.grid.shade import mix, readable
from tracker.charts.look.fonts import clip_to, width
from tracker.charts.look.style import Style
from tracker.charts.page.board import Box, Point
from tracker.charts.page.text import Line

LOWEST, HIGHEST = 12.5, 60.0
"""A row is at least and at most so high, points."""

PALEST = {"light": 0.07, "dark": 0.12}
DEEPEST = {"light": 1.0, "dark": 0.85}
"""Part of the hue in the colour of zero, and in that of the greatest value."""

HATCH = 6.0
"""Distance of the strokes of an empty cell, points."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A table in its place.

    Parameters
    ----------
    lines : list of Line
        All texts.
    cells : list of (Box, colour)
        Cells with a value, row by row.
    hatching : list of path
        Strokes of the cells without one.
    """

    size: Point
    lines: list[Line]
    cells: list[tuple[Box, str]]
    hatching: list[tuple[Point, Point]]


def head_height(grid: Grid, style: Style) -> float:
    """Return the height of the heads, points."""
    most = max(len(lines) for lines in [*heads(grid.columns), change_head(grid)])
    return 1.2 * style.event_size * most + 5.0


def compose(grid: Grid, fit: Fit, size: Point, style: Style) -> Scene:
    """Lay a table out; every period of the grid has a column."""
    left = fit.names + BESIDE
    right = size[0] - (fit.changes + BESIDE if fit.changes else 0.0)
    pitch = (right - left + GAP) / len(grid.columns)
    edges = [left + i * pitch for i in range(len(grid.columns))]
    top = size[1] - head_height(grid, style)
    high = min(top / len(grid.names), HIGHEST)
    scene = Scene(size, [], [], [])
    scene.lines.extend(_heads(grid, fit, [x + (pitch - GAP) / 2 for x in edges], (size[0], top), style))
    greatest = max((one.level for one in grid.all()), default=0.0)
    for i, name in enumerate(grid.names):
        floor = top - (i + 1) * high
        _name(scene, grid, name, fit, floor + (high + GAP) / 2, style)
        for j, x in enumerate(edges):
            _cell(scene, grid, (name, j), Box(x, floor + GAP, x + pitch - GAP, floor + high), greatest, fit, style)
    return scene


def _heads(grid: Grid, fit: Fit, middles: Sequence[float], corner: Point, style: Style) -> list[Line]:
    size, step = style.event_size, 1.2 * style.event_size
    texts = heads(grid.columns)
    most = max(len(lines) for lines in texts)
    top = corner[1] + 5.0 + (most - 1) * step
    found = [
        Line(x, top - k * step, text, size, style.second, align="center")
        for x, lines in zip(middles, texts, strict=True)
        for k, text in enumerate(lines)
    ]
    said = change_head(grid) if fit.changes else ()
    top = corner[1] + 5.0 + (max(most, len(said)) - 1) * step
    return found + [
        Line(corner[0], top - k * step, text, size, style.second, align="right") for k, text in enumerate(said)
    ]


def _name(scene: Scene, grid: Grid, name: str, fit: Fit, middle: float, style: Style) -> None:
    """Write the name of a row, and its change."""
    size, bold = style.label_size, name in grid.asked
    base = middle - 0.36 * size
    color = style.second if name in grid.nobody else style.ink
    scene.lines.append(Line(0.0, base, clip_to(name, fit.names, size, bold), size, color, bold))
    said, verb = change_text(grid, name)
    if said and fit.changes:
        tone = {"fell": style.warning, "rose": style.text("teal")}.get(verb, style.second)
        scene.lines.append(Line(scene.size[0], base, said, size, tone, bool(verb), "right"))


def _cell(scene: Scene, grid: Grid, place: tuple[str, int], box: Box, greatest: float, fit: Fit, style: Style) -> None:
    reading = grid.at(place[0], grid.columns[place[1]])
    if reading is None:
        scene.hatching.extend(hatching(box))
        return
    ground = shade(reading.level, greatest, tone_of(grid), style)
    ink = readable(ground, (style.ink, style.background))
    text = cell_text(grid, *place)
    size = min(fit.size, fit.size * (box.right - box.left - 2.0) / max(width(text, fit.size), 0.1))
    middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    scene.cells.append((box, ground))
    scene.lines.append(Line(middle[0], middle[1] - 0.36 * size, text, size, ink, place[0] in grid.asked, "center"))


def tone_of(grid: Grid) -> str:
    """Return the hue of the cells: of what was asked for, else blue."""
    hue = grid.picture.main.hue if grid.asked else "blue"
    return hue if hue not in ("grey", "nan", "None", "") else "blue"


def shade(level: float, greatest: float, hue: str, style: Style) -> str:
    """Return the colour of a value, by the square root of its part of the greatest one.

    >>> from tracker.charts.look.style import LIGHT
    >>> shade(0.0, 80.0, "blue", LIGHT), shade(80.0, 80.0, "blue", LIGHT)
    ('#f0f2fa', '#2346b8')
    """
    part = (max(level, 0.0) / greatest) ** 0.5 if greatest > 0 else 0.0
    palest, deepest = PALEST.get(style.name, 0.1), DEEPEST.get(style.name, 1.0)
    return mix(style.background, style.line(hue), palest + (deepest - palest) * min(part, 1.0))


def hatching(box: Box) -> list[tuple[Point, Point]]:
    """Return strokes from lower left to upper right that end at the edges of a box.

    >>> hatching(Box(0.0, 0.0, 6.0, 6.0))
    [((0.0, 3.0), (3.0, 6.0)), ((3.0, 0.0), (6.0, 3.0))]
    """
    high = box.top - box.bottom
    found, start = [], box.left - high + HATCH / 2 + (high % HATCH) / 2
    while start < box.right:
        a, b = max(start, box.left), min(start + high, box.right)
        if b > a:
            found.append(((a, box.bottom + a - start), (b, box.bottom + b - start)))
        start += HATCH
    return found
