"""Bars: one period, zero at the left, intervals as whiskers, and no number where none was published."""

from __future__ import annotations

import matplotlib
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from charts.chart_frames import flagship, frame_of, statcounter
from charts.chart_geometry import outside, overlaps, texts
from charts.still_frames import SIZES, mixed, two_periods
from tracker.charts.bars import bars, draw_bars
from tracker.charts.look.style import LIGHT
from tracker.errors import TrackerError


def shown(chart):
    return [text for text, _ in texts(chart.fig)]


def solid(chart):
    """Lengths of bars with a number: they start at zero and are not see-through."""
    return sorted(p.get_width() for p in chart.ax.patches if p.get_x() == 0 and p.get_alpha() == 1.0)


def test_one_bar_in_words():
    chart = bars(flagship(), focus="DeepSeek R1")
    assert chart.title == "DeepSeek R1’s share of Poe’s text messages was 3% at the end of April 2025"
    assert chart.subtitle == "Share of text messages, Poe (Quora) platform, the end of April 2025, %"
    assert chart.note == "Whiskers: rounding of ±0.5 points. The rest, 96.5 to 97.5%, is not shown."
    assert list(chart.data["period"]) == ["~2025-04-30"]
    assert solid(chart) == [3.0]
    assert chart.ax.get_xlim()[0] == 0.0


def test_about_has_no_whisker():
    chart = bars(frame_of([("A", "2025", "~60"), ("B", "2025", "20")]))
    three = [found for found in chart.ax.collections if len(found.get_segments()) == 3]
    assert len(three) == 2, "the whisker of B, and its rim"
    assert "Whiskers: rounding of ±0.5 points." in chart.note
    assert "“About” (~) does not say how exact the figures are." in chart.note
    assert "The rest, about 20%, is not shown." in chart.note


def test_whiskers_of_several_roundings_tell_the_range():
    chart = bars(frame_of([("A", "2025", "6.0"), ("B", "2025", "2")]))
    assert "Whiskers: rounding of ±0.05 to ±0.5 points." in chart.note
    assert "The rest, 91.45 to 92.55%, is not shown." in chart.note


def test_whiskers_that_are_not_drawn_are_not_told():
    chart = bars(frame_of([("A", "2025", "60"), ("B", "2025", "2.000")], whole="overlapping"))
    assert "Whiskers: rounding of ±0.5 points." in chart.note


def test_long_decimals_leave_no_dust():
    rows = [("A", "2025", "60.123456789012"), ("B", "2025", "20.123456789012")]
    assert bars(frame_of(rows)).note == "The rest, 19.75%, is not shown."
    assert bars(frame_of([*rows, ("C", "2025", "19.753086421976")])).note == ""


def test_the_largest_of_forecasts_is_forecast():
    frame = frame_of([("A", "2027", "60"), ("B", "2027", "20")])
    frame["status"] = ["F", "F"]
    assert bars(frame).title == "A is forecast to have the largest share of Poe’s text messages in 2027: 60%"


def test_samples_are_said_where_no_whisker_shows_them():
    frame = asked(sizes=(1000, None))
    assert "Sampling error is not counted: samples of 1,000." in bars(frame).note
    assert "Sampling error" not in bars(asked()).note
    assert "Sampling error" not in bars(asked(counted="tokens")).note


@pytest.mark.parametrize("size", ["4x9", "4x3"])
def test_cut_names_differ(size):
    names = [f"Entity number {i:02d} with a name that is lon" for i in range(12)]
    chart = bars(frame_of([(name, "2025", f"{5 + i / 10:.2f}") for i, name in enumerate(names)]), size=size)
    labels = [t.get_text() for t in chart.ax.texts if "…" in t.get_text()]
    assert len(labels) == len(set(labels)) == len(chart.data)
    assert all(any(f"{i:02d}" in label for i in range(12)) for label in labels)
    assert chart.ax.get_position().width >= 0.35


def test_the_largest_share_is_the_finding_where_nothing_can_be_larger():
    rows = [("A", "2025", "60"), ("B", "2025", "20")]
    assert bars(frame_of(rows)).title == "A had the largest share of Poe’s text messages in 2025: 60%"
    assert bars(frame_of(rows), focus="B").title == "B’s share of Poe’s text messages was 20% in 2025"


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        ([("A", "2025", "40"), ("B", "2025", "10")], "open"),  # the unnamed may hold 50
        ([("A", "2025", "51"), ("B", "2025", "50")], "overlapping"),  # somebody unasked may have more
        ([("A", "2025", "5"), ("B", "2025", "5.4")], "index"),  # equal within rounding
    ],
)
def test_no_largest_where_it_may_be_another(rows, whole):
    assert "largest" not in bars(frame_of(rows, whole=whole)).title
    assert "highest" not in bars(frame_of(rows, whole=whole)).title


def test_rows_stand_by_share_and_the_rest_is_last_and_grey():
    chart = bars(mixed())
    names = ["Late", "Mistral", "Google", "Qwen", "DeepSeek", "Meta", "xAI", "Other"]
    heights = {text.get_text(): text for text in chart.ax.texts if text.get_text() in names}
    assert sorted(heights, key=lambda name: -heights[name].get_position()[1]) == names
    assert heights["Other"].get_color() == LIGHT.muted_text
    assert heights["Google"].get_color() == LIGHT.text("sky")


