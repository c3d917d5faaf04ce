import pytest

from tracker.errors import InvalidValue
from tracker.importers.judgement.units import Unit, judge, shifted


@pytest.mark.parametrize(
    ("headers", "cells", "sums", "name"),
    [
        (["A"], ["36.5%", "0.2%"], [], "percent"),
        (["A"], ["3‰"], [], "permille"),
        (["Share (%)"], ["0.5"], [], "percent"),
        (["Fraction"], ["0.5"], [], "fraction"),
        (["A"], ["0.5", "60"], [], "percent"),
        (["A"], ["0.2", "0.3", "0.5"], [1.0, 0.99], "fraction"),
        (["A"], ["0.2", "0.3", "99.5"], [100.0], "percent"),
        (["Debt ratio"], ["45", "30"], [], "percent"),
    ],
)
def test_what_decides_the_unit(headers, cells, sums, name):
    values = [float(cell.strip("%‰")) for cell in cells]
    assert judge(headers, cells, sums, values, None).name == name


@pytest.mark.parametrize(
    ("headers", "cells", "sums"), [(["A"], ["0.5", "0.2"], []), (["Percent"], ["0.2", "0.3", "0.5"], [1.0])]
)
def test_what_does_not_decide_it_is_refused_with_the_option(headers, cells, sums):
    with pytest.raises(InvalidValue) as error:
        judge(headers, cells, sums, [float(cell) for cell in cells], None)
    assert error.value.hint == "Say which: --unit percent or --unit fraction."


def test_numbers_that_are_no_shares():
    with pytest.raises(InvalidValue, match="up to 800000000, most of them above 100: they are no shares"):
        judge(["Users"], ["5e7", "8e8"], [], [5e7, 8e8], None)


def test_digits_move_and_are_kept():
    assert str(Unit("fraction", "").share("0.070")) == "7.0"
    assert str(Unit("permille", "").share("70")) == "7.0"
    assert str(Unit("fraction", "").share("<0.01")) == "<1"
    with pytest.raises(InvalidValue):
        shifted("1e309", 2)
    with pytest.raises(InvalidValue):
        shifted("NaN", 2)
