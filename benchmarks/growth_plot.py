"""The picture of how cost grows, on the sheet of our own charts: their title, note, colours, letters and end labels.

None of our kinds of chart has an axis of sizes: they are of days, or of one period. Such a figure put on an axis of
days would say something that is not so; the plot alone is therefore made here, of two scales that share the axis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path
from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from tracker.charts.chart import Chart
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style, style_named
from tracker.charts.page.artists import strokes, write
from tracker.charts.page.board import Box
from tracker.charts.page.labels import place
from tracker.charts.page.sheet import lay_out
from tracker.charts.page.text import Line
from tracker.charts.words.wording import Wording

SIZE = (7.2, 6.6)
OURS = "tracker"
HEAD, TICKS, BETWEEN, UNDER_TITLES = 18.0, 20.0, 10.0, 10.0
"""Points: words above a plot, numbers below the lower one, between the two, and between them and the titles."""

UPPER = 0.58
"""Part of the height that the upper plot has."""

STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Panel:
    """One plot: what it is of, and for each of those who run, at each size, median, least and greatest."""

    words: str
    told: dict[str, pd.DataFrame]


def growth(path: Path) -> Chart:
    """Draw what growth.csv holds.

    Time is in seconds for a million observations, so that cost in proportion to the rows is a flat line; memory is in
    MB. Both scales are logarithmic.
    """
    data, look = pd.read_csv(path), style_named("light")
    each = data.assign(value=data["seconds"] / data["observations"] * 1e6)
    panels = (
        Panel("Seconds for a million observations", _told(each)),
        Panel("Peak memory, MB", _told(data.assign(value=data["peak_mb"]))),
    )
    right = max(width(name, look.label_size, True) for name in data["who"].unique()) + 14.0

    def body(room: Box) -> tuple[tuple[Box, Box], Sequence[str]]:
        high = room.top - room.bottom - 2 * HEAD - TICKS - BETWEEN - UNDER_TITLES
        ceiling = room.top - UNDER_TITLES - HEAD
        left, edge = room.left + 26.0, room.right - right
        top = Box(left, ceiling - UPPER * high, edge, ceiling)
        return (top, Box(left, room.bottom + TICKS, edge, room.bottom + TICKS + (1 - UPPER) * high)), []

    sheet = lay_out(_wording(data), body, SIZE, look)
    fig = sheet.figure(look)
    axes = tuple(sheet.axes(fig, box) for box in sheet.scene)
    for ax, box, panel in zip(axes, sheet.scene, panels, strict=True):
        _paint(ax, box, panel, sorted(data["observations"].unique()), look, numbers=panel is panels[-1])
    return Chart.of(sheet, fig, axes, data, _alt(data))


def _told(data: pd.DataFrame) -> dict[str, pd.DataFrame]:
    groups = data.groupby(["who", "observations"], sort=True)["value"].agg(["median", "min", "max"])
    return {who: groups.loc[who] for who in data["who"].unique()}


def _grown(data: pd.DataFrame) -> tuple[float, float, float]:
    """Return how many times the rows, the time and the memory of the largest import are those of the smallest."""
    middle = data[data["who"] == OURS].groupby("observations")[["seconds", "peak_mb"]].median()
    last, first = middle.iloc[-1], middle.iloc[0]
    return middle.index[-1] / middle.index[0], last["seconds"] / first["seconds"], last["peak_mb"] / first["peak_mb"]


def _wording(data: pd.DataFrame) -> Wording:
    rows, time, memory = _grown(data)
    short = f"{rows:g} times the rows take {times(time)} times the time"
    runs, most = data["run"].max(), data["observations"].max()
    held = data.groupby("who")["observations"].max()
    stopped = [who for who in held.index if held[who] < most]
    said = data["machine"].iloc[0].split(", ")
    return Wording(
        (f"{short} and {times(memory)} times the memory", short),
        "Import of a long CSV by its number of observations, start of the process included. A flat line is cost in"
        " proportion to the rows.",
        (
            f"Medians of {runs} runs in turn; thin strokes lead from the least to the greatest."
            if runs > 1
            else "One run of each, in turn.",
            "All scales are logarithmic.",
            "Only tracker checks what it reads, and records where each number is from.",
            *([f"Run up to {short_number(held[stopped].max())} only: {' and '.join(stopped)}."] if stopped else []),
        ),
        f"Source: benchmarks/growth.csv, measured on {', '.join(said[:2] + said[3:5])}.",
    )


def _alt(data: pd.DataFrame) -> str:
    rows, time, memory = _grown(data)
    return (
        f"Two plots of what an import costs by its number of observations, for {', '.join(data['who'].unique())}. From "
        f"the smallest to the largest of tracker, {rows:g} times the rows, time grows {times(time)}-fold and "
        f"memory {times(memory)}-fold."
    )


def times(value: float) -> str:
    """Write how many times as much.

    >>> times(82.31), times(1.44)
    ('82', '1.4')
    """
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def short_number(value: float) -> str:
    """Write a round number.

    >>> short_number(200_000), short_number(10_000_000), short_number(2.0), short_number(0.5)
    ('200k', '10M', '2', '0.5')
    """
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def _paint(ax: Axes, box: Box, panel: Panel, sizes: Sequence[int], look: Style, *, numbers: bool) -> None:
    """Draw one plot: grid, lines, strokes of the spread, and the names at the ends of the lines."""
    least = min(each["min"].min() for each in panel.told.values())
    most = max(each["max"].max() for each in panel.told.values())
    low, high = 10 ** (log10(least) - 0.12), 10 ** (log10(most) + 0.12)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(sizes[0] / 1.08, sizes[-1] * 1.04)
    ax.set_ylim(low, high)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(NullLocator())
        axis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_locator(FixedLocator(list(sizes)))
    ax.tick_params(
        axis="x", length=look.tick if numbers else 0, width=look.axis_width, color=look.axis, labelbottom=False
    )
    for name, spine in ax.spines.items():
        spine.set_visible(name == "bottom" and numbers)
        spine.set_linewidth(look.axis_width)
        spine.set_color(look.axis)
    plane = _Plane(ax, (box.right - box.left, box.top - box.bottom))
    ticks = [tick for power in range(-4, 7) for step in STEPS if low <= (tick := step * 10.0**power) <= high]
    lines = [Line(0, plane.size[1] + 8, panel.words, look.label_size, look.second, True)]
    lines += [_beside(plane.y(tick), short_number(tick), look) for tick in ticks]
    if numbers:
        lines += [_below(plane.x(size), short_number(size), look) for size in sizes]
    across = [[(0.0, plane.y(tick)), (plane.size[0], plane.y(tick))] for tick in ticks]
    strokes(ax, across, plane.size, colors=[look.grid] * len(across), wide=look.grid_width, order=1)
    for who, each in panel.told.items():
        color, wide = (look.line("blue"), look.focus_width) if who == OURS else (look.muted_text, look.context_width)
        order = 5 if who == OURS else 3
        ax.plot(
            each.index, each["median"], color=color, linewidth=wide, marker="o", markersize=1.8 * wide, zorder=order
        )
        ax.vlines(each.index, each["min"], each["max"], color=color, linewidth=look.grid_width, zorder=order)
    write(ax, [*lines, *_names(panel, plane, look)], plane.size, look)


@dataclass(frozen=True)
class _Plane:
    """From values to points within axes of a size."""

    ax: Axes
    size: tuple[float, float]

    def x(self, value: float) -> float:
        first, last = map(log10, self.ax.get_xlim())
        return (log10(value) - first) / (last - first) * self.size[0]

    def y(self, value: float) -> float:
        first, last = map(log10, self.ax.get_ylim())
        return (log10(value) - first) / (last - first) * self.size[1]


def _beside(y: float, text: str, look: Style) -> Line:
    return Line(-6.0, y - 0.36 * look.label_size, text, look.label_size, look.third, align="right")


def _below(x: float, text: str, look: Style) -> Line:
    return Line(x, -5.0 - look.label_size, text, look.label_size, look.third, align="center")


def _names(panel: Panel, plane: _Plane, look: Style) -> list[Line]:
    """Write each name where its line ends: beside the plot, or above a line that ends before others do."""
    sizes = {who: each.index[-1] for who, each in panel.told.items()}
    most = max(sizes.values())
    to_the_end = [who for who, last in sizes.items() if last == most]
    ends = {who: plane.y(each["median"].iloc[-1]) for who, each in panel.told.items()}
    weights = [4.0 if who == OURS else 1.0 for who in to_the_end]
    high = [1.05 * look.label_size] * len(to_the_end)
    centres = place([ends[who] for who in to_the_end], high, weights, 0.0, plane.size[1])
    lines = [
        _name(who, plane.x(most) + 8.0, centre - 0.36 * look.label_size, look)
        for who, centre in zip(to_the_end, centres, strict=True)
    ]
    above: dict[int, float] = {}
    for who in sorted(set(ends) - set(to_the_end), key=ends.__getitem__):
        last = sizes[who]
        above[last] = max(ends[who] + 0.8 * look.label_size, above.get(last, 0.0) + 1.15 * look.label_size)
        lines.append(_name(who, plane.x(last), above[last], look, align="right"))
    return lines


def _name(who: str, x: float, y: float, look: Style, align: Literal["left", "right"] = "left") -> Line:
    color = look.text("blue") if who == OURS else look.muted_text
    return Line(x, y, who, look.label_size, color, who == OURS, align=align, halo=True)
