"""Whatever the data, no text covers another and none leaves the figure."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes

from charts.chart_frames import FLAGSHIP_EVENTS, flagship, frame_of, statcounter
from charts.chart_geometry import data_lines, outside, overlaps, places, texts
from tracker.charts.axis.plane import day_number
from tracker.charts.axis.ranges import day_range, plane_of
from tracker.charts.axis.scales import has_place
from tracker.charts.line import draw_line, line
from tracker.charts.look.style import LIGHT
from tracker.charts.picture import prepare
from tracker.charts.plot.endlabels import end_labels, labels_of
from tracker.charts.plot.marks import strokes_of
from tracker.errors import TrackerError
from tracker.values import Event, Period

NAMES = st.text(alphabet="abcdeg MWiljyÀЖΩ$_^{}\\", min_size=1, max_size=40).map(lambda t: " ".join(t.split()) or "x")
PRINTED = st.one_of(
    st.integers(0, 100).map(str),
    st.floats(0, 100).map(lambda x: f"{x:.2f}"),
    st.floats(0, 0.1).map(lambda x: f"{x:.2f}"),
    st.integers(1, 9).map(lambda x: f"<{x}"),
    st.integers(1, 90).map(lambda x: f">{x}"),
    st.integers(1, 90).map(lambda x: f"{x}..{x + 3}"),
)


@st.composite
def frames(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=20, unique=True))
    form = draw(st.sampled_from(["month", "year", "day", "vague"]))
    rows = []
    for name in names:
        for step in sorted(draw(st.sets(st.integers(0, 27), min_size=1, max_size=draw(st.sampled_from([1, 3, 28]))))):
            month = f"{2023 + step // 12}-{step % 12 + 1:02d}"
            text = {"month": month, "year": str(1990 + step), "day": f"2025-02-{step + 1:02d}", "vague": f"~{month}-15"}
            rows.append((name, text[form], draw(PRINTED)))
    hues = {names[0]: draw(st.sampled_from(["blue", "orange", "grey"]))}
    frame = frame_of(rows, hues=hues)
    chance = draw(st.randoms(use_true_random=False))
    among = draw(st.sampled_from(["A", "AAAAAFPEB", "AAF"]))
    marks = [chance.choice(among) for _ in rows]
    before = [chance.choice([None, None, None, "9"]) for _ in rows]
    return frame.assign(
        status=pd.Categorical(marks),
        corrected_from=pd.Series(before, dtype="str"),
        correction=pd.Series(["a slip" if old else None for old in before], dtype="str"),
    ), names


DAYS = st.dates(Period.parse("2023-01").start, Period.parse("2025-04").end)


@st.composite
def events_of(draw):
    """Days, vague days, and spans."""
    found = []
    for start, label in draw(st.lists(st.tuples(DAYS, NAMES), max_size=6)):
        precision = draw(st.sampled_from(["day", "approx", "range"]))
        end = start + timedelta(days=draw(st.integers(1, 300))) if precision == "range" else start
        found.append(Event(Period(start, end, precision), label))
    return found


SIZES = st.sampled_from([(7.2, 5.0), (4.0, 3.0), (12.0, 6.0), (4.0, 9.0), (9.0, 3.0), (5.4, 5.4)])
SCALES = st.sampled_from(["auto", "linear", "log", "logit"])


class AsChart(NamedTuple):
    """What the helpers ask of a chart."""

    ax: Axes
    data: pd.DataFrame


def drawn(frame, scale, **options):
    """Draw a frame, or say that there is nothing that its scale has a place for."""
    try:
        return line(frame, scale=scale, **options)
    except TrackerError as error:
        assume("scale needs a share" not in str(error))
        raise


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames(), events_of(), SIZES, SCALES, st.integers(1, 3), st.sampled_from(["light", "dark"]))
def test_no_text_covers_another_and_none_is_clipped(made, events, size, scale, count, style):
    frame, names = made
    chart = drawn(frame, scale, focus=names[:count], events=events, size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(frames(), events_of(), SIZES, SCALES, st.integers(1, 3), st.sampled_from(["light", "dark"]))
def test_over_five_hundred_frames_nothing_covers_anything(made, events, size, scale, count, style):
    frame, names = made
    chart = drawn(frame, scale, focus=names[:count], events=events, size=size, style=style)
    assert (overlaps(chart.fig), outside(chart.fig)) == ([], [])
    picture = prepare(frame, names[:count], scale)
    rows = places(chart, centred=picture.centred)
    for found in data_lines(chart):
        assert {tuple(vertex) for vertex in found.get_xydata()} <= rows


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames(), SCALES, st.integers(1, 3))
def test_lines_are_the_runs_and_every_vertex_is_a_row(made, scale, count):
    frame, names = made
    try:
        picture = prepare(frame, names[:count], scale)
    except TrackerError:
        assume(False)
    chart = AsChart(draw_line(frame, focus=names[:count], scale=scale), picture.data)
    lines = data_lines(chart)
    assert len(chart.data) == sum(len(series.readings) for series in picture.series)
    rows = places(chart, centred=picture.centred)
    for found in lines:
        assert {tuple(vertex) for vertex in found.get_xydata()} <= rows
    solid = [series for series in picture.series if not series.few]
    strokes = [part for series in solid for run in series.runs for part in strokes_of(run)]
    assert len(lines) == len(strokes)
    joined = {(found.get_xdata()[i], found.get_ydata()[i]) for found in lines for i in range(len(found.get_xdata()))}
    assert joined == {(picture.x(reading), reading.level) for series in solid for reading in series.placed}
    for series in solid:
        for run in series.runs:
            assert all(reading.status != "B" for reading in run[1:])
            assert all(has_place(reading.level, picture.scale) for reading in run)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames(), SCALES)
def test_labels_stand_in_the_order_of_their_values(made, scale):
    frame, names = made
    try:
        picture = prepare(frame, names[0], scale)
    except TrackerError:
        assume(False)
    plane = plane_of(picture, day_range(picture, ()), 400.0, 220.0)
    labels = labels_of(picture, picture.series, plane, LIGHT)
    placed = end_labels(picture, picture.series, plane, 150.0, LIGHT)
    levels = {series.name: series.last.level for series in picture.series}
    heights = [label.wanted for label in labels]
    assert heights == sorted(heights)
    kept = [label for label in labels if label.name not in placed.dropped]
    assert [levels[label.name] for label in kept] == sorted(levels[label.name] for label in kept)
    assert [text.y for text in placed.lines] == sorted(text.y for text in placed.lines)
    assert len(placed.lines) == len(kept)


@pytest.mark.parametrize("size", [(4, 3), (5, 4), (7.2, 5.0), (12, 6)])
@pytest.mark.parametrize("style", ["light", "dark"])
def test_the_flagship_at_any_size(size, style):
    chart = line(flagship(), focus="DeepSeek R1", events=FLAGSHIP_EVENTS, size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


@pytest.mark.parametrize("focus", [["DeepSeek"], ["ChatGPT"], ["Google Gemini", "Claude"]])
def test_real_months(focus):
    chart = line(statcounter(), focus=focus)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    assert {tuple(vertex) for found in data_lines(chart) for vertex in found.get_xydata()} <= places(
        chart, centred=False
    )


@pytest.mark.parametrize("log", [False, True])
def test_as_many_lines_as_runs_and_every_vertex_is_a_row(log):
    months = [1, 2, 3, 5, 6, 7, 11]
    rows = [("A", f"2025-{month:02d}", f"{month}.5") for month in months]
    rows += [("B", f"2025-{month:02d}", "0.01") for month in range(1, 12)]
    chart = line(frame_of(rows, hues={"A": "blue"}), focus="A", scale="log" if log else "linear")
    lines = data_lines(chart)
    assert [len(found.get_xdata()) for found in lines if found.get_label().endswith("A")] == [3, 3, 1]
    vertices = {tuple(vertex) for found in lines for vertex in found.get_xydata()}
    assert vertices == places(chart, centred=False)
    hollow = [found for found in chart.ax.lines if found.get_label() == "_mark" and found.get_markersize() < 7]
    assert sum(len(found.get_xdata()) for found in hollow) == 3, "two ends of the first gap, one before the lone dot"


def test_a_dotted_link_is_no_data_line():
    chart = line(flagship(), focus="DeepSeek R1")
    assert data_lines(chart) == []
    link = next(found for found in chart.ax.lines if found.get_label() == "_link DeepSeek R1")
    assert {tuple(vertex) for vertex in link.get_xydata()} == places(chart, centred=True)


def test_boxes_are_as_wide_as_the_dates_and_as_high_as_the_rounding():
    chart = line(flagship(), focus="DeepSeek R1")
    first, second = sorted(
        (patch.get_bbox() for patch in chart.ax.patches if hasattr(patch, "get_bbox")), key=lambda b: b.x0
    )
    assert (first.y0, first.y1) == pytest.approx((6.5, 7.5))
    assert first.x1 - first.x0 == pytest.approx(10), "10 to 20 February"
    assert (second.y0, second.y1) == pytest.approx((2.5, 3.5))
    assert second.x1 - second.x0 == pytest.approx(5), "25 to 30 April"


def test_a_zero_on_a_log_axis_is_an_open_triangle_and_no_vertex():
    rows = [("A", f"2025-{m:02d}", s) for m, s in enumerate(["0", "0.01", "1", "50", "60"], start=1)]
    chart = line(frame_of(rows, hues={"A": "blue"}), focus="A", scale="log")
    bottom = chart.ax.get_ylim()[0]
    triangles = [found for found in chart.ax.lines if found.get_marker() == "v"]
    assert [list(found.get_ydata()) for found in triangles] == [[bottom]]
    assert all(value > 0 for found in data_lines(chart) for value in found.get_ydata())
    assert "reported as 0 (A)" in chart.note


def marked(statuses, **same):
    rows = [("A", f"2025-{m:02d}", str(10 + m)) for m in range(1, len(statuses) + 1)]
    return frame_of(rows, hues={"A": "blue"}, **same).assign(status=pd.Categorical(list(statuses)))


@pytest.mark.parametrize(
    ("statuses", "lengths", "dashed"),
    [
        ("AAAAA", [5], [False]),
        ("AAAFF", [3, 3], [False, True]),
        ("AAPAA", [2, 3, 2], [False, True, False]),
        ("EEEEE", [5], [True]),
        ("AABAA", [2, 3], [False, False]),
        ("AAABF", [3, 2], [False, True]),
    ],
)
def test_lines_are_dashed_to_and_from_what_is_not_settled_and_end_at_breaks(statuses, lengths, dashed):
    chart = line(marked(statuses), focus="A")
    lines = data_lines(chart)
    assert [len(found.get_xdata()) for found in lines] == lengths
    assert [found.get_linestyle() != "-" for found in lines] == dashed
    signs = {found.get_marker(): len(found.get_xdata()) for found in chart.ax.lines if found.get_label() == "_mark"}
    assert signs.get("|", 0) == statuses.count("B")
    assert sum(len(found.get_xdata()) for found in chart.ax.lines if found.get_markerfacecolor() == "#ffffff") == sum(
        statuses.count(mark) for mark in "FPE"
    )


def test_a_corrected_figure_is_a_diamond_where_it_stands():
    frame = marked("AAAAA").assign(
        corrected_from=pd.Series([None, "80", None, None, None], dtype="str"),
        correction=pd.Series([None, "a slip", None, None, None], dtype="str"),
    )
    chart = line(frame, focus="A")
    found = [mark for mark in chart.ax.lines if mark.get_marker() == "D"]
    assert [list(mark.get_ydata()) for mark in found] == [[12.0]]
    assert "Diamonds are corrected figures." in chart.note
    assert "printed as 80%" in chart.note


def test_spans_are_shaded_over_their_days_and_a_day_is_a_rule():
    rows = [("A", f"2025-{m:02d}", "5") for m in range(1, 13)]
    events = [Event(Period.parse(text), text) for text in ("2025-03-05", "2025-05", "~2025-08-15")]
    chart = line(frame_of(rows), focus="A", events=events)
    spans = [patch for patch in chart.ax.patches if patch.get_label() == "_span"]
    first, last = chart.ax.get_xlim()
    found = [(first + p.get_x() * (last - first), p.get_width() * (last - first)) for p in spans]
    start = day_number(Period.parse("2025-05").start), day_number(Period.parse("2025-08-10").start)
    assert sorted(found) == [(pytest.approx(start[0]), pytest.approx(31)), (pytest.approx(start[1]), pytest.approx(11))]
    assert {"2025-03-05", "5 Mar", "2025-05", "May", "mid-Aug"} <= {text for text, _ in texts(chart.fig)}


def test_an_index_has_no_logit():
    frame = frame_of([("A", f"2025-{m:02d}", "50") for m in range(1, 6)], whole="index")
    with pytest.raises(TrackerError, match="an index has none"):
        line(frame, focus="A", scale="logit")


def test_axes_of_ones_own_keep_their_title_and_size():
    from matplotlib.figure import Figure

    fig = Figure(figsize=(8, 5))
    ax = fig.add_axes((0.1, 0.2, 0.6, 0.6))
    ax.set_title("mine")
    assert draw_line(statcounter(), ax=ax, focus="DeepSeek") is ax
    assert ax.get_title() == "mine"
    assert tuple(fig.get_size_inches()) == (8, 5)
    assert tuple(ax.get_position().bounds) == pytest.approx((0.1, 0.2, 0.6, 0.6))


def test_settings_of_the_process_are_left_alone():
    import matplotlib

    before = dict(matplotlib.rcParams)
    line(flagship(), focus="DeepSeek R1")._repr_png_()
    assert dict(matplotlib.rcParams) == before


def test_the_first_tick_text_leaves_no_room_for_a_close_second():
    rows = [("A", str(year), "5") for year in range(1990, 2011)]
    chart = line(frame_of(rows), focus="A")
    assert overlaps(chart.fig) == []
