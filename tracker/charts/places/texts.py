"""Texts of a rank chart: places in their discs, names with shares at the right, dates beneath."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.analysis.rank import Rank
from tracker.analysis.readings import Reading
from tracker.charts.grid.columns import key
from tracker.charts.grid.heads import heads, placed
from tracker.charts.grid.shade import readable
from tracker.charts.look.fonts import clip_to, width
from tracker.charts.look.style import Style
from tracker.charts.page.text import Line
from tracker.charts.places.fit import EDGE, Across, label
from tracker.charts.places.ranking import Ranking
from tracker.charts.places.shapes import Disc, Scene

SMALLEST = 6.4
"""The sign of equality gives way before a number is smaller than this, points."""


def numbers(discs: Sequence[Disc], radius: float, style: Style) -> list[Line]:
    """Write the places into their discs; equal ones with a sign of equality."""
    count: Counter[tuple[float, int | None]] = Counter((one.at[0], one.place.rank) for one in discs)
    found = []
    for one in discs:
        number = numeral(one.place)
        text = f"={number}" if one.place.rank and count[one.at[0], one.place.rank] > 1 else number
        size = _size(text, radius)
        if size < SMALLEST:
            text, size = number, max(_size(number, radius), min(SMALLEST, 0.95 * radius))
        ground = style.background if one.hollow else one.color
        ink = readable(ground, ("#ffffff", style.ink, style.background))
        found.append(Line(one.at[0], one.at[1] - 0.36 * size, text, size, ink, True, "center"))
    return found


def numeral(place: Rank) -> str:
    """Write a place in digits; all that a bound allows where it has no one place.

    >>> from datetime import date
    >>> day = date(2025, 1, 1)
    >>> numeral(Rank(Reading("A", day, day, "day", day, day, "<1", None, 0.0, 1.0), 3, 1, 3, 3, ("B", "C")))
    '1–3'
    """
    return str(place.rank) if place.rank else f"{place.rank_low}–{place.rank_high}"


def _size(text: str, radius: float) -> float:
    """Return the size at which a number fills its disc, points."""
    return min(1.08 * radius, 1.62 * radius * 10.0 / width(text, 10.0, True))


def labels(made: Ranking, wide: Across, scene: Scene, style: Style) -> list[Line]:
    """Write names with their last share at the right of those who have a place in the last period."""
    size, last = style.label_size, key(made.columns[-1])
    x = max((one.at[0] for one in scene.discs), default=0.0) + EDGE + 4.0
    room = scene.size[0] - x
    if len(wide.chosen) > 1:
        x, room = scene.size[0] - wide.gutter + 4.0, wide.gutter - 4.0
    found = []
    for one in scene.discs:
        if key(one.place.reading) != last:
            continue
        text = shortened(made, one.place.reading, room, style)
        found.append(
            Line(x, one.at[1] - 0.36 * size, text, size, text_color(made, one.name, style), one.name in made.focus)
        )
    return found


def text_color(made: Ranking, name: str, style: Style) -> str:
    """Return the colour of a name: its hue in the focus, else grey."""
    hue = next(series.hue for series in made.grid.picture.series if series.name == name)
    return style.text(hue) if name in made.focus else style.muted_text


def shortened(made: Ranking, last: Reading, room: float, style: Style) -> str:
    """Write a label into its room: the name gives way before the share does."""
    name = last.entity
    text, size, bold = label(made, last), style.label_size, name in made.focus
    if width(text, size, bold) <= room:
        return text
    tail = text[len(name) :]
    return clip_to(name, room - width(tail, size, bold), size, bold) + tail


def dates(made: Ranking, across: dict[int, float], floor: float, style: Style) -> list[Line]:
    """Say the periods beneath, as many as stand clear of each other; the first may start at the left edge."""
    size = style.label_size
    places = list(across.values())
    columns = [made.columns[i] for i in across]
    halves = [max(width(line, size) for line in lines) / 2 for lines in heads(columns)]
    kept = placed(heads(columns), [max(x, half) for x, half in zip(places, halves, strict=True)], size)
    found = []
    for i, lines in zip(kept, heads([columns[i] for i in kept]), strict=True):
        half = max(width(line, size) for line in lines) / 2
        align, x = ("left", 0.0) if places[i] < half else ("center", places[i])
        for k, text in enumerate(lines):
            y = floor - 4.0 - (k + 0.8) * 1.2 * size
            found.append(Line(x, y, text, size, style.second, align=align))  # type: ignore[arg-type]
    return found
