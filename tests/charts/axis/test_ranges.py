"""From where to where the date axis goes."""

from __future__ import annotations

from datetime import date

import pytest

from charts.chart_frames import FLAGSHIP_EVENTS, flagship, frame_of
from tracker.charts.axis.ranges import day_range, within
from tracker.charts.picture import prepare
from tracker.values import Event, Period


@pytest.mark.parametrize(
    ("days", "span"),
    [
        (["2025-02-10", "2025-04-30"], (date(2025, 2, 1), date(2025, 4, 30))),
        (["2025-09-29", "2025-09-30", "2025-10-06"], (date(2025, 9, 29), date(2025, 10, 6))),
        (["2025-09-29"], (date(2025, 9, 1), date(2025, 10, 31))),
    ],
)
def test_few_readings_start_with_their_month_unless_that_is_long_ago(days, span):
    assert day_range(prepare(frame_of([("A", day, "5") for day in days]), "A"), ()) == span


def test_an_event_shortly_before_leads_the_axis():
    first, _ = day_range(prepare(flagship(), "DeepSeek R1"), FLAGSHIP_EVENTS)
    assert first == date(2025, 1, 1)


def test_spans_that_reach_into_the_axis_are_shown_and_days_before_it_are_not():
    events = [Event(Period.parse(text), text) for text in ("2025-03-05", "2024-11-01/2025-01-31", "2024", "2025-06")]
    shown = within(events, date(2025, 1, 15), date(2025, 5, 31))
    assert [event.label for event in shown] == ["2024-11-01/2025-01-31", "2025-03-05"]


def test_the_box_of_a_named_one_of_few_readings_ends_within_the_axis():
    rows = [("A", f"2025-{month:02d}", "5") for month in range(1, 7)] + [("B", "2025-05", "7"), ("B", "2025-06", "8")]
    picture = prepare(frame_of(rows), ["A", "B"], "linear")
    assert not picture.centred
    assert picture.days[1] == date(2025, 6, 30)
    assert prepare(frame_of(rows), ["A"], "linear").days[1] == date(2025, 6, 1)
