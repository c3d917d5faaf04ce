import pytest

from tracker.importers.sums import exceeding
from tracker.store.plan import Entry
from tracker.values import Citation, Observation, Period, Share


def entries(*shares, market="x/m"):
    page = Citation("https://example.org/")
    return [
        Entry(line, Observation(market, f"part {line}", Period.parse("2025-02"), Share.parse(share), page))
        for line, share in enumerate(shares, 2)
    ]


@pytest.mark.parametrize("shares", [("60", "40"), ("50.1", "30.0", "20.0"), ("33.4", "33.4", "33.3"), ("<60", "70")])
def test_parts_that_rounding_explains_are_no_finding(shares):
    assert exceeding(entries(*shares), {"x/m"}) == []


def test_parts_above_the_whole_are_named_with_their_period():
    assert exceeding(entries("90", "90", "90"), {"x/m"}) == [
        "the parts of x/m sum to more than the whole in 2025-02: 270"
    ]


def test_each_part_is_off_by_half_of_its_own_last_decimal():
    assert exceeding(entries("60", "40.5"), {"x/m"}) == []
    assert exceeding(entries("60", "40.6"), {"x/m"}) == [
        "the parts of x/m sum to more than the whole in 2025-02: 100.6"
    ]
    assert exceeding(entries("60", ">41"), {"x/m"}) == [
        "the parts of x/m sum to more than the whole in 2025-02: 100.5 to 160.5"
    ]


def test_only_markets_of_parts_are_looked_at():
    assert exceeding(entries("90", "90"), set()) == []
