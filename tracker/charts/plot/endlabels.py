"""Labels at the right end of the lines: the name and the last value, no legend box."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.look.fonts import clip_to, width
from tracker.charts.look.style import Style
from tracker.charts.page.stack import Label, Stack, stack
from tracker.charts.picture import Picture, Series
from tracker.charts.words.numbers import label_value, short

EARLY = 14.0
"""A series whose last point is further than this from the right edge, in points, is labelled at that point."""

REACHES = 2.0
FAR_OFF = 0.08
"""... unless its last days reach the edge, and the point in their middle is within this part of the width."""

NAMED = 1e6
"""Importance of the labels of named series; those of the context have their last value."""


def value_text(picture: Picture, series: Series) -> str:
    """Write the last value: as printed for named series, with "%" for the main one, short for the context."""
    if series.role == "main":
        return label_value(series.last, picture.unit)
    if series.role == "named":
        return label_value(series.last, "")
    return short(series.last, [one.last for one in picture.series if one.role != "context"])


def label_text(picture: Picture, series: Series, room: float, style: Style) -> str:
    """Write name and last value; the name is shortened where there is no room, the value never."""
    bold, value = series.role == "main", value_text(picture, series)
    if width(f"{series.name} {value}", style.label_size, bold) <= room + 0.01:
        return f"{series.name} {value}"
    rest = width(f" {value}", style.label_size, bold)
    return f"{clip_to(series.name, room - rest, style.label_size, bold)} {value}"


def text_color(series: Series, style: Style) -> str:
    """Return the colour of the label of a series."""
    return style.muted_text if series.role == "context" else style.text(series.hue)


def line_color(series: Series, style: Style) -> str:
    """Return the colour of the line of a series."""
    return style.muted_line if series.role == "context" else style.focus(series.hue)


def is_early(picture: Picture, series: Series, plane: Plane) -> bool:
    """Whether a series ends so far from the right edge that its label belongs to its own end."""
    point = plane.width - plane.x(picture.x(series.last))
    days = plane.width - plane.x(day_number(series.last.latest))
    return point > EARLY and (days > REACHES or point > FAR_OFF * plane.width)


def labels_of(picture: Picture, at_edge: Sequence[Series], plane: Plane, style: Style) -> list[Label]:
    """Return the labels of the series that reach the right edge, from the lowest to the highest."""
    rising = sorted(range(len(at_edge)), key=lambda i: (at_edge[i].last.level, -i))
    return [
        Label(
            series.name,
            value_text(picture, series),
            plane.y(series.last.level),
            text_color(series, style),
            line_color(series, style),
            series.role == "main",
            {"main": float("inf"), "named": NAMED}.get(series.role, series.last.level),
        )
        for series in (at_edge[i] for i in rising)
    ]


def end_labels(picture: Picture, at_edge: Sequence[Series], plane: Plane, room: float, style: Style) -> Stack:
    """Place the labels of the series that reach the right edge.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    at_edge : sequence of Series
        Those to be labelled in the gutter.
    plane : Plane
        The plot.
    room : float
        Width of the gutter, points.
    style : Style
        Colours and sizes.
    """
    placed = stack(labels_of(picture, at_edge, plane, style), plane.size, room, style)
    dropped = tuple(series.name for series in at_edge if series.name in placed.dropped)
    return Stack(placed.lines, placed.leaders, dropped)
