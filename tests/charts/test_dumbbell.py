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


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("30.1", "31.0", "+0.9 (+0.8 to +1.0)"),
        ("7", "7.9", "+0.90 (+0.35 to +1.45)"),
        ("~7", "~11", "about +4"),
        ("~7", "11", "about +4"),
        ("~50", "<5", "about −50 to −45"),
        ("~7", "~7", "not known"),
        ("21.870872876777963", "21.953882477154070", "+0.08"),
        ("0.000112345678", "0.000212345678", "+0.0001000"),
        ("7", "21.953882477154070", "+15"),
    ],
)
def test_a_change_is_told_as_exactly_as_its_figures(first, last, told):
    chart = dumbbell(frame_of([("A", "2025", first), ("A", "2026", last)]), focus="A", size="slide")
    assert told in shown(chart)
    assert ("In brackets" in chart.note) == ("(" in told)
    assert ("does not say how exact" in chart.note) == ("~" in first)
    assert "rounding is counted" not in chart.note


def test_a_forecast_end_is_told_as_forecast():
    frame = frame_of([("A", "2025", "9"), ("A", "2027", "5")])
    frame["status"] = ["A", "F"]
    chart = dumbbell(frame, focus="A")
    assert chart.title == "A’s share of Poe’s text messages is forecast to fall from 9% in 2025 to 5% in 2027"
    assert chart.alt.endswith("A 9% to 5% (forecast).")


def test_samples_are_said():
    frame = frame_of([("A", "2025", "60"), ("A", "2026", "80")], sample_size=400, counted="people")
    assert "Sampling error is not counted: samples of 400." in dumbbell(frame).note


@pytest.mark.parametrize("size", ["4x9", "4x3", "print"])
@pytest.mark.parametrize(
    "shape", ["Entity number {:02d} with a name that is lon", "The very same long beginning of it {:02d}"]
)
def test_cut_names_differ_and_leave_the_plot_its_part(size, shape):
    names = [shape.format(i) for i in range(12)]
    rows = [(name, year, f"{5 + i / 2:.2f}") for i, name in enumerate(names) for year in ("2025", "2026")]
    chart = dumbbell(frame_of(rows), size=size)
    labels = [t.get_text() for t in chart.ax.texts if t.get_horizontalalignment() == "left"]
    labels = [text for text in labels if "…" in text or text in names]
    assert len(labels) == len(set(labels)) == len(set(chart.data["entity"]))
    assert all(any(f"{i:02d}" in label for i in range(12)) for label in labels)
    assert chart.ax.get_position().width >= 0.35
    assert overlaps(chart.fig) == []


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


def test_axes_with_other_scales_become_linear():
    ax = Figure(figsize=(8, 5)).add_axes((0.3, 0.2, 0.4, 0.6), xscale="log", yscale="log")
    draw_dumbbell(mixed(), ax=ax)
    assert (ax.get_xscale(), ax.get_yscale()) == ("linear", "linear")


@pytest.mark.parametrize("layout", [None, "constrained", "tight"])
def test_axes_beside_each_other_keep_their_names_and_changes(layout):
    fig = Figure(figsize=(12, 6), layout=layout)
    for ax in fig.subplots(1, 2):
        draw_dumbbell(mixed(), ax=ax)
    fig.draw_without_rendering()
    assert overlaps(fig) == []
    assert outside(fig) == []
    boxes = [ax.get_window_extent() for ax in fig.axes]
    for box, ax in zip(boxes, fig.axes, strict=True):
        for text in ax.texts:
            extent = text.get_window_extent()
            assert extent.x0 >= box.x0 - 2, text.get_text()
            assert extent.x1 <= box.x1 + 2, text.get_text()


def test_far_digits_give_way_to_the_scale_and_the_first_ones_never():
    frame = frame_of([
        ("A long name of many letters", "2025-01", "0.00002750"), ("A long name of many letters", "2025-02", ">98"),
        ("B", "2025-01", "0.000258512345"), ("B", "2025-02", "73.000270270012"),
    ])  # fmt: skip
    chart = dumbbell(frame, focus="A long name of many letters", size=(4.0, 4.0))
    assert (overlaps(chart.fig), outside(chart.fig)) == ([], [])
    told = shown(chart)
    assert ">98%" in told
    assert any(text.startswith("0.0") and "…" in text for text in told)
    xs = sorted(chart.ax.transData.transform((float(dot.get_xdata()[0]), 0.0))[0] for dot in dots(chart))
    assert xs[-1] - xs[0] > 0.08 * chart.ax.bbox.width


def test_figures_that_leave_no_scale_are_refused():
    ax = Figure(figsize=(2, 2)).add_axes((0.25, 0.25, 0.5, 0.5))
    with pytest.raises(TrackerError, match="too long for rows of this width\nDraw it larger"):
        draw_dumbbell(mixed(), ax=ax)


def test_what_rounding_allows_is_told_only_beside_a_scale_of_its_own():
    frame = frame_of(
        [("Somebody with a long name", "2025-01", "2.00"), ("Somebody with a long name", "2025-02", "88.00")]
    )
    assert "+86.00 (+85.99 to +86.01)" in shown(dumbbell(frame))
    assert "+86.00" in shown(dumbbell(frame, size="4x3"))
