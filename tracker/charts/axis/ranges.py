"""From where to where the two axes go."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.axis.ticks import linear_ticks, log_ticks, logit_ticks
from tracker.charts.picture import Picture
from tracker.values import Event

LEAD = timedelta(weeks=6)
"""An event so long before the first reading is still shown: it may be what the reading is about."""

LONG_SPAN = 3 * 365

TICK_ROOM = 15.0
"""Least distance between two ticks of a logit axis, points."""


def day_range(picture: Picture, events: Sequence[Event]) -> tuple[date, date]:
    """Return the first and the last day of the date axis.

    Readings shown with boxes start with their month, unless that is longer ago than they span, and so does
    an axis that is led by an event.
    """
    first, last = picture.days
    leading = [event.period.start for event in events if first - LEAD <= event.period.start < first]
    if leading or (picture.main.few and first.day - 1 <= (last - first).days):
        first = min([first, *leading]).replace(day=1)
    if picture.main.few and (last - first).days > LONG_SPAN:
        first = first.replace(month=1)
    if picture.at_one_place:
        first, last = _widened(first, last, leading)
    return first, last if last > first else first + timedelta(days=1)


def _widened(first: date, last: date, leading: list[date]) -> tuple[date, date]:
    """Give a single reading the time before and after it, in whole months."""
    spread = max((last - first) / 2, timedelta(days=15))
    last += spread
    return first if leading else (first - spread).replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])


def within(events: Sequence[Event], first: date, last: date) -> list[Event]:
    """Return the events that start within the axis, and spans that reach into it, in the order of time."""
    shown = [
        event
        for event in events
        if event.period.start <= last
        and (event.period.start >= first or (event.period.end > event.period.start and event.period.end >= first))
    ]
    return sorted(shown, key=lambda event: (event.period.start, event.label))


def value_axis(picture: Picture, height: float) -> tuple[list[float], float, float]:
    """Return the ticks of the value axis and its two ends, in percent.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    height : float
        Height of the plot, points; a low plot gets fewer ticks.
    """
    most = max(2, min(5, int(height / 26)))
    least, greatest = picture.levels
    if picture.scale == "linear":
        ticks = linear_ticks(greatest, most)
        return ticks, 0.0, ticks[-1]
    if picture.scale == "logit":
        return logit_ticks(least, greatest, TICK_ROOM / height)
    ticks, bottom = log_ticks(least, greatest, max(3, min(6, int(height / 18))))
    return ticks, bottom, max(ticks[-1], greatest)


def plane_of(picture: Picture, days: tuple[date, date], width: float, height: float) -> Plane:
    """Return the plot as a plane of points."""
    _, bottom, top = value_axis(picture, height)
    return Plane(width, height, day_number(days[0]), day_number(days[1]), bottom, top, picture.scale)
