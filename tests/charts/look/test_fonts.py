"""Letters: none is drawn as an empty box, none warns, all are measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.chart_frames import frame_of
from charts.chart_geometry import outside
from tracker.charts.line import line
from tracker.charts.look.fonts import MISSING, _rank, clip_to, drawable, width
from tracker.charts.page.text import balance, wrap


@pytest.mark.parametrize("text", ["Яндекс Алиса", "Μοντέλο", "Łódź → Çelik", "7% − 3%", "№ 1 ≥ 2"])
def test_the_bundled_fonts_hold_the_letters_of_europe(text):
    assert drawable(text) == text
    assert width(text, 10.0) > 0


def test_a_letter_that_no_font_has_is_said_to_be_missing():
    unassigned = "\U0010fffd"
    assert drawable(f"a{unassigned}b") == f"a{MISSING}b"
    chart = line(frame_of([(f"a{unassigned}b", "2025-01", "7")]), focus=f"a{unassigned}b")
    assert chart._repr_png_()
    assert "no installed font has" in chart.note
    assert unassigned in chart.alt


def test_names_are_never_read_as_formulas():
    rows = [(name, f"2025-{month:02d}", "7") for name in ("$\\frac{1}{0}$", "a_b^c") for month in range(1, 6)]
    chart = line(frame_of(rows), focus="$\\frac{1}{0}$")
    assert chart._repr_png_()
    assert outside(chart.fig) == []


@given(st.text(alphabet="abc WMi深", min_size=1, max_size=60), st.floats(30, 300))
def test_clipped_text_fits(text, room):
    assert width(clip_to(text, room, 10.0), 10.0) <= room


@given(st.text(alphabet="abc WMi", min_size=1, max_size=200), st.floats(30, 300))
def test_wrapped_lines_fit_and_lose_nothing(text, room):
    lines = wrap(text, room, 8.0)
    assert all(width(one, 8.0) <= room for one in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_titles_are_broken_into_near_equal_lines():
    lines = balance(
        "DeepSeek R1’s share of Poe’s text messages fell from 7% to 3% at the end of April", 400.0, 15.0, True
    )
    assert lines is not None
    short, long = sorted(width(one, 15.0, True) for one in lines)
    assert short > 0.7 * long


def test_fonts_of_china_come_first_and_those_with_serifs_last():
    families = ["Noto Serif Thai", "Lohit Devanagari", "Noto Sans CJK JP", "Noto Sans Thai", "Noto Sans CJK SC"]
    assert sorted(families, key=_rank) == [
        "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans Thai", "Lohit Devanagari", "Noto Serif Thai"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["漢字", "नमस्ते", "😀👍🏽", "ไทย", "ქართული", "\U0001f9ff\u0301"])
def test_no_text_warns_or_is_drawn_as_boxes(text):
    chart = line(frame_of([(text, "2025-01", "7"), (text, "2025-03", "8")]), focus=text)
    assert all(chart.content(kind) for kind in ("png", "svg", "pdf"))
