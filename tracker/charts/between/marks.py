"""Marks that stand for one figure: dots, carets at bounds, bars over intervals."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from tracker.analysis.readings import Reading

UNSETTLED = ("F", "P", "E")
"""Status of figures that are drawn hollow."""


def marker(
    ax: Axes, at: tuple[float, float], shape: Any, size: float, *, face: str, edge: str, order: float, rim: float = 1.4
) -> None:
    """Draw a mark at a place in data."""
    ax.add_line(
        Line2D(
            [at[0]],
            [at[1]],
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


def bar(
    ax: Axes,
    corner: tuple[float, float],
    size: tuple[float, float],
    *,
    color: str,
    order: float,
    alpha: float = 1.0,
    hollow: bool = False,
    dashed: bool = False,
) -> Rectangle:
    """Draw a rectangle in data; a hollow one has a rim only."""
    patch = Rectangle(
        corner,
        *size,
        facecolor="none" if hollow else color,
        edgecolor=color if hollow else "none",
        linewidth=1.1 if hollow else 0.0,
        linestyle=(0, (3.0, 2.0)) if dashed else "solid",
        alpha=alpha,
        zorder=order,
        clip_on=False,
    )
    ax.add_patch(patch)
    return patch


def is_bound(reading: Reading) -> bool:
    """Whether only a bound was published."""
    return reading.value is None and reading.qualifier in ("<", ">")
