"""Small multiples on axes: the same marks as of the line chart, with the area to zero and the last dot."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D

from tracker.charts.axis.scales import from_logits, to_logits
from tracker.charts.look.style import Style
from tracker.charts.page.artists import write
from tracker.charts.page.timeplot import dress
from tracker.charts.picture import UNSETTLED
from tracker.charts.plot.endlabels import line_color
from tracker.charts.plot.marks import draw_series
from tracker.charts.small.choice import Panel
from tracker.charts.small.scene import Cell


def paint(ax: Axes, cell: Cell, style: Style) -> None:
    """Draw a panel on axes of its size."""
    if cell.plane.scale == "log":
        ax.set_yscale("log")
    elif cell.plane.scale == "logit":
        ax.set_yscale("function", functions=(to_logits, from_logits))
    dress(ax, cell.plane, cell.ticks, style)
    _area(ax, cell, style)
    for series in reversed(cell.panel.picture.series):
        draw_series(ax, cell.panel.picture, cell.plane, series, style)
    _last(ax, cell.panel, style)
    write(ax, cell.lines, cell.plane.size, style)


def _area(ax: Axes, cell: Cell, style: Style) -> None:
    """Shade each run down to zero; there is no zero on a log axis, and nothing under lone readings."""
    picture, series = cell.panel.picture, cell.panel.series
    if cell.plane.scale != "linear" or series.few:
        return
    shapes = []
    for run in series.runs:
        if len(run) > 1:
            line = [(picture.x(reading), reading.level) for reading in run]
            shapes.append([(line[0][0], cell.plane.bottom), *line, (line[-1][0], cell.plane.bottom)])
    if shapes:
        color = line_color(series, style)
        area = PolyCollection(shapes, facecolor=color, alpha=0.6 * style.band, edgecolor="none", zorder=1.4)
        ax.add_collection(area, autolim=False)


def _last(ax: Axes, panel: Panel, style: Style) -> None:
    """Mark the last reading of a line."""
    series, last = panel.series, panel.series.last
    if series.few or last.value is None or last in (*series.zeros, *series.wholes):
        return
    color = line_color(series, style)
    hollow = last.status in UNSETTLED
    ax.add_line(
        Line2D(
            [panel.picture.x(last)],
            [last.level],
            marker="o",
            markersize=5.6,
            markerfacecolor=style.background if hollow else color,
            markeredgecolor=color if hollow else style.background,
            markeredgewidth=1.3 if hollow else 0.8,
            linestyle="None",
            clip_on=False,
            zorder=6.5,
            label="_mark",
        )
    )
