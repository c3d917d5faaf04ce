"""From a scene to artists: the axes, what is around the data, and every text."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle
from matplotlib.ticker import FixedFormatter, FixedLocator, NullFormatter, NullLocator

from tracker.charts.axis.plane import day_number
from tracker.charts.axis.scales import from_logits, to_logits
from tracker.charts.look.style import Style
from tracker.charts.page.artists import strokes, write
from tracker.charts.picture import Picture
from tracker.charts.plot.endlabels import line_color
from tracker.charts.plot.marks import draw_series
from tracker.charts.plot.scene import Scene

SHADE = 0.13
"""Opacity of the span of an event."""


def paint(ax: Axes, picture: Picture, scene: Scene, style: Style) -> None:
    """Draw a scene on axes of its size.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its limits, scales, ticks and spines are set; nothing else of the figure is touched.
    picture : Picture
        What is drawn.
    scene : Scene
        Where everything goes.
    style : Style
        Colours and sizes.
    """
    _axes(ax, scene, style)
    _events(ax, scene, style)
    for series in reversed(picture.series):
        draw_series(ax, picture, scene.plane, series, style)
    _leaders(ax, scene, style)
    _callout(ax, picture, scene, style)
    write(ax, scene.lines, scene.plane.size, style)


def _axes(ax: Axes, scene: Scene, style: Style) -> None:
    plane = scene.plane
    ax.set_facecolor(style.background)
    if plane.scale == "log":
        ax.set_yscale("log")
    elif plane.scale == "logit":
        # the scale that matplotlib calls logit takes fractions; here every vertex stays in percent
        ax.set_yscale("function", functions=(to_logits, from_logits))
    ax.set_xlim(plane.first, plane.last)
    ax.set_ylim(plane.bottom, plane.top)
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set(color=style.axis, linewidth=style.axis_width)
    ax.set_axisbelow(True)
    _value_ticks(ax, scene, style)
    _day_ticks(ax, scene, style)


def _value_ticks(ax: Axes, scene: Scene, style: Style) -> None:
    axis = ax.yaxis
    axis.set_major_locator(FixedLocator([value for value, _ in scene.values]))
    axis.set_major_formatter(FixedFormatter([text for _, text in scene.values]))
    axis.set_minor_locator(NullLocator())
    axis.set_minor_formatter(NullFormatter())
    axis.set_tick_params(length=0, labelleft=False)
    axis.grid(True, color=style.grid, linewidth=style.grid_width, linestyle="-", alpha=1.0)


def _day_ticks(ax: Axes, scene: Scene, style: Style) -> None:
    axis = ax.xaxis
    axis.set_major_locator(FixedLocator([day_number(day) for day, _ in scene.days]))
    axis.set_major_formatter(FixedFormatter([text for _, text in scene.days]))
    axis.set_minor_locator(NullLocator())
    axis.set_tick_params(
        length=style.tick,
        width=style.axis_width,
        color=style.axis,
        direction="out",
        bottom=True,
        top=False,
        labelbottom=False,
    )
    axis.grid(False)


def _events(ax: Axes, scene: Scene, style: Style) -> None:
    """Draw a dashed rule at a day, and shade a span; a post leads from it to its label."""
    wide, high = size = scene.plane.size
    tops = {mark: high + (mark.row + 1) * style.event_row - 3.0 for mark in scene.marks}
    rules = [[(mark.x, 0.0), (mark.x, top)] for mark, top in tops.items() if not mark.wide]
    posts = [[(mark.x, high), (mark.x, top)] for mark, top in tops.items() if mark.wide]
    for paths, dash in ((rules, (0, (3.0, 2.4))), (posts, "solid")):
        if paths:
            strokes(ax, paths, size, colors=[style.second] * len(paths), wide=0.8, dash=dash, order=1.2)
    for mark in scene.marks:
        if mark.wide:
            shade: dict[str, Any] = {
                "facecolor": style.third,
                "alpha": SHADE,
                "edgecolor": "none",
                "zorder": 0.3,
                "clip_on": False,
            }
            ax.add_patch(
                Rectangle((mark.x / wide, 0.0), mark.wide / wide, 1.0, transform=ax.transAxes, label="_span", **shade)
            )


def _leaders(ax: Axes, scene: Scene, style: Style) -> None:
    leaders = [*scene.labels.leaders, *scene.texts.leaders]
    if leaders:
        paths = [list(path) for path, _ in leaders]
        colors = [color for _, color in leaders]
        strokes(ax, paths, scene.plane.size, colors=colors, wide=0.7, order=3.0)


def _callout(ax: Axes, picture: Picture, scene: Scene, style: Style) -> None:
    """Draw the level across, and the arrow from it to the last value."""
    call = scene.texts.callout
    if call is None:
        return
    color = line_color(picture.main, style)
    down = 1.0 if call.end < call.start else -1.0
    wide, high = size = scene.plane.size
    across, shaft = [(call.level_from, call.start), (call.x, call.start)], [(call.x, call.start)]
    strokes(ax, [across], size, colors=[color], wide=1.1, dash=(0, (1.0, 1.8)), order=3.5)
    strokes(ax, [[*shaft, (call.x, call.end + 5.0 * down)]], size, colors=[color], wide=1.6, order=5.0)
    head = [(call.x - 3.6, call.end + 7.0 * down), (call.x + 3.6, call.end + 7.0 * down), (call.x, call.end)]
    ax.add_patch(
        Polygon(
            [(x / wide, y / high) for x, y in head],
            closed=True,
            facecolor=color,
            edgecolor="none",
            transform=ax.transAxes,
            zorder=5.0,
            clip_on=False,
        )
    )
