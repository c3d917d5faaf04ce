"""From layers to artists: polygons with thin rims, a hatched rest, and white where nothing was published."""

from __future__ import annotations

from collections.abc import Sequence, Set

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon

from tracker.charts.axis.plane import Plane
from tracker.charts.look.style import Style
from tracker.charts.page.artists import strokes, write
from tracker.charts.page.timeplot import dress
from tracker.charts.picture import BREAK, UNSETTLED
from tracker.charts.stacked.layers import Block, Layers
from tracker.charts.stacked.scene import Scene

COLUMN = 5.0
"""Width of a lone period between two gaps, points."""

RIM = 0.9
THIN = 2.5
"""Rims are finer about a layer that is thinner than this, points."""

SEAM = 0.3
"""Neighbouring polygons reach over their common edge by half of this, points, or paper shows between them."""

HATCH = 5.0
"""Between two lines of the hatching, points."""

PALE = 0.4
"""How much of the background lies over what is not settled."""

REST = "_rest"


def paint(ax: Axes, layers: Layers, scene: Scene, style: Style) -> None:
    """Draw a stack on axes of its size.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its limits, ticks and spines are set; nothing else of the figure is touched.
    layers : Layers
        What is stacked. The patch of a layer is labelled ``layer`` and the name of its entity.
    scene : Scene
        Where everything goes.
    style : Style
        Colours and sizes.
    """
    dress(ax, scene.plane, scene.ticks, style)
    for before, block in zip((None, *layers.blocks), layers.blocks, strict=False):
        days = _spread(block.days, scene.plane)
        _parts(ax, block, days, scene, style)
        _rest(ax, block, days, scene.plane, style)
        _grid(ax, days, scene, style)
        _marks(ax, block, _fresh(before, block), days, scene, style)
    for path, color in scene.labels.leaders:
        strokes(ax, [path], scene.plane.size, colors=[color], wide=0.7, order=3.0)
    write(ax, scene.lines, scene.plane.size, style)


def _spread(days: tuple[float, ...], plane: Plane) -> list[float]:
    """Places of the periods; a lone one is a narrow column that stays within the plot."""
    if len(days) > 1:
        return list(days)
    wide = plane.days(COLUMN)
    left = min(max(days[0] - wide / 2, plane.first), plane.last - wide)
    return [left, left + wide]


def _edge(block: Block, count: int, days: Sequence[float]) -> list[tuple[float, float]]:
    edge = block.edge(count)
    return list(zip(days, edge if len(edge) > 1 else edge * 2, strict=True))


def _parts(ax: Axes, block: Block, days: Sequence[float], scene: Scene, style: Style) -> None:
    for count, name in enumerate(block.names):
        low, high = _edge(block, count, days), _edge(block, count + 1, days)
        ax.add_patch(
            Polygon(
                [*low, *high[::-1]],
                closed=True,
                facecolor=scene.colors[name],
                edgecolor=scene.colors[name],
                linewidth=SEAM,
                label=f"layer {name}",
                zorder=2.0,
                clip_on=False,
            )
        )
        _rim(ax, high, _thickness(block, count, scene.plane), scene.plane, style)


def _thickness(block: Block, count: int, plane: Plane) -> float:
    """How thick the thinner one of two neighbouring layers is where it is thickest, points."""
    near = [max(one.value or 0.0 for one in own) for own in block.shares[count : count + 2]]
    return plane.y(min(near))


def _rim(ax: Axes, edge: Sequence[tuple[float, float]], thick: float, plane: Plane, style: Style) -> None:
    wide = RIM if thick >= THIN else RIM / 3
    path = [(plane.x(x), plane.y(y)) for x, y in edge]
    strokes(ax, [path], plane.size, colors=[style.background], wide=wide, order=2.5)


def _rest(ax: Axes, block: Block, days: Sequence[float], plane: Plane, style: Style) -> None:
    """Hatch what is missing to 100: it is nobody's share."""
    low = [(x, min(y, 100.0)) for x, y in _edge(block, len(block.names), days)]
    if all(y >= 100.0 for _, y in low):
        return
    outline = [*low, (low[-1][0], 100.0), (low[0][0], 100.0)]
    patch = Polygon(
        outline, closed=True, facecolor=style.grid, edgecolor="none", linewidth=0.0, label=REST, zorder=1.8, alpha=0.6
    )
    ax.add_patch(patch)
    (left, bottom), (right, top) = (plane.x(low[0][0]), plane.y(min(y for _, y in low))), (0.0, plane.y(100.0))
    right, high = plane.x(low[-1][0]), top - bottom
    start, lines = left - high - (left - high) % HATCH, []
    while start < right:
        lines.append([(start / plane.width, bottom / plane.height), ((start + high) / plane.width, top / plane.height)])
        start += HATCH
    hatch = LineCollection(lines, colors=[style.muted_line], linewidths=0.6, transform=ax.transAxes, zorder=1.9)
    ax.add_collection(hatch, autolim=False)
    hatch.set_clip_path(patch)


def _grid(ax: Axes, days: Sequence[float], scene: Scene, style: Style) -> None:
    """Carry the grid on over the layers."""
    plane = scene.plane
    heights = [plane.y(value) for value, _ in scene.ticks.values if 0 < value < 100]
    paths = [[(plane.x(days[0]), y), (plane.x(days[-1]), y)] for y in heights]
    colors = [f"{style.background}73"] * len(paths)
    strokes(ax, paths, plane.size, colors=colors, wide=style.grid_width, order=2.6)


def _marks(ax: Axes, block: Block, fresh: Set[str], days: Sequence[float], scene: Scene, style: Style) -> None:
    """Veil the layers that are not settled, from the figure before, and rule through those whose series breaks."""
    plane = scene.plane
    for count, own in enumerate(block.shares):
        low, high = _edge(block, count, days), _edge(block, count + 1, days)
        marks = [one.status for one in own]
        for i in range(1, len(days)):
            ends = (
                marks if len(marks) == 1 else marks[i - 1 : i + 1] if i == 1 and own[0].entity in fresh else [marks[i]]
            )
            if set(ends) & set(UNSETTLED):
                _veil(ax, [*low[i - 1 : i + 1], *high[i - 1 : i + 1][::-1]], style)
        for i, mark in enumerate(marks):
            if mark == BREAK:
                rule = [(plane.x(x), plane.y(y)) for x, y in (low[i], high[i])]
                strokes(ax, [rule], plane.size, colors=[style.ink], wide=0.9, dash=(0, (3.0, 2.4)), order=2.8)


def _veil(ax: Axes, corners: Sequence[tuple[float, float]], style: Style) -> None:
    veil = Polygon(corners, closed=True, facecolor=style.background, edgecolor="none", alpha=PALE, zorder=2.7)
    veil.set_label("_veil")
    veil.set_clip_on(False)
    ax.add_patch(veil)


def _fresh(before: Block | None, block: Block) -> set[str]:
    """Return who has the first figure of a run in this block: nobody has drawn it as an end."""
    joined = before is not None and before.days[-1] == block.days[0]
    return set(block.names) - set(before.names if before is not None and joined else ())
