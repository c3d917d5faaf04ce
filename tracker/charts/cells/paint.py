"""A table on axes."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from tracker.charts.cells.scene import Scene
from tracker.charts.grid.bare import bare
from tracker.charts.look.style import Style
from tracker.charts.page.artists import strokes, write


def paint(ax: Axes, scene: Scene, style: Style) -> None:
    """Draw a table on axes of the size it was laid out for."""
    bare(ax, style)
    ax.set_xlim(0.0, scene.size[0])
    ax.set_ylim(0.0, scene.size[1])
    for box, color in scene.cells:
        wide, high = box.right - box.left, box.top - box.bottom
        ax.add_artist(Rectangle((box.left, box.bottom), wide, high, facecolor=color, edgecolor="none", clip_on=False))
    if scene.hatching:
        colors = [style.muted_line] * len(scene.hatching)
        strokes(ax, scene.hatching, scene.size, colors=colors, wide=0.9, order=2)
    write(ax, scene.lines, scene.size, style)
