"""From lines of text and strokes in points to artists."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.gridspec import GridSpec, SubplotSpec
from matplotlib.text import Text
from matplotlib.transforms import Bbox

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


class Fixed:
    """Keeps axes where they are; a tight layout counts them as one plot of the figure instead of warning of them."""

    def __init__(self, ax: Axes) -> None:
        self.place = ax.get_position()
        figure = ax.get_figure(root=True)
        self.spec = GridSpec(1, 1, figure=figure)[0]

    def __call__(self, ax: object, renderer: object) -> Bbox:
        """Return where the axes are, in parts of their figure."""
        return self.place

    def get_subplotspec(self) -> SubplotSpec:
        """Return the plot that a tight layout takes the axes for."""
        return self.spec


def straight(ax: Axes) -> None:
    """Make both scales of axes linear, whatever they were; do it before their limits and ticks are set."""
    ax.set_xscale("linear")
    ax.set_yscale("linear")


def axes_size(ax: Axes) -> tuple[float, float]:
    """Return width and height of axes as they are now, points."""
    figure = ax.get_figure(root=True)
    assert figure is not None, "axes without a figure have no size"
    (part_wide, part_high), (wide, high) = ax.get_position().size, figure.get_size_inches()
    return float(part_wide * wide * 72.0), float(part_high * high * 72.0)
