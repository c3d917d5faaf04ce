from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from checks.watching import look, places, series


def test_a_quarter_and_its_month():
    (found,) = look("overlap", series("A", {"2025-Q1": "5", "2025-02": "6", "2025-04": "7"}, batch=2))
    assert (found.entity, found.period, found.batch) == ("A", "2025-Q1", 2)
    assert found.message == "shares days with 2025-02"
    assert found.remedy == "tracker waive overlap --market x/m --entity A --period 2025-Q1 --reason '...'"


def test_periods_that_hang_together_are_one_finding():
    shares = dict.fromkeys(["2025", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05"], "5")
    (found,) = look("overlap", series("A", shares))
    assert (found.period, found.message) == ("2025", "shares days with 2025-01, 2025-02, 2025-03 and 2 more")


def test_entities_with_the_same_periods_are_one_finding():
    (found,) = look("overlap", *(series(name, {"2025": "5", "2025-02": "6"}) for name in "ABC"))
    assert (found.entity, found.message) == ("", "shares days with 2025-02, of 3 entities")


def test_a_day_that_ends_one_and_begins_the_next_is_shared():
    assert len(look("overlap", series("A", {"2025-02-20/2025-02-27": "5", "2025-02-27/2025-03-04": "6"}))) == 1


def test_neighbours_share_nothing_however_vague():
    assert look("overlap", series("A", {"2025-01": "5", "2025-02": "6", "~2025-03-01": "5", "~2025-03-02": "5"})) == []


def test_the_same_days_are_duplicates():
    both = series("A", {"2025-04-30": "3", "~2025-04-30": "3.1"}, batch=2)
    assert look("overlap", both) == []
    (found,) = look("duplicates", both)
    assert (found.entity, found.period, found.batch) == ("A", "~2025-04-30", 2)
    assert found.message == "the same days as 2025-04-30: 3.1% here, 3% there"
    assert found.remedy == "tracker retract A --market x/m --date '~2025-04-30' --reason '...'"


def test_one_date_once_is_no_duplicate():
    assert places(look("duplicates", series("A", {"2025-04-30": "3", "2025-04-29": "3", "2025-04": "3"}))) == []


days = st.dates(date(2025, 1, 1), date(2025, 3, 31))


@given(st.lists(st.tuples(days, days).map(sorted), min_size=1, max_size=8))
def test_days_are_shared_where_two_periods_share_one(spans):
    periods = {f"{first}/{last}" for first, last in spans}
    shared = any(
        one != two and one[0] <= two[1] and two[0] <= one[1] for one in map(tuple, spans) for two in map(tuple, spans)
    )
    assert bool(look("overlap", series("A", dict.fromkeys(periods, "5")))) is shared
