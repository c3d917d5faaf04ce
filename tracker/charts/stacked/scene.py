"""Where everything of a stack goes, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.analysis.decimals import exact, plain
from tracker.analysis.snapshot import WHOLE
from tracker.charts.axis.plane import Plane
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.board import Box
from tracker.charts.page.stack import FAR, Label, Stack, gutter, stack
from tracker.charts.page.text import Line
from tracker.charts.page.timeplot import BEFORE_PLOT, Ticks, below, left_gutter
from tracker.charts.stacked.layers import Layers
from tracker.charts.stacked.shades import shades
from tracker.charts.words.numbers import label_value, short, tick
from tracker.charts.words.remarks import some

GUTTER_SHARE = 0.4
"""Labels take at most this part of the width."""

NAMED = 8
"""Layers without a label that are named; more are counted."""

SHORT_REST = "Unnamed"
"""Of the rest, where its name has no room."""

LOW = 70.0
"""A plot lower than this, in points, has ticks at 0, 50 and 100 only."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A stack with everything in its place, in points from the lower left corner of its plot.

    Parameters
    ----------
    colors : dict of str to str
        Of the layers.
    labels : Stack
        At the right.
    lines : tuple of Line
        Every text.
    """

    plane: Plane
    ticks: Ticks
    colors: dict[str, str]
    labels: Stack
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """Fills the room of a sheet with a stack."""

    layers: Layers
    style: Style

    def __call__(self, room: Box) -> tuple[tuple[Scene, Box], list[str]]:
        """Return the scene and the place of its plot, and what is to be said of labels left out."""
        style = self.style
        bottom = room.bottom + below(style)
        height = room.top - BEFORE_PLOT - bottom
        left = room.left + left_gutter([text for _, text in value_ticks(height)], style)
        most = GUTTER_SHARE * (room.right + style.margin)
        wanted = _labels(self.layers, _plane(self.layers, 100.0, height), most, style)
        beside = max(gutter(wanted, style, most), 4.0)
        plot = Box(left, bottom, room.right - beside, bottom + height)
        scene = compose(self.layers, (plot.right - left, height), beside, style)
        dropped = scene.labels.dropped
        return (scene, plot), [f"Not labelled: {some(dropped, NAMED)}."] if dropped else []


def compose(layers: Layers, size: tuple[float, float], room: float, style: Style) -> Scene:
    """Lay out a stack.

    Parameters
    ----------
    layers : Layers
        What is stacked.
    size : tuple of float
        Width and height of the plot, points.
    room : float
        Width of the gutter at its right, points.
    style : Style
        Sizes and colours.
    """
    plane = _plane(layers, *size)
    ticks = Ticks.of(plane, value_ticks(size[1]))
    labels = stack(_labels(layers, plane, room, style), size, room, style)
    return Scene(plane, ticks, colors(layers, style), labels, (*ticks.lines(plane, style), *labels.lines))


def colors(layers: Layers, style: Style) -> dict[str, str]:
    """Return the colour of each layer."""
    made = shades([series.hue for series in layers.picture.series], style)
    return {series.name: color for series, color in zip(layers.picture.series, made, strict=True)}


def value_ticks(height: float) -> list[tuple[float, str]]:
    """Return the ticks of the value axis: quarters of the whole, halves on a low plot."""
    step = 50 if height < LOW else 25
    return [(float(value), tick(float(value), "%" if value == 100 else "")) for value in range(0, 101, step)]


def rest_name(layers: Layers) -> str:
    """Name what is missing to 100: where the source prints a rest of its own, only what is unpublished."""
    return "Unpublished" if layers.residual & set(layers.order) else "Others and unpublished"


def _plane(layers: Layers, wide: float, high: float) -> Plane:
    days = [day for block in layers.blocks for day in block.days]
    return Plane(wide, high, min(days), max(days), 0.0, layers.top)


def _labels(layers: Layers, plane: Plane, room: float, style: Style) -> list[Label]:
    """Make the labels of the layers that reach the right edge, from the bottom."""
    hues = {series.name: series.hue for series in layers.picture.series}
    made, shade, below_ = [], colors(layers, style), exact(0.0)
    for name, one in layers.last.items():
        share = exact(one.value or 0.0)
        bold = name in layers.focus
        value = label_value(one) if bold else short(one)
        wanted = plane.y(float(below_ + share / 2))
        weight = float("inf") if bold else float(share)
        made.append(Label(name, value, wanted, style.text(hues[name]), shade[name], bold, weight))
        below_ += share
    if below_ < WHOLE and not layers.full[layers.end]:
        rest = WHOLE - below_
        wanted = plane.y(float(below_ + rest / 2))
        made.append(_rest_label(layers, float(rest), wanted, room, style))
    return made


def _rest_label(layers: Layers, rest: float, wanted: float, room: float, style: Style) -> Label:
    """Make the label of the rest, with a shorter name where there is little room."""
    value = plain(rest, 0 if rest >= 10 else 1 if rest >= 0.1 else 2)
    names = [
        name for name in (rest_name(layers), SHORT_REST) if width(f"{name} {value}", style.label_size) + FAR <= room
    ]
    return Label(names[0] if names else SHORT_REST, value, wanted, style.muted_text, style.third, False, 1e9)
