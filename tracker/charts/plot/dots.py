"""Dots and signs on the lines: ends at gaps, what is not settled, breaks, corrections, the peak, and 0 and 100."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane
from tracker.charts.look.style import Style
from tracker.charts.picture import BREAK, UNSETTLED, Picture, Series
from tracker.charts.plot.places import hollow
from tracker.charts.words.finding import finding

ORDER = {"context": 2.0, "named": 3.0, "main": 4.0}
"""What is drawn over what."""


def line_width(series: Series, style: Style) -> float:
    """Return the width of the line of a series, points."""
    return {"main": style.focus_width, "named": style.named_width}.get(series.role, style.context_width)


def draw_marks(ax: Axes, picture: Picture, plane: Plane, series: Series, color: str, style: Style) -> None:
    """Draw every sign on a series; those of the context are smaller."""
    order, grey = ORDER[series.role], series.role == "context"
    size = (9.0 if series.role == "main" else 6.0) if series.few else line_width(series, style) + 3.0
    open_ = hollow(picture, series, plane)
    ends = [reading for reading in series.ends if not series.few and reading not in open_]
    ring: dict[str, Any] = {"shape": "o", "face": style.background, "edge": color, "order": order + 1}
    marker(ax, picture, [*ends, *open_], size=size, rim=1.1 if grey else 1.5, **ring)
    _breaks(ax, picture, series, color, style)
    _corrected(ax, picture, series, color, style)
    if series.role == "main" and not series.few:
        top = finding(series).peak
        if top is not None and top.status not in UNSETTLED and top in series.placed:
            marker(ax, picture, [top], shape="o", size=8.5, face=color, edge=style.background, order=order + 1, rim=1.4)
    triangle: dict[str, Any] = {"size": 4.2, "rim": 0.9} if grey else {"size": 7.0, "rim": 1.5}
    full: float = triangle["size"]
    for shape, found, end in (("v", series.zeros, plane.bottom), ("^", series.wholes, plane.top)):
        at: dict[str, Any] = {"shape": shape, "face": style.background, "edge": color, "levels": [end] * len(found)}
        size = fitted(picture, plane, found, full)
        thin = {"size": size, "rim": triangle["rim"] * max(size / full, 0.45)}
        marker(ax, picture, found, order=order + 2, **at, **thin)


def fitted(picture: Picture, plane: Plane, found: Sequence[Reading], full: float) -> float:
    """Return a size for signs beside each other, points: smaller where they would cover each other."""
    steps = np.diff(np.sort(picture.xs(found))) / (plane.last - plane.first) * plane.width
    steps = steps[steps > 0]
    return full if not steps.size else min(full, max(0.8 * float(np.median(steps)), 3.0))


def marker(
    ax: Axes,
    picture: Picture,
    readings: Sequence[Reading],
    *,
    shape: Any,
    size: float,
    face: str,
    edge: str,
    order: float,
    rim: float = 1.5,
    levels: Sequence[float] | None = None,
) -> None:
    """Draw the same sign at some readings, or at other levels at their days."""
    if readings:
        ax.add_line(
            Line2D(
                [picture.x(reading) for reading in readings],
                [reading.level for reading in readings] if levels is None else levels,
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


def _breaks(ax: Axes, picture: Picture, series: Series, color: str, style: Style) -> None:
    """Draw a tick across the line at the first reading after a break."""
    found = [reading for reading in series.placed if reading.status == BREAK]
    high, rim = (9.0, 1.1) if series.role == "context" else (15.0, 1.6)
    high += 6.0 if series.few else 0.0
    marker(ax, picture, found, shape="|", size=high, face=color, edge=color, order=ORDER[series.role] + 0.5, rim=rim)


def _corrected(ax: Axes, picture: Picture, series: Series, color: str, style: Style) -> None:
    """Draw a diamond at every reading that is not drawn as it was printed."""
    found = [reading for reading in series.placed if reading in series.corrected] if series.corrected else []
    size, rim = (4.6, 0.8) if series.role == "context" else (7.4, 1.3)
    sign: dict[str, Any] = {"shape": "D", "size": size, "face": color, "edge": style.background}
    marker(ax, picture, found, order=ORDER[series.role] + 1.5, rim=rim, **sign)
