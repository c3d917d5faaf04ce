"""Whatever the data, no text covers another and none leaves the figure."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from charts.chart_frames import FLAGSHIP_EVENTS, flagship, frame_of, statcounter
from charts.chart_geometry import data_lines, outside, overlaps, places
from tracker.charts.line import draw_line, line
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
    return frame_of(rows, hues=hues), names


EVENTS = st.lists(
    st.tuples(st.dates(Period.parse("2023-01").start, Period.parse("2025-04").end), NAMES), max_size=6
).map(lambda found: [Event(Period(day, day, "day"), label) for day, label in found])
SIZES = st.sampled_from([(7.2, 5.0), (4.0, 3.0), (12.0, 6.0), (4.0, 9.0), (9.0, 3.0)])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames(), EVENTS, SIZES, st.sampled_from(["auto", "linear", "log"]), st.integers(1, 3))
def test_no_text_covers_another_and_none_is_clipped(made, events, size, scale, count):
    frame, names = made
    if scale == "log":
        assume((frame["share"].fillna(0) + frame["low"].fillna(0) + frame["high"].fillna(0) > 0).any())
    chart = line(frame, focus=names[:count], events=events, size=size, scale=scale)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


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
    assert len(hollow) == 3, "two ends of the first gap, one before the lone dot"


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
