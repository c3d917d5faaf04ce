"""The slopes between two rules: where everything goes, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke
from matplotlib.ticker import NullLocator

from tracker.analysis.readings import Reading
from tracker.charts.between.exactness import beside
from tracker.charts.between.marks import UNSETTLED, bar, is_bound, marker
from tracker.charts.between.pairs import Pairs
from tracker.charts.between.words import is_seen
from tracker.charts.look.fonts import clip_to, width
from tracker.charts.look.style import Style
from tracker.charts.page.artists import straight, strokes, write
from tracker.charts.page.board import Box
from tracker.charts.page.stack import END, Label, Side, Stack, gutter, stack
from tracker.charts.page.text import Line, wrap
from tracker.charts.picture import Series
from tracker.charts.plot.endlabels import line_color, text_color
from tracker.charts.words.dates import MONTHS, said
from tracker.charts.words.prose import capital

ABOVE = 15.0
"""Between the head of the sheet and the rules, points: a label may stand there."""

GUTTER_SHARE = 0.3
"""Labels of one side take at most this part of the width."""

PERIOD_LINES = 3


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything between and beside two rules, in points from the foot of the earlier one.

    Parameters
    ----------
    size : tuple of float
        Width and height.
    top : float
        What the rules reach up to, percent; their foot is zero.
    stacks : tuple of Stack
        Labels at the left and at the right.
    lines : tuple of Line
        Every text.
    dropped : tuple of str
        Names without a label.
    """

    size: tuple[float, float]
    top: float
    stacks: tuple[Stack, Stack]
    lines: tuple[Line, ...]
    dropped: tuple[str, ...]


def compose(pairs: Pairs, size: tuple[float, float], rooms: tuple[float, float], style: Style) -> Scene:
    """Lay out the slopes.

    Parameters
    ----------
    pairs : Pairs
        What is drawn.
    size : tuple of float
        Width and height of the plot, points.
    rooms : tuple of float
        Width of the gutters at its left and right.
    style : Style
        Sizes and colours.
    """
    top = scale_top(pairs)
    sides = [(pairs.before, rooms[0], "left"), (pairs.after, rooms[1], "right")]
    stacks = [_stack(pairs, reading, size, room, side, style, ()) for reading, room, side in sides]  # type: ignore[arg-type]
    dropped = tuple(dict.fromkeys(name for made in stacks for name in made.dropped))
    if dropped:
        stacks = [_stack(pairs, reading, size, room, side, style, dropped) for reading, room, side in sides]  # type: ignore[arg-type]
    lines = (*stacks[0].lines, *stacks[1].lines, *period_lines(pairs, size[0], rooms, style))
    return Scene(size, top, (stacks[0], stacks[1]), lines, dropped)


def scale_top(pairs: Pairs) -> float:
    """Return the end of the scale, percent: a little above the greatest interval."""
    greatest = max(reading.highest if not is_bound(reading) else reading.level for reading in pairs.picture.drawn())
    return 1.03 * greatest or 1.0


def labels(pairs: Pairs, of: Callable[[Series], Reading | None], high: float, style: Style) -> list[Label]:
    """Return the labels of one side, the lowest first."""
    top, found = scale_top(pairs), []
    for series in pairs.picture.series:
        reading = of(series)
        if reading is not None:
            found.append((reading.level, series, reading))
    found.sort(key=lambda item: (item[0], item[1].name))
    return [
        Label(
            series.name,
            beside(reading, pairs.picture.unit) if series.role == "main" else beside(reading, ""),
            level / top * high,
            text_color(series, style),
            line_color(series, style),
            series.role != "context",
            _importance(series, pairs),
        )
        for level, series, reading in found
    ]


def _importance(series: Series, pairs: Pairs) -> float:
    """Those asked for come first, then those with a colour, then the greatest share of either period."""
    if series is pairs.picture.main:
        return float("inf")
    level = max(reading.level for reading in series.readings)
    return level + (1000.0 if series.role == "named" else 0.0)


