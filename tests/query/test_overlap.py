"""Which readings count in a period: held against the plain words of the rule."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.query.overlap import counted, innermost

FIRST = date(2025, 1, 1)


@st.composite
def rows(draw):
    start, days = draw(st.integers(0, 12)), draw(st.integers(0, 12))
    first = FIRST + timedelta(start)
    precision = draw(st.sampled_from(["range", "month", "approx"]))
    return {"period_start": first, "period_end": first + timedelta(days), "precision": precision}


def contains(one, other):
    span, inner = ((row["period_start"], row["period_end"]) for row in (one, other))
    return span != inner and span[0] <= inner[0] and inner[1] <= span[1]


@given(st.lists(rows(), max_size=8))
def test_the_innermost_are_those_that_contain_no_other(found):
    assert innermost(found) == [
        place for place, one in enumerate(found) if not any(contains(one, other) for other in found)
    ]


@given(st.lists(rows(), min_size=1, max_size=8), st.sampled_from(["last", "mean"]))
def test_every_reading_counts_or_is_said_to_be_left_out_but_beside_the_source_s_own(found, how):
    first, last = FIRST, FIRST + timedelta(6)
    kept, left_out = counted(found, first, last, how)
    same = [row for row in found if (row["period_start"], row["period_end"]) == (first, last)]
    if same:
        (place,) = kept
        assert found[place] in same
        assert found[place]["precision"] == "month" or all(row["precision"] != "month" for row in same)
    else:
        assert len(kept) + len(left_out) == len(found)
        assert how == "mean" or not left_out
