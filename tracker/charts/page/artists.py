"""From lines of text and strokes in points to artists."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.text import Text

from tracker.charts.look.fonts import font_for, shown
from tracker.charts.look.halo import Halo
from tracker.charts.look.style import Style
from tracker.charts.page.board import Point
from tracker.charts.page.text import Line


def text_artist(line: Line, style: Style, wide: float, high: float, transform: object) -> Text:
    """Make the artist of a line of text; `transform` takes fractions of a box of `wide` by `high` points."""
    artist = Text(
        line.x / wide,
        line.y / high,
        shown(line.text),
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
        artist.set_path_effects([Halo(1.8, style.background)])
    return artist


def write(ax: Axes, lines: Sequence[Line], size: tuple[float, float], style: Style) -> None:
    """Write lines of text on axes of `size` points, which they may leave."""
    for line in lines:
        ax.add_artist(text_artist(line, style, *size, ax.transAxes))


def strokes(
    ax: Axes,
    paths: Sequence[Sequence[Point]],
    size: tuple[float, float],
    *,
    colors: Sequence[str],
    wide: float,
    dash: object = "solid",
    order: float,
) -> None:
    """Draw thin lines that are no data, given in points from the lower left corner of axes of `size` points."""
    collection = LineCollection(
        [[(x / size[0], y / size[1]) for x, y in path] for path in paths],
        colors=list(colors),
        linewidths=wide,
        linestyles=[dash],
        transform=ax.transAxes,
        clip_on=False,
        zorder=order,
    )
    ax.add_collection(collection, autolim=False)


def axes_size(ax: Axes) -> tuple[float, float]:
    """Return width and height of axes as they are now, points."""
    figure = ax.get_figure(root=True)
    assert figure is not None, "axes without a figure have no size"
    (part_wide, part_high), (wide, high) = ax.get_position().size, figure.get_size_inches()
    return float(part_wide * wide * 72.0), float(part_high * high * 72.0)
