import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.importers.streaming.columns import BAD, Meanings
from tracker.importers.streaming.plain import plain
from tracker.values import Share

chunks = st.lists(st.lists(st.sampled_from("abcdefx"), min_size=1, max_size=9), max_size=6)


@given(chunks, st.sampled_from([2, 100]))
def test_each_text_has_the_meaning_that_was_learned_from_a_row_that_has_it(chunks, most):
    rows = []

    def learn(text, place):
        assert rows[place] == text
        return BAD if text == "x" else ord(text)

    meanings = Meanings(learn, most)
    for rows in chunks:
        found = meanings.of(rows)
        assert found == [BAD if text == "x" else ord(text) for text in rows]
        assert meanings.bad(found) == {place for place, text in enumerate(rows) if text == "x"}


@given(st.lists(st.sampled_from("abcd"), min_size=1), st.data())
def test_rows_that_are_not_all_of_the_chunk_are_known_by_their_places(rows, data):
    places = sorted(data.draw(st.sets(st.sampled_from(range(len(rows))))))
    learned = []
    meanings = Meanings(lambda text, place: learned.append((text, place)) or len(learned))
    meanings.of([rows[place] for place in places], places)
    assert all(rows[place] == text for text, place in learned)


cells = st.one_of(
    st.decimals(0, 100, places=3).map(str),
    st.integers(-2, 120).map(str),
    st.sampled_from(["", "<1", "7.", ".5", "007", "1e1", "5\n6", "\u0663", "100.0", "100.1", "0.000", "5 ", "1" * 30]),
)


@given(st.lists(cells, min_size=1, max_size=8))
def test_plain_shares_are_read_as_one_share_is(cells):
    read = plain(cells)
    if read is None:
        assert (
            len(cells) > 1
            or not (cells[0].isdecimal() and cells[0].isascii() and int(cells[0]) < 100)
            or cells[0][0] == "0"
        )
        return
    for cell, number, decimals in zip(cells, *read, strict=True):
        assert Share(number, decimals=decimals) == Share.parse(cell)


@pytest.mark.parametrize("cell", ["", "<1", "101", "5\n6", "-1", "1e1", "\u0663"])
def test_one_cell_that_is_anything_else_is_enough(cell):
    assert plain(["5", cell]) is None
    assert plain([cell]) is None
