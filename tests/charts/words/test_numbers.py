"""Numbers and ticks of the value axis."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.readings import Reading
from tracker.charts.axis.ticks import linear_ticks, log_ticks
from tracker.charts.words.numbers import points, relative, short, span
from tracker.values import Share


@given(st.floats(1e-6, 100))
def test_linear_ticks_start_at_zero_and_end_above_the_data(top):
    ticks = linear_ticks(top)
    assert ticks[0] == 0
    assert ticks[-1] >= top
    assert 3 <= len(ticks) <= 6


@given(st.floats(1e-6, 100), st.floats(1, 1e6))
def test_log_ticks_hold_the_data(low, ratio):
    ticks, bottom = log_ticks(low, low * ratio)
    assert 0 < bottom < low
    assert ticks == sorted(ticks)
    assert 1 <= len(ticks) <= 6
    assert ticks[-1] >= low * ratio * 0.999999


@pytest.mark.parametrize("value", [100.0, 50.0, 99.99])
def test_shares_never_get_an_axis_above_100(value):
    assert linear_ticks(value)[-1] <= 100


def test_minus_is_a_minus():
    assert points(-4.0) == "\N{MINUS SIGN}4 points"
    assert relative(-57.14) == "\N{MINUS SIGN}57%"
    assert span(-5, -3) == "3–5"


def reading(printed):
    day, share = date(2025, 1, 1), Share.parse(printed)
    return Reading("A", day, day, "day", day, day, str(share), share.value, *share.interval(), share.qualifier)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        *(("37.5", "38"), ("38.5", "39"), ("0.125", "0.13"), ("0.00", "0.00"), ("5.83", "5.8"), ("80.15", "80")),
        *(("~85.4", "~85"), ("<1", "<1"), ("2..5", "2–5"), ("99.96", "100"), ("5", "5")),
    ],
)
def test_a_short_value_rounds_half_up(printed, said):
    assert short(reading(printed)) == said


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_a_short_value_never_changes_the_order(grey, main):
    shown = short(reading(str(grey)), [reading(str(main))])
    assert not (grey < main and float(shown) > main)
    assert not (grey > main and float(shown) < main)
