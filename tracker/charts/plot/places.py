"""Where the marks of readings stand in the plot: dots, boxes, and what is hollow."""

from __future__ import annotations

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.page.board import Box, Point
from tracker.charts.picture import UNSETTLED, Picture, Series

DOT = 5.0
"""Half of a dot with its rim, points."""

BOX_LEAST, BOX_LOW = 2.5, 1.2
"""Half the least width and height of a box, points: a single day, or a thousandth, is too narrow to be seen."""

CLOSE = 12.0
"""Dots of figures that are not settled are drawn where they are so far apart on average, points."""


def reading_box(picture: Picture, plane: Plane, reading: Reading) -> Box:
    """Return what a reading can mean: its days by its rounding, in points."""
    middle = plane.x(picture.x(reading))
    left = min(plane.x(day_number(reading.earliest)), middle - BOX_LEAST)
    right = max(plane.x(day_number(reading.latest)), middle + BOX_LEAST)
    low, high = plane.y(reading.lowest), plane.y(reading.highest)
    if high - low < 2 * BOX_LOW:
        low, high = (low + high) / 2 - BOX_LOW, (low + high) / 2 + BOX_LOW
    return Box(left, low, right, high)


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
    return series.few and series.role != "context" and reading.qualifier is None


def point(picture: Picture, plane: Plane, reading: Reading) -> Point:
    """Return where a reading stands, points."""
    return plane.x(picture.x(reading)), plane.y(reading.level)


def dot(picture: Picture, plane: Plane, reading: Reading) -> Box:
    """Return the room that the dot of a reading takes, points."""
    x, y = point(picture, plane, reading)
    return Box(x - DOT, y - DOT, x + DOT, y + DOT)
