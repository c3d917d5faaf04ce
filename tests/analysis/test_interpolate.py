"""A day with a reading of its own takes that reading; nothing is made up there."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.reading_of import monthly, reading, series
from tracker.analysis.interpolate import HOW, interpolate
from tracker.analysis.refused import Refused
from tracker.errors import UsageProblem

MONTHS = monthly("8", "4")


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    ("day", "share", "period"),
    [
        (date(2025, 1, 1), 8.0, "2025-01"),
        (date(2025, 1, 10), 8.0, "2025-01"),
        (date(2025, 2, 10), 4.0, "2025-02"),
        (date(2025, 2, 28), 4.0, "2025-02"),
    ],
)
def test_a_day_within_a_published_period_takes_its_reading(how, day, share, period):
    found = interpolate(MONTHS, day, how, largest_gap=1)
    assert (found.value, found.low, found.high) == (share, share - 0.5, share + 0.5)
    assert found.published
    assert str(found) == f"R1 on {day}: {share:g}% ({share - 0.5} to {share + 0.5}), published for {period}."
    assert (found.row()["status"], found.row()["how"]) == ("A", "published")


def test_a_day_that_was_read_needs_no_neighbours():
    days = series(("2025-01-01", "8"), ("2025-03-01", "5"), ("2025-06-01", "2"))
    assert interpolate(days, date(2025, 3, 1), "linear", largest_gap=7).value == 5
    assert interpolate(days[:1], date(2025, 1, 1), "previous", largest_gap=7).value == 8
    between = interpolate(days, date(2025, 1, 31), "previous", largest_gap=70)
    assert not between.published
    assert between.value == 8


def test_the_shortest_period_that_holds_the_day_is_taken():
    mixed = series(("2025", "7"), ("2025-07", "5"))
    assert interpolate(mixed, date(2025, 7, 20), "linear", largest_gap=1).value == 5
    assert interpolate(mixed, date(2025, 3, 1), "linear", largest_gap=1).value == 7


def test_a_bound_of_its_own_is_no_number():
    found = interpolate((*MONTHS, reading("2025-03", "<1")), date(2025, 3, 9), "linear", largest_gap=99)
    assert isinstance(found, Refused)
    assert (found.reason, found.have) == ("the reading of that day is only a bound", "<1% (2025-03)")


@pytest.mark.parametrize("gap", [None, float("nan"), float("inf"), -1, "30", True])
def test_the_largest_gap_is_a_number_of_days(gap):
    with pytest.raises(UsageProblem, match="largest gap"):
        interpolate(MONTHS, date(2025, 1, 10), "linear", largest_gap=gap)


def test_one_day_is_said_in_the_singular():
    days = series(("2025-01-01", "8"), ("2025-01-03", "5"))
    found = interpolate(days, date(2025, 1, 2), "linear", largest_gap=1)
    assert (found.needed, found.have.rpartition(", ")[2]) == ("two readings at most 1 day apart", "2 days apart")
