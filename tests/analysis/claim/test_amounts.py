import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.claim.amounts import Amount, opposite
from tracker.errors import InvalidValue


@pytest.mark.parametrize(
    ("text", "value", "decimals"), [("-4", -4.0, 0), ("−57.10", -57.1, 2), ("4", 4.0, 0), ("+233 %", 233.0, 0)]
)
def test_forms(text, value, decimals):
    assert Amount.parse(text) == Amount(value, decimals)


@pytest.mark.parametrize("text", ["", "four", "4,5", "~4", "<4", "--4", "4..5", "٤", "1e3"])
def test_what_is_no_change(text):
    with pytest.raises(InvalidValue, match="is no change"):
        Amount.parse(text)


@given(st.integers(-(10**6), 10**6), st.integers(0, 4))
def test_what_is_printed_is_read_again(units, decimals):
    amount = Amount(float(f"{units}e-{decimals}"), decimals)
    assert Amount.parse(str(amount)) == amount
    assert opposite(opposite(amount)) == amount
