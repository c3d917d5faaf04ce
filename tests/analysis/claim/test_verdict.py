"""The verdict over all figures of a claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claiming import asked, series, stored
from tracker.analysis.claim import judge

FALL = [stored("~2025-02-15", "7"), stored("~2025-04-30", "3")]


@pytest.mark.parametrize(
    ("figures", "verdict", "each"),
    [
        ({"before": "7", "after": "3"}, "supported", ["supported", "supported"]),
        ({"before": "7", "after": "3", "points": "-4", "percent": "-57"}, "supported", ["supported"] * 4),
        ({"before": "50", "after": "3"}, "contradicted", ["contradicted", "supported"]),
        ({"before": "7.2", "after": "3"}, "cannot tell", ["cannot tell", "supported"]),
        ({"before": "7.2", "after": "4"}, "contradicted", ["cannot tell", "contradicted"]),
    ],
)
def test_one_verdict_over_all(figures, verdict, each):
    found = judge(asked("2025-02", "2025-04", **figures), FALL)
    assert (found.verdict, [one.verdict for one in found.figures]) == (verdict, each)
    assert found.pair is not None
    assert (found.pair.moved.points, found.pair.moved.points_low, found.pair.moved.points_high) == (-4.0, -5.0, -3.0)
    assert list(found.stored) == FALL


def test_one_time_has_no_change():
    found = judge(asked(None, "2025-04", share="3"), FALL)
    assert (found.verdict, found.pair, found.stored) == ("supported", None, (FALL[1],))


def test_a_peak_between_the_two_is_mentioned():
    readings = series(m01="2", m02="5", m03="7", m04="4", m05="3")
    found = judge(asked("2025-01", "2025-05", before="7", after="3"), readings)
    assert (found.verdict, found.figures[0].verdict) == ("contradicted", "contradicted")
    assert found.figures[0].notes == ("7% (2025-03), the peak between the two, would bear it out",)
    found = judge(asked("2025-01", "2025-04", before="5", after="4"), readings)
    assert found.figures[0].notes == ("5% (2025-02), a reading between the two, would bear it out",)
    found = judge(asked("2025-03", "2025-05", before="4", after="3"), readings)
    assert found.figures[0].notes == ("4% (2025-04), a reading between the two, would bear it out",)
    assert judge(asked("2025-02", "2025-03", before="2", after="7"), readings).figures[0].notes == ()


def test_within_one_period():
    found = judge(asked("2025", "2025", before="2", after="3", points="1"), series(m01="2", m03="7", m05="3"))
    assert found.verdict == "supported"
    year = [stored("2025", "4"), *series(m01="2", m05="3")]
    assert judge(asked("2025", "2025", before="2", after="3"), year).verdict == "supported"


def test_one_reading_cannot_be_both():
    found = judge(asked("2025", "2025", before="7", after="3", points="-4"), [stored("2025", "7")])
    assert [one.verdict for one in found.figures] == ["cannot tell"] * 3
    assert found.figures[0].because == "7% (2025) is the only reading, and cannot be both the first and the last"
    assert found.pair is None


@given(st.lists(st.integers(10, 900), min_size=2, max_size=12), st.sampled_from((-5, 5)))
def test_what_stands_is_supported_and_what_never_stood_is_contradicted(units, beyond):
    readings = [stored(f"2025-{month:02}", f"{unit / 10:.1f}") for month, unit in enumerate(units, 1)]
    first, last = readings[0], readings[-1]
    right = asked(str(first.period), str(last.period), before=str(first.share), after=str(last.share))
    assert judge(right, readings).verdict == "supported"
    outside = (max(units) if beyond > 0 else min(units)) + beyond
    assert judge(asked("2025", None, before=f"{outside / 10:.1f}"), readings).verdict == "contradicted"
