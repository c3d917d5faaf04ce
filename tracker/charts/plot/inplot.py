"""Texts within the plot: readings beside their dots, ends of early series, zeros on the axis, the callout."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.look.style import Style
from tracker.charts.page.board import FORBIDDEN, Board, Box, Point
from tracker.charts.page.text import Align, around, block, extent
from tracker.charts.page.text import Line as TextLine
from tracker.charts.picture import Picture, Series
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

WEIGHTS = {"main": 10.0, "named": 6.0, "context": 1.0}
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
    _say_zero(found, board, picture, plane, style)
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
        weight = WEIGHTS[series.role]
        for run in [series.readings] if series.few else series.runs:
            board.line([_point(picture, plane, reading) for reading in run], weight)
        for reading in series.readings:
            if has_box(series, reading):
                board.area(reading_box(picture, plane, reading).grown(1.0))
            if series.few or reading in series.ends:
                board.area(_dot(picture, plane, reading))
        for reading in series.zeros:
            board.area(_dot(picture, plane, reading), 3.0 * weight)
    for mark in marks:
        board.area(Box(mark.x - 1.5, 0.0, mark.x + 1.5, plane.height))
    return board


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
    text = [label_text(series, picture.unit, plane.width * 0.6, style)]
    text += [short_when(series.last)] if len(series.readings) == 1 and bold else []
    wide, high = extent(text, style.label_size, bold)
    reach = (7.0, 12.0, 20.0) if series.role == "context" else (7.0, 12.0, 20.0, 30.0, 45.0, 60.0)
    places = around(*_point(picture, plane, series.last), wide, high, reach)
    best = board.best([place for place, _ in places], 1.0, FORBIDDEN if series.role != "context" else COVERED)
    if best is None:
        found.dropped.append(series.name)
        return
    index, place = best
    board.area(place.grown(1.0))
    found.lines += block(text, place, places[index][1], style.label_size, text_color(series, style), bold)


def _say_zero(found: InPlot, board: Board, picture: Picture, plane: Plane, style: Style) -> None:
    """Write "reported 0" beside the first triangle of a named series; the note names all of them."""
    series = next((one for one in picture.series if one.zeros and one.role != "context"), None)
    if series is None:
        return
    text = ["reported 0"]
    wide, high = extent(text, style.event_size, False)
    for reading in series.zeros:
        places = around(plane.x(picture.x(reading)), 0.0, wide, high, (8.0, 14.0))
        best = board.best([place for place, _ in places], 1.0, TOUCHED)
        if best:
            index, place = best
            board.area(place.grown(1.0))
            color = line_color(series, style) if series.hue == "grey" else text_color(series, style)
            found.lines += block(text, place, places[index][1], style.event_size, color, False)
            return


def _call_out(board: Board, picture: Picture, plane: Plane, told: Finding, style: Style) -> Callout | None:
    main = picture.main
    if told.moved is None or told.change is None or picture.log:
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
