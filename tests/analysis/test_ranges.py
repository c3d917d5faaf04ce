"""No true value lies outside the ranges: readings are printed from shares that only the test knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.reading_of import monthly, reading, snapshot
from tracker.analysis.concentration import concentration
from tracker.analysis.drawdown import drawdown
from tracker.analysis.instability import instability
from tracker.analysis.interpolate import HOW, interpolate
from tracker.analysis.lead import lead
from tracker.analysis.logodds import log_odds
from tracker.analysis.newcombe import newcombe, sampled_change
from tracker.analysis.rank import ranks
from tracker.analysis.ratio import ratio
from tracker.analysis.wilson import sampled, wilson
from tracker.errors import TrackerError

TINY = 1e-6
true_shares = st.lists(st.integers(1, 9999).map(lambda units: units / 100), min_size=2, max_size=8)


@st.composite
def wholes(draw: st.DrawFn) -> list[float]:
    """Parts of one whole, in percent."""
    parts = draw(st.lists(st.integers(1, 1000), min_size=3, max_size=10))
    return [100 * part / sum(parts) for part in parts]


def printed(shares: list[float]) -> list[str]:
    return [f"{share:.0f}" for share in shares]


@given(wholes(), st.integers(1, 10))
def test_concentration_of_a_list_that_names_only_some(shares, count):
    named, unnamed = sorted(shares)[::-1][:count], sorted(shares)[::-1][count:]
    found = concentration(snapshot(*printed(named)))
    hhi = sum(share**2 for share in shares)
    assert found.rounding_low - TINY <= hhi <= found.rounding_high + TINY
    assert found.hhi_low <= found.hhi_high <= found.hhi_most
    exactly = concentration(snapshot(*(f"{share:.6f}" for share in named)))
    assert exactly.hhi_low - 0.01 <= hhi <= exactly.hhi_high + 0.01, unnamed


@given(wholes(), st.integers(1, 10), st.integers(1, 6))
def test_concentration_ratio_of_such_a_list(shares, count, k):
    ordered = sorted(shares)[::-1]
    found = ratio(snapshot(*printed(ordered[:count])), k)
    assert found.rounding_low - TINY <= sum(ordered[:k]) <= found.rounding_high + TINY
    exactly = ratio(snapshot(*(f"{share:.6f}" for share in ordered[:count])), k)
    assert exactly.low - 0.01 <= sum(ordered[:k]) <= exactly.high + 0.01


@given(wholes(), wholes())
def test_instability_with_comers_and_goers(first, second):
    size = max(len(first), len(second))
    one, other = ([*side, *[0.0] * (size - len(side))] for side in (first, second))
    moved = sum(abs(b - a) for a, b in zip(one, other, strict=True)) / 2
    found = instability(snapshot(*printed(first)), snapshot(*printed(second), period="2025-02"))
    assert found.points_low - TINY <= moved <= found.points_high + TINY
    assert found.points_low - TINY <= found.points <= found.points_high + TINY


@given(true_shares)
def test_drawdown_of_the_true_series(shares):
    found = drawdown(monthly(*printed(shares)))
    top, worst = shares[0], 0.0
    for share in shares:
        top = max(top, share)
        worst = min(worst, share - top)
    assert found.points_low - TINY <= worst <= found.points_high + TINY
    assert found.points_low <= found.points <= found.points_high
    assert found.current_low - TINY <= shares[-1] - max(shares) <= found.current_high + TINY


@given(st.lists(st.integers(0, 9999).map(lambda units: units / 100), min_size=2, max_size=8, unique=True))
def test_ranks_and_leads_of_the_true_shares(shares):
    here = snapshot(*printed(shares))
    truth = {chr(65 + place): share for place, share in enumerate(shares)}
    for one in ranks(here):
        own = truth[one.reading.entity]
        place = 1 + sum(share > own for share in shares)
        assert one.rank_low <= place <= one.rank_high
        assert one.rank_low <= one.rank <= one.rank_high
        assert len(one.ties) == one.rank_high - one.rank_low
    first = lead(here)
    others = [share for name, share in truth.items() if name != first.leader.entity]
    margin = truth[first.leader.entity] - max(others)
    assert first.points_low - TINY <= margin <= first.points_high + TINY
    assert margin > -TINY or not first.sure


@given(st.integers(1, 98), st.integers(1, 98))
def test_log_odds_go_back_as_they_came(one, other):
    there, back = log_odds(*monthly(f"{one}", f"{other}")), log_odds(*monthly(f"{other}", f"{one}"))
    assert there.value == pytest.approx(-back.value)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.low <= there.value <= there.high


@given(st.integers(0, 400), st.integers(0, 300))
def test_sampling_intervals_hold_those_of_the_true_counts(count, base):
    one = reading("2025-01", f"{base / 3:.0f}", size=300)
    other = reading("2025-02", f"{count / 4:.0f}", size=400)
    found, truth = sampled_change(one, other), newcombe(count, 400, base, 300)
    assert found.low - 1e-9 <= truth.low <= truth.high <= found.high + 1e-9
    share, exact = sampled(other), wilson(count, 400)
    assert share.low - 1e-9 <= exact.low <= exact.high <= share.high + 1e-9


@given(st.lists(st.integers(1, 99), min_size=2, max_size=5), st.integers(-40, 200), st.sampled_from(HOW))
def test_interpolation_stays_between_two_readings(shares, days, how):
    start = date(2025, 1, 1)
    those = [reading(str(start + timedelta(30 * place)), str(share)) for place, share in enumerate(shares)]
    day = start + timedelta(days)
    found = interpolate(those, day, how, largest_gap=30)
    assert bool(found) == (0 <= days <= 30 * (len(shares) - 1)) if not found else True
    assume(found)
    one, other = found.before, found.after
    assert one.start <= day <= other.start
    assert min(one.value, other.value) - TINY <= found.value <= max(one.value, other.value) + TINY
    assert found.low - TINY <= found.value <= found.high + TINY
    if day == one.start:
        assert found.value == pytest.approx(one.value)


@pytest.mark.parametrize(("how", "value"), [("previous", 8.0), ("linear", 5.0), ("log-odds", 4.04)])
def test_each_way_to_interpolate_says_something_else(how, value):
    found = interpolate(
        (reading("2025-01-01", "8"), reading("2025-01-21", "2")), date(2025, 1, 11), how, largest_gap=20
    )
    assert round(found.value, 2) == value
    assert str(found).startswith("R1 on 2025-01-11: ")
    assert f"computed, not published ({how}, from 8% (2025-01-01) and 2% (2025-01-21))" in str(found)
    assert found.row()["status"] == "I"


@pytest.mark.parametrize(
    ("shares", "how", "gap", "reason"),
    [
        (("8", "2"), "linear", 19, "the gap is too wide"),
        (("8", "<1"), "linear", 20, "a bound is no number to go from"),
        (("8", "0"), "log-odds", 20, "log-odds are of a share between 0 and 100%"),
    ],
)
def test_interpolation_is_refused(shares, how, gap, reason):
    pair = reading("2025-01-01", shares[0]), reading("2025-01-21", shares[1])
    assert interpolate(pair, date(2025, 1, 11), how, largest_gap=gap).reason == reason


def test_wrong_words_and_numbers():
    with pytest.raises(TrackerError, match="no way to interpolate"):
        interpolate((), date(2025, 1, 1), "spline", largest_gap=1)
    with pytest.raises(TrackerError, match="21 of 20 is no part of a sample"):
        wilson(21, 20)
    with pytest.raises(TrackerError, match="95 is no confidence"):
        newcombe(1, 2, 1, 2, 95)
    with pytest.raises(TrackerError, match="the greatest 0 are nobody"):
        ratio(snapshot("7"), 0)
