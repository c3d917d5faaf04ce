"""PNG: the size asked for, the words about it, and nothing that changes between two runs."""

from __future__ import annotations

import zlib
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from charts.chart_frames import flagship
from tracker.charts.line import line
from tracker.errors import TrackerError


@pytest.fixture(scope="module")
def chart():
    return replace(line(flagship(), focus="DeepSeek R1"), rebuild="tracker chart 'DeepSeek R1' -o r1.png")


def chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(content):
        size = int.from_bytes(content[at : at + 4])
        name, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        assert int.from_bytes(content[at + 8 + size : at + 12 + size]) == zlib.crc32(name + body)
        found.append((name, body))
        at += 12 + size
    return found


def test_every_part_is_whole(chart):
    names = [name for name, _ in chunks(chart.content("png", 72))]
    assert (names[0], names[-2:]) == (b"IHDR", [b"IDAT", b"IEND"])


def test_words_travel_with_the_picture(chart):
    with Image.open(BytesIO(chart.content("png", 72))) as picture:
        picture.load()
        said = {name: picture.text[name] for name in ("Title", "Description", "Source", "Comment")}
    assert said == {
        "Title": chart.title, "Description": chart.description, "Source": chart.source, "Comment": chart.rebuild
    }  # fmt: skip


def test_control_characters_are_written_out(chart):
    content = replace(chart, title="a\0b\x1b[31m").content("png", 72)
    assert b"Title\0a\\x00b\\x1b[31m" in content


@pytest.mark.parametrize("style", ["light", "dark"])
def test_pixels_are_those_of_the_figure(style):
    chart = line(flagship(), focus="DeepSeek R1", style=style)
    with Image.open(BytesIO(chart.content("png", 100))) as picture:
        assert (picture.mode, picture.size) == ("RGB", (720, 500))
        assert round(picture.info["dpi"][0]) == 100
        corner = picture.getpixel((0, 0))
    assert corner == tuple(round(255 * part) for part in chart.fig.get_facecolor()[:3])


def test_a_transparent_figure_stays_transparent():
    chart = line(flagship(), focus="DeepSeek R1")
    chart.fig.set_facecolor("none")
    with Image.open(BytesIO(chart.content("png", 50))) as picture:
        assert picture.mode == "RGBA"
        assert np.asarray(picture)[0, 0, 3] == 0


def test_a_figure_that_was_shown_before_gives_the_same_bytes(chart):
    before = chart.content("png", 100)
    other = line(flagship(), focus="DeepSeek R1")
    other.fig.savefig(BytesIO(), format="png", dpi=100)
    canvas, dpi = other.fig.canvas, other.fig.dpi
    assert replace(other, rebuild=chart.rebuild).content("png", 100) == before
    assert (other.fig.canvas, other.fig.dpi) == (canvas, dpi)


@pytest.mark.parametrize("dpi", [0, -1, 1e9, float("nan"), float("inf")])
def test_a_picture_without_end_is_refused(chart, dpi):
    with pytest.raises(TrackerError, match="pixels cannot be drawn"):
        chart.content("png", dpi)