def _stack(
    pairs: Pairs,
    of: Callable[[Series], Reading | None],
    size: tuple[float, float],
    room: float,
    side: Side,
    style: Style,
    dropped: Sequence[str],
) -> Stack:
    shown = [label for label in labels(pairs, of, size[1], style) if label.name not in dropped]
    if gutter(shown, style, float("inf")) > room:  # the subtitle says the unit: a name needs the room more
        unit = pairs.picture.unit
        shown = [replace(label, value=label.value.removesuffix(unit)) if unit else label for label in shown]
    made = stack(shown, size, room, style, side)
    return replace(made, dropped=(*made.dropped, *_alike(shown, made)))


def _alike(shown: Sequence[Label], made: Stack) -> list[str]:
    """Name those whose labels are cut so much that others of more importance look the same."""
    placed = [label for label in shown if label.name not in made.dropped]
    cut = [(line.text.removesuffix(label.value), label) for line, label in zip(made.lines, placed, strict=True)]
    first: dict[str, Label] = {}
    for text, label in sorted(cut, key=lambda item: -item[1].importance):
        first.setdefault(text, label)
    return [label.name for text, label in cut if first[text] is not label]


def gutters(pairs: Pairs, wide: float, style: Style, dropped: Sequence[str] = ()) -> tuple[float, float]:
    """Return the widths to keep free at the left and at the right; the periods stand there, too."""
    most = GUTTER_SHARE * wide
    found = []
    for of, reading in ((pairs.before, pairs.start), (pairs.after, pairs.end)):
        half = width(period_text(reading), style.label_size) / 2
        shown = [label for label in labels(pairs, of, 100.0, style) if label.name not in dropped]
        found.append(min(max(gutter(shown, style, most), half), most))
    return found[0], found[1]


def period_text(reading: Reading) -> str:
    """Say a period beneath its rule."""
    return capital(said(reading, names=MONTHS))


def period_lines(pairs: Pairs, wide: float, rooms: tuple[float, float], style: Style) -> list[Line]:
    """Set the periods beneath the rules, each on as many lines as it needs."""
    size, lines = style.label_size, []
    for x, room, reading in ((0.0, rooms[0], pairs.start), (wide, rooms[1], pairs.end)):
        for row, text in enumerate(_broken(period_text(reading), min(2 * room, wide - 10.0), size)):
            lines.append(Line(x, -END - 3.0 - (0.9 + 1.2 * row) * size, text, size, style.second, align="center"))
    return lines


def _broken(text: str, room: float, size: float) -> list[str]:
    lines = wrap(text, room, size)
    if len(lines) > PERIOD_LINES:
        lines[PERIOD_LINES - 1 :] = [clip_to(" ".join(lines[PERIOD_LINES - 1 :]), room, size)]
    return lines


def below(pairs: Pairs, wide: float, rooms: tuple[float, float], style: Style) -> float:
    """Return the height of what stands beneath the rules."""
    return max(-line.y for line in period_lines(pairs, wide, rooms, style)) + 0.3 * style.label_size


@dataclass(frozen=True, slots=True)
class Body:
    """Fills the room of a sheet with two rules and what is between them."""

    pairs: Pairs
    style: Style

    def __call__(self, room: Box) -> tuple[tuple[Scene, Box], list[str]]:
        """Return the scene and the place of its plot, and what is to be said of things left out."""
        scene, plot = self._made(room, ())
        if scene.dropped:
            scene, plot = self._made(room, scene.dropped)
        return (scene, plot), []

    def _made(self, room: Box, dropped: Sequence[str]) -> tuple[Scene, Box]:
        """Lay out with gutters as wide as the labels that are not dropped."""
        rooms = gutters(self.pairs, room.right - room.left, self.style, dropped)
        wide = room.right - room.left - sum(rooms)
        bottom = room.bottom + below(self.pairs, wide, rooms, self.style)
        plot = Box(room.left + rooms[0], bottom, room.left + rooms[0] + wide, room.top - ABOVE)
        return compose(self.pairs, (wide, plot.top - plot.bottom), rooms, self.style), plot


