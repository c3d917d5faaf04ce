"""From points to artists: bands of what may be, a line or dots, and gaps that stay open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Normal, Stroke

from tracker.charts.concentrated.points import Point, Points
from tracker.charts.concentrated.scene import Scene
from tracker.charts.look.style import Style
from tracker.charts.page.artists import write
from tracker.charts.page.timeplot import dress

CARETUP: Literal[6] = 6
"""Of matplotlib's markers the one whose tip is the point."""

COLUMN = 6.0
"""Width of the interval of a point that stands alone, points."""


def paint(ax: Axes, points: Points, scene: Scene, style: Style) -> None:
    """Draw a concentration on axes of the size of its scene; nothing else of the figure is touched."""
    dress(ax, scene.plane, scene.ticks, style)
    alone = [point for run in points.runs for point in run if points.few or len(run) == 1]
    for point in alone:
        _column(ax, point, scene, style)
    if points.few:
        _line(ax, points.sure, "_link", 1.2, (0, (1.0, 2.2)), style)
    for run in [] if points.few else [run for run in points.runs if len(run) > 1]:
        _bands(ax, run, style)
        for piece, forecast in _pieces(run):
            label, dash = ("forecast", (0, (2.0, 1.4))) if forecast else ("concentration", "solid")
            _line(ax, piece, label, style.focus_width, dash, style)
    _dots(ax, [point for point in alone if not point.vague], style.ink, style)
    _dots(ax, [] if points.few else _ends(points), style.background, style)
    _carets(ax, scene.cut(points), scene, style)
    write(ax, scene.lines, scene.plane.size, style)


def _pieces(run: Sequence[Point]) -> list[tuple[list[Point], bool]]:
    """Cut a run into what is settled and what leads to a forecast; neighbouring pieces share a point."""
    pieces: list[tuple[list[Point], bool]] = []
    for before, after in pairwise(run):
        if pieces and pieces[-1][1] == after.forecast:
            pieces[-1][0].append(after)
        else:
            pieces.append(([before, after], after.forecast))
    return pieces


def _ends(points: Points) -> list[Point]:
    """Points at both sides of a gap."""
    before = [run[-1] for run in points.runs[:-1] if len(run) > 1]
    return before + [run[0] for run in points.runs[1:] if len(run) > 1]


def _bands(ax: Axes, run: Sequence[Point], style: Style) -> None:
    """Draw what may be, and darker what may be if nobody unnamed is bigger than the smallest named."""
    outer = [(one.x, one.low) for one in run] + [(one.x, one.high) for one in reversed(run)]
    inner = [(one.x, one.value) for one in run] + [(one.x, one.inner) for one in reversed(run)]
    for corners, order in ((outer, 1.5), (inner, 1.6)):
        if corners is outer or any(one.rest > 0 for one in run):
            ax.add_collection(
                PolyCollection(
                    [corners], facecolor=style.second, alpha=style.band, edgecolor="none", linewidth=0, zorder=order
                ),
                autolim=False,
            )


def _column(ax: Axes, point: Point, scene: Scene, style: Style) -> None:
    wide = scene.plane.days(COLUMN)
    spans = [(point.low, point.high)] + ([(point.value, point.inner)] if point.rest > 0 else [])
    for low, high in (sorted(span) for span in spans):
        if low >= scene.top:
            continue
        ax.add_patch(
            Rectangle(
                (point.x - wide / 2, low),
                wide,
                min(high, scene.top) - low,
                facecolor=style.second,
                alpha=style.band * 1.6,
                edgecolor="none",
                zorder=1.5,
                clip_on=False,
            )
        )


def _carets(ax: Axes, cut: Sequence[Point], scene: Scene, style: Style) -> None:
    """Mark bars that go on beyond the axis."""
    if cut:
        ax.add_line(
            Line2D(
                [point.x for point in cut],
                [scene.top] * len(cut),
                color=style.second,
                marker=CARETUP,
                markersize=7.0,
                markeredgewidth=0,
                linestyle="none",
                label="_open",
                zorder=5.0,
                clip_on=False,
            )
        )


def _line(ax: Axes, run: Sequence[Point], label: str, wide: float, dash: object, style: Style) -> None:
    drawn = Line2D(
        [one.x for one in run],
        [one.value for one in run],
        color=style.ink,
        linewidth=wide,
        linestyle=dash,  # type: ignore[arg-type]
        marker="",
        solid_capstyle="round",
        solid_joinstyle="round",
        label=label,
        zorder=4.0,
        clip_on=False,
    )
    if label != "_link":
        drawn.set_path_effects([Stroke(linewidth=wide + 2 * style.halo, foreground=style.background), Normal()])
    ax.add_line(drawn)


def _dots(ax: Axes, found: Sequence[Point], face: str, style: Style) -> None:
    if found:
        ax.add_line(
            Line2D(
                [one.x for one in found],
                [one.value for one in found],
                linestyle="none",
                marker="o",
                markersize=5.5,
                markerfacecolor=face,
                markeredgecolor=style.ink,
                markeredgewidth=1.4,
                label="_mark",
                zorder=5.0,
                clip_on=False,
            )
        )
