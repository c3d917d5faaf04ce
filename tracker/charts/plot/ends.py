"""Labels of series that end before the right edge: at their own last point, or as near to it as there is room."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tracker.charts.axis.plane import Plane
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.board import FORBIDDEN, Board, Box, Point
from tracker.charts.page.text import Align, around, block, extent
from tracker.charts.page.text import Line as TextLine
from tracker.charts.picture import Picture, Series
from tracker.charts.plot.callout import COVERED, Callout
from tracker.charts.plot.endlabels import label_text, line_color, text_color
from tracker.charts.plot.places import has_box, point, reading_box
from tracker.charts.words.prose import short_when

CROSSED = 32.0
"""The label of an end may cross a grey line rather than stand far away from its end."""

RIGHT = (0, 3, 4)
"""Which of the places around a dot are at its right."""

MOST = 12
"""More labels in a crowd than this are too many."""

FAR = 30.0
"""A label further from its end than this has a leader, points."""


@dataclass(slots=True)
class InPlot:
    """Texts within the plot, in points from its lower left corner."""

    lines: list[TextLine] = field(default_factory=list)
    callout: Callout | None = None
    dropped: list[str] = field(default_factory=list)
    leaders: list[tuple[tuple[Point, ...], str]] = field(default_factory=list)


def early_gutter(picture: Picture, early: list[Series], plane: Plane, most: float, style: Style) -> float:
    """Return how far the labels of a crowd go beyond the plot at the right of their dots, at most `most` points."""
    if not picture.crowded:
        return 0.0
    wide = [
        _right_end(picture, plane, series)[0]
        + 9.0
        + width(label_text(picture, series, plane.width, style), style.label_size, series.role == "main")
        for series in early[: MOST + 1]
    ]
    return min(max(max(wide, default=0.0) - plane.width, 0.0), most)


def say_end(found: InPlot, board: Board, picture: Picture, plane: Plane, series: Series, style: Style) -> None:
    """Label a series that ends early at its own last point."""
    bold = series.role == "main"
    text = [label_text(picture, series, plane.width * 0.6, style)]
    text += [short_when(series.last, year=picture.years)] if len(series.readings) == 1 and bold else []
    wide, high = extent(text, style.label_size, bold)
    reach = (7.0, 12.0, 20.0) if series.role == "context" else (7.0, 12.0, 20.0, 30.0, 45.0, 60.0)
    end = _right_end(picture, plane, series)
    place = _right_of(board, end, (wide, high)) if picture.crowded else None
    if place is None and not (picture.crowded and series.role == "context"):
        end = point(picture, plane, series.last)
        place = _near_end(board, end, (wide, high), reach, series.role)
    if place is None and bold:
        place = _forced(board, end, (wide, high))
    if place is None:
        found.dropped.append(series.name)
        return
    box, align = place
    if bold and _apart(box, end) > FAR:
        found.leaders.append((_leader(box, end), line_color(series, style)))
    board.area(box.grown(1.0))
    found.lines += block(text, box, align, style.label_size, text_color(series, style), bold)


def _near_end(
    board: Board, end: Point, size: tuple[float, float], reach: tuple[float, ...], role: str
) -> tuple[Box, Align] | None:
    """Return a place as near to the end as crosses a grey line at most, else the one that covers least."""
    for gaps, most in (*(((gap,), CROSSED) for gap in reach), (reach, COVERED if role == "context" else FORBIDDEN)):
        places = around(*end, *size, gaps)
        best = board.best([place for place, _ in places], 1.0, most)
        if best:
            return best[1], places[best[0]][1]
    return None


def _right_end(picture: Picture, plane: Plane, series: Series) -> Point:
    """Return the last point of a series, or the right side of its box."""
    x, y = point(picture, plane, series.last)
    return (reading_box(picture, plane, series.last).right if has_box(series, series.last) else x), y


def _right_of(board: Board, end: Point, size: tuple[float, float]) -> tuple[Box, Align] | None:
    """Return a place at the right of an end that crosses a grey line at most."""
    places = [around(*end, *size, (7.0,))[index] for index in RIGHT]
    best = board.best([place for place, _ in places], 1.0, CROSSED)
    return (best[1], places[best[0]][1]) if best else None


def _forced(board: Board, end: Point, size: tuple[float, float]) -> tuple[Box, Align] | None:
    """Return the place anywhere in the plot that is near to the end and covers little."""
    room, best = board.room, None
    for left in np.arange(room.left, room.right - size[0], 6.0).tolist():
        for bottom in np.arange(room.bottom, room.top - size[1], 4.0).tolist():
            box = Box(left, bottom, left + size[0], bottom + size[1])
            score = board.score(box, 1.0) + _apart(box, end)
            if score < (best[0] if best else FORBIDDEN):
                best = (score, box)
    return (best[1], "left") if best else None


def _apart(box: Box, end: Point) -> float:
    """Return how far a box is from a point."""
    near = _leader(box, end)[0]
    return float(np.hypot(near[0] - end[0], near[1] - end[1]))


def _leader(box: Box, end: Point) -> tuple[Point, Point]:
    """Return the way from the nearest side of a box to a point."""
    near = min(max(end[0], box.left), box.right), min(max(end[1], box.bottom), box.top)
    return near, end
