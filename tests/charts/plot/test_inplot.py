"""Texts and boxes within a plot."""

from __future__ import annotations

import pytest
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from charts.chart_frames import frame_of
from charts.chart_geometry import outside, overlaps
from tracker.charts.line import line

COUNTRIES = [
    (f"Country {n:03d}", written, f"{5 + n * 0.4 + step:.2f}")
    for n in range(100)
    for step, written in enumerate(("2025-H1", "2025-H2", "2026-Q1"))
]


def _boxes(chart):
    return [patch for patch in chart.ax.patches if isinstance(patch, Rectangle)]


@pytest.mark.parametrize("size", ["print", "web", "4x3", "4x9", "square"])
@pytest.mark.parametrize("focus", ["Country 030", "Country 000", "Country 099"])
def test_the_focus_keeps_its_label_in_a_crowd(focus, size):
    chart = line(frame_of(COUNTRIES, hues={focus: "blue"}), focus=focus, size=size)
    last = chart.data["printed"][chart.data["entity"] == focus].iloc[-1]
    labels = [text for text in chart.fig.findobj(Text) if text.get_text().startswith("Country")]
    label = next(text for text in labels if text.get_text().endswith(f" {last}%"))
    if size in ("print", "web"):
        assert label.get_text() == f"{focus} {last}%"
        dot = chart.ax.transData.transform((chart.ax.get_xlim()[0], float(last)))[1]
        box = label.get_window_extent()
        assert abs((box.y0 + box.y1) / 2 - dot) < 12
    assert not overlaps(chart.fig)
    assert not outside(chart.fig)


def test_about_has_no_box():
    chart = line(frame_of([("A", "2025-01", "~50"), ("A", "2025-03", "10")]), focus="A")
    assert len(_boxes(chart)) == 1


def test_a_box_of_an_exact_figure_can_be_seen():
    chart = line(frame_of([("A", "2025-01", "5.00"), ("A", "2025-03", "50.00")]), focus="A")
    high = [patch.get_window_extent().height / chart.fig.dpi * 72 for patch in _boxes(chart)]
    assert min(high) >= 2.0


def test_a_band_leaves_out_what_is_only_about():
    rows = [("A", f"2025-{month:02d}", text) for month, text in enumerate(("5", "6", "~7", "6", "7"), start=1)]
    chart = line(frame_of(rows), focus="A")
    assert [len(path.vertices) for band in chart.ax.collections for path in band.get_paths()] == [5, 5]


def test_a_callout_of_about_is_about():
    chart = line(frame_of([("A", "2025-01", "~50"), ("A", "2025-05", "~10")]), focus="A")
    texts = {text.get_text() for text in chart.fig.findobj(Text)}
    assert "about −40 points" in texts
    assert "−80%" not in texts
