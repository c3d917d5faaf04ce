"""From where to where the two axes go."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from tracker.charts.axis.plane import Plane, day_number
from tracker.charts.axis.ticks import linear_ticks, log_ticks
from tracker.charts.picture import Picture
from tracker.values import Event

LEAD = timedelta(weeks=6)
"""An event so long before the first reading is still shown: it may be what the reading is about."""

LONG_SPAN = 3 * 365


def day_range(picture: Picture, events: Sequence[Event]) -> tuple[date, date]:
    """Return the first and the last day of the date axis.

    Readings shown with boxes start with their month, and so does an axis that is led by an event.
    """
    drawn = picture.drawn()
    first = min(reading.earliest for reading in drawn)
    last = max(reading.latest if picture.centred else reading.earliest for reading in drawn)
    leading = [event.period.start for event in events if first - LEAD <= event.period.start < first]
    if leading or picture.main.few:
        first = min([first, *leading]).replace(day=1)
    if picture.main.few and (last - first).days > LONG_SPAN:
        first = first.replace(month=1)
    if len({picture.x(reading) for reading in drawn}) == 1:
        first, last = _widened(first, last, leading)
    return first, last if last > first else first + timedelta(days=1)


def _widened(first: date, last: date, leading: list[date]) -> tuple[date, date]:
    """Give a single reading the time before and after it, in whole months."""
    spread = max((last - first) / 2, timedelta(days=15))
    last += spread
    return first if leading else (first - spread).replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])


def within(events: Sequence[Event], first: date, last: date) -> list[Event]:
    """Return the events that start within the axis, in the order of time."""
    return sorted(
        (event for event in events if first <= event.period.start <= last), key=lambda e: (e.period.start, e.label)
    )


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
    if not picture.log:
        ticks = linear_ticks(_greatest(picture), most)
        return ticks, 0.0, ticks[-1]
    levels = [reading.level for reading in picture.drawn() if reading.level > 0]
    ticks, bottom = log_ticks(min(levels), _greatest(picture), most + 1)
    return ticks, bottom, max(ticks[-1], _greatest(picture))


def plane_of(picture: Picture, days: tuple[date, date], width: float, height: float) -> Plane:
    """Return the plot as a plane of points."""
    _, bottom, top = value_axis(picture, height)
    return Plane(width, height, day_number(days[0]), day_number(days[1]), bottom, top, picture.log)


def _greatest(picture: Picture) -> float:
    """Greatest percentage that has a mark: values, their rounding where it is drawn, and bounds."""
    marks = [reading.level for reading in picture.drawn()]
    for series in picture.series:
        if series.role != "context":
            marks += [reading.highest for reading in series.readings if reading.value is not None]
        marks += [r.highest for r in series.readings if r.value is None and r.qualifier is None]
    return max(marks)
