import datetime
import io
import zipfile

import openpyxl
import pyarrow
import pytest
from pyarrow import parquet

from importers.families import shares
from tracker.errors import RejectedInput, TrackerError
from tracker.importers.asked import Asked
from tracker.importers.generic import Generic
from tracker.importers.opening import open_bytes, open_file

ROWS = [["Date", "A", "B"], [datetime.date(2024, 1, 1), 0.365, 0.5], [datetime.date(2024, 2, 1), 0.4, 0.25]]


def workbook(*sheets, style=None):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
        for row in sheet.iter_rows(min_row=2, min_col=2):
            for cell in row:
                cell.number_format = style or "General"
    return _bytes(book.save)


def _bytes(write):
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def refused(content, name="t.bin", **said):
    with pytest.raises(TrackerError) as error:
        open_bytes(name, content, **said)
    return str(error.value)


def test_a_workbook_as_a_person_sees_it():
    table = open_bytes("t.xlsx", workbook(ROWS, style="0.0%"))
    assert [row.cells for row in table.rows()] == [["2024-01-01", "36.5%", "50.0%"], ["2024-02-01", "40.0%", "25.0%"]]
    told = Generic().read(table, Asked(market="a/b"))
    assert shares(told)[0] == (2, "a/b", "A", "2024-01-01", "36.5")


def test_rows_of_a_workbook_keep_their_numbers():
    table = open_bytes("t.xlsx", workbook([["a", "b"], [], [1, None, None], [None, 2.50]]))
    assert [(row.line, row.cells) for row in table.rows()] == [(3, ["1", ""]), (4, ["", "2.5"])]


def test_one_of_several_sheets():
    content = workbook(ROWS, [["Notes"]])
    said = refused(content)
    assert "several sheets hold something: Sheet 1, Sheet 2" in said
    assert "--sheet" in said
    assert open_bytes("t.xlsx", content, sheet="Sheet 2").header == ["Notes"]
    assert "there is no sheet 'Sheet 3'" in refused(content, sheet="Sheet 3")
    assert open_bytes("t.xlsx", workbook([], ROWS)).header == ["Date", "A", "B"]


def test_a_zip_bomb_is_not_unpacked():
    def write(file):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<x/>")
            archive.writestr("xl/sharedStrings.xml", b"0" * (64 * 2**20))

    assert "it is not read" in refused(_bytes(write))


def test_a_cell_far_away_costs_nothing():
    book = openpyxl.load_workbook(io.BytesIO(workbook(ROWS)))
    book.active["A1048576"] = 1
    assert [row.line for row in open_bytes("t.xlsx", _bytes(book.save)).rows()] == [2, 3, 1048576]


@pytest.mark.parametrize("cut", [10, 200, -30])
def test_a_damaged_workbook(cut):
    assert "cannot be read as an Excel workbook" in refused(workbook(ROWS)[:cut])


def test_parquet():
    day, entity = pyarrow.array([datetime.date(2024, 1, 1)] * 2), pyarrow.array(["A", None])
    share = pyarrow.array([12.3, 0.00001], pyarrow.float32())
    content = _bytes(lambda file: parquet.write_table(pyarrow.table({"d": day, "e": entity, "s": share}), file))
    assert [row.cells for row in open_bytes("t", content).rows()] == [
        ["2024-01-01", "A", "12.3"], ["2024-01-01", "", "1e-05"],
    ]  # fmt: skip
    assert "cannot be read as Parquet" in refused(content[:-20])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('[{"a":' + "[" * 50_000 + "]" * 50_000 + "}]", "nested too deeply"),
        ('[{"a": 1, "a": 2}]', "stands twice"),
        ('[{"a": 1},\n {"a": 2', "line 2"),
        ('{"a": 1}\n{"a"\n', "line 2"),
        ('{"a": 1}', "no list of objects"),
        ('{"a": [{"x": 1}], "b": [{"y": 1}]}', "several lists of objects (a, b)"),
        ('[{"a": 1}, 2]', "is no object"),
        ("[]", "holds no records"),
    ],
)
def test_json_that_holds_no_table(text, said):
    with pytest.raises(RejectedInput) as error:
        list(open_bytes("t.json", text.encode()).rows())
    assert said in str(error.value)


def test_what_json_has_for_no_number_is_none():
    shares_of_a = ["NaN", "12", "Infinity"]
    rows = [f'{{"date": "2024-0{n}", "entity": "A", "share": {share}}}' for n, share in enumerate(shares_of_a, 1)]
    table = open_bytes("t.json", f"[\n{f',{chr(10)}'.join(rows)}]".encode())
    told = Generic().read(table, Asked(market="a/b"))
    assert [(one.line, one.column, one.value) for one in told.problems] == [
        (2, "share", "NaN"),
        (4, "share", "Infinity"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x1f\x8b\x08", "compressed with gzip"), (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0", "old Excel workbook"), (b"SQLite format 3\0", "is a SQLite database"),
    ],
)  # fmt: skip
def test_files_that_are_not_read_say_what_they_are(content, said):
    assert said in refused(content)


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a,b\n1,2\n")))
    from tracker.importers.opening import STANDARD_INPUT

    assert open_file(STANDARD_INPUT).header == ["a", "b"]
