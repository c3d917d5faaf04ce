"""Axes for rows: nothing of their own but the scale, and the base line at zero."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from tracker.charts.look.style import Style
from tracker.charts.page.artists import straight, strokes
from tracker.charts.rows.grid import Grid

HALF = 6.5
"""Height of a text above and below its middle, with a gap, points."""


def bare(
    ax: Axes,
    ends: tuple[float, float],
    grid: Grid,
    size: tuple[float, float],
    style: Style,
    covered: Sequence[float] = (),
) -> None:
    """Set the scale of axes and draw the line at zero along the rows.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Of `size` points.
    ends : tuple of float
        Of the scale, percent. Heights are points from the foot of the plot.
    grid : Grid
        The rows.
    size : tuple of float
        Width and height, points.
    style : Style
        Colours and widths.
    covered : sequence of float
        Heights at which a text stands on the line: it makes room.
    """
    ax.set_facecolor(style.background)
    straight(ax)
    ax.set_xlim(*ends)
    ax.set_ylim(0.0, size[1])
    for spine in ax.spines.values():
        spine.set_visible(False)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(NullLocator())
        axis.set_minor_locator(NullLocator())
    zero = -ends[0] / (ends[1] - ends[0]) * size[0]
    cuts = [(y - HALF, y + HALF) for y in sorted(covered)]
    starts = [grid.foot, *(high for _, high in cuts)]
    stops = [*(low for low, _ in cuts), size[1] - grid.head]
    base = [[(zero, a), (zero, b)] for a, b in zip(starts, stops, strict=True) if b - a > 3.0]
    strokes(ax, base, size, colors=[style.axis] * len(base), wide=style.axis_width, order=2.5)
