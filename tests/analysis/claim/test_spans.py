"""Ranges that printed figures can mean."""

import pytest
from hypothesis import given

from strategies import shares
from tracker.analysis.claim.spans import span_of, supports
from tracker.values import Share


def spans(*printed):
    return [span_of(Share.parse(one)) for one in printed]


@pytest.mark.parametrize(
    ("stored", "claimed"),
    [
        ("7", "7"), ("7.0", "7"), ("7.2", "7"), ("7.45", "7"), ("0", "0"), ("100", "100"), ("0.01", "<1"),
        ("<1", "<1"), ("<1", "<5"), (">8", ">8"), (">8", ">5"), ("6.5..7.5", "7"), ("6.8..7.1", "7"),
        ("84", "~85"), ("~85", "85"), ("~85", "~85"), ("7", "6..8"), ("6..8", "6..8"),
    ],
)  # fmt: skip
def test_supported(stored, claimed):
    assert supports(Share.parse(stored), Share.parse(claimed))
    assert span_of(Share.parse(stored)).meets(span_of(Share.parse(claimed)))


@pytest.mark.parametrize(
    ("stored", "claimed"),
    [
        ("7", "8"), ("3", "4"), ("7", "50"), ("82.65", "82.69"), ("<1", "2"), ("<1", ">1"), ("1.5", "<1"),
        (">8", "7"), ("~85", "90"), ("6..7", "9"), ("0", "1"), ("1..1", "<1"), ("~85", "87.0"),
    ],
)  # fmt: skip
def test_apart(stored, claimed):
    assert not supports(Share.parse(stored), Share.parse(claimed))
    assert not span_of(Share.parse(stored)).meets(span_of(Share.parse(claimed)))


@pytest.mark.parametrize(
    ("stored", "claimed"),
    [
        ("7", "7.0"), ("7", "7.2"), ("7.5", "8"), ("7.5", "7"), ("<1", "0.4"), ("<1", "1"), ("1", "<1"),
        ("~85", "86"), ("~85", "85.0"), ("6..7", "7"), ("6..8", "7"), (">8", "9"), ("0", "<0.5"),
    ],
)  # fmt: skip
def test_neither(stored, claimed):
    assert not supports(Share.parse(stored), Share.parse(claimed))
    assert span_of(Share.parse(stored)).meets(span_of(Share.parse(claimed)))


def test_a_number_of_unknown_decimals_is_itself():
    assert supports(Share(7.0), Share.parse("7.0"))
    assert not span_of(Share(1.0)).meets(span_of(Share.parse("<1")))
    assert span_of(Share(7.5)).meets(span_of(Share.parse("8")))


def test_about_reaches_one_unit_further():
    about, plain = spans("~4.5", "4.5")
    assert (float(about.low), float(about.high)) == (4.35, 4.65)
    assert (float(plain.low), float(plain.high)) == (4.45, 4.55)


@given(shares(), shares())
def test_what_is_supported_is_not_apart(stored, claimed):
    if supports(stored, claimed):
        assert span_of(stored).meets(span_of(claimed)) or span_of(claimed).holds(span_of(stored))


@given(shares())
def test_everything_bears_itself_out(share):
    assert supports(share, share)


@given(shares(), shares())
def test_meeting_has_no_direction(one, other):
    assert span_of(one).meets(span_of(other)) == span_of(other).meets(span_of(one))
