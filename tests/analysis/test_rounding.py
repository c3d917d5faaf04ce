from decimal import Decimal

import pytest

from tracker.analysis.rounding import Total
from tracker.values import Share


def total(*shares):
    added = Total()
    for share in shares:
        added.add(Share.parse(share))
    return added


@pytest.mark.parametrize(
    ("shares", "text", "low", "high"),
    [
        ((), "0", "0", "0"),
        (("7", "3.25"), "10.25", "9.745", "10.755"),
        (("0", "0.0"), "0", "0", "0.55"),
        (("8", "<1"), "7.5 to 9.5", "7.5", "9.5"),
        (("6.5..7.5", ">90"), "96.5 to 107.5", "96.5", "107.5"),
        (("100",), "100", "99.5", "100"),
    ],
)
def test_a_total_has_all_that_its_parts_allow(shares, text, low, high):
    added = total(*shares)
    assert (str(added), added.low, added.high) == (text, Decimal(low), Decimal(high))


def test_at_the_edge_of_the_tolerance_rounding_still_explains_it():
    assert not total("60", "41").over
    assert not total("60", "39").short
    assert total("60", "41.1").over
    assert total("60", "38.9").short


def test_computed_shares_miss_the_whole_by_dust():
    third = Share(100 / 3)
    added = Total()
    for _ in range(3):
        added.add(third)
    assert added.printed != 100
    assert not added.over
    assert not added.short
