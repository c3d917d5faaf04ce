import pytest

from importers.families import parsed, problems, shares
from tracker.errors import RejectedInput
from tracker.importers.asked import Asked
from tracker.importers.layout import Column, Layout
from tracker.importers.reading import read as read_table
from tracker.importers.table import Table
from tracker.importers.wholes import slug_of, wholes_by
from tracker.values import Citation

CITED = Citation(title="a page")


def read(text, asked=None, **layout):
    table = Table("t.csv", text.encode())
    said = {"shares": [Column(1, "A")], "citation": CITED, "market": "a/b", "date": 0} | layout
    return read_table(table, Layout(**said), asked or Asked())


def test_one_bad_row_is_one_problem():
    told = read(
        "Date,A,B,n\n2024-01,60,40,many\n2024-02,61,39,100\n", shares=[Column(1, "A"), Column(2, "B")], sample_size=3
    )
    assert problems(told) == [(2, "n", "many")]
    assert [entry.line for entry in told.entries] == [3, 3]


def test_problems_are_in_the_order_of_the_file():
    told = read("Date,A\n2024-01,60\n2024-02\n2024-03,x\n2024-99,5\n" + "2024-04,7\n" * 20)
    assert [one.line for one in told.problems] == [3, 4, 5]


def test_a_mix_of_signs_is_refused_at_the_first_bare_number():
    text = "Date,A\n2024-01,36.5%\n2024-02,0\n2024-03,0.4\n"
    with pytest.raises(RejectedInput, match="has no percent sign, and others have") as refused:
        read(text)
    assert problems(refused.value) == [(4, "A", "0.4")]
    assert len(read(text, Asked(unit="percent")).entries) == 3


def test_a_few_numbers_above_one_do_not_decide():
    rows = "".join(f"2024-{month:02d}-{day:02d},0.{day:02d}\n" for month in (1, 2) for day in range(1, 29))
    with pytest.raises(RejectedInput, match="only this one is above 1") as refused:
        read(f"Date,A\n{rows}2024-03-01,30\n")
    assert problems(refused.value) == [(58, "A", "30")]
    assert "--unit percent or --unit fraction" in refused.value.hint


def test_a_sign_that_contradicts_the_unit_that_was_said():
    assert problems(read("Date,A\n2024-01,0.5%\n", Asked(unit="fraction"))) == [(2, "A", "0.5%")]


def test_mixed_decimal_marks_are_shown_where_they_stand():
    told = parsed("Date;A;B\n2024-01;60,5;39,5\n2024-02;60.5;39.5\n", importer="table", market="a/b")
    assert problems(told) == [(2, "A", "60,5"), (2, "B", "39,5")]


def test_zeros_are_padding_only_where_the_layout_says_so():
    text = "Date,A\n2024-01,60\n2024-02,0\n"
    assert len(read(text).entries) == 2
    told = read(text, padding=True)
    assert len(told.entries) == 1
    assert any("1 rows of zeros only (2024-02 to 2024-02)" in note for note in told.notes)


def test_an_index_is_no_percent():
    told = read("Date,A\n2024-01,<1\n2024-02,0.5\n", unit="index")
    assert [share for *_, share in shares(told)] == ["<1", "0.5"]


def test_weeks_by_their_first_day():
    told = read("Date,A\n2024-01-01,60\n2024-01-07,61\n", weekly=True)
    assert [str(entry.told.period) for entry in told.entries] == ["2024-W01", "2024-01-07/2024-01-13"]


def test_progress_is_told_now_and_then():
    lines = []
    read("Date,A\n" + "2024-01,60\n" * 2500, Asked(progress=lines.append))
    assert lines == [1001, 2001]


def test_what_was_understood_is_told():
    assert read("Date,A\n2024-01,60\n").understood == {
        "unit": "percent: some are above 1",
        "decimal mark": ".",
        "dates": "ISO 8601 (2025-04-30, 2025-02, 2025-W07, 2025-Q1, 2025): the whole column is written so",
        "shares": "A",
        "date": "Date",
    }


def test_names_that_would_get_one_slug():
    table = Table("t.csv", "Who,x\nÉcole,1\nEcole,2\n".encode())
    with pytest.raises(RejectedInput, match="looks like 'École'"):
        wholes_by(table, Asked(), "m", {}, source=0)
    assert slug_of("Левада") != slug_of("ВЦИОМ")
