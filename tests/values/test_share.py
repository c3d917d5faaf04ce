from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from strategies import bounded_shares, shares
from tracker.errors import InvalidValue
from tracker.values import Share


@pytest.mark.parametrize(
    ("text", "share", "written"),
    [
        ("7", Share(7.0, decimals=0), "7"),
        ("7%", Share(7.0, decimals=0), "7"),
        ("7.0 %", Share(7.0, decimals=1), "7.0"),
        ("07", Share(7.0, decimals=0), "7"),
        ("0", Share(0.0, decimals=0), "0"),
        ("100.00", Share(100.0, decimals=2), "100.00"),
        ("<1", Share(None, None, 1.0, "<", 0), "<1"),
        ("< 0.5%", Share(None, None, 0.5, "<", 1), "<0.5"),
        (">5", Share(None, 5.0, None, ">", 0), ">5"),
        (">0", Share(None, 0.0, None, ">", 0), ">0"),
        ("6.5..7.5", Share(None, 6.5, 7.5, None, 1), "6.5..7.5"),
        ("6..7.25", Share(None, 6.0, 7.25, None, 2), "6.00..7.25"),
        ("7..7", Share(None, 7.0, 7.0, None, 0), "7..7"),
        ("~85", Share(85.0, None, None, "~", 0), "~85"),
        ("21.8708728767779", Share(21.8708728767779, decimals=13), "21.8708728767779"),
        ("0.100000000000000000", Share(0.1, decimals=18), "0.100000000000000000"),
    ],
)
def test_every_written_form_is_read_and_written_back(text, share, written):
    assert Share.parse(text) == share
    assert str(share) == written


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "%", "7,0", "1,000", "NaN", "nan", "inf", "1e309", "1e1", "-1", "-0", "+7", "101", "100.1",
        "<0", ">100", "<101", "6..5", "6..", "..7", "6...7", "6-7", "7%%", "<>7", "~<7", "<~7", "７", "7.", ".5",
        "0x7", "1_0", "seven", "0.1234567890123456789", "9" * 400, "≤7", "7 8",
    ],
)  # fmt: skip
def test_everything_else_is_refused_in_words(text):
    with pytest.raises(InvalidValue):
        Share.parse(text)


def test_a_refusal_shows_the_text_and_the_forms():
    with pytest.raises(InvalidValue) as refused:
        Share.parse("7,0")
    assert str(refused.value) == "'7,0' is not a share in percent\nWrite 7%, 7, 7.0, <1, >5, 6.5..7.5 or ~7."


@pytest.mark.parametrize(
    "parts",
    [
        (None,),
        (float("nan"),),
        (float("inf"),),
        (7.0, 8.0),
        (7.0, None, 6.0),
        (7.0, None, None, "<"),
        (7.0, None, None, "?"),
        (None, 6.0, 7.0, "~"),
        (None, 6.0, None, None),
        (7.0, None, None, None, 19),
        (7.0, None, None, None, -1),
    ],
)
def test_parts_that_do_not_fit_each_other_are_refused(parts):
    with pytest.raises(InvalidValue):
        Share(*parts)


@given(shares())
def test_what_is_written_is_read_back_the_same(share):
    assert Share.parse(str(share)) == share


@given(shares())
def test_a_written_share_has_one_spelling(share):
    assert str(Share.parse(str(share))) == str(share)


@given(bounded_shares())
def test_the_interval_holds_the_number_and_stays_within_0_and_100(share):
    low, high = share.interval()
    assert 0 <= low <= high <= 100
    assert share.value is None or low <= share.value <= high


