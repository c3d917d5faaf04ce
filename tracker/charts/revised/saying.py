"""Texts within the plots of a chart of revisions: the greatest of them in points, and series that end early."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from tracker.charts.axis.plane import Plane
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.board import Board, Box
from tracker.charts.page.stack import Stack
from tracker.charts.page.text import Line, around, extent
from tracker.charts.picture import Series
from tracker.charts.revised.pairs import Pair, Revised
from tracker.charts.revised.words import change_text
from tracker.charts.words.numbers import short
from tracker.charts.words.prose import short_when

EARLY = 14.0
"""Further than this before the last reading of all, points, a series is labelled at its own end."""

HEADING_AT = 8.0
"""From the lower plot to the base line of its heading, points."""

SAID = 3
"""So many of the greatest revisions are said in points, each of another entity."""


@dataclass(slots=True)
class Scene:
    """Where everything goes, in points from the lower left corner of its plot.

    Parameters
    ----------
    upper : Plane
        The lines.
    lower : Plane or None
        The revisions in points, where there is room and something to measure.
    lines, lower_lines : list of Line
        Texts of the two.
    stems : list of (x, y, Pair)
        Marks of the lower plot, points.
    """

    upper: Plane
    lower: Plane | None
    ticks: list[float]
    lower_ticks: list[float]
    days: list[tuple[date, str]]
    labels: Stack
    lines: list[Line] = field(default_factory=list)
    lower_lines: list[Line] = field(default_factory=list)
    stems: list[tuple[float, float, Pair]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def measured(revised: Revised) -> list[Pair]:
    """Return the revisions that have a size."""
    return [pair for pair in revised.pairs if pair.kind == "revised" and pair.points]


def is_early(revised: Revised, series: Series, plane: Plane) -> bool:
    """Whether a series ends too far before the last ones to be labelled beside them."""
    latest = max(revised.picture.x(one.last) for one in revised.picture.series)
    return plane.x(latest) - plane.x(revised.picture.x(series.last)) > EARLY


def say(revised: Revised, scene: Scene, style: Style, at_edge: Collection[str] = ()) -> None:
    """Say the greatest revisions in points, and name series that end early, where there is a free place."""
    upper, lower = _upper_board(revised, scene), _lower_board(scene)
    for place, pair in enumerate(_greatest(revised)):
        if scene.lower is not None:
            x, y, _ = next(stem for stem in scene.stems if stem[2] is pair)
            found = _put(scene.lower_lines, lower, _told(revised, pair), (x, y), pair, revised, style)
            if not found and place == 0:
                _in_heading(scene, _told(revised, pair)[0], style)
        else:
            at = (scene.upper.x(revised.picture.x(pair.now)), scene.upper.y(pair.first.level))
            _put(scene.lines, upper, _told(revised, pair), at, pair, revised, style)
    for series in revised.picture.series:
        if series.name not in at_edge and is_early(revised, series, scene.upper):
            text = f"{series.name} {short(series.last)}"
            at = (scene.upper.x(revised.picture.x(series.last)), scene.upper.y(series.last.level))
            color = style.muted_text if series.role == "context" else style.text(series.hue)
            if not _placed(scene.lines, upper, [text, *_shorter(series.name, series)], at, color, style):
                scene.dropped.append(series.name)


def _in_heading(scene: Scene, text: str, style: Style) -> None:
    """Say the greatest revision at the right of the heading, where the plot has no place for it."""
    assert scene.lower is not None, "only the lower plot has a heading"
    heading = next(line for line in scene.lower_lines if line.y == scene.lower.height + HEADING_AT)
    said = f"greatest {text}"
    if heading.x + width(heading.text, heading.size) + 12.0 + width(said, heading.size) <= scene.lower.width:
        x, y = scene.lower.width, heading.y
        scene.lower_lines.append(Line(x, y, said, heading.size, style.second, align="right"))


def _shorter(name: str, series: Series) -> list[str]:
    return [f"{name[:most].rstrip()}… {short(series.last)}" for most in (16, 9) if len(name) > most + 2]


def _greatest(revised: Revised) -> list[Pair]:
    """Return the greatest revision, and those of other coloured entities, the greatest first."""
    named = revised.named
    found: dict[str, Pair] = {}
    for pair in sorted(measured(revised), key=lambda pair: -abs(pair.points or 0.0)):
        if pair.now.entity in named:
            found.setdefault(pair.now.entity, pair)
    return list(found.values())[:SAID]


def _told(revised: Revised, pair: Pair) -> list[str]:
    """Say a revision in full, and shorter."""
    size = change_text(pair, revised.picture.unit)
    name = [f"{pair.now.entity} {size}, {short_when(pair.now)}"] if len(revised.named) > 1 else []
    return [*name, f"{size}, {short_when(pair.now)}", *([] if len(revised.named) > 1 else [size])]


def _put(
    lines: list[Line],
    board: Board,
    texts: list[str],
    at: tuple[float, float],
    pair: Pair,
    revised: Revised,
    style: Style,
) -> bool:
    series = next(one for one in revised.picture.series if one.name == pair.now.entity)
    return _placed(lines, board, texts, at, style.text(series.hue), style, bold=True)


def _placed(
    lines: list[Line],
    board: Board,
    texts: list[str],
    at: tuple[float, float],
    color: str,
    style: Style,
    bold: bool = False,
) -> bool:
    """Write the first of the texts that has a free place beside a point."""
    for text in texts:
        wide, high = extent([text], style.event_size, bold)
        places = around(*at, wide, high, (6.0, 10.0, 16.0, 24.0))
        found = board.best([box for box, _ in places], margin=1.0, most=0.5)
        if found is not None:
            box, align = found[1], places[found[0]][1]
            x = {"left": box.left, "center": (box.left + box.right) / 2, "right": box.right}[align]
            lines.append(Line(x, box.bottom + 0.25 * high, text, style.event_size, color, bold, align, halo=True))
            board.area(box.grown(2.0))
            return True
    return False


def _upper_board(revised: Revised, scene: Scene) -> Board:
    plane, picture = scene.upper, revised.picture
    board = Board(Box(0.0, 2.0, plane.width, plane.height + 8.0))
    for series in picture.series:
        for run in series.runs:
            board.line([(plane.x(picture.x(one)), plane.y(one.level)) for one in run], 1.0)
        for one in series.readings:
            x, y = plane.x(picture.x(one)), plane.y(one.level)
            board.area(Box(x - 2.0, y - 2.0, x + 2.0, y + 2.0), 1.0)
    for pair in revised.pairs:
        if pair.kind == "revised":
            x, ys = plane.x(picture.x(pair.now)), sorted((plane.y(pair.first.level), plane.y(pair.now.level)))
            board.area(Box(x - 4.0, ys[0] - 4.0, x + 4.0, ys[1] + 4.0), 1.0)
    return board


def _lower_board(scene: Scene) -> Board:
    plane = scene.lower
    if plane is None:
        return Board(Box(0.0, 0.0, 0.0, 0.0))
    board, zero = Board(Box(0.0, -2.0, plane.width + 4.0, plane.height + 4.0)), plane.y(0.0)
    for x, y, _ in scene.stems:
        board.area(Box(x - 3.0, min(zero, y) - 3.0, x + 3.0, max(zero, y) + 3.0), 1.0)
    board.area(Box(0.0, zero - 0.5, plane.width, zero + 0.5), 1.0)
    return board
