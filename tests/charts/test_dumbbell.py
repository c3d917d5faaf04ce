"""The dumbbell chart: rows by the later share, hollow and filled dots, and changes with what rounding allows."""

from __future__ import annotations

import matplotlib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from charts.chart_frames import flagship, frame_of, statcounter
from charts.chart_geometry import outside, overlaps, texts
from charts.still_frames import SIZES, mixed, two_periods
from tracker.charts.dumbbell import draw_dumbbell, dumbbell
from tracker.charts.look.style import LIGHT
from tracker.errors import TrackerError


def shown(chart):
    return [text for text, _ in texts(chart.fig)]


def rows_from_the_top(chart, names):
    heights = {text.get_text(): text.get_position()[1] for text in chart.ax.texts if text.get_text() in names}
    return sorted(heights, key=lambda name: -heights[name])


def dots(chart):
    return [line for line in chart.ax.lines if line.get_marker() == "o"]


def test_the_flagship_in_words():
    chart = dumbbell(flagship(), focus="DeepSeek R1")
    assert chart.title.startswith("DeepSeek R1’s share of Poe’s text messages fell from 7%")
    assert {"7%", "3%", "−4 (−5 to −3)", "Change, points", "○ mid-Feb 2025", "● the end of Apr 2025"} <= set(
        shown(chart)
    )
    assert chart.note == "In brackets: what rounding allows."
    assert chart.alt.startswith("Dumbbell chart: DeepSeek R1’s share")


def test_the_earlier_dot_is_hollow_and_the_later_one_filled():
    chart = dumbbell(flagship(), focus="DeepSeek R1")
    faces = {line.get_xdata()[0]: line.get_markerfacecolor() for line in dots(chart)}
    assert faces == {7.0: LIGHT.background, 3.0: LIGHT.text("blue")}


def test_rows_stand_by_the_later_share_and_the_rest_is_last():
    chart = dumbbell(mixed(), focus="DeepSeek")
    names = ["Late", "Mistral", "Google", "Qwen", "DeepSeek", "Meta", "xAI", "Other"]
    assert rows_from_the_top(chart, names) == names
    assert chart.ax.get_xlim()[0] <= 0


def test_what_is_told_of_each_change():
    frame = mixed()
    frame["status"] = ["B" if name == "Google" and period == "~2025-04-30" else "A"
                       for name, period in zip(frame["entity"], frame["period"], strict=True)]  # fmt: skip
    chart = dumbbell(frame, focus="DeepSeek")
    told = shown(chart)
    assert {"−4 (−5 to −3)", "within rounding", "break in method", "not known", "+0.5 to +2.5", "–"} <= set(told)
    grey = [text for text in chart.ax.texts if text.get_text() == "within rounding"]
    assert {text.get_color() for text in grey} == {LIGHT.muted_text}
    assert "The method changed between the two dates: no change is told of Google." in chart.note
    assert "Only at the end of April 2025: Late." in chart.note


def test_every_dot_is_a_row():
    chart = dumbbell(mixed(), focus="DeepSeek")
    assert sorted(line.get_xdata()[0] for line in dots(chart)) == sorted(chart.data["share"].dropna())


def test_rows_without_room_are_named_and_not_in_the_data():
    chart = dumbbell(mixed(), size="4x3")
    kept = set(chart.data["entity"].astype(str))
    lost = set(mixed()["entity"].astype(str)) - kept
    assert lost
    assert {"DeepSeek", "Other"} <= kept, "the main one, and the greatest"
    assert chart.note.startswith("Not shown for want of room: ")
    assert any(text.startswith("Note: Not shown") for text in shown(chart))


def test_refusals():
    with pytest.raises(TrackerError, match="there is one period to compare, not two: 2025"):
        dumbbell(frame_of([("A", "2025", "5")]))
    with pytest.raises(TrackerError, match="there is no share of 2020 here\nThe nearest is 2025"):
        dumbbell(frame_of([("A", "2025", "5")]), start="2020")


def test_an_index_has_no_points():
    chart = dumbbell(frame_of([("A", "2025", "50"), ("A", "2026", "80")], whole="index"), focus="A")
    assert {"Change", "50", "80"} <= set(shown(chart))
    assert not any("%" in text or "points" in text for text in shown(chart))


def test_real_months():
    chart = dumbbell(statcounter())
    assert overlaps(chart.fig) == []
    assert rows_from_the_top(chart, ["ChatGPT", "Google Gemini", "DeepSeek"]) == [
        "ChatGPT",
        "Google Gemini",
        "DeepSeek",
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(two_periods(), SIZES, st.integers(0, 3), st.sampled_from(["light", "dark"]))
def test_no_text_covers_another_and_none_is_clipped(made, size, count, style):
    frame, names, (start, end) = made
    chart = dumbbell(frame, focus=names[:count] or None, start=start, end=end, size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    assert sorted(line.get_xdata()[0] for line in dots(chart)) == sorted(chart.data["share"].dropna())


@pytest.mark.parametrize("size", ["print", "web", "slide", "square", "4x3", "4x9", "9x3"])
def test_every_size(size):
    chart = dumbbell(mixed(), size=size, style="dark")
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


def test_axes_of_ones_own_keep_their_title_size_and_settings():
    fig = Figure(figsize=(8, 5))
    ax = fig.add_axes((0.3, 0.2, 0.4, 0.6))
    ax.set_title("mine")
    before = dict(matplotlib.rcParams)
    assert draw_dumbbell(mixed(), ax=ax) is ax
    assert (ax.get_title(), tuple(fig.get_size_inches())) == ("mine", (8, 5))
    assert tuple(ax.get_position().bounds) == pytest.approx((0.3, 0.2, 0.4, 0.6))
    assert dict(matplotlib.rcParams) == before
    assert len(draw_dumbbell(flagship()).lines) == 2
