"""A plot over time without its data: texts of both axes, ticks, grid and base line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator

from tracker.charts.axis.dateticks import date_ticks
from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.artists import straight
from tracker.charts.page.text import Align, Line

BEFORE_PLOT = 13.0
"""Between the head of the figure and the plot, points."""

EDGE = 14.0
"""Half a tick text: nearer to the left edge of the plot, points, a centred one would leave it."""


def below(style: Style) -> float:
    """Return the height of the texts of the date axis, points."""
    return style.tick + 3.0 + 2 * 1.15 * style.label_size


def left_gutter(texts: Sequence[str], style: Style) -> float:
    """Return the width of the widest tick of the value axis plus 5 points."""
    return max(width(text, style.label_size) for text in texts) + 5.0


@dataclass(frozen=True, slots=True)
class Ticks:
    """The ticks of a plot.

    Parameters
    ----------
    values : tuple of (float, str)
        Of the value axis, and what they say.
    days : tuple of (date, str)
        Of the date axis, and what they say.
    """

    values: tuple[tuple[float, str], ...]
    days: tuple[tuple[date, str], ...]

    @classmethod
    def of(cls, plane: Plane, values: Sequence[tuple[float, str]]) -> Ticks:
        """Choose the ticks of the date axis of a plane."""
        first, last = _day(ceil(plane.first)), _day(floor(plane.last))
        days = date_ticks(first, max(last, first + timedelta(days=1)), plane.width)
        shown = tuple((day, text) for day, text in days if plane.first <= day_number(day) <= plane.last)
        return cls(tuple(values), shown)

    def lines(self, plane: Plane, style: Style) -> list[Line]:
        """Set the texts of both axes, in points from the lower left corner of the plot."""
        gutter = left_gutter([text for _, text in self.values], style)
        return [*value_lines(plane, self.values, gutter, style), *day_lines(plane, self.days, style)]


def value_lines(plane: Plane, ticks: Iterable[tuple[float, str]], gutter: float, style: Style) -> list[Line]:
    """Set the texts of the value axis flush left in their gutter."""
    size = style.label_size
    return [Line(-gutter, plane.y(value) - 0.36 * size, text, size, style.second) for value, text in ticks]


def day_lines(plane: Plane, ticks: Iterable[tuple[date, str]], style: Style) -> list[Line]:
    """Set the texts of the date axis; the first one starts at the edge of the axis.

    Starting there it takes more room than a centred one: a text that would run into it is left out.
    """
    size, lines, taken = style.label_size, list[Line](), float("-inf")
    for day, text in ticks:
        x = plane.x(day_number(day))
        align: Align = "left" if x < EDGE else "center"
        wide = max(width(part, size) for part in text.split("\n"))
        left = x if align == "left" else x - wide / 2
        if left < taken:
            continue
        taken = left + wide + 4.0
        for row, part in enumerate(text.split("\n")):
            y = -style.tick - 3.0 - 0.8 * size - row * 1.2 * size
            lines.append(Line(x, y, part, size, style.second, align=align))
    return lines


def dress(ax: Axes, plane: Plane, ticks: Ticks, style: Style) -> None:
    """Set limits, ticks, grid and spines of axes, and nothing else of their figure.

    The scale of values is set here where it is linear; another one must be there already.
    """
    ax.set_facecolor(style.background)
    if plane.scale == "linear":
        straight(ax)
    else:
        ax.set_xscale("linear")
    ax.set_xlim(plane.first, plane.last)
    ax.set_ylim(plane.bottom, plane.top)
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set(color=style.axis, linewidth=style.axis_width, zorder=6.0)
    ax.set_axisbelow(True)
    for axis, places in (
        (ax.yaxis, [value for value, _ in ticks.values]),
        (ax.xaxis, [day_number(day) for day, _ in ticks.days]),
    ):
        axis.set_major_locator(FixedLocator(places))
        axis.set_major_formatter(NullFormatter())
        axis.set_minor_locator(NullLocator())
    ax.yaxis.set_tick_params(length=0, labelleft=False)
    ax.yaxis.grid(True, color=style.grid, linewidth=style.grid_width, linestyle="-", alpha=1.0)
    ax.xaxis.set_tick_params(
        length=style.tick,
        width=style.axis_width,
        color=style.axis,
        direction="out",
        bottom=True,
        top=False,
        labelbottom=False,
    )
    ax.xaxis.grid(False)


def _day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)
