"""Change, peak, gaps and summary."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.change import change
from tracker.analysis.decimals import difference
from tracker.analysis.gaps import runs, usual_spacing
from tracker.analysis.peak import peak
from tracker.analysis.readings import Reading
from tracker.errors import TrackerError
from tracker.values import Period, Share


def reading(period: str, share: str) -> Reading:
    when, value = Period.parse(period), Share.parse(share)
    bounds = value.interval()
    return Reading(
        "R1", when.start, when.end, when.precision, *when.reach(), str(value), value.value, *bounds, value.qualifier
    )


FLAGSHIP = reading("~2025-02-15", "7"), reading("~2025-04-30", "3")


def test_the_flagship_change():
    found = change(*FLAGSHIP)
    assert (found.points, found.points_low, found.points_high) == (-4.0, -5.0, -3.0)
    assert round(found.percent, 1) == -57.1
    assert (round(found.percent_low, 1), round(found.percent_high, 1)) == (-66.7, -46.2)
    assert (found.days_low, found.days_high) == (64, 79)
    assert str(found) == (
        "−4 points as published (−5 to −3 once rounding is counted), −57.1% (−66.7% to −46.2%), 64 to 79 days apart"
    )


def test_verbs_hold_only_over_the_whole_interval():
    found = change(*FLAGSHIP)
    assert found.direction == "fell"
    assert not found.holds("halved")
    assert change(reading("2025-01", "7.0"), reading("2025-02", "3.0")).holds("more than halved")
    assert change(reading("2025-01", "3.0"), reading("2025-02", "7.0")).holds("doubled")
    assert change(reading("2025-01", "7"), reading("2025-02", "6")).direction == "unchanged within rounding"
    with pytest.raises(TrackerError, match="halved"):
        found.holds("vanished")


def test_a_base_that_may_be_zero_has_no_percent():
    found = change(reading("2025-01", "0"), reading("2025-02", "3"))
    assert found.percent is found.percent_low is found.percent_high is None
    assert found.points == 3.0
    assert "%" not in str(found)


def test_bounds_have_no_points_but_a_range():
    found = change(reading("2025-01", "<1"), reading("2025-02", "3"))
    assert found.points is None
    assert (found.points_low, found.points_high) == (1.5, 3.5)
    assert str(found).startswith("between +1.5 and +3.5 points")


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_differences_have_no_dust(a, b):
    assert difference(a / 100, b / 100) == (a - b) / 100


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_the_published_change_lies_in_its_range(a, b):
    found = change(reading("2025-01", f"{a / 10:.1f}"), reading("2025-02", f"{b / 10:.1f}"))
    assert found.points_low <= found.points <= found.points_high
    if found.percent is not None:
        assert found.percent_low <= found.percent <= found.percent_high


def series(*pairs: tuple[str, str]) -> list[Reading]:
    return [reading(*pair) for pair in pairs]


def test_the_peak_is_the_first_maximum():
    found = peak(series(("2025-01", "3"), ("2025-02", "7"), ("2025-03", "7"), ("2025-04", "1")))
    assert (found.index, found.so_far) == (1, False)
    assert peak(series(("2025-01", "3"), ("2025-02", "7"))).so_far
    assert peak(series(("2025-01", "<3"))) is None
    assert peak(series(("2025-01", "7"), ("2025-02", ">8"))) is None, "something above 8 was higher"


@pytest.mark.parametrize(
    ("periods", "usual", "lengths"),
    [
        (["2025-01", "2025-02", "2025-03", "2025-05"], 1, [3, 1]),
        (["2025-01", "2025-02", "2025-04"], 1, [2, 1]),
        (["2024-Q1", "2024-Q2", "2024-Q4", "2025-Q1"], 3, [2, 2]),
        (["2025-01-01", "2025-01-08", "2025-01-15", "2025-01-29"], 7, [3, 1]),
        (["2025-W01", "2025-W02", "2025-W03"], 7, [3]),
        (["2025-01"], None, [1]),
    ],
)
def test_gaps(periods, usual, lengths):
    found = [reading(period, "5") for period in periods]
    assert usual_spacing(found) == usual
    assert [len(run) for run in runs(found)] == lengths


@given(st.sets(st.dates(date(2000, 1, 1), date(2030, 1, 1)), max_size=30))
def test_every_reading_is_in_one_run(days):
    found = [reading(day.isoformat(), "5") for day in sorted(days)]
    assert [one for run in runs(found) for one in run] == found
