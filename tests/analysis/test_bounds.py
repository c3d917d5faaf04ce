"""Published bounds: what they leave open is not said, whoever asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading_of import monthly, snapshot
from tracker.analysis.drawdown import drawdown
from tracker.analysis.lead import lead
from tracker.analysis.peak import peak
from tracker.analysis.rank import ranks
from tracker.analysis.rank_change import rank_changes
from tracker.analysis.refused import Refused
from tracker.analysis.switches import switches

TINY = 1e-6
printed = st.one_of(
    st.integers(0, 100).map(str),
    st.integers(1, 20).map(lambda x: f"<{x}"),
    st.integers(1, 90).map(lambda x: f">{x}"),
    st.integers(1, 90).map(lambda x: f"{x}..{x + 3}"),
)


def test_a_bound_that_may_be_the_peak_leaves_no_drawdown():
    found = drawdown(monthly("7", ">8", "6", "7"))
    assert isinstance(found, Refused)
    assert found.reason == "bounds leave no peak"
    assert found.have == ">8% (2025-02) beside 7% (2025-01)"


def test_a_bound_that_may_be_the_deepest_fall_leaves_no_drawdown():
    found = drawdown(monthly("7", "<1", "6", "7"))
    assert isinstance(found, Refused)
    assert found.reason == "bounds leave the largest fall open"
    assert found.have == "<1% (2025-02) beside the fall from 7% (2025-01) to 6% (2025-03)"
    assert drawdown(monthly("<1", "7", "3", "5")).points == -4, "nothing fell to a bound at the start"
    assert drawdown(monthly("9", "3", "4..5", "5")).points == -6, "nor to one that is surely higher"


@given(st.lists(printed, min_size=2, max_size=7))
def test_a_drawdown_lies_in_its_range(shares):
    series = monthly(*shares)
    found = drawdown(series)
    if isinstance(found, Refused):
        return
    assert peak(series).reading is found.top
    assert peak(series).so_far is found.so_far
    assert found.points_low <= found.points <= found.points_high <= 0
    assert found.current_low <= found.current <= found.current_high <= 0


@pytest.mark.parametrize("shares", [("1", "7", "7"), ("7", "7"), ("7", "3", "7")])
def test_the_first_of_equal_highest_is_the_peak(shares):
    found = drawdown(monthly(*shares))
    assert not peak(monthly(*shares)).so_far
    assert not found.so_far
    assert found.top.period == f"2025-0{shares.index('7') + 1}"
    assert found.top is not found.last
    assert str(found).endswith(f"It is now 0 points (−1 to 0) from its peak of 7% (2025-0{shares.index('7') + 1}).")


def test_a_bound_has_no_place_unless_its_interval_settles_it():
    found = {one.reading.entity: one for one in ranks(snapshot("0.5", "<1", "0.3"))}
    assert [one.reading.entity for one in ranks(snapshot("0.5", "<1", "0.3"))] == ["A", "C", "B"]
    assert found["B"].rank is None
    assert found["B"].row()["rank"] is None
    assert [found[name].order for name in "ABC"] == [1, 3, 2]
    assert (found["B"].rank_low, found["B"].rank_high, found["B"].ties) == (1, 3, ("A", "C"))
    assert str(found["B"]) == (
        "B, with <1% (2025-01), has no one place among the 3 named: 1 to 3, not to be told apart from A and C."
    )
    assert (found["A"].rank, found["C"].rank) == (1, 2)
    assert str(found["A"]) == (
        "A is number 1 of the 3 named with 0.5% (2025-01);"
        " place 1 to 2 once rounding and bounds are counted, not to be told apart from B."
    )
    settled = ranks(snapshot("60", "30", "<1"))[2]
    assert str(settled) == "C is number 3 of the 3 named with <1% (2025-01)."


def test_a_lower_bound_has_a_place_where_nobody_can_be_above_or_beside_it():
    assert [one.rank for one in ranks(snapshot(">50", "30", "10"))] == [1, 2, 3]
    assert {one.reading.entity: one.rank for one in ranks(snapshot(">8", "9", "5"))} == {
        "A": None,
        "B": 1,
        "C": 3,
    }
    assert [(one.rank, one.order) for one in ranks(snapshot("<1", "9", "<1"))] == [(1, 1), (None, 2), (None, 2)]


@given(st.lists(printed, min_size=2, max_size=7))
def test_places_lie_in_their_ranges(shares):
    here = snapshot(*shares)
    for one in ranks(here):
        assert one.rank_low <= one.rank_high
        assert one.rank is None or one.rank_low <= one.rank <= one.rank_high
        assert one.rank is not None or (one.reading.value is None and one.rank_low < one.rank_high)
        assert str(one)
    first = lead(here)
    if isinstance(first, Refused):
        return
    assert first.points is None or first.points_low - TINY <= first.points <= first.points_high + TINY
    assert first.sure or first.leader.value is not None
    assert first.leader.qualifier != "<"


def test_a_bound_that_may_be_the_greatest_leaves_no_lead():
    found = lead(snapshot("0.5", "<1", "0.3"))
    assert isinstance(found, Refused)
    assert found.reason == "a bound leaves the lead open"
    assert found.have == "B <1% beside A 0.5% in 2025-01"
    assert lead(snapshot("9", ">8")).have == "B >8% beside A 9% in 2025-01"
    assert lead(snapshot("<1", "<2")).have == "only bounds, A <1% and B <2% in 2025-01"


def test_a_sure_lead_beside_bounds():
    assert str(lead(snapshot("60", "<30", "5"))) == (
        "A leads the named with 60% (2025-01), before C by between +29.5 and +56 points."
    )
    assert str(lead(snapshot(">50", "30", "5"))) == (
        "A leads the named with >50% (2025-01), before B by between +19.5 and +70.5 points."
    )


def test_a_change_of_place_beside_a_bound():
    before, after = snapshot("0.5", "<1", "0.3"), snapshot("0.5", "20", "0.3", period="2025-02")
    found = {one.first.reading.entity: one for one in rank_changes(before, after)}
    assert (found["B"].places, found["B"].row()["places"]) == (None, None)
    assert str(found["B"]) == (
        "B (2025-01 to 2025-02): place 1 to 3, then 1, for only a bound is published; whether it moved cannot be told."
    )
    assert str(found["C"]) == (
        "C fell from place 2 to 3 (2025-01 to 2025-02): place 2 to 3, then 3 once rounding and bounds are counted;"
        " these alone may explain it."
    )
    sure = rank_changes(snapshot("30", "20", "<10", "<10"), snapshot("30", "20", "40", "<10", period="2025-02"))[0]
    assert str(sure) == "C rose (2025-01 to 2025-02): place 3 to 4, then 1, for only a bound is published."


def test_a_period_without_a_lead_is_no_switch_and_ends_none():
    shares = [("9", "5"), ("9",), ("5", "<6"), ("5", "8")]
    leads = [lead(snapshot(*of, period=f"2025-0{place}")) for place, of in enumerate(shares, 1)]
    assert [bool(one) for one in leads] == [True, False, False, True]
    assert [str(one) for one in switches(leads)] == [
        "B leads by 2025-04, after A, which last surely led in 2025-01.",
    ]
    assert switches(leads[1:3]) == ()


def test_a_rise_may_hide_a_fall_that_a_bound_allows():
    assert drawdown(monthly("5", "<6", "9")).have == "<6% (2025-02) beside numbers that never fell"
    assert drawdown(monthly("5", "6..7", "9")).points == 0
