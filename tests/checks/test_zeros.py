import pytest

from checks.watching import checked, look, months, places, series
from importers.databases import data, made
from importers.families import stored


def test_zeros_before_the_first_real_share():
    (found,) = look("zeros", series("A", months("0", "0", "84.21", "85.00"), batch=2), series("B", months("1", "1")))
    assert (found.entity, found.period, found.batch) == ("A", "2025-01-01/2025-02-28", 2)
    assert found.message == "zero in 2 periods, 2025-01 to 2025-02, with 84.21% in 2025-03 beside it: no data, not 0%?"
    assert found.remedy == (
        "tracker correct drop --market x/m --entity A --from 2025-01 --to 2025-02 --expect 0 --reason '...'"
    )


def test_a_zero_after_the_last_real_share():
    (found,) = look("zeros", series("A", months("5.0", "4.0", "0")), series("B", months("1", "1", "1")))
    assert (found.period, found.message) == ("2025-03", "zero, with 4.0% in 2025-02 beside it: no data, not 0%?")
    assert found.remedy == "tracker correct drop --market x/m --entity A --date 2025-03 --expect 0 --reason '...'"


@pytest.mark.parametrize(
    "shares",
    [
        months("0", "0.02", "0.28"),  # grown out of a rounded zero
        months("0", "7"),  # seven units of the last decimal
        months("5", "0", "5"),  # in the middle: not at an end
        months("0", "0", "0"),  # never anything else
        {"2023-01": "0", "2026-08": "20.34"},  # years apart
    ],
)
def test_zeros_that_may_be_true(shares):
    assert look("zeros", series("A", shares), series("B", dict.fromkeys(shares, "1"))) == []


def test_periods_that_are_zero_throughout_are_one_finding():
    shown = [series(name, months("0", "0", "50.0", "50.0"), batch=2) for name in "AB"]
    (found,) = look("zeros", *shown)
    assert (found.entity, found.period, found.batch) == ("", "2025-01-01/2025-02-28", 2)
    assert found.message == "every share is zero in 2 periods, 2025-01 to 2025-02: no data, not 0%?"


def test_bounds_are_no_zeros():
    assert look("zeros", series("A", months("<1", "84.21"))) == []


def test_chrome_before_there_was_chrome(tmp_path):
    path, file = made(tmp_path), data("w3schools_browser_stats.csv")
    stored(path, file, market="w3schools/browsers", source="w3schools", counted="page views", whole="open")
    assert ("Chrome", "2008-01-01/2008-08-31") in places(checked(path, "zeros"))
