"""What stands above a panel: its name, its whole, and its values in short."""

from __future__ import annotations

from tracker.charts.look.fonts import clip_to, width
from tracker.charts.look.style import Style
from tracker.charts.page.text import Line, wrap
from tracker.charts.small.choice import Panel
from tracker.charts.words.dates import MONTHS, said
from tracker.charts.words.finding import FORECAST
from tracker.charts.words.numbers import label_value

APART = 8.0
"""Least distance between name and values on one line, points."""

ABOVE = 7.0
"""From the plot to the lowest line above it, points."""

NAME, VALUES, DETAILS = 10.0, 8.5, 8.0
"""Sizes of the texts, points."""

BROKEN = "//"
"""Between two figures that a break in the series keeps apart."""

STEP = 1.22
"""Height of a line in font sizes."""


def values(panel: Panel) -> list[str]:
    """Say the readings of a panel in short, from the fullest form to the shortest.

    ``0 → 3%, peak 7``; all as printed. A break is no arrow: ``20.0 // 44.6%``.
    """
    found, unit, ahead = panel.settled, panel.unit, panel.forecast
    last = label_value(found[-1], unit)
    if len(found) == 1:
        told = [f"{last}, {said(found[-1], names=MONTHS)}", last]
    else:
        plain = f"{label_value(found[0], '')} {BROKEN if panel.broken else '→'} {last}"
        top = max(found, key=lambda reading: reading.level)
        inside = top.value is not None and top.level > max(found[0].level, found[-1].level)
        peak = [f"{plain}, peak {label_value(top, '')}"] if inside and not panel.broken else []
        told = [*peak, plain, last]
    if found[-1].status == FORECAST:
        return [f"forecast {text}" for text in told]
    return [*([f"{text}, forecast {label_value(ahead, unit)}" for text in told[:-1]] if ahead else []), *told]


def fits(panel: Panel, room: float) -> bool:
    """Whether name and values have room on one line."""
    told = values(panel)
    return width(panel.series.name, NAME, True) + APART + width(told[-2], VALUES) <= room


def entity_head(panel: Panel, room: float, one_line: bool, style: Style) -> list[Line]:
    """Set name and values of an entity, from the bottom; on two or three lines where one is too short."""
    name, told, color = panel.series.name, values(panel), style.text(panel.series.hue)
    if one_line:
        left = room - APART - width(name, NAME, True)
        shown = next((text for text in told if width(text, VALUES) <= left), told[-1])
        return [
            Line(0.0, 0.0, name, NAME, color, True),
            Line(room, 0.0, shown, VALUES, style.second, align="right"),
        ]
    shown = clip_to(next((text for text in told if width(text, VALUES) <= room), told[-1]), room, VALUES)
    names = few_lines(name, room, NAME, True, 2)
    return stacked([(text, NAME, color, True) for text in names] + [(shown, VALUES, style.second, False)])


def market_head(panel: Panel, room: float, named: bool, lean: bool, style: Style) -> list[Line]:
    """Set the whole of a panel and the values of its entity, which is named where the panels have several.

    A lean one says who counts and what, and leaves the rest to the note.
    """
    color = style.text(panel.series.hue)
    told = values(panel)
    if named:
        left = room - max(width(f" {told[-1]}", 9.0, True), 0.4 * room)
        name = clip_to(panel.series.name, left, 9.0, True)
        told = [f"{name} {text}" for text in told]
    shown = clip_to(next((text for text in told if width(text, 9.0, True) <= room), told[-1]), room, 9.0, True)
    heads = [(text, 9.5, style.ink, True) for text in few_lines(panel.heading, room, 9.5, True, 2)]
    about = [(text, DETAILS, style.third, False) for text in few_lines(panel.details, room, DETAILS, False, 2)]
    about = [] if lean else about
    return stacked([*heads, *about, (shown, 9.0, color, True)], 4.0)


def few_lines(text: str, room: float, size: float, bold: bool, most: int) -> list[str]:
    """Break a text into so many lines at most; the last one is cut."""
    lines = wrap(text, room, size, bold)
    if len(lines) > most:
        lines[most - 1 :] = [clip_to(" ".join(lines[most - 1 :]), room, size, bold)]
    return lines


def stacked(texts: list[tuple[str, float, str, bool]], base: float = 0.0) -> list[Line]:
    """Set lines one above the other, the last one on `base`."""
    lines, y = [], base
    for text, size, color, bold in reversed(texts):
        lines.append(Line(0.0, y, text, size, color, bold))
        y += STEP * size + (1.0 if not lines[1:] else 0.0)
    return lines[::-1]


def height(lines: list[Line]) -> float:
    """Return the height of lines that stand on zero, with the gap to the plot, points."""
    return max((line.y + 0.9 * line.size for line in lines), default=0.0) + ABOVE
