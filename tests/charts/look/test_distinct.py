"""Names that are cut stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.charts.look.distinct import distinct
from tracker.charts.look.fonts import clip_to, width


def cut(names, room):
    return distinct([(name, room, False) for name in names], 10.0)


def test_names_that_fit_or_differ_are_cut_as_ever():
    assert cut(["Short", "Other"], 100.0) == ["Short", "Other"]
    long = ["First of the long names", "Second of the long names"]
    assert cut(long, 60.0) == [clip_to(name, 60.0, 10.0) for name in long]


@pytest.mark.parametrize(
    ("shape", "room", "told"),
    [
        ("Entity number {} with a name that is long", 70.0, ["07", "08"]),
        ("The very same long beginning {}", 70.0, ["07", "08"]),
        ("{} is where this long name differs", 50.0, ["07", "08"]),
    ],
)
def test_equal_cuts_show_where_the_names_differ(shape, room, told):
    found = cut([shape.format(number) for number in told], room)
    assert [part in text for part, text in zip(told, found, strict=True)] == [True, True]
    assert all("…" in text and width(text, 10.0) <= room for text in found)


def test_cuts_of_unequal_length_are_equal_where_one_starts_with_the_other():
    found = distinct([("Entity number 07", 50.0, False), ("Entity number 08", 55.0, True)], 10.0)
    assert "07" in found[0]
    assert "08" in found[1]


def test_the_same_name_is_cut_the_same():
    assert len(set(cut(["A name that is much too long"] * 2, 50.0))) == 1


@given(st.lists(st.text("ab 01", min_size=1, max_size=30).map(str.strip), unique=True, max_size=8), st.floats(30, 90))
def test_no_cut_is_wider_than_its_room(names, room):
    found = cut(names, room)
    assert all(width(text, 10.0) <= room + 0.01 for text in found)
    assert [text for text, name in zip(found, names, strict=True) if width(name, 10.0) <= room] == [
        name for name in names if width(name, 10.0) <= room
    ]
