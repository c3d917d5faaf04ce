"""Events: rules and shaded spans, with labels in rows above the plot that are reserved before it is laid out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.board import Box
from tracker.charts.page.text import Align, Line
from tracker.charts.words.dates import MONTHS, spoken
from tracker.values import Event

INDENT = 4.0
"""Between a rule and its label, points."""

NARROW = 3.0
"""A shaded span is at least so wide, points."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event with its place.

    Parameters
    ----------
    x : float
        Of its rule, or where its span begins; points from the left edge of the plot.
    wide : float
        Width of its span, points; 0 for a single day, which has a rule.
    row : int
        From 0, the one next to the plot.
    left : bool
        Whether the label is at the left of the rule.
    name, day : str
        The two lines of the label.
    box : Box
        Of the label, points; its bottom counts from the top of the plot.
    """

    x: float
    wide: float
    row: int
    left: bool
    name: str
    day: str
    box: Box


def reach(event: Event, plane: Plane) -> tuple[float, float]:
    """Return where an event begins, and how wide it is if it took more than a day or its day is vague; points."""
    first, last = event.period.reach()
    if first == last:
        return plane.x(day_number(first)), 0.0
    left = max(plane.x(day_number(first)), 0.0)
    right = min(plane.x(day_number(last) + 1.0), plane.width)
    return min(left, plane.width - NARROW), max(right - left, NARROW)


def arrange(
    events: Sequence[tuple[Event, tuple[float, float]]],
    wide: float,
    rows: int,
    style: Style,
    *,
    year: bool,
    names: Collection[str] = (),
) -> tuple[list[Mark], list[str]]:
    """Find a row and a side for every event.

    Parameters
    ----------
    events : sequence of (Event, (float, float))
        Each with its place and width, see `reach`.
    wide : float
        Width of the plot, points.
    rows : int
        How many rows there may be.
    style : Style
        Sizes.
    year : bool
        Whether days are written with their year.
    names : collection of str
        Who is in the picture: where there is no room for all, what concerns them stays before the rest.

    Returns
    -------
    list of Mark
        In the order of time.
    list of str
        Labels of the events that found no room.

    Notes
    -----
    From the last to the first, so that the next row up is taken only where a label would run into a later
    one: right of the rule, left where it would leave the plot.
    """
    tried = [(event, _options(event, place, rows, style, year, wide)) for event, place in reversed(events)]
    placed, dropped = _placed(tried, wide)
    if any(_concerns(event, names) for event in dropped):
        first = sorted(tried, key=lambda one: not _concerns(one[0], names))
        placed, dropped = _placed(first, wide)
    left_out = [event.label for event, _ in events if event in dropped]
    return sorted(placed, key=lambda mark: mark.x), left_out


def _placed(tried: Sequence[tuple[Event, list[Mark]]], wide: float) -> tuple[list[Mark], list[Event]]:
    """Give each event in turn the first of its places that is free; return what has a place, and what has none."""
    placed: list[Mark] = []
    dropped: list[Event] = []
    for event, options in tried:
        found = next((mark for mark in options if _fits(mark, placed, wide)), None)
        if found is None:
            dropped.append(event)
        else:
            placed.append(found)
    return placed, dropped


def _concerns(event: Event, names: Collection[str]) -> bool:
    return any(name in names for name in event.entities)


def texts(marks: Sequence[Mark], top: float, style: Style) -> list[Line]:
    """Return the labels as lines of text; `top` is the height of the plot."""
    lines = []
    for mark in marks:
        x = mark.box.right if mark.left else mark.box.left
        align: Align = "right" if mark.left else "left"
        base = top + mark.row * style.event_row
        lines.append(Line(x, base + 15.5, mark.name, style.event_size, style.second, True, align))
        lines.append(Line(x, base + 5.0, mark.day, style.event_size, style.third, False, align))
    return lines


def rows_of(marks: Sequence[Mark]) -> int:
    """Return how many rows are taken."""
    return max((mark.row + 1 for mark in marks), default=0)


def _options(event: Event, place: tuple[float, float], rows: int, style: Style, year: bool, wide: float) -> list[Mark]:
    """Return the places to try: right, or left where that leaves the plot; next rows; then the other side."""
    period, size, (x, span) = event.period, style.event_size, place
    day = spoken(period.start, period.end, period.precision, year=year, names=MONTHS)
    long = max(width(event.label, size, True), width(day, size))
    first, second = [], []
    for row in range(rows):
        bottom, top = row * style.event_row + 2.0, (row + 1) * style.event_row - 2.0
        right = Mark(x, span, row, False, event.label, day, Box(x + INDENT, bottom, x + INDENT + long, top))
        left = Mark(x, span, row, True, event.label, day, Box(x - INDENT - long, bottom, x - INDENT, top))
        leaves = right.box.right > wide
        first.append(left if leaves else right)
        second.append(right if leaves else left)
    return [*first, *second]


def _fits(mark: Mark, placed: Sequence[Mark], wide: float) -> bool:
    """Whether a label stays within the plot, and neither labels nor rules run through each other."""
    if mark.box.left < 0 or mark.box.right > wide:
        return False
    return not any(
        mark.box.grown(2.0).meets(other.box) or _crosses(mark, other) or _crosses(other, mark) for other in placed
    )


def _crosses(rule: Mark, label: Mark) -> bool:
    """Whether the rule of the one runs through the label of the other."""
    return rule.row >= label.row and label.box.left - 2 <= rule.x <= label.box.right + 2