@given(shares().filter(lambda share: share.value is not None))
def test_rounding_is_one_unit_of_the_last_decimal_wide_but_for_the_ends(share):
    low, high = (Decimal(repr(end)) for end in share.interval())
    unit, value = Decimal(1).scaleb(-share.decimals), Decimal(repr(share.value))
    width = min(value + unit / 2, 100) - max(value - unit / 2, 0)
    assert high - low == pytest.approx(width, abs=Decimal("1e-12"))
    assert width == unit or not unit / 2 <= value <= 100 - unit / 2


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("7", (6.5, 7.5)),
        ("7.0", (6.95, 7.05)),
        ("0", (0.0, 0.5)),
        ("100", (99.5, 100.0)),
        ("<1", (0.0, 1.0)),
        (">5", (5.0, 100.0)),
        ("6..7", (6.0, 7.0)),
        ("~85", (84.5, 85.5)),
    ],
)
def test_intervals(text, interval):
    assert Share.parse(text).interval() == interval


def test_published_bounds_prevail_over_rounding():
    assert Share(7.0, 5.0, None, None, 0).interval() == (5.0, 100.0)


def test_with_unknown_decimals_the_number_is_its_own_interval():
    assert Share(7.25).interval() == (7.25, 7.25)
    assert str(Share(1e-07)) == "0.0000001"


@pytest.mark.parametrize(
    ("text", "factor", "written", "interval"),
    [
        ("0.07", "100", "7", (6.5, 7.5)),
        ("0.070", "100", "7.0", (6.95, 7.05)),
        ("82.65", "0.1", "8.265", (8.2645, 8.2655)),
        ("7", "0.01", "0.07", (0.065, 0.075)),
        ("7", "10", "70", (65.0, 75.0)),
        ("7", "0.5", "3.5", (3.25, 3.75)),
        ("18", "0.5", "9", (8.75, 9.25)),
        ("~7", "2", "~14", (13.0, 15.0)),
        ("<7", "0.5", "<3.5", (0.0, 3.5)),
        (">5", "0.5", ">2.5", (2.5, 100.0)),
        ("6.5..7.5", "0.5", "3.25..3.75", (3.25, 3.75)),
        ("50", "2", "100", (99.0, 100.0)),
        ("0", "3", "0", (0.0, 1.5)),
        ("100", "1", "100", (99.5, 100.0)),
    ],
)
def test_times_a_factor(text, factor, written, interval):
    product = Share.parse(text).times(Decimal(factor))
    assert (str(product), product.interval()) == (written, interval)


@pytest.mark.parametrize("factor", ["0", "-1", "-0", "NaN", "sNaN", "Infinity", "0.0000009", "1000001", "1e999999"])
def test_what_is_no_factor(factor):
    with pytest.raises(InvalidValue, match=r"^a factor is 0\.000001 to 1000000, not "):
        Share.parse("7").times(Decimal(factor))


def test_a_product_above_100_is_no_share():
    with pytest.raises(InvalidValue, match=r"^a share is 0 to 100 percent, not 165\.3"):
        Share.parse("82.65").times(Decimal(2))


factors = st.integers(1, 10**9).map(lambda units: Decimal(units).scaleb(-6))


def product(share, factor):
    try:
        return share.times(factor)
    except InvalidValue:
        assume(False)


@given(shares(), factors)
def test_the_interval_of_a_product_is_the_product_of_the_interval(share, factor):
    ends = [float(min(Decimal(repr(end)) * factor, Decimal(100))) for end in share.interval()]
    low, high = product(share, factor).interval()
    # What is bounded on one side only is so after it, too.
    if share.qualifier != ">":
        assert high == pytest.approx(ends[1], rel=1e-12, abs=1e-17)
    assert low == pytest.approx(ends[0], rel=1e-12, abs=1e-17)


@given(shares(), factors)
def test_a_product_is_read_back_as_it_is_written(share, factor):
    scaled = product(share, factor)
    again = Share.parse(str(scaled))
    assert (again.value, again.qualifier, again.decimals) == (scaled.value, scaled.qualifier, scaled.decimals)


@given(shares(), st.integers(-6, 6))
def test_a_power_of_ten_moves_the_point_and_back(share, power):
    assume(share.decimals >= power)
    moved = product(share, Decimal(1).scaleb(power))
    assert moved.decimals == share.decimals - power
    assert (moved.low, moved.high) == (None, None) or share.value is None
    assert moved.times(Decimal(1).scaleb(-power)) == share
