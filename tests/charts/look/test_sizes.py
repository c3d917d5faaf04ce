"""Sizes of figures, as they are written."""

import pytest

from tracker.charts.look.sizes import SIZES, size_of
from tracker.errors import InvalidValue


@pytest.mark.parametrize("name", SIZES)
def test_a_name_is_its_size_in_any_case(name):
    assert size_of(name) == size_of(f" {name.upper()} ") == SIZES[name]


@pytest.mark.parametrize(
    ("text", "size"),
    [("7.2x5", (7.2, 5)), ("7.2×5.0in", (7.2, 5)), ("1200x800px", (6, 4)), ("254x127mm", (10, 5)), ("4 x 3", (4, 3))],
)
def test_widths_by_heights(text, size):
    assert size_of(text) == pytest.approx(size)


@pytest.mark.parametrize("text", ["", "a4", "7", "7x", "x5", "7,2x5", "-7x5", "7x5ft", "1e2x5"])
def test_what_is_no_size(text):
    with pytest.raises(InvalidValue, match="there is no size"):
        size_of(text)


@pytest.mark.parametrize("size", ["3.9x5", "5x2.9", "101x5", (0, 0), (float("inf"), 5), (float("nan"), 5)])
def test_too_small_and_too_large(size):
    with pytest.raises(InvalidValue, match="cannot be drawn"):
        size_of(size)
