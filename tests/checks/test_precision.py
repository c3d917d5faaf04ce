import pytest

from checks.watching import look, months, places, series
from tracker.store.facts import Fact
from tracker.values import Period, Share

FULL = ["62.44", "61.20", "60.17", "63.05", "62.91", "61.48", "60.30", "62.02"]
"""Two decimals, zeros at the end kept."""

DROPPED = [f"{40 + number / 100:.2f}".rstrip("0").rstrip(".") for number in range(100)]
"""Two decimals, zeros at the end left out: nine with one, one with none."""


def test_a_seven_among_others():
    (found,) = look("precision", series("A", months("7", *FULL), batch=2))
    assert (found.entity, found.period, found.batch) == ("A", "2025-01", 2)
    assert found.message == "7% is printed with no decimals, where 2 decimals are usual"
    assert found.remedy == "tracker waive precision --market x/m --entity A --period 2025-01 --reason '...'"


@pytest.mark.parametrize("few", [["62.44", "61.21", "60.17", "7"], ["7", "62.44", "61.21", "60.17"]])
def test_a_few_readings_show_two_missing_decimals(few):
    assert len(look("precision", series("A", months(*few)))) == 1


def test_one_missing_decimal_among_a_few_readings_is_a_zero_left_out():
    assert look("precision", series("A", months("62.44", "61.21", "60.17", "7.5"))) == []


def test_where_zeros_are_kept_one_missing_decimal_is_told():
    assert places(look("precision", series("A", months(*FULL, "7.5")))) == [("A", "2025-09")]


def test_a_format_that_leaves_zeros_out_is_none():
    assert look("precision", series("A", months(*DROPPED))) == []


def test_a_series_that_is_always_coarse_is_none():
    fine = [series(name, months(*FULL)) for name in "ABC"]
    assert look("precision", *fine, series("D", months("7", "8", "7", "6"))) == []


def test_markets_without_a_usual_exactness_are_none():
    assert look("precision", series("A", months("24.5", "41", "25", "40.5", "24", "9.5", "10", "9"))) == []


def test_bounds_vague_shares_zeros_and_computed_ones_are_none():
    assert look("precision", series("A", months(*FULL, "<1", "~7", "0", "6..7"))) == []
    computed = [f"{1 / number:.15f}" for number in range(3, 20)]
    assert look("precision", series("A", months(*computed, "0.5"))) == []


def test_a_whole_period_is_one_finding():
    shown = [
        series(name, months(*FULL) | {"2026-01": share}, batch=3)
        for name, share in zip("AB", ("60", "40"), strict=True)
    ]
    (found,) = look("precision", *shown)
    assert (found.entity, found.period, found.batch) == ("", "2026-01", 3)
    assert found.message == "all 2 shares are printed with no decimals, where 2 decimals are usual"


def test_one_decimal_is_usual():
    (found,) = look("precision", series("A", months("60.0", "61.5", "62.5", "60.0", "63")))
    assert found.message == "63% is printed with no decimals, where 1 decimal is usual"


def test_what_was_computed_has_no_printed_decimals():
    facts = [Fact(Period.parse("2026-01"), Share(7.0), "A", 1)]
    shown = series("A", months(*FULL))
    assert look("precision", shown._replace(facts=[*shown.facts, *facts])) == []
