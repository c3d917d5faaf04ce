"""Where everything of a concentration goes, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.charts.axis.plane import Plane
from tracker.charts.axis.ticks import linear_ticks
from tracker.charts.concentrated.numbers import end, ends, figure, number
from tracker.charts.concentrated.points import Point, Points
from tracker.charts.concentrated.words import NAMES
from tracker.charts.look.style import Style
from tracker.charts.page.board import Box
from tracker.charts.page.stack import Label, Stack, gutter, stack
from tracker.charts.page.text import Line
from tracker.charts.page.timeplot import BEFORE_PLOT, Ticks, below, left_gutter

GUTTER_SHARE = 0.4
SINGLE = 45.0
"""Days shown on both sides of a single period."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A concentration with everything in its place, in points from the lower left corner of its plot."""

    plane: Plane
    ticks: Ticks
    labels: Stack
    lines: tuple[Line, ...]

    @property
    def top(self) -> float:
        """Where the value axis ends."""
        return self.plane.top

    def cut(self, points: Points) -> list[Point]:
        """Return the points whose interval goes on beyond the value axis."""
        return [point for point in points.all if point.high > self.top]


@dataclass(frozen=True, slots=True)
class Body:
    """Fills the room of a sheet with one plot."""

    points: Points
    style: Style

    def __call__(self, room: Box) -> tuple[tuple[Scene, Box], list[str]]:
        """Return the scene and the place of its plot, and say which bars go on beyond it."""
        style = self.style
        bottom = room.bottom + below(style)
        height = room.top - BEFORE_PLOT - bottom
        left = room.left + left_gutter([text for _, text in value_ticks(self.points, height)], style)
        most = GUTTER_SHARE * (room.right + style.margin)
        beside = max(gutter([_label(self.points, _plane(self.points, 100.0, height), style)], style, most), 4.0)
        plot = Box(left, bottom, room.right - beside, bottom + height)
        scene = compose(self.points, (plot.right - left, height), beside, style)
        cut = [ends(self.points, point)[1] for point in scene.cut(self.points)]
        said = [f"A bar under a caret goes on; the highest end is {end(max(cut), self.points.measure)}."] if cut else []
        return (scene, plot), said


def compose(points: Points, size: tuple[float, float], room: float, style: Style) -> Scene:
    """Lay out a plot of `size` points with a gutter of `room` points at its right."""
    plane = _plane(points, *size)
    ticks = Ticks.of(plane, value_ticks(points, size[1]))
    labels = stack([_label(points, plane, style)], size, room, style)
    return Scene(plane, ticks, labels, (*ticks.lines(plane, style), *labels.lines))


def value_ticks(points: Points, height: float) -> list[tuple[float, str]]:
    """Return the ticks of the value axis, from zero."""
    ticks = linear_ticks(points.top, max(2, min(5, int(height / 26))))
    return [(value, figure(value, points.measure)) for value in ticks]


def _plane(points: Points, wide: float, high: float) -> Plane:
    days = [point.x for point in points.all]
    first, last = min(days), max(days)
    if first == last:
        first, last = first - SINGLE, last + SINGLE
    elif points.few:
        first, last = first - 0.05 * (last - first), last + 0.05 * (last - first)
    return Plane(wide, high, first, last, 0.0, value_ticks(points, high)[-1][0])


def _label(points: Points, plane: Plane, style: Style) -> Label:
    last = points.all[-1]
    name = NAMES[points.measure] if points.measure == "hhi" else ""
    name = ", ".join(text for text in (name, "forecast" if last.forecast else "") if text)
    height = plane.y(last.value if last.rest <= 0 and not last.vague else (last.low + min(last.high, plane.top)) / 2)
    return Label(name, number(points, last), height, style.ink, style.ink, True, float("inf"))
