"""What a table says of change: no verb and no change across a break, both times in every title, whatever is hidden."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.text import Text

from charts.chart_frames import frame_of
from tracker.charts.grid.columns import evenly
from tracker.charts.table import draw_table, table

MONTHS = [f"{2023 + i // 12}-{i % 12 + 1:02d}" for i in range(24)]


def frame(shares, status=None, **same):
    """Entity to its shares from January 2023 on, None where nothing was published; (entity, month) to status."""
    rows = [(name, month, s) for name, of in shares.items() for month, s in zip(MONTHS, of, strict=False) if s]
    marks = [(status or {}).get((name, month), "A") for name, month, _ in rows]
    return frame_of(rows, **same).assign(status=pd.Categorical(marks))


BROKEN = frame(
    {"A": [*["20.0"] * 12, *["40.0"] * 12], "B": [f"{30 + i}.0" for i in range(24)]}, {("A", "2024-03"): "B"}
)


def written(ax):
    return {text.get_text() for text in ax.findobj(Text) if text.get_text()}


def test_a_break_in_a_hidden_month_takes_the_verb_and_the_change():
    chart = table(BROKEN, focus="A")
    assert "2024-03" not in set(chart.data["period"])
    assert chart.title == "A’s share of Poe’s text messages was 20.0% in January 2023 and 40.0% in December 2024"
    assert "+20.0" not in written(chart.ax)
    assert "+23.0" in written(chart.ax)
    assert "None is given across a break in the series (A in March 2024)." in chart.note


def test_the_same_within_axes_of_ones_own():
    assert "+20.0" not in written(draw_table(BROKEN, focus="A"))


def test_a_break_that_is_shown_takes_the_verb_too():
    chart = table(frame({"A": ["20.0", "40.0", "41.0"]}, {("A", "2023-02"): "B"}))
    assert chart.title.endswith(" was 20.0% in January and 41.0% in March 2023")
    assert "A break in the series (A in February 2023): figures before and after it are not compared." in chart.note
    assert "Change," not in written(chart.ax)


def test_where_all_are_broken_there_is_no_column_of_changes():
    chart = table(frame({"A": [*["20.0"] * 12, *["40.0"] * 12]}, {("A", "2024-03"): "B"}))
    assert "Change," not in written(chart.ax)
    assert "A break in the series (A in March 2024): figures before and after it are not compared." in chart.note


def test_what_is_before_the_first_figure_shown_is_no_break_of_the_change():
    chart = table(frame({"A": ["20.0", "22.0", "40.0"]}, {("A", "2023-01"): "B"}))
    assert "+20.0" in written(chart.ax)
    assert "break" not in chart.title + chart.note.replace("b break in the series", "")


@pytest.mark.parametrize("focus", ["N", ["N", "A"]])
@pytest.mark.parametrize("size", ["print", "slide", (4, 3), (4, 9)])
def test_the_first_and_last_figure_of_the_focus_are_shown_and_every_title_has_both_times(focus, size):
    new = [*[None] * 6, *[f"{2 * i}.5" for i in range(1, 16)], None, None, None]
    chart = table(frame({"A": ["60.0"] * 24, "N": new}), focus=focus, size=size)
    shown = list(chart.data.loc[chart.data["entity"] == "N", "period"])
    assert (min(shown), max(shown)) == ("2023-07", "2024-09")
    assert "from 2.5% in July 2023 to 30.5% in September 2024" in chart.title


def test_another_focus_is_told_with_the_same_times_or_not_at_all():
    chart = table(frame({"A": ["60.0", "50.0"], "B": ["10.0", "20.0"]}), focus=["A", "B"])
    assert chart.title == (
        "A’s share of Poe’s text messages fell from 60.0% in January to 50.0% in February 2023, "
        "while B’s rose from 10.0% to 20.0%"
    )
    chart = table(frame({"A": ["60.0", "50.0"], "B": [None, "10.0", "20.0"]}), focus=["A", "B"])
    assert chart.title == "A’s share of Poe’s text messages fell from 60.0% in January to 50.0% in February 2023"


def test_forecasts_are_no_findings():
    chart = table(frame({"A": ["60.0", "50.0", "10.0"]}, {("A", "2023-03"): "F"}))
    assert chart.title.endswith(" fell from 60.0% in January to 50.0% in February 2023")
    chart = table(frame({"A": ["60.0", "50.0"]}, {("A", month): "F" for month in MONTHS}))
    assert chart.title.endswith(" is forecast at 60.0% in January and 50.0% in February 2023")


def test_a_peak_is_told_with_both_times():
    chart = table(frame({"A": ["10.0", "50.0", "20.0"]}))
    assert chart.title.endswith(" peaked at 50.0% in February 2023, then fell to 20.0% in March 2023")


def test_samples_and_overlaps_are_said_once():
    shares = {"A": ["60", "50"]}
    note = table(frame(shares, sample_size=400, whole="overlapping", market_note="Several answers")).note
    assert "Sampling error is not counted: samples of 400." in note
    assert "One may be counted" not in note
    assert "One may be counted" in table(frame(shares, whole="overlapping")).note


@pytest.mark.parametrize(("pinned", "most"), [((5, 19), 6), ((5,), 24), ((0, 23), 4), ((7, 8), 2), ((7, 9), 3)])
def test_pinned_periods_are_always_chosen(pinned, most):
    chosen = evenly(24, most, pinned)
    assert set(pinned) <= set(chosen)
    assert len(chosen) <= max(most, 2)
    assert chosen == sorted(set(chosen))
