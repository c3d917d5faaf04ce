"""From a scene to artists: the axes, what is around the data, and every text."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter, FixedLocator, NullFormatter, NullLocator

from tracker.charts.endlabels import line_color
from tracker.charts.fonts import drawable, font_for
from tracker.charts.marks import draw_series
from tracker.charts.plane import day_number
from tracker.charts.prepare import Picture
from tracker.charts.scene import Scene
from tracker.charts.style import Style
from tracker.charts.text import Line


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
    for line in scene.lines:
        ax.add_artist(text_artist(line, style, scene.plane.width, scene.plane.height, ax.transAxes))


def text_artist(line: Line, style: Style, wide: float, high: float, transform: object) -> Text:
    """Make the artist of a line of text; `transform` takes fractions of a box of `wide` by `high` points."""
    artist = Text(
        line.x / wide,
        line.y / high,
        drawable(line.text),
        color=line.color,
        fontproperties=font_for(line.text, line.size, line.bold),
        horizontalalignment=line.align,
        verticalalignment="baseline",
        transform=transform,
        usetex=False,
        parse_math=False,
        clip_on=False,
        zorder=8,
    )
    if line.halo:
        artist.set_path_effects([withStroke(linewidth=1.8, foreground=style.background)])
    return artist


def _axes(ax: Axes, scene: Scene, style: Style) -> None:
    plane = scene.plane
    ax.set_facecolor(style.background)
    if plane.log:
        ax.set_yscale("log")
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
    if scene.marks:
        rules = [
            [(mark.x, 0.0), (mark.x, scene.plane.height + (mark.row + 1) * style.event_row - 3.0)]
            for mark in scene.marks
        ]
        _strokes(ax, scene, rules, [style.second] * len(rules), 0.8, (0, (3.0, 2.4)), 1.2)


def _leaders(ax: Axes, scene: Scene, style: Style) -> None:
    if scene.labels.leaders:
        paths = [list(path) for path, _ in scene.labels.leaders]
        _strokes(ax, scene, paths, [color for _, color in scene.labels.leaders], 0.7, "solid", 3.0)


def _callout(ax: Axes, picture: Picture, scene: Scene, style: Style) -> None:
    """Draw the level across, and the arrow from it to the last value."""
    call = scene.texts.callout
    if call is None:
        return
    color = line_color(picture.main, style)
    down = 1.0 if call.end < call.start else -1.0
    _strokes(ax, scene, [[(call.level_from, call.start), (call.x, call.start)]], [color], 1.1, (0, (1.0, 1.8)), 3.5)
    _strokes(ax, scene, [[(call.x, call.start), (call.x, call.end + 5.0 * down)]], [color], 1.6, "solid", 5.0)
    wide, high = scene.plane.width, scene.plane.height
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


def _strokes(
    ax: Axes,
    scene: Scene,
    paths: list[list[tuple[float, float]]],
    colors: list[str],
    wide: float,
    dash: object,
    order: float,
) -> None:
    """Draw thin lines that are no data, given in points."""
    across, up = scene.plane.width, scene.plane.height
    collection = LineCollection(
        [[(x / across, y / up) for x, y in path] for path in paths],
        colors=colors,
        linewidths=wide,
        linestyles=[dash],
        transform=ax.transAxes,
        clip_on=False,
        zorder=order,
    )
    ax.add_collection(collection, autolim=False)
