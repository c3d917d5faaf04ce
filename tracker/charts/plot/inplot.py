"""Texts within the plot: readings beside their dots, ends of early series, zeros on the axis, the callout."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

import numpy as np

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.look.style import Style
from tracker.charts.page.board import FORBIDDEN, Board, Box, Point
from tracker.charts.page.text import Align, around, block, extent
from tracker.charts.page.text import Line as TextLine
from tracker.charts.picture import UNSETTLED, Picture, Series
from tracker.charts.plot.callout import Callout, Move, callout
from tracker.charts.plot.endlabels import label_text, line_color, text_color
from tracker.charts.plot.events import Mark
from tracker.charts.words.finding import Finding, finding
from tracker.charts.words.numbers import label_value
from tracker.charts.words.prose import short_when

DOT = 5.0
"""Half of a dot with its rim, points."""

BOX_LEAST = 2.5
"""Half the least width of a box, points: a single day is too narrow to be seen."""

TOUCHED = 1.0
"""The label of a zero stands where nothing is, or nowhere."""

CLOSE = 12.0
"""Dots of figures that are not settled are drawn where they are so far apart on average, points."""

BAND, BAND_SEEN = 0.5, 2.0
"""Weight of a bit of the rounding band, and from which height on it is seen, points."""

WEIGHTS = {"main": 10.0, "named": 6.0, "context": 1.0}
CROSSED = 32.0
"""The label of an end may cross a grey line rather than stand far away from its end."""

COVERED = 90.0
"""A text that would cover the main line for longer than this is left out."""


@dataclass(slots=True)
class InPlot:
    """Texts within the plot, in points from its lower left corner."""

    lines: list[TextLine] = field(default_factory=list)
    callout: Callout | None = None
    dropped: list[str] = field(default_factory=list)


def reading_box(picture: Picture, plane: Plane, reading: Reading) -> Box:
    """Return what a reading can mean: its days by its rounding, in points."""
    middle = plane.x(picture.x(reading))
    left = min(plane.x(day_number(reading.earliest)), middle - BOX_LEAST)
    right = max(plane.x(day_number(reading.latest)), middle + BOX_LEAST)
    return Box(left, plane.y(reading.lowest), right, plane.y(reading.highest))


def hollow(picture: Picture, series: Series, plane: Plane) -> list[Reading]:
    """Return the readings that are not settled and have a dot: where they stand close, the ends of each stretch."""
    placed = series.placed
    open_ = [index for index, reading in enumerate(placed) if reading.status in UNSETTLED]
    if len(open_) < 2 or series.few:
        return [placed[index] for index in open_]
    reach = plane.x(picture.x(placed[open_[-1]])) - plane.x(picture.x(placed[open_[0]]))
    if reach / (len(open_) - 1) < CLOSE:
        here = set(open_)
        open_ = [index for index in open_ if not {index - 1, index + 1} <= here]
    return [placed[index] for index in open_]


def has_box(series: Series, reading: Reading) -> bool:
    """Whether a reading is drawn with its box."""
    return series.few and series.role != "context" and reading.qualifier not in ("<", ">")


def set_texts(picture: Picture, plane: Plane, marks: list[Mark], early: list[Series], style: Style) -> InPlot:
    """Find places for the texts within the plot, the most important first.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    plane : Plane
        The plot.
    marks : list of Mark
        Events; their rules are not crossed.
    early : list of Series
        Series to be labelled at their own end.
    style : Style
        Sizes and colours.
    """
    board = _board(picture, plane, marks)
    found = InPlot()
    told = finding(picture.main)
    for reading in _worth_saying(picture, told):
        _say_reading(found, board, picture, plane, reading, style)
    for series in sorted(early, key=lambda one: one.role != "main"):
        if series.role != "context":
            _say_end(found, board, picture, plane, series, style)
    _say_beyond(found, board, picture, plane, style)
    found.callout = _call_out(board, picture, plane, told, style)
    if found.callout:
        for line in found.callout.lines:
            wide, high = extent([line.text], line.size, line.bold)
            board.area(Box(line.x - wide, line.y - 0.3 * high, line.x, line.y + 0.7 * high))
        found.lines += found.callout.lines
    for series in early:
        if series.role == "context":
            _say_end(found, board, picture, plane, series, style)
    return found


def _board(picture: Picture, plane: Plane, marks: list[Mark]) -> Board:
    """Put down everything that is drawn."""
    board = Board(Box(0.0, 2.0, plane.width, plane.height + 3.0))
    for series in picture.series:
        _put_lines(board, picture, plane, series)
        for reading in series.readings if series.few or series.bare else ():
            if has_box(series, reading):
                board.area(reading_box(picture, plane, reading).grown(1.0))
            if series.few or reading.value is None:
                board.area(_dot(picture, plane, reading))
        for reading in (*series.ends, *hollow(picture, series, plane), *series.zeros, *series.wholes):
            board.area(_dot(picture, plane, reading), 3.0 * WEIGHTS[series.role])
    for mark in marks:
        if not mark.wide:
            board.area(Box(mark.x - 1.5, 0.0, mark.x + 1.5, plane.height))
    return board


def _put_lines(board: Board, picture: Picture, plane: Plane, series: Series) -> None:
    """Put down the lines of a series, and its rounding bands where they are high enough to be seen."""
    for run in [tuple(series.placed)] if series.few else series.runs:
        if len(run) < 2:
            for reading in run:
                board.area(_dot(picture, plane, reading), 3.0 * WEIGHTS[series.role])
            continue
        xs = (picture.xs(run) - plane.first) / (plane.last - plane.first) * plane.width
        levels = plane.heights(np.array([reading.level for reading in run]))
        board.line(np.column_stack([xs, levels]), WEIGHTS[series.role])
        if series.few or series.role == "context":
            continue
        low = plane.heights(np.array([reading.lowest for reading in run]))
        high = plane.heights(np.array([reading.highest for reading in run]))
        seen = float((high - low).max())
        steps = min(ceil(seen / 4.0), 12) if seen >= BAND_SEEN else 0
        for part in (step / steps for step in range(steps + 1) if steps):
            board.line(np.column_stack([xs, low + part * (high - low)]), BAND)


def _point(picture: Picture, plane: Plane, reading: Reading) -> Point:
    return plane.x(picture.x(reading)), plane.y(reading.level)


def _dot(picture: Picture, plane: Plane, reading: Reading) -> Box:
    x, y = _point(picture, plane, reading)
    return Box(x - DOT, y - DOT, x + DOT, y + DOT)


def _worth_saying(picture: Picture, told: Finding) -> list[Reading]:
    """Return the peak, and where there are few readings, all but the last that the end label says."""
    if not picture.main.few:
        return [told.peak] if told.peak else []
    readings = picture.main.readings
    said = [told.peak] if told.peak else []
    return said + [reading for reading in readings[:-1] if reading not in said]


def _say_reading(found: InPlot, board: Board, picture: Picture, plane: Plane, reading: Reading, style: Style) -> None:
    main = picture.main
    peak = " peak" if reading is finding(main).peak else ""
    value, when = f"{label_value(reading, picture.unit)}{peak},", short_when(reading)
    texts = [value, when] if main.few else [f"{value} {when}"]
    box = reading_box(picture, plane, reading) if has_box(main, reading) else _dot(picture, plane, reading)
    x, y = (box.left + box.right) / 2, _point(picture, plane, reading)[1]
    reach = max(box.right - x, 0.0) + 4.0
    wide, high = extent(texts, style.label_size)
    places = _beside(box, wide, high) if main.few else around(x, y, wide, high, (reach + 1, reach + 8, reach + 18))
    best = board.best([place for place, _ in places], 1.0, COVERED)
    if best:
        index, place = best
        board.area(place.grown(2.0))
        found.lines += block(texts, place, places[index][1], style.label_size, style.text(main.hue))
    if not main.few:
        board.area(_dot(picture, plane, reading))


def _beside(box: Box, wide: float, high: float) -> list[tuple[Box, Align]]:
    """Return places at the four sides of a box, left first: the line goes on to the right."""
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    places: list[tuple[Box, Align]] = []
    for gap in (6.0, 12.0):
        places += [
            (Box(box.left - gap - wide, y - high / 2, box.left - gap, y + high / 2), "right"),
            (Box(x - wide / 2, box.top + gap - 2, x + wide / 2, box.top + gap - 2 + high), "center"),
            (Box(x - wide / 2, box.bottom - gap - high, x + wide / 2, box.bottom - gap), "center"),
            (Box(box.right + gap, y - high / 2, box.right + gap + wide, y + high / 2), "left"),
            (Box(box.left, box.bottom - gap - high, box.left + wide, box.bottom - gap), "left"),
            (Box(box.left, box.top + gap, box.left + wide, box.top + gap + high), "left"),
        ]
    return places


def _say_end(found: InPlot, board: Board, picture: Picture, plane: Plane, series: Series, style: Style) -> None:
    """Label a series that ends early at its own last point."""
    bold = series.role == "main"
    text = [label_text(picture, series, plane.width * 0.6, style)]
    text += [short_when(series.last)] if len(series.readings) == 1 and bold else []
    wide, high = extent(text, style.label_size, bold)
    reach = (7.0, 12.0, 20.0) if series.role == "context" else (7.0, 12.0, 20.0, 30.0, 45.0, 60.0)
    place = _near_end(board, _point(picture, plane, series.last), (wide, high), reach, series.role)
    if place is None:
        found.dropped.append(series.name)
        return
    box, align = place
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


def _say_beyond(found: InPlot, board: Board, picture: Picture, plane: Plane, style: Style) -> None:
    """Write "reported 0" beside the first triangle of a named series, and so for 100; the note names all of them."""
    named = [series for series in picture.series if series.role != "context"]
    for text, y, of in (("reported 0", 0.0, "zeros"), ("reported 100", plane.height, "wholes")):
        series = next((one for one in named if getattr(one, of)), None)
        if series is None:
            continue
        wide, high = extent([text], style.event_size, False)
        for reading in getattr(series, of):
            places = around(plane.x(picture.x(reading)), y, wide, high, (8.0, 14.0))
            best = board.best([place for place, _ in places], 1.0, TOUCHED)
            if best:
                index, place = best
                board.area(place.grown(1.0))
                color = line_color(series, style) if series.hue == "grey" else text_color(series, style)
                found.lines += block([text], place, places[index][1], style.event_size, color, False)
                break


def _call_out(board: Board, picture: Picture, plane: Plane, told: Finding, style: Style) -> Callout | None:
    main = picture.main
    if told.moved is None or told.change is None or picture.scale != "linear":
        return None
    if told.verb == "rose" and not main.few:
        # a rising line shows its rise; the fall from a peak needs the level to be carried across
        return None
    boxes = [
        reading_box(picture, plane, reading) if has_box(main, reading) else _dot(picture, plane, reading)
        for reading in (told.base, told.last)
    ]
    levels = plane.y(told.base.level), plane.y(told.last.level)
    move = Move(told.change, (boxes[0], boxes[1]), levels, style.text(main.hue), picture.unit)
    return callout(board, plane, move, style)