def test_bounds_are_hollow_with_a_caret_and_ranges_pale():
    chart = bars(mixed(), period="~2025-02-15")
    assert {"<1", ">2", "1–3"} <= set(shown(chart))
    carets = {line.get_marker(): line.get_xdata()[0] for line in chart.ax.lines}
    assert carets == {4: 1.0, 5: 2.0}
    hollow = [p for p in chart.ax.patches if p.get_facecolor()[3] == 0]
    assert sorted(p.get_width() for p in hollow) == [1.0, 2.0]
    pale = [p for p in chart.ax.patches if p.get_alpha() == 0.45]
    assert [(p.get_x(), p.get_width()) for p in pale] == [(1.0, 2.0)]
    assert "Hollow bars with a caret end at a published bound. Pale ends are published ranges." in chart.note


def test_a_zero_is_a_row_with_its_value():
    chart = bars(frame_of([("A", "2025", "0"), ("B", "2025", "0")], whole="index"))
    assert {"A", "B", "0"} <= set(shown(chart))
    assert solid(chart) == [0.0, 0.0]


def asked(counted="voters", sizes=(1000, 1000)):
    frame = frame_of([("A", "2025-02-01", "30"), ("B", "2025-02-01", "20")], counted=counted)
    frame["sample_size"] = pd.array(list(sizes), dtype="Int64")
    return frame


def test_whiskers_of_a_sample_are_wilsons():
    chart = bars(asked())
    assert "Whiskers: 95% intervals (Wilson) for a simple random sample of 1,000, rounding included" in chart.note
    strokes = [
        path for found in chart.ax.collections for path in found.get_segments() if len(found.get_segments()) == 3
    ]
    ends = sorted({round(float(x) * chart.ax.get_xlim()[1], 2) for path in strokes for x, _ in path})
    assert ends == pytest.approx([17.18, 23.08, 26.76, 33.42], abs=0.35)


@pytest.mark.parametrize("frame", [asked(counted="tokens"), asked(sizes=(1000, None))])
def test_what_is_counted_or_half_sampled_has_its_rounding(frame):
    assert "Whiskers: rounding of ±0.5 points." in bars(frame).note


def test_an_unsettled_figure_is_hollow_and_said():
    frame = frame_of([("A", "2025", "60"), ("B", "2025", "20")])
    frame["status"] = ["F", "A"]
    chart = bars(frame)
    assert [p.get_width() for p in chart.ax.patches if p.get_facecolor()[3] == 0] == [60.0]
    assert "INCLUDES FORECASTS" in shown(chart)
    assert "Marked as forecast: A." in chart.note


def test_an_index_has_no_percent():
    chart = bars(frame_of([("A", "2025", "50"), ("B", "2025", "80")], whole="index"))
    assert not any("%" in text for text in shown(chart))
    assert chart.title == "B had the highest index in 2025: 80"
    assert "rest" not in chart.note


def test_more_than_the_whole_is_said():
    assert "add up to more than 100% (109% at least)" in bars(frame_of([("A", "2025", "60"), ("B", "2025", "50")])).note


def test_rows_without_room_are_named_and_not_in_the_data():
    frame = frame_of([(f"Name {i}", "2025", str(40 - i)) for i in range(20)], whole="overlapping")
    chart = bars(frame, size="4x3")
    kept = list(chart.data["entity"].astype(str))
    assert kept == [f"Name {i}" for i in range(len(kept))]
    assert chart.note.startswith(f"Not shown for want of room: Name {len(kept)}, Name {len(kept) + 1}, ")
    assert solid(chart) == [float(40 - i) for i in reversed(range(len(kept)))]


def test_an_unknown_period_is_refused_with_the_nearest():
    frame = frame_of([("A", f"2025-0{month}", "5") for month in (1, 3, 5)])
    with pytest.raises(
        TrackerError, match="there is no share of 2025-02 here\nThe nearest are 2025-01, 2025-03 and 2025-05"
    ):
        bars(frame, period="2025-02")


def test_a_focus_without_a_share_of_the_period_is_refused():
    frame = frame_of([("A", "2024", "5"), ("B", "2025", "5")])
    with pytest.raises(
        TrackerError, match="A has a share not in 2025\nIt has shares of 2024\\. Choose others with --from and"
    ):
        bars(frame, focus="A", period="2025")


def test_real_months():
    chart = bars(statcounter(), focus="Claude")
    assert overlaps(chart.fig) == []
    assert len(chart.data) == 7


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(two_periods(), SIZES, st.integers(0, 3), st.sampled_from(["light", "dark"]))
def test_no_text_covers_another_and_none_is_clipped(made, size, count, style):
    frame, names, (_, end) = made
    held = [name for name in names if ((frame["entity"] == name) & (frame["period"] == end)).any()]
    chart = bars(frame, focus=held[:count] or None, period=end, size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    assert len(chart.ax.texts) == 2 * len(chart.data)


@pytest.mark.parametrize("size", ["print", "web", "slide", "square", "4x3", "4x9", "9x3"])
def test_every_size(size):
    chart = bars(mixed(), size=size, style="dark")
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


def test_axes_of_ones_own_keep_their_title_size_and_settings():
    fig = Figure(figsize=(8, 5))
    ax = fig.add_axes((0.3, 0.2, 0.4, 0.6))
    ax.set_title("mine")
    before = dict(matplotlib.rcParams)
    assert draw_bars(mixed(), ax=ax) is ax
    assert (ax.get_title(), tuple(fig.get_size_inches())) == ("mine", (8, 5))
    assert tuple(ax.get_position().bounds) == pytest.approx((0.3, 0.2, 0.4, 0.6))
    assert dict(matplotlib.rcParams) == before
    assert len(draw_bars(flagship()).patches) == 1


def test_axes_with_other_scales_become_linear():
    ax = Figure(figsize=(8, 5)).add_axes((0.3, 0.2, 0.4, 0.6), xscale="log", yscale="log")
    draw_bars(mixed(), ax=ax)
    assert (ax.get_xscale(), ax.get_yscale(), ax.get_xlim()[0]) == ("linear", "linear", 0.0)
