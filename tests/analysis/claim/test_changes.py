"""Claimed changes against what the stored pair works out to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claiming import asked, series, stored, told
from tracker.analysis.claim import judge
from tracker.analysis.claim.changes import judge_change, pair

FALL = stored("~2025-02-15", "7"), stored("~2025-04-30", "3")


def judged(role, claimed, readings=FALL, breaks=()):
    return judge_change(asked("2025-02", "2025-04", **{role: claimed}).figures[0], pair(*readings), breaks)


@pytest.mark.parametrize(
    ("role", "claimed", "verdict"),
    [
        ("points", "-4", "supported"),
        ("points", "-4.0", "supported"),
        ("points", "-3", "cannot tell"),
        ("points", "-4.3", "cannot tell"),
        ("points", "-2", "contradicted"),
        ("points", "-6", "contradicted"),
        ("points", "-57", "contradicted"),
        ("percent", "-57", "supported"),
        ("percent", "-57.1", "supported"),
        ("percent", "-57.14", "supported"),
        ("percent", "-50", "cannot tell"),
        ("percent", "-60.0", "cannot tell"),
        ("percent", "-70", "contradicted"),
        ("percent", "-4", "contradicted"),
        ("percent", "57", "contradicted"),
    ],
)
def test_the_flagship_fall(role, claimed, verdict):
    found = judged(role, claimed)
    assert found.verdict == verdict
    said = "−4 points (−5 to −3)" if role == "points" else "−57.1% (−66.7% to −46.2%)"
    assert found.because == f"7% (~2025-02-15) to 3% (~2025-04-30) is {said}"


def test_a_fall_without_its_minus_is_explained():
    found = judged("points", "4")
    assert (found.verdict, found.notes) == (
        "contradicted",
        ("−4 would be right: a fall is written with a minus, a number without a sign is a rise",),
    )


def test_bounds_have_a_range_and_no_value():
    readings = stored("2025-02", "<1"), stored("2025-04", "9")
    assert judged("points", "+8.5", readings).verdict == "cannot tell"
    assert judged("points", "8", readings).because == "<1% (2025-02) to 9% (2025-04) is between +7.5 and +9.5 points"
    assert judged("points", "20", readings).verdict == "contradicted"


def test_nothing_is_a_percent_of_zero():
    found = judged("percent", "50", (stored("2025-02", "0"), stored("2025-04", "3")))
    assert (found.verdict, found.because) == (
        "cannot tell",
        "0% (2025-02) may be zero, and nothing is a percent of zero",
    )


def test_across_a_change_of_method_nobody_can_tell():
    readings = [stored("2025-02", "7"), stored("2025-03", "4", "B"), stored("2025-04", "3")]
    found = judge(asked("2025-02", "2025-04", points="-4"), readings)
    assert found.verdict == "cannot tell"
    assert "the method changed with 2025-03" in found.figures[0].because
    assert judge(asked("2025-03", "2025-04", points="-1"), readings).verdict == "supported", "the break is the base"


def test_a_competing_page_with_which_it_would_be_right():
    readings = stored("2025-02", "7"), stored("2025-04", "3", tellings=(told("1"),))
    found = judged("points", "-6", readings)
    assert (found.verdict, found.notes) == (
        "cannot tell",
        ("with 7% to 1%, as another page says, it would be right: Rival <https://example.com/rival>",),
    )
    assert judged("points", "-9", readings).verdict == "contradicted"


def test_a_missing_reading():
    found = judge(asked("2025-02", "2025-06", percent="-50"), series(m02="7"))
    assert found.verdict == "cannot tell"
    assert found.figures[0].because == "the two readings that it would be worked out from are not both there"


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_what_is_worked_out_is_supported(a, b):
    readings = stored("2025-02", f"{a / 10:.1f}"), stored("2025-04", f"{b / 10:.1f}")
    moved = pair(*readings).moved
    assert judged("points", f"{moved.points:+.1f}", readings).verdict == "supported"
    if moved.percent is not None:
        assert judged("percent", f"{moved.percent:+.2f}", readings).verdict == "supported"
    beyond = moved.points_high + 0.2
    assert judged("points", f"{beyond:+.1f}", readings).verdict == "contradicted"
