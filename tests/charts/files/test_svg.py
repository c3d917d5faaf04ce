"""SVG: texts are texts, in fonts that the file holds, at the places of the picture; nothing in it can do harm."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import rc_context
from matplotlib.text import Text

from charts.chart_frames import FLAGSHIP_EVENTS, flagship, frame_of
from tracker.charts.files.texts import measured
from tracker.charts.line import line
from tracker.charts.look.fonts import font_for

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def chart():
    made = line(flagship(), focus="DeepSeek R1", events=FLAGSHIP_EVENTS)
    return replace(made, rebuild="tracker chart 'DeepSeek R1' -o \"r1.svg\" <&>")


@pytest.fixture(scope="module")
def root(chart):
    return ElementTree.fromstring(chart.content("svg"))


def written(chart) -> list[str]:
    return sorted(t.get_text() for t in chart.fig.findobj(Text) if t.get_visible() and t.get_text())


def test_every_text_of_the_picture_can_be_selected(chart, root):
    assert sorted(text.text for text in root.iter(f"{SVG}text")) == written(chart)


def test_it_says_what_it_shows(chart, root):
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (title.text, desc.text) == (chart.title, chart.description)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", f"{title.get('id')} {desc.get('id')}")
    assert root.get("data-rebuild") == chart.rebuild
    assert chart.source in "".join(root.find(f"{SVG}metadata").itertext())


def test_the_file_holds_the_letters_that_are_used_and_no_others(chart, root):
    rules = re.findall(
        r"@font-face\{font-family:([\w-]+);font-weight:(\d+);src:url\(data:font/ttf;base64,([^)]+)\)",
        root.find(f"{SVG}style").text,
    )
    fonts = {(name, weight): TTFont(BytesIO(b64decode(data))) for name, weight, data in rules}
    used = {key: set() for key in fonts}
    for text in root.iter(f"{SVG}text"):
        weight, _, families = re.search(r"font:(\d+) ([\d.]+)px ([^;]+)", text.get("style")).groups()
        own = [key for key in fonts if key[1] == weight and key[0] in families.split(", ")]
        assert set(text.text) <= set().union(*(set(map(chr, fonts[key].getBestCmap())) for key in own))
        assert families.endswith("'Lato', 'DejaVu Sans', sans-serif")
        for key in own:
            used[key] |= {letter for letter in text.text if ord(letter) in fonts[key].getBestCmap()}
    assert {key: set(map(chr, font.getBestCmap())) for key, font in fonts.items()} == used
    assert all("GPOS" in font for font in fonts.values())


def test_letters_stand_where_the_picture_has_them(chart, root):
    """Each text is as long as measured, and at the place of its artist: SVG counts 72 to the inch, downwards."""
    artists = {}
    for text in chart.fig.findobj(Text):
        if text.get_visible() and text.get_text():
            artists.setdefault(text.get_text(), []).append(text)
    high = chart.fig.get_size_inches()[1] * 72
    for element in root.iter(f"{SVG}text"):
        same = artists[element.text]
        places = [a.get_transform().transform(a.get_unitless_position()) * 72 / chart.fig.dpi for a in same]
        x, y, long = (float(element.get(name)) for name in ("x", "y", "textLength"))
        assert any(abs(x - px) < 0.05 and abs(high - y - py) < 0.05 for px, py in places), element.text
        artist = artists[element.text][0]
        font = font_for(element.text, artist.get_fontsize(), artist.get_weight() == "bold")
        assert long == pytest.approx(measured(element.text, font), abs=0.05)


def test_rims_are_drawn_behind_letters(chart, root):
    rims = [text for text in root.iter(f"{SVG}text") if "paint-order:stroke" in text.get("style")]
    assert 0 < len(rims) < len(written(chart))


def test_nothing_of_the_figure_changes(chart):
    before = [(text.get_path_effects(), text.get_visible()) for text in chart.fig.findobj(Text)]
    chart.content("svg")
    chart.content("pdf")
    assert [(text.get_path_effects(), text.get_visible()) for text in chart.fig.findobj(Text)] == before


def test_settings_of_the_person_change_nothing(chart):
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": None, "text.hinting": "force_autohint", "font.size": 30}):
        other = chart.content("svg")
    assert other == chart.content("svg")


HOSTILE = ["<script>alert(1)</script>", "]]>", "</title><script/>", "&amp;", "a\x00\x1b[31mb", "\u202eevil", "\ufffe"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name):
    chart = line(frame_of([(name, "2025-01", "7"), (name, "2025-03", "8")]), focus=name)
    root = ElementTree.fromstring(replace(chart, rebuild=f'x "{name}"').content("svg"))
    assert [element for element in root.iter() if element.tag.endswith("}script")] == []
    assert sorted(text.text for text in root.iter(f"{SVG}text")) == written(chart)


@settings(max_examples=4, deadline=None)
@given(st.text(min_size=1, max_size=12).filter(lambda text: text.strip()))
def test_any_name_gives_a_file_that_can_be_read(name):
    chart = line(frame_of([(name, "2025-01", "7"), (name, "2025-03", "8")]), focus=name)
    content = replace(chart, rebuild=name, title=name, alt=name, source=name).content("svg")
    assert ElementTree.fromstring(content).find(f"{SVG}title") is not None
