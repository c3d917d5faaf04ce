import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.importers.streaming import large
from tracker.importers.streaming.large import Large, Unsuited
from tracker.importers.table import Table

cell = st.text(st.sampled_from('ab5 .\u2028\x85"'), max_size=4)
rows = st.lists(st.lists(cell, min_size=2, max_size=4), max_size=25)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("large") / "t.csv"


@given(rows=rows, end=st.sampled_from(["\n", "\r\n"]), last=st.booleans(), block=st.sampled_from([7, 30, 4096]))
def test_rows_are_those_of_the_table(file, rows, end, last, block):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows([["a", "b", "c"], *[["1", "2", "3"]] * 8, *rows])
    content = text.getvalue() if last else text.getvalue().removesuffix(end)
    file.write_bytes(content.encode())
    whole = [(row.line, row.cells) for row in Table.open(file).rows()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "BLOCK", 1 << 20)
        patch.setattr(large, "HEAD_LINES", 8)
        patch.setattr(large, "QUOTED", 3)
        one = Large(file)
        found = [(row.line, row.cells) for row in one.head.rows()]
        patch.setattr(large, "BLOCK", block)
        try:
            for chunk in one.chunks():
                read = [chunk.row(number) for number in range(len(chunk.lines))]
                found += [(row.line, row.cells) for row in read if any(cell.strip() for cell in row.cells)]
        except Unsuited:
            return
    found += [(row.line, row.cells) for row in one.ragged]
    assert sorted(found) == whole
    assert one.sha256 == one.digest() == Table.open(file).sha256


@pytest.mark.parametrize(
    "text", ["a,b\r1,2\r", "a,b\n1,\0\n", "a\n1\n", "", '{"a": 1}', 'a,b\n1,"2\n', "\xff\xfea,b\n"], ids=repr
)
def test_what_is_no_long_table_is_left_to_others(file, text):
    file.write_bytes(text.encode("latin-1"))
    one = Large(file)
    with pytest.raises(Unsuited):
        list(one.chunks())


@pytest.mark.parametrize(("text", "rows"), [("a\n1\n2\n", 2), ("a\n1\n2", 2), ("a\n", 0), ("a", 0)])
def test_lines_below_the_first_are_counted_also_where_the_last_does_not_end(file, text, rows):
    file.write_text(text)
    assert Large(file).rows_below() == rows
