"""From the layout of a chart of revisions to artists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from tracker.analysis.gaps import runs
from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.look.style import Style
from tracker.charts.page.artists import straight, strokes, write
from tracker.charts.picture import Series
from tracker.charts.revised.layout import line_color
from tracker.charts.revised.pairs import Revised
from tracker.charts.revised.saying import Scene

ORDER = {"context": 2.0, "named": 3.0, "main": 4.0}


def paint(ax: Axes, revised: Revised, scene: Scene, style: Style) -> None:
    """Draw the lines: now solid, as first stated thin and dashed with hollow dots."""
    frame(ax, scene.upper, scene.ticks, scene, style, dated=scene.lower is None)
    for series in reversed(revised.picture.series):
        _now(ax, revised, series, style)
        _first(ax, revised, series, style)
    paths = [list(path) for path, _ in scene.labels.leaders]
    if paths:
        colors = [color for _, color in scene.labels.leaders]
        strokes(ax, paths, scene.upper.size, colors=colors, wide=0.7, order=3.0)
    write(ax, scene.lines, scene.upper.size, style)


def paint_lower(ax: Axes, revised: Revised, scene: Scene, style: Style) -> None:
    """Draw the revisions in points, from a line at zero."""
    plane = scene.lower
    assert plane is not None, "there is no lower plot"
    frame(ax, plane, scene.lower_ticks, scene, style, dated=True)
    zero = plane.y(0.0)
    strokes(ax, [[(0.0, zero), (plane.width, zero)]], plane.size, colors=[style.axis], wide=style.axis_width, order=1.5)
    series = {one.name: one for one in revised.picture.series}
    marks = sorted(scene.stems, key=lambda stem: ORDER[series[stem[2].now.entity].role])
    colors = [line_color(series[pair.now.entity], style) for _, _, pair in marks]
    strokes(ax, [[(x, zero), (x, y)] for x, y, _ in marks], plane.size, colors=colors, wide=1.6, order=3.0)
    ax.scatter(
        [x / plane.width for x, _, _ in marks],
        [y / plane.height for _, y, _ in marks],
        s=16.0,
        c=colors,
        linewidths=0,
        transform=ax.transAxes,
        clip_on=False,
        zorder=4.0,
    )
    write(ax, scene.lower_lines, plane.size, style)


def frame(ax: Axes, plane: Plane, ticks: list[float], scene: Scene, style: Style, *, dated: bool) -> None:
    """Set limits, gridlines, base line and ticks; nothing else of the figure is touched."""
    ax.set_facecolor(style.background)
    straight(ax)
    ax.set_xlim(plane.first, plane.last)
    ax.set_ylim(plane.bottom, plane.top)
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set(color=style.axis if plane.bottom == 0 else style.grid, linewidth=style.axis_width)
    ax.set_axisbelow(True)
    ax.yaxis.set_major_locator(FixedLocator(ticks))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_tick_params(length=0, labelleft=False)
    ax.yaxis.grid(True, color=style.grid, linewidth=style.grid_width, linestyle="-", alpha=1.0)
    days = [(day_number(day), text) for day, text in scene.days]
    ax.xaxis.set_major_locator(FixedLocator([day for day, _ in days]))
    ax.xaxis.set_major_formatter(FixedFormatter([text for _, text in days]))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_tick_params(
        length=style.tick if dated else 0.0,
        width=style.axis_width,
        color=style.axis,
        direction="out",
        bottom=True,
        top=False,
        labelbottom=False,
    )
    ax.xaxis.grid(False)


def _now(ax: Axes, revised: Revised, series: Series, style: Style) -> None:
    color, order = line_color(series, style), ORDER[series.role]
    wide = {"main": style.focus_width, "named": style.named_width}.get(series.role, style.context_width)
    if not revised.asked and series.role != "context":
        wide = style.named_width  # where nobody is asked for, nobody stands before the others
    if series.few:
        _link(ax, revised, series, color, style)
    for index, run in enumerate([[one] for one in _valued(series)] if series.few else series.runs):
        line = _line(revised, run, color, order, f"{'_' * (index > 0)}{series.name}")
        line.set(linewidth=wide, linestyle="-", markeredgewidth=0, markersize=wide + 3.2)
        line.set_marker("o" if len(run) == 1 else "None")
        line.set_solid_capstyle("round")
        if series.role != "context":
            line.set_path_effects([Stroke(linewidth=wide + 2 * style.halo, foreground=style.background), Normal()])
        ax.add_line(line)
    for reading in series.readings:
        if reading.value is None:
            _bound(ax, revised, reading, color, order + 1)
        elif reading in series.corrected:
            _diamond(ax, revised, reading, color, series.role == "context", style)


def _diamond(ax: Axes, revised: Revised, reading: Reading, color: str, grey: bool, style: Style) -> None:
    """Mark a figure that is not drawn as it was printed, as a line chart does."""
    size, rim = (4.6, 0.8) if grey else (7.4, 1.3)
    mark = _line(revised, [reading], color, ORDER["context" if grey else "main"] + 1.5, "_mark")
    mark.set(linestyle="None", marker="D", markersize=size, markeredgewidth=rim, markeredgecolor=style.background)
    ax.add_line(mark)


def _valued(series: Series) -> list[Reading]:
    return [one for one in series.readings if one.value is not None]


def _link(ax: Axes, revised: Revised, series: Series, color: str, style: Style) -> None:
    """Join two or three readings by a dotted line that is not data."""
    found = _valued(series)
    if len(found) > 1:
        line = _line(revised, found, color, ORDER[series.role], f"_link {series.name}")
        line.set(linewidth=style.context_width, linestyle=(0, (1.0, 2.4)), marker="None")
        ax.add_line(line)


def _first(ax: Axes, revised: Revised, series: Series, style: Style) -> None:
    """Draw the first figures around those that were revised, and join each of these to what it is now."""
    pairs = revised.of(series)
    if not pairs:
        return
    color, order = style.text(series.hue) if series.role != "context" else style.muted_text, ORDER[series.role] + 1
    rows = {pair.first.row for pair in pairs}
    for run in _near(revised.firsts[series.name], rows):
        line = _line(revised, run, color, order, f"_first {series.name}")
        line.set(linewidth=0.9, linestyle=(0, (3.0, 2.0)), marker="None")
        ax.add_line(line)
    for pair in pairs:
        x = revised.picture.x(pair.now)
        if pair.points is not None:
            stroke = Line2D(
                [x, x], [pair.first.level, pair.now.level], color=color, linewidth=1.1, clip_on=False, zorder=order
            )
            stroke.set_label(f"_stroke {series.name}")
            ax.add_line(stroke)
        if pair.first.value is None:
            _bound(ax, revised, pair.first, color, order + 1)
            continue
        size, rim = (4.0, 0.8) if series.role == "context" else (5.6, 1.2)
        ring = _line(revised, [pair.first], color, order + 1, f"_first {series.name}")
        ring.set(linestyle="None", marker="o", markersize=size, markeredgewidth=rim)
        ring.set(markerfacecolor=style.background, markeredgecolor=color)
        ax.add_line(ring)


def _near(found: tuple[Reading, ...], rows: set[int]) -> list[list[Reading]]:
    """Return the stretches of first figures from the neighbour before a revised one to the neighbour after it."""
    stretches: list[list[Reading]] = []
    for run in runs(found):
        valued = [one for one in run if one.value is not None] if all(one.value is not None for one in run) else []
        open_ = False
        for place, one in enumerate(valued):
            near = any(other.row in rows for other in valued[max(place - 1, 0) : place + 2])
            joins = open_ and (one.row in rows or valued[place - 1].row in rows)
            if near and joins:
                stretches[-1].append(one)
            elif near:
                stretches.append([one])
            open_ = near
    return [stretch for stretch in stretches if len(stretch) > 1]


def _line(revised: Revised, run: Sequence[Reading], color: str, order: float, label: str) -> Line2D:
    xs, ys = [revised.picture.x(one) for one in run], [one.level for one in run]
    return Line2D(xs, ys, color=color, clip_on=False, zorder=order, label=label)


def _bound(ax: Axes, revised: Revised, reading: Reading, color: str, order: float) -> None:
    """Draw a bound as a caret and a range as a bar: neither has a middle that is data."""
    x = revised.picture.x(reading)
    if reading.qualifier in ("<", ">"):
        marker: Literal[6, 7] = 6 if reading.qualifier == ">" else 7
        ax.add_line(
            Line2D(
                [x],
                [reading.level],
                color=color,
                marker=marker,
                markersize=7.0,
                markeredgewidth=0,
                linestyle="None",
                clip_on=False,
                zorder=order,
                label="_mark",
            )
        )
        return
    ax.vlines(x, reading.lowest, reading.highest, colors=color, linewidth=4.0, alpha=0.55, zorder=order)