def paint(ax: Axes, pairs: Pairs, scene: Scene, style: Style) -> None:
    """Draw a scene on axes of its size."""
    ax.set_facecolor(style.background)
    straight(ax)
    ax.set_xlim(0.0, 1.0)
    ax.set_ylim(0.0, scene.top)
    for spine in ax.spines.values():
        spine.set_visible(False)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(NullLocator())
        axis.set_minor_locator(NullLocator())
    wide, high = scene.size
    rules = [[(x, 0.0), (x, high)] for x in (0.0, wide)]
    strokes(ax, rules, scene.size, colors=[style.axis] * 2, wide=style.axis_width, order=1.0)
    for series in reversed(pairs.picture.series):
        _slope(ax, pairs, scene, series, style)
    for made in scene.stacks:
        if made.leaders:
            paths, colors = [path for path, _ in made.leaders], [color for _, color in made.leaders]
            strokes(ax, paths, scene.size, colors=colors, wide=0.7, order=2.0)
    write(ax, scene.lines, scene.size, style)


def _slope(ax: Axes, pairs: Pairs, scene: Scene, series: Series, style: Style) -> None:
    color, thick = line_color(series, style), series.role != "context"
    order = {"main": 5.0, "named": 4.0}.get(series.role, 3.0)
    ends = [(0.0, pairs.before(series)), (1.0, pairs.after(series))]
    found = [(x, reading) for x, reading in ends if reading is not None]
    if len(found) == 2:
        ax.add_line(_link(pairs, series, [reading for _, reading in found], color, style, order))
    for x, reading in found:
        _end(ax, scene, x, reading, color, style, order, thick)


def _link(pairs: Pairs, series: Series, found: Sequence[Reading], color: str, style: Style, order: float) -> Line2D:
    """Join two figures; dotted where one is no number or the method changed, dashed where one is not settled."""
    thick = series.role != "context"
    dotted = series.name in pairs.broken or any(reading.value is None for reading in found)
    dashed = any(reading.status in UNSETTLED for reading in found)
    wide = style.focus_width if thick else style.context_width
    line = Line2D(
        [0.0, 1.0],
        [reading.level for reading in found],
        color=color,
        linewidth=0.7 * wide if dotted else wide,
        linestyle=(0, (1.0, 2.4)) if dotted else (0, (4.0, 2.0)) if dashed else "-",
        solid_capstyle="butt",
        clip_on=False,
        zorder=order,
        label=f"_link {series.name}" if dotted else series.name,
    )
    if thick and not dotted:
        line.set_path_effects([Stroke(linewidth=wide + 2 * style.halo, foreground=style.background), Normal()])
    return line


def _end(
    ax: Axes, scene: Scene, x: float, reading: Reading, color: str, style: Style, order: float, thick: bool
) -> None:
    half = (4.0 if thick else 2.5) / scene.size[0]
    if is_bound(reading):
        shape = 6 if reading.qualifier == ">" else 7
        marker(ax, (x, reading.level), shape, 7.0 if thick else 5.0, face=color, edge=color, order=order + 3)
        return
    span = (2 * half, reading.highest - reading.lowest)
    if reading.value is None:
        bar(ax, (x - half, reading.lowest), span, color=color, order=order + 3, alpha=0.55)
        return
    if thick and is_seen(reading, scene.top):
        bar(ax, (x - half, reading.lowest), span, color=color, order=1.5, alpha=0.3)
    hollow = reading.status in UNSETTLED
    face, edge = (style.background, color) if hollow else (color, style.background)
    marker(ax, (x, reading.value), "o", 8.5 if thick else 6.0, face=face, edge=edge, order=order + 3)
