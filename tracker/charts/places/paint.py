"""A rank chart on axes."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from tracker.charts.grid.bare import bare
from tracker.charts.look.style import Style
from tracker.charts.page.artists import write
from tracker.charts.page.board import Point
from tracker.charts.places.shapes import Curve, Scene


def paint(ax: Axes, scene: Scene, style: Style) -> None:
    """Draw a rank chart on axes of the size it was laid out for."""
    bare(ax, style)
    ax.set_xlim(*scene.across)
    ax.set_ylim(*scene.up)
    for x, low, high in scene.ties:
        ax.add_artist(_capsule(x, low, high, scene, ax, style))
    for curve in scene.curves:
        ax.add_artist(_curve(curve, scene.size, ax))
    for hollow in (False, True):
        _discs(ax, scene, hollow, style)
    write(ax, scene.lines, scene.size, style)


def _discs(ax: Axes, scene: Scene, hollow: bool, style: Style) -> None:
    """Draw the discs, those of one entity as one artist that stands for its rows."""
    rim = 1.5 if hollow else 0.0
    for name in dict.fromkeys(one.name for one in scene.discs):
        own = [one for one in scene.discs if one.name == name and one.hollow is hollow]
        if own:
            ax.plot(
                [one.x for one in own],
                [one.lane for one in own],
                label=name,
                linestyle="none",
                marker="o",
                markersize=2 * scene.radius - rim,
                markerfacecolor=style.background if hollow else own[0].color,
                markeredgecolor=own[0].color,
                markeredgewidth=rim,
                clip_on=False,
                zorder=6,
            )


def _curve(curve: Curve, size: Point, ax: Axes) -> PathPatch:
    """Join two places by a curve that leaves and arrives level."""
    (x, y), (to, up) = curve.start, curve.end
    middle = (x + to) / 2
    points = [(a / size[0], b / size[1]) for a, b in ((x, y), (middle, y), (middle, up), (to, up))]
    path = Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    return PathPatch(
        path,
        facecolor="none",
        edgecolor=curve.color,
        linewidth=curve.wide,
        linestyle=(0, (1.5, 1.5)) if curve.dotted else "solid",
        capstyle="butt",
        transform=ax.transAxes,
        clip_on=False,
        zorder=3 if curve.wide < 2.0 else 4,
    )


def _capsule(x: float, low: float, high: float, scene: Scene, ax: Axes, style: Style) -> FancyBboxPatch:
    """Hold discs of equal shares together by a rounded box behind them."""
    radius = scene.radius + 1.4
    return FancyBboxPatch(
        (x - radius, low - radius),
        2 * radius,
        high - low + 2 * radius,
        boxstyle=f"round,pad=0,rounding_size={radius}",
        facecolor=style.grid,
        edgecolor="none",
        transform=Affine2D().scale(1 / scene.size[0], 1 / scene.size[1]) + ax.transAxes,
        clip_on=False,
        zorder=2,
    )
