"""Pictures as they were looked at and accepted; drawn with the bundled fonts from the starter data.

After a change that is meant, look at each new picture, and accept them all:

    pytest tests/charts/test_golden.py --accept-pictures
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from charts.chart_frames import frame_of
from tracker.charts.revisions import revisions
from tracker.cli.boundary import run
from tracker.cli.drawing import draw
from tracker.cli.selecting import selection
from tracker.store.engine import reading
from tracker.values import Period

GOLDEN = Path(__file__).parents[1] / "golden"
DPI = 100
DIFFERENT, FAR = 0.0003, 48
"""A picture may differ from the accepted one in so many of its pixels by more than this: edges of letters do."""

VISITS, ADOPTION, POE = "similarweb/generative-ai-ww", "ramp/paid-adoption", "poe/text-messages"
PICTURES = {
    "line": ("line", ["DeepSeek R1"], [POE], "light", {"only": True}, ("2025-02", "2025-04")),
    "line-logit-dark": ("line", ["ChatGPT", "Google Gemini"], [VISITS], "dark", {"scale": "logit"}, None),
    "panels": ("panels", ["DeepSeek R1"], [], "light", {}, None),
    "area": ("area", [], [VISITS], "light", {}, None),
    "slope": ("slope", ["OpenAI", "Anthropic"], [ADOPTION], "light", {}, None),
    "rank-dark": ("rank", ["Anthropic"], [ADOPTION], "dark", {}, None),
    "table": ("table", ["Google Gemini"], [VISITS], "light", {}, None),
    "bars": ("bars", ["DeepSeek"], [VISITS], "light", {}, None),
    "dumbbell-dark": ("dumbbell", ["Anthropic"], [ADOPTION], "dark", {}, None),
    "concentration": ("concentration", [], [VISITS], "light", {}, None),
}


@pytest.fixture(scope="module")
def starter(tmp_path_factory):
    path = tmp_path_factory.mktemp("golden") / "tracker.db"
    assert run(["init", "--db", str(path)]) == 0
    return path


def picture(path, kind, entities, markets, style, told, dates):
    since, until = (Period.parse(text) for text in dates) if dates else (None, None)
    with reading(path) as session:
        wanted = selection(session, entities, markets, since, until)
        return draw(session, wanted, kind, style=style, **told).chart


def revised():
    months = [f"2025-{month:02d}" for month in range(1, 9)]
    was = ["40", "42", "41", "44", "46", "45", "47", "48"]
    now = ["40", "42.5", "41", "44", "44.2", "45", "47", "48"]
    other = [("Google", month, f"{20 + number}") for number, month in enumerate(months)]
    frames = [
        frame_of([("OpenAI", *row) for row in zip(months, shares, strict=True)] + other, hues={"OpenAI": "teal"})
        for shares in (was, now)
    ]
    return revisions(*(frame.assign(editions=2) for frame in frames), focus="OpenAI")


def compare(name, content, accept):
    """Hold a picture against the accepted one, or put it in its place."""
    path = GOLDEN / f"{name}.png"
    if accept:
        GOLDEN.mkdir(exist_ok=True)
        path.write_bytes(content)
    new, old = (np.asarray(Image.open(file).convert("RGB"), dtype=np.int16) for file in (BytesIO(content), path))
    assert new.shape == old.shape
    far = float((np.abs(new - old).max(axis=2) > FAR).mean())
    assert far <= DIFFERENT, f"{far:.2%} of {path.name} differ: look at it, then accept it with --accept-pictures"


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_as_it_was_accepted(name, starter, request):
    chart = picture(starter, *PICTURES[name])
    compare(name, chart.content("png", DPI), request.config.getoption("--accept-pictures"))


def test_revisions_are_as_they_were_accepted(request):
    compare("revisions", revised().content("png", DPI), request.config.getoption("--accept-pictures"))


def test_there_are_no_more_than_twelve_and_none_is_left_over():
    assert {path.stem for path in GOLDEN.iterdir()} == {*PICTURES, "revisions"}
    assert len(PICTURES) < 12


def test_a_line_that_is_gone_is_noticed(starter):
    chart = picture(starter, *PICTURES["line"])
    chart.ax.lines[0].remove()
    with pytest.raises(AssertionError, match="look at it"):
        compare("line", chart.content("png", DPI), accept=False)
