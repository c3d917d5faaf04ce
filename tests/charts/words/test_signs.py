"""Each sign in a plot is explained once, and only where it is there."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.text import Text

from charts.chart_frames import frame_of
from tracker.charts.line import line
from tracker.charts.picture import prepare
from tracker.charts.words.signs import signs

MONTHS = [f"2025-{month:02d}" for month in range(1, 8)]


def marked(values, statuses, **same):
    frame = frame_of([("A", month, value) for month, value in zip(MONTHS, values, strict=False)], **same)
    return frame.assign(status=pd.Categorical(list(statuses)))


def test_silent_where_there_is_none():
    assert signs(prepare(marked("5678", "AAAA"), "A")) == []


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ("AAAF", "Dashed, with hollow dots: forecast (A in April 2025)."),
        ("AAFF", "Dashed, with hollow dots: forecast (A in March 2025 and in April 2025)."),
        ("EEEE", "Dashed, with hollow dots: estimated (A, 4 figures, January 2025 to April 2025)."),
        ("EAAP", "Dashed, with hollow dots: provisional (A in April 2025) and estimated (A in January 2025)."),
        ("AABA", "A tick across a line marks a break in the series (A in March 2025): do not compare across it."),
    ],
)
def test_statuses(statuses, told):
    assert signs(prepare(marked("5678", statuses), "A")) == [told]


def test_what_a_scale_has_no_place_for():
    rows = [("A", month, value) for month, value in zip(MONTHS, ("0", "5", "50", "100"), strict=False)]
    rows += [("Other", month, "0.00") for month in MONTHS[:4]]
    chart = line(frame_of(rows), focus="A", scale="logit")
    assert chart.note.endswith(
        "Triangles on the axis: reported as 0 (A). Triangles on the upper edge: reported as 100 (A)."
        " Not drawn, reported as 0 throughout: Other."
    )
    assert chart.subtitle.endswith("%, logit scale")
    assert set(chart.data["entity"]) == {"A"}
    assert len(line(frame_of(rows), focus="A", scale="linear").data) == 8


def test_a_title_tells_no_forecast_as_a_fact_and_compares_nothing_across_a_break():
    subject = "A’s share of Poe’s text messages"
    assert line(marked(["10", "20", "30", "40"], "AAAF"), focus="A").title == (
        f"{subject} rose from 10% in January to 30% in March 2025"
    )
    assert line(marked(["10", "20", "30", "40"], "AABA"), focus="A").title == (
        f"{subject} rose from 30% in March to 40% in April 2025"
    )
    assert line(marked(["10", "20", "30", "40"], "AAAB"), focus="A").title == f"{subject} was 40% in April 2025"
    assert line(marked(["10", "40"], "FF"), focus="A").title == (
        f"{subject} is forecast at 10% in January and 40% in February 2025"
    )


def test_several_kickers_are_one():
    chart = line(marked("5678", "AEPF"), focus="A")
    assert "FORECAST, PROVISIONAL AND ESTIMATED FIGURES" in {text.get_text() for text in chart.fig.findobj(Text)}
