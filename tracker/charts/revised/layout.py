"""How a chart of revisions fills its room: the lines, and below them the revisions at a scale of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.charts.axis.dateticks import date_ticks
from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.axis.ranges import day_range
from tracker.charts.axis.ticks import linear_ticks
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.board import Box
from tracker.charts.page.stack import FAR, Label, gutter, stack
from tracker.charts.page.text import Line
from tracker.charts.page.timeplot import BEFORE_PLOT, below, day_lines, value_lines
from tracker.charts.picture import Series
from tracker.charts.revised.pairs import Pair, Revised
from tracker.charts.revised.saying import HEADING_AT, Scene, is_early, measured, say
from tracker.charts.words.notes import left_out
from tracker.charts.words.numbers import label_value, short, signed, tick
from tracker.charts.words.prose import short_when

HEADING = 27.0
"""Height of the heading over the revisions, points."""

LOWER = 0.26
"""The part of the room that the revisions take, and what they need at least, points."""
LEAST = 34.0
UPPER_LEAST = 72.0

GUTTER_SHARE = 0.4
"""Labels take at most this part of the width."""

DODGE = 5.0
"""Between the marks of revisions of one date, points."""


@dataclass(frozen=True, slots=True)
class Body:
    """Fills the room of a sheet."""

    revised: Revised
    style: Style

    def __call__(self, room: Box) -> tuple[tuple[Scene, Box, Box | None], list[str]]:
        """Return the scene, the places of its plots, and what is to be said of things left out."""
        style = self.style
        bottom = room.bottom + below(style)
        height = room.top - BEFORE_PLOT - bottom
        lower = max(LEAST, LOWER * height) if measured(self.revised) else 0.0
        if height - lower - HEADING < UPPER_LEAST:
            lower = 0.0
        upper = height - lower - (HEADING if lower else 0.0)
        ticks = value_ticks(self.revised, upper)
        lower_ticks = point_ticks(self.revised) if lower else []
        left = room.left + left_gutter(self.revised, ticks, lower_ticks, style)
        also: list[str] = []
        for _ in range(2):
            most = GUTTER_SHARE * (room.right + style.margin)
            right = gutter(end_labels(self.revised, style, most, also=also), style, most)
            wide = room.right - max(right, 4.0) - left
            scene = compose(self.revised, (wide, upper), lower, right, style, also)
            also = lost(self.revised, scene)
            if not also:
                break
        top = bottom + lower + (HEADING if lower else 0.0)
        plots = Box(left, top, left + wide, top + upper), Box(left, bottom, left + wide, bottom + lower)
        return (scene, plots[0], plots[1] if lower else None), left_out(scene.dropped, [])


def lost(revised: Revised, scene: Scene) -> list[str]:
    """Return whom it is about and who has no label: they are named at the right, although they end before."""
    crowded = scene.labels.dropped
    return [name for name in revised.named if name in scene.dropped and name not in crowded]


def value_ticks(revised: Revised, height: float) -> list[float]:
    """Return the ticks of the upper axis, from zero to above everything that is drawn."""
    drawn = [*revised.picture.drawn(), *(pair.first for pair in revised.pairs)]
    top = max(one.level if one.value is not None or one.qualifier in ("<", ">") else one.highest for one in drawn)
    return linear_ticks(top, max(2, min(5, int(height / 26))))


def point_ticks(revised: Revised) -> list[float]:
    """Return the ticks of the lower axis: zero, and a round number above and below it where there is anything."""
    sizes = [pair.points or 0.0 for pair in measured(revised)]
    top = linear_ticks(max(abs(size) for size in sizes), 2)[-1]
    return [*([-top] if min(sizes) < 0 else []), 0.0, *([top] if max(sizes) > 0 else [])]


def left_gutter(revised: Revised, ticks: Sequence[float], lower: Sequence[float], style: Style) -> float:
    """Return the width of the widest number at the left, plus 5 points."""
    said = [*_tick_texts(revised, ticks), *(signed(value) for value in lower)]
    return max(width(text, style.label_size) for text in said) + 5.0


def end_labels(
    revised: Revised, style: Style, most: float, plane: Plane | None = None, also: Collection[str] = ()
) -> list[Label]:
    """Return the labels at the right: of series that reach it, and of those that have no other place."""
    picture = revised.picture
    found = []
    for series in picture.series:
        if plane is not None and series.name not in also and is_early(revised, series, plane):
            continue
        grey = series.role == "context"
        main = series.role == "main" and (revised.asked or len(revised.named) == 1)
        value = short(series.last) if grey else label_value(series.last, picture.unit if main else "")
        dated = f"{value}, {short_when(series.last)}"
        if series.name in also and width(f"{series.name} {dated}", style.label_size, main) <= most - FAR:
            value = dated  # it stands beside the end of the axis, and does not end there
        color, line = style.muted_text if grey else style.text(series.hue), line_color(series, style)
        importance = float("inf") if series.role == "main" else series.last.level + (0.0 if grey else 1000.0)
        wanted = plane.y(series.last.level) if plane else 0.0
        found.append(Label(series.name, value, wanted, color, line, main, importance))
    return found


def line_color(series: Series, style: Style) -> str:
    """Return the colour of the line of a series."""
    return style.muted_line if series.role == "context" else style.focus(series.hue)


def compose(
    revised: Revised,
    size: tuple[float, float],
    lower: float,
    room: float,
    style: Style,
    also: Collection[str] = (),
) -> Scene:
    """Lay out the plots.

    Parameters
    ----------
    revised : Revised
        What is drawn.
    size : tuple of float
        Width and height of the upper plot, points.
    lower : float
        Height of the lower one; 0 for none.
    room : float
        Width of the gutter at the right, points.
    style : Style
        Sizes and colours.
    also : collection of str
        Who is named at the right although it ends before.
    """
    first, last = day_range(revised.picture, [])
    ends, ticks = (day_number(first), day_number(last)), value_ticks(revised, size[1])
    upper = Plane(*size, *ends, 0.0, ticks[-1])
    lower_ticks = point_ticks(revised) if lower else []
    plane = Plane(size[0], lower, *ends, lower_ticks[0], lower_ticks[-1]) if lower else None
    days = date_ticks(first, last, size[0])
    at_edge = end_labels(revised, style, room, upper, also)
    scene = Scene(upper, plane, ticks, lower_ticks, days, stack(at_edge, size, room, style))
    scene.dropped += scene.labels.dropped
    gutter_left = left_gutter(revised, ticks, lower_ticks, style)
    said = _tick_texts(revised, ticks)
    scene.lines += value_lines(upper, zip(ticks, said, strict=True), gutter_left, style)
    scene.lines += scene.labels.lines
    if plane is not None:
        scene.stems = _stems(revised, plane)
        scene.lower_lines += value_lines(plane, [(value, signed(value)) for value in lower_ticks], gutter_left, style)
        scene.lower_lines += day_lines(plane, days, style)
        what = "Difference" if any(revised.retold(pair) for pair in measured(revised)) else "Revision"
        heading = f"{what}, now less first{', points' if revised.picture.unit else ''}"
        scene.lower_lines.append(Line(-gutter_left, lower + HEADING_AT, heading, style.event_size, style.second))
    else:
        scene.lines += day_lines(upper, days, style)
    say(revised, scene, style, also)
    return scene


def _tick_texts(revised: Revised, ticks: Sequence[float]) -> list[str]:
    return [tick(value, revised.picture.unit if value == ticks[-1] else "") for value in ticks]


def _stems(revised: Revised, plane: Plane) -> list[tuple[float, float, Pair]]:
    """Place the marks of the revisions; those of one date stand side by side, in the order of their size."""
    order = {series.name: place for place, series in enumerate(revised.picture.series)}
    dates: dict[float, list[Pair]] = {}
    for pair in sorted(measured(revised), key=lambda pair: order[pair.now.entity]):
        dates.setdefault(revised.picture.x(pair.now), []).append(pair)
    places = sorted(plane.x(day) for day in dates)
    nearest = min((b - a for a, b in pairwise(places)), default=plane.width)
    most = max((len(pairs) for pairs in dates.values()), default=1)
    step = min(DODGE, nearest / (most + 1))
    return [
        (plane.x(day) + (place - (len(pairs) - 1) / 2) * step, plane.y(pair.points or 0.0), pair)
        for day, pairs in dates.items()
        for place, pair in enumerate(pairs)
    ]
