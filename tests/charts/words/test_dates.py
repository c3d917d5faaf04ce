"""Dates in words and ticks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.charts.axis.dateticks import date_ticks
from tracker.charts.words.dates import spoken
from tracker.values import Period


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("~2025-02-15", "mid-February 2025"),
        ("~2025-02-03", "early February 2025"),
        ("~2025-04-30", "the end of April 2025"),
        ("~2025-04-25", "late April 2025"),
        ("2025-04-30", "30 April 2025"),
        ("2025-02", "February 2025"),
        ("2025-W07", "the week of 10 February 2025"),
        ("2025-Q1", "Q1 2025"),
        ("2025-H1", "H1 2025"),
        ("2025", "2025"),
        ("2025-02-11/2025-02-20", "11–20 February 2025"),
        ("2025-02-11/2025-03-02", "11 February – 2 March 2025"),
        ("2024-12-30/2025-01-02", "30 December 2024 – 2 January 2025"),
        ("~2025-02", "around February 2025"),
        ("~2025-Q1", "around Q1 2025"),
        ("~2025", "around 2025"),
    ],
)
def test_periods_are_said_as_exactly_as_they_are(written, said):
    period = Period.parse(written)
    assert spoken(period.start, period.end, period.precision) == said


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.integers(1, 40_000), st.floats(60, 900))
def test_ticks_are_few_in_order_and_within(first, days, width):
    last = date.fromordinal(min(first.toordinal() + days, date(2199, 12, 31).toordinal()))
    ticks = date_ticks(first, last, width)
    places = [day for day, _ in ticks]
    assert 1 <= len(ticks) <= max(width / 27, 3)
    assert places == sorted(set(places))
    assert first <= places[0]
    assert places[-1] <= last
    assert any(char.isdigit() for char in ticks[0][1]), "the first tick has its year"


def test_years_stand_under_january():
    texts = [text for _, text in date_ticks(date(2025, 4, 1), date(2026, 9, 1), 370.0)]
    assert texts == ["Apr\n2025", "Jul", "Oct", "Jan\n2026", "Apr", "Jul"]
