"""PDF: texts are texts in fonts that the file holds."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

import pytest

from charts.chart_frames import FLAGSHIP_EVENTS, flagship, frame_of
from tracker.charts.files.pdf import _parts
from tracker.charts.files.texts import written
from tracker.charts.line import line
from tracker.charts.look.direction import MARK


@pytest.fixture(scope="module")
def content():
    made = line(flagship(), focus="DeepSeek R1", events=FLAGSHIP_EVENTS)
    return replace(made, rebuild="tracker chart DeepSeek").content("pdf")


def streams(content: bytes) -> bytes:
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return b"\n".join(zlib.decompress(one) for one in found if one[:1] == b"\x78")


def test_fonts_are_within_the_file_and_letters_are_named(content):
    assert b"/FontFile2" in content
    assert b"/ToUnicode" in content
    assert b"/Type3" not in content


def test_every_letter_is_shown_as_text(content):
    shown = re.findall(rb"\[(.*?)\] TJ", streams(content), re.DOTALL)
    letters = b"".join(re.findall(rb"\(((?:\\.|[^\\)])*)\)", b" ".join(shown))).replace(b"\0", b"")
    assert b"DeepSeek R1" in letters
    assert letters.count(b"released") == 2  # with a rim beneath that is no text


def test_words_travel_with_the_picture(content):
    assert "tracker chart DeepSeek" in content.decode("latin-1").replace("\\", "") or (
        "tracker chart DeepSeek".encode("utf-16-be") in content
    )
    assert b"/Subject" in content
    assert b"/CreationDate" not in content


def test_a_line_of_two_directions_is_drawn_in_parts():
    name = "מודל"
    chart = line(frame_of([(name, f"2025-{m:02d}", "7") for m in range(1, 9)]), focus=name)
    marked = [text for text in written(chart.fig) if MARK in text.get_text()]
    assert marked
    for text in marked:
        parts = _parts(text)
        assert "".join(part for part, _ in parts) == text.get_text().replace(MARK, "")
        assert [start for _, start in parts] == sorted(start for _, start in parts)
    assert MARK.encode("utf-16-be").hex().upper().encode() not in streams(chart.content("pdf")).upper()
