"""The data: lines, bands, boxes, carets. Nothing but these and the dots on them stands for a reading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Normal, Stroke
from numpy.typing import NDArray

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane
from tracker.charts.look.style import Style
from tracker.charts.picture import UNSETTLED, Picture, Series
from tracker.charts.plot.dots import ORDER, draw_marks, fitted, line_width, marker
from tracker.charts.plot.endlabels import line_color
from tracker.charts.plot.places import has_box, reading_box
from tracker.charts.words.bands import banded

DASH = (0, (2.6, 1.6))
"""To and from figures that are not settled, in widths of the line."""

LINK = (0, (1.0, 2.4))
"""Between few readings: not data."""


def draw_series(ax: Axes, picture: Picture, plane: Plane, series: Series, style: Style) -> None:
    """Draw one series: band or boxes, then lines, then dots."""
    color = line_color(series, style)
    if series.role != "context":
        _uncertainty(ax, picture, plane, series, color, style)
    if series.few:
        _readings(ax, picture, series, color, style)
    else:
        _runs(ax, picture, plane, series, color, style)
    draw_marks(ax, picture, plane, series, color, style)
    if series.bare:
        _bounds(ax, picture, plane, series, style)


def _uncertainty(ax: Axes, picture: Picture, plane: Plane, series: Series, color: str, style: Style) -> None:
    for reading in series.readings if series.few else ():
        if has_box(series, reading):
            box = reading_box(picture, plane, reading)
            left, low, high = plane.first + plane.days(box.left), reading.lowest, reading.highest
            if box.bottom < plane.y(low):  # too low to be seen otherwise
                low, high = plane.value(box.bottom), plane.value(box.top)
            low, high = plane.within(low), plane.within(high)
            size = plane.days(box.right - box.left), high - low
            shade: dict[str, Any] = {
                "facecolor": color,
                "alpha": style.band,
                "edgecolor": "none",
                "zorder": 1.5,
                "clip_on": False,
            }
            ax.add_patch(Rectangle((left, low), *size, **shade))
    bands = [] if series.few else [_band(picture, plane, run) for run in banded(series)]
    if bands:
        look: dict[str, Any] = {"facecolor": color, "alpha": style.band, "edgecolor": "none", "zorder": 1.5}
        ax.add_collection(PolyCollection(bands, linewidth=0, **look), autolim=False)


def _band(picture: Picture, plane: Plane, run: Sequence[Reading]) -> NDArray[np.float64]:
    """Return the outline of a rounding band; where the scale has no place for it, it ends at the axis."""
    xs = picture.xs(run)
    low = plane.inside(np.array([reading.lowest for reading in run]))
    high = plane.inside(np.array([reading.highest for reading in run]))
    return np.column_stack([np.concatenate([xs, xs[::-1]]), np.concatenate([low, high[::-1]])])


def _runs(ax: Axes, picture: Picture, plane: Plane, series: Series, color: str, style: Style) -> None:
    """Draw a line a run, dashed where a figure is not settled; a run of one is a lone dot."""
    wide, order = line_width(series, style), ORDER[series.role]
    first = True
    for run in series.runs:
        for dashed, part in strokes_of(run):
            line = Line2D(
                picture.xs(part),
                [reading.level for reading in part],
                color=color,
                linewidth=wide,
                linestyle=DASH if dashed else "-",
                marker="o" if len(part) == 1 else "None",
                markersize=wide + 3.2,
                markeredgewidth=0,
                solid_capstyle="round",
                solid_joinstyle="round",
                dash_capstyle="butt",
                clip_on=False,
                zorder=order,
                label=series.name if first else f"_{series.name}",
            )
            if series.role != "context" and not dashed:
                rim = Stroke(linewidth=wide + 2 * style.halo, foreground=style.background)
                line.set_path_effects([rim, Normal()])
            ax.add_line(line)
            first = False


def strokes_of(run: Sequence[Reading]) -> list[tuple[bool, Sequence[Reading]]]:
    """Cut a run where its line turns from solid to dashed; neighbours share the reading between them.

    A line is dashed to and from a reading that is a forecast, provisional or estimated.
    """
    marks = [reading.status in UNSETTLED for reading in run]
    if len(run) == 1 or not any(marks):
        return [(False, run)]
    dashed = [one or other for one, other in pairwise(marks)]
    cuts = [i for i in range(1, len(dashed)) if dashed[i] != dashed[i - 1]]
    return [(dashed[low], run[low : high + 1]) for low, high in pairwise([0, *cuts, len(dashed)])]


def _readings(ax: Axes, picture: Picture, series: Series, color: str, style: Style) -> None:
    """Draw dots, and the dotted link that is not data; none across a break."""
    main, order = series.role == "main", ORDER[series.role]
    fine = picture.crowded and series.role == "context"
    for part in series.linked:
        if len(part) > 1:
            ax.add_line(
                Line2D(
                    picture.xs(part),
                    [reading.level for reading in part],
                    color=color,
                    linewidth=2.0 if main else 0.7 if fine else 1.3,
                    linestyle=LINK,
                    marker="None",
                    dash_capstyle="butt",
                    clip_on=False,
                    zorder=order,
                    label=f"_link {series.name}",
                )
            )
    settled = [reading for reading in series.placed if reading.status not in UNSETTLED]
    size = 9.0 if main else 3.6 if fine else 6.0
    dot: dict[str, Any] = {"shape": "o", "size": size, "face": color, "edge": style.background}
    marker(ax, picture, settled, order=order + 1, rim=0.4 if fine else 1.4, **dot)


def _bounds(ax: Axes, picture: Picture, plane: Plane, series: Series, style: Style) -> None:
    """Draw published bounds as carets, published ranges as bars; neither have a middle that is data."""
    color, order = line_color(series, style), ORDER[series.role]
    bare = [reading for reading in series.readings if reading.value is None]
    for mark, shape in (("<", 7), (">", 6)):
        found = [reading for reading in bare if reading.qualifier == mark]
        size, levels = fitted(picture, plane, found, 8.0), [plane.within(reading.level) for reading in found]
        rim = 1.5 if size > 5.0 else 0.3
        caret: dict[str, Any] = {"shape": shape, "size": size, "face": color, "edge": color, "rim": rim}
        marker(ax, picture, found, order=order + 1, levels=levels, **caret)
    for reading in bare:
        if reading.qualifier not in ("<", ">"):
            _range(ax, picture, plane, reading, color, order)


def _range(ax: Axes, picture: Picture, plane: Plane, reading: Reading, color: str, order: float) -> None:
    half, x = plane.days(3.0), picture.x(reading)
    low = plane.within(reading.lowest)
    shade: dict[str, Any] = {"facecolor": color, "alpha": 0.55, "edgecolor": "none", "zorder": order, "clip_on": False}
    ax.add_patch(Rectangle((x - half, low), 2 * half, plane.within(reading.highest) - low, **shade))
