"""A number after an Arabic or Hebrew name stays after it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.chart_frames import frame_of
from charts.chart_geometry import outside, overlaps
from tracker.charts.line import line
from tracker.charts.look.direction import MARK, left_to_right
from tracker.charts.look.fonts import drawable, shown, width

ARABIC, HEBREW = "اسم النموذج", "מודל"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Alice 12%", "Alice 12%"),
        ("Алиса 12%", "Алиса 12%"),
        (f"{ARABIC} 12%", f"|{ARABIC}| 12%"),
        (f"{HEBREW} (2) 12%", f"|{HEBREW}| (2) 12%"),
        (f"GPT {HEBREW}", f"|GPT {HEBREW}|"),
        (f"{HEBREW} ١٢", f"|{HEBREW}| ١٢"),
        ("שָׁלוֹם 7", "|שָׁלוֹם| 7"),
    ],
)
def test_marks_stand_where_the_direction_changes(text, marked):
    assert left_to_right(text).replace(MARK, "|") == marked


@given(st.text(alphabet="ab1 (%-אבגשע٣" + "\u05b8", max_size=30))
def test_marks_change_nothing_else(text):
    assert left_to_right(text).replace(MARK, "") == text


@pytest.mark.parametrize("name", [ARABIC, HEBREW])
def test_a_name_is_as_wide_as_its_letters_and_the_value_as_its_own(name):
    together = width(f"{name} 12%", 100.0)
    apart = width(name, 100.0) + width(" 12%", 100.0)
    assert together == pytest.approx(apart, rel=0.01)


def test_letters_join():
    assert width("سسسس", 10.0) < 4 * width("س", 10.0)


def test_turned_reading_of_others_is_written_out():
    assert MARK not in shown("evil\u202eright")
    assert drawable("evil\u202eright") == "evil\\u202eright"
    assert drawable(f"a{MARK}b") == "a\\u200eb"


@pytest.mark.parametrize("size", ["print", (4, 3), (9, 3)])
def test_charts_of_such_names(size):
    rows = [(name, f"2025-{m:02d}", f"{10 * i + m}") for i, name in enumerate([ARABIC, HEBREW]) for m in range(1, 9)]
    chart = line(frame_of(rows), focus=ARABIC, size=size)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    assert ARABIC in chart.title
    assert MARK not in chart.title + chart.alt + chart.note
