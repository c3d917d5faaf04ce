"""What the title of a rank chart may say: no verb where somebody missing, a break or a forecast may be behind it."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.text import Text

from charts.chart_frames import frame_of
from charts.chart_geometry import overlaps
from tracker.charts.rank import rank


def frame(shares, status=None, **same):
    """Entity to its shares from January 2024 on, None where nothing was published; (entity, month) to status."""
    rows = [
        (name, f"{2024 + i // 12}-{i % 12 + 1:02d}", share)
        for name, of in shares.items()
        for i, share in enumerate(of)
        if share
    ]
    marks = [(status or {}).get((name, month), "A") for name, month, _ in rows]
    return frame_of(rows, **same).assign(status=pd.Categorical(marks))


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"A": ["60", None], "B": ["20", "20"], "C": ["9", "9"]}, "was second of 3 named in January and first of 2"),
        ({"A": [None, "60"], "B": ["20", "20"], "C": ["9", "9"]}, "was first of 2 named in January and second of 3"),
        ({"A": ["60", "50"], "B": ["20", "20"], "C": ["3", None]}, "was second of 3 named in January and second of 2"),
        ({"A": ["60", "70"], "B": ["20", "25"], "C": ["3", None]}, "stayed second from January to February 2024"),
        ({"A": ["20", "11"], "B": ["15", "80"], "C": ["3", None]}, "climbed from second in January to first"),
    ],
)  # fmt: skip
def test_who_came_or_went_takes_the_verb_unless_too_little_is_left_for_them(shares, said):
    assert rank(frame(shares), focus="B").title.startswith(f"B {said}")


def test_in_an_overlapping_whole_nothing_bounds_who_is_missing():
    shares = {"A": ["60", "70"], "B": ["20", "25"], "C": ["3", None]}
    chart = rank(frame(shares, whole="overlapping"), focus="B")
    assert chart.title.startswith("B was second of 3 named in January and second of 2 named in February 2024")


def test_who_came_and_who_went_is_named():
    chart = rank(frame({"A": ["60", None], "B": ["20", "20"], "C": [None, "9"], "D": ["8", "8"]}), focus="B")
    assert "Not yet named in January 2024: C." in chart.note
    assert "Without a figure in the last period, not shown: A." in chart.note
    chart = rank(frame({"A": ["60", None], "B": ["20", "20"], "D": ["8", "8"]}), focus=["B", "A"])
    assert "No longer named in February 2024: A." in chart.note
    assert "Without a figure" not in chart.note


def test_stayed_needs_every_period():
    shares = {"A": ["60"] * 3, "B": ["20", None, "20"], "C": ["9"] * 3}
    assert rank(frame(shares), focus="B").title.startswith("B was second in January and again in March 2024")
    late = {"A": ["60"] * 3, "B": [None, "20", "20"], "C": ["9"] * 3}
    assert "stayed" not in rank(frame(late), focus="B").title
    assert rank(frame(late), focus="A").title.startswith("A stayed first from January to March 2024")


def test_stayed_needs_the_months_that_are_not_drawn():
    of = ["20"] * 24
    shares = {"A": ["60"] * 24, "B": of, "C": ["9"] * 24}
    assert rank(frame(shares), focus="B").title.startswith("B stayed second")
    shares["A"] = [*["60"] * 6, None, *["60"] * 17]
    shares["B"] = ["20"] * 24
    assert rank(frame(shares), focus="B").title.startswith("B was second in January 2024 and")


def test_forecasts_are_said_as_forecast():
    shares = {"A": ["60", "60", "60", "60"], "B": ["20", "20", "20", "70"]}
    status = {(name, month): "F" for name in "AB" for month in ("2024-03", "2024-04")}
    chart = rank(frame(shares, status), focus="B")
    told = "B stayed second from January to February 2024, and is forecast to be first in April 2024"
    assert chart.title.startswith(told)
    few = rank(frame({"A": ["60", "60"], "B": ["20", "20"]}, {("B", "2024-02"): "F"}), focus="B")
    assert few.title.startswith("B was second in January 2024, and is forecast to be second in February 2024")
    small = rank(frame(shares, status), focus="B", size=(4, 3)).title
    assert "to February" in small or "forecast" in small or "in February" in small
    assert "B: stayed second from January to February 2024, and is forecast to be first" in chart.alt


def test_only_forecasts():
    status = {(name, month): "F" for name in "AB" for month in ("2024-01", "2024-02")}
    chart = rank(frame({"A": ["60", "60"], "B": ["20", "70"]}, status), focus="B")
    assert chart.title.startswith("B is forecast to be second in January and first in February 2024")


@pytest.mark.parametrize("whose", ["A", "B"])
def test_a_break_takes_the_verb_even_if_its_month_is_not_drawn(whose):
    shares = {"A": ["60"] * 24, "B": [*["20"] * 12, *["70"] * 12]}
    chart = rank(frame(shares, {(whose, "2025-03"): "B"}), focus="B")
    assert "2025-03" not in set(chart.data["period"])
    assert chart.title.startswith("B was second in January 2024 and first in December 2025")
    assert f"Break in the series, not to be compared across: {whose} in March 2025." in chart.note


def test_a_break_of_somebody_who_stays_below_changes_no_place():
    shares = {"A": ["60", "20"], "B": ["30", "50"], "C": ["3", "4"]}
    chart = rank(frame(shares, {("C", "2024-02"): "B"}), focus="B")
    assert chart.title.startswith("B climbed from second in January to first")


def test_samples_and_overlaps_are_said_once():
    shares = {"A": ["60", "60"], "B": ["20", "20"]}
    note = rank(frame(shares, sample_size=400, whole="overlapping", market_note="Several answers"), focus="B").note
    assert "Sampling error is not counted: samples of 400." in note
    assert "Several answers." in note
    assert "One may be counted" not in note
    assert "One may be counted" in rank(frame(shares, whole="overlapping"), focus="B").note


def test_share_of_is_said_once():
    shares = {"A": ["60", "60"], "B": ["20", "20"]}
    chart = rank(frame(shares, counted="Share of new cars", source="Our World in Data"), focus="B")
    assert chart.title == "B stayed second from January to February 2024 by share of new cars"


def written(chart):
    return {text.get_text(): text for text in chart.ax.findobj(Text) if text.get_text()}


def test_who_left_is_labelled_beside_its_last_disc_and_no_curve_goes_on():
    shares = {"A": ["50.0"] * 4, "B": ["30.0"] * 4, "D": ["5.0", "5.0", None, None]}
    chart = rank(frame(shares), focus="D")
    curves = [patch for patch in chart.ax.patches + chart.ax.artists if type(patch).__name__ == "PathPatch"]
    assert len(curves) == 3 + 3 + 1
    label = written(chart)["D 5.0%, Feb 2024"]
    disc = next(line for line in chart.ax.lines if line.get_label() == "D")
    x, y = disc.get_transform().transform(disc.get_xydata()[-1])
    box = label.get_window_extent()
    assert 0 < box.x0 - x < 20
    assert abs((box.y0 + box.y1) / 2 - y) < 5
    assert "Dotted" not in chart.note


def test_who_left_and_has_no_room_is_named_in_the_note():
    shares = {"A": ["50.0"] * 12, "B": ["30.0"] * 12, "Doubao": [*["40.0"] * 10, None, None]}
    chart = rank(frame(shares), focus="Doubao", size=(4, 3))
    last = chart.data.loc[chart.data["entity"] == "Doubao", "period"].iloc[-1]
    assert not any(text.startswith("Doubao") for text in written(chart))
    assert f"Not labelled: Doubao, 40.0% in {pd.Period(last).strftime('%B %Y')}." in chart.note
    assert overlaps(chart.fig) == []


def test_who_left_and_has_another_at_its_right_is_labelled_above():
    shares = {"A": ["50.0"] * 12, "B": ["30.0"] * 12, "Doubao": [*["40.0"] * 10, None, None]}
    chart = rank(frame(shares), focus="Doubao", size="slide")
    disc = next(line for line in chart.ax.lines if line.get_label() == "Doubao")
    _, y = disc.get_transform().transform(disc.get_xydata()[-1])
    (label,) = (text for text in chart.ax.findobj(Text) if text.get_text().startswith("Doubao"))
    assert 0 < label.get_window_extent().y0 - y < 30
    assert "Not labelled" not in chart.note
    assert overlaps(chart.fig) == []
