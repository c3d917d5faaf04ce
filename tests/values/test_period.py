from datetime import date

import pytest
from hypothesis import given

from strategies import days, periods, simple_periods
from tracker.errors import InvalidValue
from tracker.values import PRECISIONS, Period


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2025-04-30", "2025-04-30", "2025-04-30", "day"),
        ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
        ("2025-W07", "2025-02-10", "2025-02-16", "week"),
        ("2025-W01", "2024-12-30", "2025-01-05", "week"),
        ("2020-W53", "2020-12-28", "2021-01-03", "week"),
        ("2025-02", "2025-02-01", "2025-02-28", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025-Q1", "2025-01-01", "2025-03-31", "quarter"),
        ("2025-Q4", "2025-10-01", "2025-12-31", "quarter"),
        ("2025-H1", "2025-01-01", "2025-06-30", "half"),
        ("2025-H2", "2025-07-01", "2025-12-31", "half"),
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("2025-02-11/2025-02-20", "2025-02-11", "2025-02-20", "range"),
        ("2025-02-11/2025-02-11", "2025-02-11", "2025-02-11", "range"),
        ("~2025-02-15", "2025-02-15", "2025-02-15", "approx"),
        ("~2025-02", "2025-02-01", "2025-02-28", "approx"),
        ("~2025-Q2", "2025-04-01", "2025-06-30", "approx"),
        ("~2025-02-11/2025-02-20", "2025-02-11", "2025-02-20", "approx"),
    ],
)
def test_every_written_form_is_read_and_written_back(text, start, end, precision):
    period = Period.parse(text)
    assert period == Period(date.fromisoformat(start), date.fromisoformat(end), precision)
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "~", "/", "20250101", "2025-1-1", "25-01-01", "2025-13", "2025-00", "2025-02-30", "2023-02-29",
        "2025-W54", "2025-W53", "2025-W00", "2025-W7", "2025W07", "2025-W07-1", "2025-Q0", "2025-Q5", "2025-q1",
        "2025-H3", "2025/02/01", "01.02.2025", "02/01/2025", "2025-02-11/", "/2025-02-11", "2025-02/2025-03",
        "2025-02-20/2025-02-11", "2025-02-11/2025-02-20/2025-03-01", "2025-02-11 / 2025-02-20", "2025-02-11/2025-03",
        "~~2025", "~ 2025", "2025~", "2025-02-11/~2025-02-20", "２０２５-01-01", "2025-01-01T00:00", "today", "0000",
        "0999-12-31", "1000-W01", "9999", "9999-12-31", "9999-W52", "~9999-12-28", "2025-02-11/9999-12-31", "-2025",
        "2025-01-01\n2025-01-02",
    ],
)  # fmt: skip
def test_everything_else_is_refused_in_words(text):
    with pytest.raises(InvalidValue):
        Period.parse(text)


def test_a_refusal_shows_the_text_and_the_forms():
    with pytest.raises(InvalidValue) as refused:
        Period.parse("20250101")
    assert str(refused.value) == (
        "'20250101' is not a period\nWrite 2025-04-30, 2025-W07, 2025-02, 2025-Q1, 2025-H1, 2025,"
        " 2025-02-11/2025-02-20 or ~2025-02-15."
    )


def test_blanks_around_are_allowed():
    assert Period.parse(" 2025-02\n") == Period.parse("2025-02")


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        (date(2025, 2, 2), date(2025, 2, 28), "month"),
        (date(2025, 2, 11), date(2025, 2, 17), "week"),
        (date(2025, 2, 1), date(2025, 2, 2), "day"),
        (date(2025, 2, 2), date(2025, 2, 1), "range"),
        (date(2025, 2, 1), date(2025, 2, 1), "decade"),
    ],
)
def test_days_that_do_not_fit_the_precision_are_refused(start, end, precision):
    with pytest.raises(InvalidValue):
        Period(start, end, precision)


@given(periods)
def test_what_is_written_is_read_back_the_same(period):
    assert Period.parse(str(period)) == period


@given(periods)
def test_a_written_period_has_one_spelling(period):
    assert str(Period.parse(str(period))) == str(period)


@given(simple_periods)
def test_a_period_that_is_not_vague_reaches_no_further(period):
    assert period.reach() == (period.start, period.end)


@given(periods)
def test_a_vague_period_reaches_further_each_way_but_not_into_the_next_month(period):
    first, last = period.reach()
    assert first <= period.start <= period.end <= last
    if period.precision == "approx":
        assert (period.start - first).days == 5
        ends_month = str(period.end)[8:] == str(Period.parse(str(period.end)[:7]).end)[8:]
        assert (last - period.end).days == (0 if ends_month else 5)


@given(days)
def test_days_are_counted_with_both_ends(day):
    assert Period(day, day, "day").days == 1


def test_every_precision_can_be_written():
    forms = ("2025-04-30", "2025-W07", "2025-02", "2025-Q1", "2025-H1", "2025", "2025-02-11/2025-02-20", "~2025-02-15")
    assert tuple(Period.parse(form).precision for form in forms) == PRECISIONS
