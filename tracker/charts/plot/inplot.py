"""Texts within the plot: readings beside their dots, ends of early series, zeros on the axis, the callout."""

from __future__ import annotations

from math import ceil

import numpy as np

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane
from tracker.charts.look.style import Style
from tracker.charts.page.board import FORBIDDEN, Board, Box
from tracker.charts.page.text import Align, around, block, extent
from tracker.charts.picture import Picture, Series
from tracker.charts.plot.callout import COVERED, Callout, Move, callout
from tracker.charts.plot.endlabels import line_color, text_color
from tracker.charts.plot.ends import MOST, InPlot, say_end
from tracker.charts.plot.events import Mark
from tracker.charts.plot.places import dot, has_box, hollow, point, reading_box
from tracker.charts.words.bands import banded
from tracker.charts.words.finding import Finding, finding
from tracker.charts.words.numbers import label_value
from tracker.charts.words.prose import short_when

TOUCHED = 1.0
"""The label of a zero stands where nothing is, or nowhere."""


BAND, BAND_SEEN = 0.5, 2.0
"""Weight of a bit of the rounding band, and from which height on it is seen, points."""

WEIGHTS = {"main": 10.0, "named": 6.0, "context": 1.0}


def set_texts(
    picture: Picture, plane: Plane, marks: list[Mark], early: list[Series], style: Style, beyond: float = 0.0
) -> InPlot:
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
    beyond : float
        Room for them at the right of the plot, points.
    """
    board = _board(picture, plane, marks, beyond)
    found = InPlot()
    told = finding(picture.main)
    for reading in _worth_saying(picture, told):
        _say_reading(found, board, picture, plane, reading, style)
    for series in sorted(early, key=lambda one: one.role != "main"):
        if series.role != "context":
            say_end(found, board, picture, plane, series, style)
    _say_beyond(found, board, picture, plane, style)
    found.callout = _call_out(board, picture, plane, told, style)
    if found.callout:
        for line in found.callout.lines:
            wide, high = extent([line.text], line.size, line.bold)
            board.area(Box(line.x - wide, line.y - 0.3 * high, line.x, line.y + 0.7 * high))
        found.lines += found.callout.lines
    grey = [series for series in early if series.role == "context"]
    most = MOST if picture.crowded else len(grey)
    for series in grey[:most]:
        say_end(found, board, picture, plane, series, style)
    found.dropped += [series.name for series in grey[most:]]
    return found


def _board(picture: Picture, plane: Plane, marks: list[Mark], beyond: float) -> Board:
    """Put down everything that is drawn."""
    board = Board(Box(0.0, 2.0, plane.width + beyond, plane.height + 3.0))
    for series in picture.series:
        _put_lines(board, picture, plane, series)
        for reading in series.readings if series.few or series.bare else ():
            if has_box(series, reading):
                board.area(reading_box(picture, plane, reading).grown(1.0))
            if series.few or reading.value is None:
                board.area(dot(picture, plane, reading), COVERED if series.role == "context" else FORBIDDEN)
        for reading in (*series.ends, *hollow(picture, series, plane), *series.zeros, *series.wholes):
            board.area(dot(picture, plane, reading), 3.0 * WEIGHTS[series.role])
    for mark in marks:
        if not mark.wide:
            board.area(Box(mark.x - 1.5, 0.0, mark.x + 1.5, plane.height))
    return board


def _put_lines(board: Board, picture: Picture, plane: Plane, series: Series) -> None:
    """Put down the lines of a series, and its rounding bands where they are high enough to be seen."""
    for run in [tuple(series.placed)] if series.few else series.runs:
        if len(run) < 2:
            for reading in run:
                board.area(dot(picture, plane, reading), 3.0 * WEIGHTS[series.role])
            continue
        xs = (picture.xs(run) - plane.first) / (plane.last - plane.first) * plane.width
        levels = plane.heights(np.array([reading.level for reading in run]))
        board.line(np.column_stack([xs, levels]), WEIGHTS[series.role])
    for run in () if series.few or series.role == "context" else banded(series):
        xs = (picture.xs(run) - plane.first) / (plane.last - plane.first) * plane.width
        low = plane.heights(np.array([reading.lowest for reading in run]))
        high = plane.heights(np.array([reading.highest for reading in run]))
        seen = float((high - low).max())
        steps = min(ceil(seen / 4.0), 12) if seen >= BAND_SEEN else 0
        for part in (step / steps for step in range(steps + 1) if steps):
            board.line(np.column_stack([xs, low + part * (high - low)]), BAND)


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
    value, when = f"{label_value(reading, picture.unit)}{peak},", short_when(reading, year=picture.years)
    texts = [value, when] if main.few else [f"{value} {when}"]
    box = reading_box(picture, plane, reading) if has_box(main, reading) else dot(picture, plane, reading)
    x, y = (box.left + box.right) / 2, point(picture, plane, reading)[1]
    reach = max(box.right - x, 0.0) + 4.0
    wide, high = extent(texts, style.label_size)
    places = _beside(box, wide, high) if main.few else around(x, y, wide, high, (reach + 1, reach + 8, reach + 18))
    best = board.best([place for place, _ in places], 1.0, COVERED)
    if best:
        index, place = best
        board.area(place.grown(2.0))
        found.lines += block(texts, place, places[index][1], style.label_size, style.text(main.hue))
    if not main.few:
        board.area(dot(picture, plane, reading))


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
        reading_box(picture, plane, reading) if has_box(main, reading) else dot(picture, plane, reading)
        for reading in (told.base, told.last)
    ]
    levels = plane.y(told.base.level), plane.y(told.last.level)
    about = "~" in (told.base.qualifier, told.last.qualifier)
    move = Move(told.change, (boxes[0], boxes[1]), levels, style.text(main.hue), picture.unit, about)
    return callout(board, plane, move, style)
