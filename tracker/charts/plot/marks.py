"""Marks of the data: lines, bands, boxes, dots, carets. Nothing else on the axes stands for a reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Normal, Stroke

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane
from tracker.charts.look.style import Style
from tracker.charts.picture import Picture, Series
from tracker.charts.plot.endlabels import line_color
from tracker.charts.plot.inplot import has_box, reading_box
from tracker.charts.words.finding import finding

ORDER = {"context": 2.0, "named": 3.0, "main": 4.0}
"""What is drawn over what."""


def draw_series(ax: Axes, picture: Picture, plane: Plane, series: Series, style: Style) -> None:
    """Draw one series: band or boxes, then lines, then dots."""
    color, order = line_color(series, style), ORDER[series.role]
    if series.role != "context":
        _uncertainty(ax, picture, plane, series, color, style)
    if series.few:
        _readings(ax, picture, series, color, style)
    else:
        _runs(ax, picture, series, color, style)
    for reading in series.zeros:
        size, rim = (4.2, 0.9) if series.role == "context" else (7.0, 1.5)
        _marker(ax, picture.x(reading), plane.bottom, "v", size, style.background, color, order + 2, rim)
    for reading in series.readings:
        if reading.value is None:
            _bound(ax, picture, plane, series, reading, style)


def _uncertainty(ax: Axes, picture: Picture, plane: Plane, series: Series, color: str, style: Style) -> None:
    for reading in series.readings:
        if has_box(series, reading):
            box = reading_box(picture, plane, reading)
            left, low = plane.first + plane.days(box.left), max(reading.lowest, plane.bottom)
            size = plane.days(box.right - box.left), reading.highest - low
            ax.add_patch(
                Rectangle(
                    (left, low), *size, facecolor=color, alpha=style.band, edgecolor="none", zorder=1.5, clip_on=False
                )
            )
    if series.few:
        return
    bands = [_band(picture, plane, run) for run in series.runs if len(run) > 1]
    if bands:
        ax.add_collection(
            PolyCollection(bands, facecolor=color, alpha=style.band, edgecolor="none", linewidth=0, zorder=1.5),
            autolim=False,
        )


def _band(picture: Picture, plane: Plane, run: Sequence[Reading]) -> list[tuple[float, float]]:
    low = [(picture.x(reading), max(reading.lowest, plane.bottom)) for reading in run]
    high = [(picture.x(reading), max(reading.highest, plane.bottom)) for reading in run]
    return low + high[::-1]


def _runs(ax: Axes, picture: Picture, series: Series, color: str, style: Style) -> None:
    """Draw a line a run; a run of one is a lone dot."""
    wide = {"main": style.focus_width, "named": style.named_width}.get(series.role, style.context_width)
    order = ORDER[series.role]
    for index, run in enumerate(series.runs):
        name = series.name if index == 0 else f"_{series.name}"
        line = Line2D(
            [picture.x(reading) for reading in run],
            [reading.level for reading in run],
            color=color,
            linewidth=wide,
            linestyle="-",
            marker="o" if len(run) == 1 else "None",
            markersize=wide + 3.2,
            markeredgewidth=0,
            solid_capstyle="round",
            solid_joinstyle="round",
            clip_on=False,
            zorder=order,
            label=name,
        )
        if series.role != "context":
            rim = Stroke(linewidth=wide + 2 * style.halo, foreground=style.background)
            line.set_path_effects([rim, Normal()])
        ax.add_line(line)
    for reading in series.ends:
        _marker(ax, picture.x(reading), reading.level, "o", wide + 3.0, style.background, color, order + 1)
    if series.role == "main":
        _peak(ax, picture, series, color, style)


def _peak(ax: Axes, picture: Picture, series: Series, color: str, style: Style) -> None:
    top = finding(series).peak
    if top is not None:
        _marker(ax, picture.x(top), top.level, "o", 8.5, color, style.background, ORDER["main"] + 1, rim=1.4)


def _readings(ax: Axes, picture: Picture, series: Series, color: str, style: Style) -> None:
    """Draw dots, and the dotted link that is not data."""
    main = series.role == "main"
    valued = [reading for reading in series.readings if reading.value is not None and reading not in series.zeros]
    xs, ys = [picture.x(reading) for reading in valued], [reading.level for reading in valued]
    if len(valued) > 1:
        ax.add_line(
            Line2D(
                xs,
                ys,
                color=color,
                linewidth=2.0 if main else 1.3,
                linestyle=(0, (1.0, 2.4)),
                marker="None",
                dash_capstyle="butt",
                clip_on=False,
                zorder=ORDER[series.role],
                label=f"_link {series.name}",
            )
        )
    size = 9.0 if main else 6.0
    for x, y in zip(xs, ys, strict=True):
        _marker(ax, x, y, "o", size, color, style.background, ORDER[series.role] + 1, rim=1.4)


def _bound(ax: Axes, picture: Picture, plane: Plane, series: Series, reading: Reading, style: Style) -> None:
    """Draw a published bound as a caret, a published range as a bar; neither has a middle that is data."""
    color, order = line_color(series, style), ORDER[series.role]
    x = picture.x(reading)
    if reading.qualifier in ("<", ">"):
        up = reading.qualifier == ">"
        _marker(ax, x, max(reading.level, plane.bottom), 6 if up else 7, 8.0, color, color, order + 1)
        return
    half = plane.days(3.0)
    low = max(reading.lowest, plane.bottom)
    ax.add_patch(
        Rectangle(
            (x - half, low),
            2 * half,
            reading.highest - low,
            facecolor=color,
            alpha=0.55,
            edgecolor="none",
            zorder=order,
            clip_on=False,
        )
    )


def _marker(
    ax: Axes, x: float, y: float, shape: Any, size: float, face: str, edge: str, order: float, rim: float = 1.5
) -> None:
    ax.add_line(
        Line2D(
            [x],
            [y],
            marker=shape,
            markersize=size,
            markerfacecolor=face,
            markeredgecolor=edge,
            markeredgewidth=rim,
            linestyle="None",
            clip_on=False,
            zorder=order,
            label="_mark",
        )
    )
