import pytest

from checks.watching import checked, look, months, places, series
from importers.databases import data, made
from importers.families import stored
from tracker.checks.steps import STEPS, established, holes
from tracker.values import Period

YEAR = ["50"] * 12


def without(*left_out):
    return months(*(None if number in left_out else share for number, share in enumerate(YEAR, 1)))


def test_a_month_that_the_market_skips():
    (found,) = look("gaps", series("A", without(3), batch=2), series("B", without(3)))
    assert (found.entity, found.period, found.batch) == ("", "2025-03", 2)
    assert found.message == "no reading for 2025-03, 1 month: the market is monthly"
    assert found.remedy == "tracker waive gaps --market x/m --period 2025-03 --reason '...'"


def test_months_in_a_row_are_one_gap():
    (found,) = look("gaps", series("A", without(4, 5, 6)))
    assert (found.period, found.message) == (
        "2025-Q2",
        "no reading for 2025-04 to 2025-06, 3 months: the market is monthly",
    )


def test_every_second_month_is_one_gap():
    (found,) = look("gaps", series("A", without(2, 4, 6, 8)))
    assert found.message == "no reading for 2025-02 to 2025-08, 4 of 7 months: the market is monthly"


def test_the_habit_counts_where_no_frequency_is_recorded():
    (found,) = look("gaps", series("A", without(9)), frequency=None)
    assert found.message == "no reading for 2025-09, 1 month: usually it is monthly"
    assert look("gaps", series("A", months("1", "1", None, "1", "1", "1")), frequency=None) == []
    assert look("gaps", series("A", without(2, 5, 6, 9)), frequency=None) == []


def test_irregular_markets_have_no_gaps():
    assert look("gaps", series("A", without(3)), series("B", YEAR_OF_ALL), frequency="irregular") == []


YEAR_OF_ALL = months(*YEAR)


def test_an_entity_that_the_others_outlast():
    (found,) = look("gaps", series("A", YEAR_OF_ALL), series("B", without(6, 7), batch=4))
    assert (found.entity, found.period, found.batch) == ("B", "2025-06-01/2025-07-31", 4)
    assert found.message == "no reading, where others of this market have theirs (2 periods): absent is not zero"
    assert found.remedy == "tracker waive gaps --market x/m --entity B --period 2025-06-01/2025-07-31 --reason '...'"


def test_an_entity_may_leave_a_top_list():
    assert look("gaps", series("A", YEAR_OF_ALL), series("B", without(6)), whole="open") == []


def test_an_entity_that_comes_and_goes_is_none():
    assert look("gaps", series("A", YEAR_OF_ALL), series("B", without(2, 4, 5, 7, 9))) == []


@pytest.mark.parametrize(
    ("frequency", "labels", "missing"),
    [
        ("daily", ("2025-02-27", "2025-03-02"), ["2025-02-28/2025-03-01"]),
        ("weekly", ("2025-W01", "2025-W03"), ["2025-W02"]),
        ("weekly", ("2025-01-05", "2025-01-13"), []),
        ("monthly", ("2025-01-31", "2025-03-01"), []),
        ("monthly", ("2024-12", "2025-02"), ["2025-01"]),
        ("quarterly", ("2024-Q4", "2025-Q2"), ["2025-Q1"]),
        ("half-yearly", ("2024-H1", "2025-H1"), ["2024-H2"]),
        ("yearly", ("2020", "2023"), ["2021-01-01/2022-12-31"]),
        ("daily", ("2025-01", "2025-02-01"), []),
        ("monthly", ("2025-H1", "2025-07"), []),
    ],
)
def test_every_frequency(frequency, labels, missing):
    found = look("gaps", series("A", dict.fromkeys(labels, "100")), frequency=frequency)
    assert [finding.period for finding in found] == missing


def test_a_unit_is_one_step_of_its_calendar():
    for step in STEPS:
        for number in range(step.number(Period.parse("1999-12-25").start), step.number(Period.parse("2000-03-05").end)):
            unit = step.unit(number)
            assert step.number(unit.start) == step.number(unit.end) == number
            assert step.unit(number + 1).start.toordinal() == unit.end.toordinal() + 1


def test_no_habit_without_readings():
    assert established([]) is None
    assert holes([Period.parse("2025")], STEPS[-1]) == []


def test_openrouter_skips_five_days(tmp_path):
    path = made(tmp_path)
    stored(path, data("openrouter_rankings-daily_sample.csv"))
    assert places(checked(path, "gaps")) == [("", "2026-10-02/2026-10-06")]
