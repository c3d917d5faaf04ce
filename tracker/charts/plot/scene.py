"""A scene: where everything of a plot of a known size goes, before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.charts.axis.dateticks import date_ticks
from tracker.charts.axis.plane import Plane
from tracker.charts.axis.ranges import day_range, plane_of, value_axis, within
from tracker.charts.look.style import Style
from tracker.charts.page.stack import Stack, gutter
from tracker.charts.page.text import Line
from tracker.charts.page.timeplot import day_lines, value_lines
from tracker.charts.page.timeplot import left_gutter as gutter_of
from tracker.charts.picture import Picture, Series
from tracker.charts.plot.endlabels import end_labels, is_early, labels_of
from tracker.charts.plot.ends import InPlot
from tracker.charts.plot.events import Mark, arrange, reach, rows_of
from tracker.charts.plot.events import texts as event_texts
from tracker.charts.plot.inplot import set_texts
from tracker.charts.words.numbers import tick
from tracker.values import Event

MONTH_SPAN = 370
"""Events of a longer axis are written with their year, days."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is drawn in and around a plot, in points from its lower left corner.

    Parameters
    ----------
    values : list of (float, str)
        Ticks of the value axis, percent, and what they say.
    days : list of (date, str)
        Ticks of the date axis, and what they say.
    marks : list of Mark
        Events.
    labels : Stack
        At the right of the lines.
    texts : InPlot
        Within the plot.
    lines : tuple of Line
        Every text.
    dropped : tuple of str
        Names of series without a label for want of room.
    dropped_events : tuple of str
        Labels of events without room.
    """

    plane: Plane
    values: list[tuple[float, str]]
    days: list[tuple[date, str]]
    marks: list[Mark]
    labels: Stack
    texts: InPlot
    lines: tuple[Line, ...]
    dropped: tuple[str, ...]
    dropped_events: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows the events take."""
        return rows_of(self.marks)


def compose(
    picture: Picture, events: Sequence[Event], size: tuple[float, float], room: float, rows: int, style: Style
) -> Scene:
    """Lay out a plot.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    events : sequence of Event
        Those within the axis are shown.
    size : tuple of float
        Width and height of the plot, points.
    room : float
        Width of the gutter at its right, points.
    rows : int
        How many rows of events there may be.
    style : Style
        Sizes and colours.
    """
    days = day_range(picture, events)
    plane = plane_of(picture, days, *size)
    placed = [(event, reach(event, plane)) for event in within(events, *days)]
    names, long = [series.name for series in picture.series], (days[1] - days[0]).days > MONTH_SPAN
    marks, dropped_events = arrange(placed, plane.width, rows, style, year=long, names=names)
    early = [series for series in picture.series if is_early(picture, series, plane)]
    at_edge = [series for series in picture.series if series not in early]
    texts = set_texts(picture, plane, marks, early, style, 0.0 if at_edge else max(room - 4.0, 0.0))
    labels = end_labels(picture, at_edge, plane, room, style)
    ticks, days_shown = y_ticks(picture, plane.height), date_ticks(*days, plane.width)
    gutter_left = left_gutter(picture, plane.height, style)
    ticked = (*value_lines(plane, ticks, gutter_left, style), *day_lines(plane, days_shown, style))
    lines = (*ticked, *event_texts(marks, plane.height, style), *texts.lines, *labels.lines)
    dropped = (*labels.dropped, *texts.dropped)
    return Scene(plane, ticks, days_shown, marks, labels, texts, lines, dropped, tuple(dropped_events))


def y_ticks(picture: Picture, height: float) -> list[tuple[float, str]]:
    """Return the ticks of the value axis and their texts; the unit stands on the top one only."""
    ticks, _, _ = value_axis(picture, height)
    return [(value, tick(value, picture.unit if value == ticks[-1] else "")) for value in ticks]


def left_gutter(picture: Picture, height: float, style: Style) -> float:
    """Return the width of the widest tick of the value axis plus 5 points."""
    return gutter_of([text for _, text in y_ticks(picture, height)], style)


def right_gutter(picture: Picture, at_edge: Sequence[Series], plane: Plane, most: float, style: Style) -> float:
    """Return the width to keep free for the labels, at most `most` points."""
    return gutter(labels_of(picture, at_edge, plane, style), style, most)
