import pytest

from tracker.errors import InvalidValue
from tracker.importers.judgement.numbers import Marks, counts, decimal_mark, whole_number


@pytest.mark.parametrize(
    ("cells", "mark"),
    [(["36,5", "7"], ","), (["36.5", "7"], "."), (["36"], "."), (["36,5", "7.5"], "."), (["0,123"], ","), ([], ".")],
)
def test_the_decimal_mark(cells, mark):
    assert decimal_mark(cells) == mark


def test_a_comma_before_three_digits_is_asked_about():
    with pytest.raises(InvalidValue, match="--decimal , or --thousands ,"):
        decimal_mark(["12,345", "7,000", "3"])


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [("2.502", ",", 2502), ("2.502", None, 2502), ("1,005", ".", 1005), ("1 005", ".", 1005), ("999", ",", 999),
     ("1.234.567", ",", 1_234_567), ("1000.0", ".", 1000)],
)  # fmt: skip
def test_a_sample_size_is_a_whole_number(cell, decimal, number):
    assert whole_number(cell, counts([cell], decimal)) == number


def test_a_mark_that_may_be_either_is_asked_about():
    with pytest.raises(InvalidValue, match="--thousands"):
        counts(["2.502"], ".")
    assert counts(["2.502"], ".", "").thousands == ""
    with pytest.raises(InvalidValue, match="separates thousands by"):
        counts(["2.502", "2,502"], None)


@pytest.mark.parametrize("cell", ["12.5", "about 1000", "1.00", "9" * 30, "-5", "1e3"])
def test_what_is_no_whole_number(cell):
    with pytest.raises(InvalidValue):
        whole_number(cell, Marks())


def test_marks_at_odd_places():
    with pytest.raises(InvalidValue, match="odd places"):
        Marks(",", ".").plain("1.23")
    with pytest.raises(InvalidValue, match="cannot separate both"):
        Marks(",", ",")
    with pytest.raises(InvalidValue, match="is no decimal mark"):
        Marks("'")
