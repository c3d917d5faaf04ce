import pytest

from tracker.errors import InvalidValue, RejectedInput, TrackerError
from tracker.importers.table import Row, Table


def table(content):
    return Table("t.csv", content if isinstance(content, bytes) else content.encode())


def refused(content):
    with pytest.raises(RejectedInput) as error:
        list(table(content).rows())
    return [(problem.line, problem.value, problem.message) for problem in error.value.problems]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_line_ends_marks_and_delimiters(end, mark, delimiter):
    text = end.join(["a,b", "1,2", "", "3,4", ""]).replace(",", delimiter)
    read = table(mark + text.encode())
    assert (read.delimiter, read.header, list(read.rows())) == (
        delimiter,
        ["a", "b"],
        [Row(2, ["1", "2"]), Row(4, ["3", "4"])],
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_row_has_the_line_that_it_starts_on(end):
    text = '\n\na,b\n"1\n1\n1",2\n\n  ,\n3,"4\n"\n5,6'.replace("\n", end)
    read = table(text)
    assert read.first == Row(3, ["a", "b"])
    assert [row.line for row in read.rows()] == [4, 9, 11]


def test_quoted_cells_are_kept_as_they_are():
    assert list(table('a\n"x, ""y""\r\nz"\n" "\n').rows()) == [Row(2, ['x, "y"\r\nz'])]


def test_ragged_rows_are_left_to_the_importers():
    assert [row.cells for row in table("a,b\n1\n1,2,3\n").rows()] == [["1"], ["1", "2", "3"]]


@pytest.mark.parametrize("content", ["", "\n\n", " \t\n", b"\xef\xbb\xbf"])
def test_an_empty_file(content):
    assert refused(content) == [(0, "", "the file is empty")]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_bytes_that_are_not_utf8(mark, end):
    content = mark + end.join([b"Name,x", "Türkiye,1".encode(), "Türkiye,1".encode("mac_roman")])
    assert refused(content) == [(3, "byte 0x9F", "is not UTF-8")]


@pytest.mark.parametrize("order", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_known_by_its_byte_order_mark(order):
    text = "a,Türkiye\n1,2\n"
    read = table(text.encode(order) if order == "utf-16" else f"\ufeff{text}".encode(order))
    assert (read.header, list(read.rows())) == (["a", "Türkiye"], [Row(2, ["1", "2"])])


@pytest.mark.parametrize("text", ["<!DOCTYPE html><p>no", " <html lang='en'>", "<HTML>"])
def test_a_web_page_is_no_data(text):
    assert refused(text) == [(0, "", "this is a web page, where data was meant")]


def test_the_first_differing_word_is_shown_in_each_encoding_that_fits():
    with pytest.raises(RejectedInput) as error:
        list(table("Name,x\nTürkiye,1\nCafé,2\n".encode("mac_roman")).rows())
    hint = error.value.hint
    assert "Türkiye with --encoding mac-roman;" in hint
    assert "TŸrkiye with --encoding cp1252 or cp1254;" in hint
    assert "iso8859" not in hint, "a control character is no letter of a word"
    assert "Caf" not in hint


def test_a_declared_encoding():
    content = "Name,x\nTürkiye,1\n".encode("mac_roman")
    assert [row.cells[0] for row in Table("t.csv", content, "mac-roman").rows()] == ["Türkiye"]
    with pytest.raises(InvalidValue, match="'mac-romann' is no encoding"):
        list(Table("t.csv", content, "mac-romann").rows())


def test_fifty_thousand_columns():
    assert refused(",".join("c" * 50_000)) == [(1, "", "has 50,000 cells: this is no table")]


def test_a_line_of_10_mb():
    assert [(line, value) for line, value, _ in refused(f"a,b\n{'1' * 10_000_000},2\n")] == [(2, "")]


def test_a_nul():
    assert refused("a,b\r\n1,\0\r\n") == [(2, "", "holds a NUL character: this is no text file")]


@pytest.mark.parametrize("content", ['a,b\n1,2\n3,"4\n5,6\n', 'a,b\n1,2\n3,"4"x\n'])
def test_a_quotation_mark_gone_wrong(content):
    with pytest.raises(RejectedInput, match="Is a quotation mark left open") as error:
        list(table(content).rows())
    assert [problem.line for problem in error.value.problems] == [3]


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(TrackerError, match="Look at the name"):
        Table.open(tmp_path / "no.csv")
    with pytest.raises(TrackerError):
        Table.open(tmp_path)


def test_the_digest_is_of_the_bytes():
    assert table("a").sha256 == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    assert table(b"\xef\xbb\xbfa").sha256 != table("a").sha256
