import pytest

from tracker.errors import RejectedInput, TrackerError
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


def test_utf_16():
    assert refused("a,b\n".encode("utf-16")) == [(1, "byte 0xFF", "is not UTF-8")]


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
