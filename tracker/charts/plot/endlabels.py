"""Labels at the right end of the lines: the name and the last value, no legend box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.look.fonts import clip_to, width
from tracker.charts.look.style import Style
from tracker.charts.page.labels import MOVED, keep, place
from tracker.charts.page.text import Line
from tracker.charts.picture import Picture, Series
from tracker.charts.words.numbers import label_value, short

MOST = 12
"""More labels than this are too many."""

EARLY = 14.0
"""A series whose last point is further than this from the right edge, in points, is labelled at that point."""

REACHES = 2.0
FAR_OFF = 0.08
"""... unless its last days reach the edge, and the point in their middle is within this part of the width."""

NEAR, FAR = 8.0, 19.0
"""From the plot to the labels, points: without and with leaders."""

LEADS = 1.2
"""Height of a label in font sizes."""

END = 7.0
"""Labels may stand out of the plot by this much, points, above and below."""


@dataclass(frozen=True, slots=True)
class EndLabels:
    """Labels with their places.

    Parameters
    ----------
    lines : tuple of Line
        Texts, in points from the lower left corner of the plot.
    leaders : tuple
        For each, the four points of its leader and its colour; empty where none moved.
    dropped : tuple of str
        Names that found no room.
    """

    lines: tuple[Line, ...]
    leaders: tuple[tuple[tuple[tuple[float, float], ...], str], ...]
    dropped: tuple[str, ...]


def label_text(series: Series, unit: str, room: float, style: Style) -> str:
    """Write name and last value; the name is shortened where there is no room, the value never."""
    bold = series.role == "main"
    value = label_value(series.last, unit) if bold else short(series.last)
    if series.role == "named":
        value = label_value(series.last, "")
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


def gutter(texts: Sequence[tuple[str, bool]], style: Style) -> float:
    """Return the width to keep free at the right of the plot, points."""
    widest = max((width(text, style.label_size, bold) for text, bold in texts), default=0.0)
    return widest + (FAR if len(texts) > 1 else NEAR)


def end_labels(picture: Picture, at_edge: Sequence[Series], plane: Plane, room: float, style: Style) -> EndLabels:
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
    heights = [LEADS * style.label_size for _ in at_edge]
    rank = sorted(range(len(at_edge)), key=lambda i: (-_importance(at_edge[i]), i))[:MOST]
    fitting = [i for i in keep(heights, [_importance(one) for one in at_edge], plane.height + 2 * END) if i in rank]
    shown = [at_edge[i] for i in fitting]
    wanted = [min(max(plane.y(series.last.level), 0.0), plane.height) for series in shown]
    weights = [4.0 if series.role == "main" else 1.0 for series in shown]
    centres = place(wanted, [LEADS * style.label_size] * len(shown), weights, -END, plane.height + END)
    moved = any(abs(a - b) > MOVED for a, b in zip(wanted, centres, strict=True))
    x = plane.width + (FAR if moved else NEAR)
    lines = tuple(
        Line(
            x,
            y - 0.36 * style.label_size,
            label_text(series, picture.unit, room - (FAR if len(at_edge) > 1 else NEAR), style),
            style.label_size,
            text_color(series, style),
            series.role == "main",
        )
        for series, y in zip(shown, centres, strict=True)
    )
    leaders = tuple(
        (_leader(plane.width, a, b), line_color(series, style))
        for series, a, b in zip(shown, wanted, centres, strict=True)
        if moved
    )
    return EndLabels(lines, leaders, tuple(one.name for one in at_edge if one not in shown))


def _importance(series: Series) -> float:
    return {"main": float("inf"), "named": 1000.0}.get(series.role, series.last.level)


def _leader(edge: float, start: float, end: float) -> tuple[tuple[float, float], ...]:
    """Run 3 points out, across, and 4 points in."""
    return ((edge + 3, start), (edge + 6, start), (edge + FAR - 6.5, end), (edge + FAR - 2.5, end))
