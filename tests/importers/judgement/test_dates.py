import pytest

from tracker.errors import InvalidValue
from tracker.importers.judgement.dates import judge


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["2024-01-05", "2024-02-05"], "iso"),
        (["2024", "2025"], "iso"),
        (["2024/1/5"], "ymd"),
        (["01-02-2025", "28-01-2025"], "dmy"),
        (["1/2/2025", "3/30/2025"], "mdy"),
        (["01.02.2025"], "dmy"),
        (["Jan 2025", "Sept 2025"], "month name"),
        (["5 January 2025", "Jan 7, 2025"], "day name"),
        (["2025-01-05T00:00:00Z"], "time"),
        (["Q1 2025", "2025Q2"], "loose"),
        (["12–18 Mar 2020", "20 Mar 2020"], "span"),
    ],
)
def test_the_whole_column_decides(cells, form):
    dates = judge(cells)
    assert dates.form == form
    assert all(dates.period(cell) for cell in cells)


@pytest.mark.parametrize("cells", [["01-02-2025"], ["1/2/2025", "3/4/2025"], ["13/01/2025", "01/14/2025"]])
def test_day_or_month_first_is_asked_for(cells):
    with pytest.raises(InvalidValue) as error:
        judge(cells)
    assert error.value.hint == "Say which: --date-format dmy or --date-format mdy."


def test_what_was_said_decides():
    assert str(judge(["01-02-2025"], "mdy").period("01-02-2025")) == "2025-01-02"
    assert str(judge([], "%d.%m.%y").period("05.03.24")) == "2024-03-05"
    assert str(judge([], "%b %Y").period("Mar 2024")) == "2024-03"
    assert str(judge([], "%Y").period("2024")) == "2024"


def test_one_form_that_is_none_is_refused():
    with pytest.raises(InvalidValue, match="--date-format") as error:
        judge(["yesterday"])
    assert "no form that is known" in error.value.message
    with pytest.raises(InvalidValue, match="is no form of dates"):
        judge(["2024-01-05"], "american")


def test_a_cell_of_another_form_is_told():
    dates = judge(["2024-01-05", "2024-01-06", "7.1.2024"])
    with pytest.raises(InvalidValue, match="as the other dates are"):
        dates.period("7.1.2024")


@pytest.mark.parametrize("cell", ["31-02-2025", "2025-02-30", "32/01/2025"])
def test_days_that_are_in_no_calendar(cell):
    with pytest.raises(InvalidValue):
        judge([cell, "01-02-2025", "28-02-2025"]).period(cell)
