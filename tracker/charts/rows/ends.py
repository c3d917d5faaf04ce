"""The figures at the two ends of a row of joined dots, and the scale that leaves them room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import Plane
from tracker.charts.between.exactness import beside
from tracker.charts.between.marks import is_bound
from tracker.charts.between.pairs import Pairs
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.picture import Series
from tracker.charts.rows.intervals import Interval
from tracker.charts.rows.shorten import shorten
from tracker.errors import TrackerError

BESIDE = 8.0
"""Between a dot and its value, points."""

EDGE = 4.0
"""Beyond the values at either end of the plot, points."""

LEAST_SCALE = 32.0
"""The scale keeps so many points: names give way to it, then far digits."""

TOO_LITTLE = 12.0
"""Where figures cannot give way, a scale of fewer points shows nothing."""

Texts = Mapping[str, tuple[str, str]]
"""What stands beside the lower and the higher figure of each series, by its name."""


def lower_and_higher(series: Series) -> tuple[Reading, Reading]:
    """Return the lower and the higher figure of a series; twice the one there is."""
    found = sorted(series.readings, key=lambda reading: reading.level)
    return found[0], found[-1]


def reach(reading: Reading) -> Interval:
    """Return from where to where a figure is drawn, percent."""
    ranged = reading.value is None and not is_bound(reading)
    return (reading.lowest, reading.highest) if ranged else (reading.level, reading.level)


def value_texts(pairs: Pairs, shown: Sequence[Series]) -> Texts:
    """Say the figures beside their dots; the unit stands with the main series only."""
    found = {}
    for series in shown:
        low, high = lower_and_higher(series)
        unit = pairs.picture.unit if series.role == "main" else ""
        found[series.name] = beside(low, unit), beside(high, unit)
    return found


def fitted(pairs: Pairs, shown: Sequence[Series], wide: float, style: Style) -> Texts:
    """Say the figures, without their far digits where a plot of `wide` points would be all text."""
    texts = value_texts(pairs, shown)
    left, right = margins(shown, texts, LEAST_SCALE, style)
    free = wide - LEAST_SCALE
    if left + right <= free:
        return texts
    texts = _cut(shown, texts, 1, max(free / 2, free - left), style)
    return _cut(shown, texts, 0, free - margins(shown, texts, LEAST_SCALE, style)[1], style)


def _cut(shown: Sequence[Series], texts: Texts, end: int, room: float, style: Style) -> Texts:
    """Leave out far digits of the lower figures (end 0) or the higher ones, which have `room` beyond the scale."""
    found, greatest = {}, top(shown)
    for series in shown:
        low, high = lower_and_higher(series)
        over = (reach(low)[0], greatest - reach(high)[1])[end] / greatest * LEAST_SCALE
        text, bold = texts[series.name][end], series.role != "context"
        cut = shorten(text, room - EDGE - BESIDE + over, style.label_size, bold)
        found[series.name] = (texts[series.name][0], cut) if end else (cut, texts[series.name][1])
    return found


def ends_room(pairs: Pairs, style: Style, scale: float) -> float:
    """Return the width of a plot with a scale of so many points in which no figure gives way, points."""
    shown = pairs.picture.series
    return sum(margins(shown, value_texts(pairs, shown), scale, style)) + scale


def top(shown: Sequence[Series]) -> float:
    """Return the greatest figure, percent; 1 where all are zero."""
    return max((reach(reading)[1] for series in shown for reading in series.readings), default=0.0) or 1.0


def margins(shown: Sequence[Series], texts: Texts, scale: float, style: Style) -> Interval:
    """Return the room beyond either end of a scale of so many points that the figures need."""
    needs = [_needs(series, texts[series.name], top(shown), style) for series in shown]
    left = max([0.0, *(wide - part * scale for (wide, part), _ in needs)]) + EDGE
    right = max([0.0, *(wide - part * scale for _, (wide, part) in needs)]) + EDGE
    return left, right


def plane_of(shown: Sequence[Series], texts: Texts, size: Interval, style: Style) -> Plane:
    """Choose the scale: it starts at zero, and every value has room beside its dot.

    Raises
    ------
    TrackerError
        If the figures leave no room for a scale.
    """
    scale = size[0]
    for _ in range(8):  # the narrower the scale, the more room the texts at its ends need
        left, right = margins(shown, texts, scale, style)
        scale = max(size[0] - left - right, 0.0)
    if scale < TOO_LITTLE:
        raise TrackerError(
            "the figures are too long for rows of this width",
            "Draw it larger (--size), or as a table (--kind table).",
        )
    unit = scale / top(shown)
    return Plane(size[0], size[1], -left / unit, (scale + right) / unit, 0.0, size[1])


def _needs(series: Series, texts: tuple[str, str], greatest: float, style: Style) -> tuple[Interval, Interval]:
    """Return for either end of a row how wide its text is, points, and which part of the scale it may lie over."""
    low, high = lower_and_higher(series)
    bold, size = series.role != "context", style.label_size
    wide = [width(text, size, bold) + BESIDE for text in texts]
    at_left = wide[0] if len(series.readings) == 2 else 0.0
    return (at_left, reach(low)[0] / greatest), (wide[1], 1.0 - reach(high)[1] / greatest)
