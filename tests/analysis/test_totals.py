"""Sums of shares, with the rounding of all of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import shares
from tracker.analysis.decimals import exact
from tracker.analysis.totals import lowest, status, total
from tracker.values import Share


def added(*texts):
    return total([Share.parse(text) for text in texts])


@pytest.mark.parametrize(
    ("parts", "printed", "low", "high"),
    [
        (("7", "3"), "10", 9.0, 11.0),
        (("7", "3.25"), "10.25", 9.745, 10.755),
        (("0.1", "0.2"), "0.3", 0.2, 0.4),
        (("0", "0"), "0", 0.0, 1.0),
        (("8", "<1"), "7.5..9.5", 7.5, 9.5),
        (("<1", "<0.5"), "0.0..1.5", 0.0, 1.5),
        (("6..7", "1.0"), "6.95..8.05", 6.95, 8.05),
        ((">5", "3"), "7.5..100.0", 7.5, 100.0),
        (("~2", "3"), "~5", 4.0, 6.0),
        (("60", "40"), "100", 99.0, 100.0),
        (("33.4", "33.3", "33.4"), "99.95..100.00", 99.95, 100.0),
        (("<1",), "<1", 0.0, 1.0),
        (("~5",), "~5", 4.5, 5.5),
    ],
)
def test_sums(parts, printed, low, high):
    found = added(*parts)
    assert (str(found), *found.interval()) == (printed, low, high)


def test_parts_that_cannot_be_parts_of_one_whole():
    assert added("60", "42") is None
    assert lowest([Share.parse("60"), Share.parse("42")]) == 101.0


def test_decimals_that_nobody_knows():
    found = total([Share(7.0), Share.parse("0.25")])
    assert (str(found), found.decimals, found.interval()) == ("7.25", None, (7.245, 7.255))


def test_published_intervals_count_instead_of_rounding():
    assert total([Share(7.0, 6.1, 8.0, None, 0), Share.parse("3")]).interval() == (8.6, 11.5)


@given(st.lists(shares(), min_size=2, max_size=5))
def test_a_sum_is_that_of_its_parts_and_so_is_its_interval(parts):
    found = total(parts)
    low, high = (sum(exact(part.interval()[side]) for part in parts) for side in (0, 1))
    if found is None:
        assert low > 100
        return
    assert found.interval() == (float(low), float(min(high, Decimal(100))))
    values = [part.value for part in parts]
    if None not in values and sum(map(exact, values)) <= 100:
        assert found.value == float(sum(map(exact, values)))
        assert Share.parse(str(found)).value == found.value
    else:
        assert found.value is None
    assert total(parts[::-1]) == found


@pytest.mark.parametrize(
    ("marks", "found"), [("AA", "A"), ("AP", "P"), ("PE", "E"), ("FB", "B"), ("AQ", "Q"), ("QP", "P")]
)
def test_the_status_that_calls_for_most_caution(marks, found):
    assert status(list(marks)) == found
