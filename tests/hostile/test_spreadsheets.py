"""CSV for a spreadsheet, by option: no cell is a formula, and what was changed is changed back by the import."""

import csv
import io
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile.nasty import TEXTS
from tracker.cli.boundary import run
from tracker.values.harmless import from_spreadsheet_safe, spreadsheet_safe

STARTS = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


@given(st.text() | st.text("'=+-@ \t1.%e", max_size=8))
def test_it_can_be_undone_and_numbers_stay(text):
    safe = spreadsheet_safe(text)
    assert from_spreadsheet_safe(safe) == text
    if safe.lstrip().startswith(STARTS):
        assert float(safe.strip().rstrip("%")) is not None


@pytest.mark.parametrize("number", ["-4", "+5", "-0.25", "1e-7", "-3%", "7"])
def test_a_number_is_a_number(number):
    assert spreadsheet_safe(number) == number


@pytest.fixture
def formulas(empty):
    words = ["--market", "s/m", "--date", "2025", "--url", "https://e.org", "--new-entities"]
    assert run(["source", "add", "s", "--title", TEXTS["sum"], "--note", TEXTS["hyperlink"]]) == 0
    assert run(["market", "add", "s/m", "--source", "s", "--counted", TEXTS["sign"], "--whole", "open"]) == 0
    for number, which in enumerate(("hyperlink", "command", "sum", "sign", "apostrophes", "wide formula")):
        text = TEXTS[which]
        assert run(["add", *words, "--note", text, "--quote", text, "--", f"{text}{number}", str(number)]) == 0
    assert run(["event", "add", "2025-01-01", "=1+1;x"]) == 0
    return empty


WRITING = [
    ("export",),
    ("show", "--format", "csv"),
    ("entity", "list", "--format", "csv"),
    ("event", "list", "--format", "csv"),
    ("query", "select *, 1 as [=1+1] from shares", "--format", "csv"),
    ("source", "list", "--format", "csv"),
    ("chart", "{name}", "--format", "csv"),
    ("export", "-o", "{file}"),
    ("query", "select * from shares", "-o", "{file}"),
]


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_no_cell_is_a_formula(words, formulas, call, tmp_path):
    words = [word.replace("{file}", "a.csv").replace("{name}", TEXTS["hyperlink"] + "0") for word in words]
    plain, safe = call(*words), None
    text = (tmp_path / "a.csv").read_text() if "a.csv" in words else plain.out
    assert plain.code == 0, plain.err
    assert any(cell.startswith("=") for row in csv.reader(io.StringIO(text, newline="")) for cell in row)
    safe = call(*words, "--spreadsheet-safe")
    assert safe.code == 0, safe.err
    text = (tmp_path / "a.csv").read_text() if "a.csv" in words else safe.out
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert not cell.startswith(STARTS) or float(cell) is not None


def test_an_export_comes_back_unchanged(formulas, templates, call, tmp_path):
    assert call("export", "-o", "safe.csv", "--spreadsheet-safe").code == 0
    other = shutil.copy(templates["empty"], tmp_path / "other.db")
    assert call("import", "safe.csv", "--db", other, "--new-entities").code == 0
    told = "select entity, share, note, quote from shares order by 1"
    assert call("query", told, "--db", other).out == call("query", told).out
    assert call("event", "list", "--db", other).out == call("event", "list").out
    again = call("import", "safe.csv")
    assert (again.code, "nothing was changed" in again.err) == (0, True)


def test_the_help_says_what_it_does(call):
    for words in (("export",), ("show",), ("query",), ("chart",)):
        said = " ".join(call(*words, "--help").out.split())
        assert "--spreadsheet-safe" in said
        assert "It changes them." in said
