"""The note under a line chart: true, exact, and the most important first."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.chart_frames import flagship, frame_of
from tracker.charts.line import line
from tracker.charts.words.notes import left_out


def note(*rows, **same):
    return line(frame_of([("A", *row) for row in rows], **same), focus="A").note


def test_years_are_said_wherever_they_are_not_all_the_same():
    assert "8% on 10 February 2023, 6% on 15 February 2024 and 3% on 20 May 2024." in note(
        ("2023-02-10", "8"), ("2024-02-15", "6"), ("2024-05-20", "3")
    )
    assert "8% in mid-February 2023, 6% in mid-February 2024 and 3% in mid-May 2025." in note(
        ("~2023-02-15", "8"), ("~2024-02-15", "6"), ("~2025-05-15", "3")
    )
    assert "8% in January, 6% in March and 3% in May 2025." in note(
        ("2025-01", "8"), ("2025-03", "6"), ("2025-05", "3")
    )


def test_about_has_no_rounding():
    told = note(("2025-01", "~50"), ("2025-02", "~10"))
    assert "±" not in told
    assert "Two figures were published: about 50% in January and about 10% in February 2025." in told
    assert "The fall is about 40 points: “about” does not say how exact the figures are." in told
    assert "The box shows what 10% can mean: ±0.5 points, and the spread of its date." in note(
        ("2025-01", "~50"), ("2025-02", "10")
    )
    long = note(*[(f"2025-{month:02d}", "~7") for month in range(1, 7)])
    assert long == "“About” (~) does not say how exact the figures are."


def test_a_bound_and_an_about_give_no_range():
    told = note(("2025-01", "~50"), ("2025-02", "<10"))
    assert "between" not in told
    assert "“about” does not say how exact the figures are" in told


def test_numbers_that_were_shortened_are_not_called_rounded():
    told = note(("2025-01", "21.870872876777963"), ("2025-02", "22.035608109122770"))
    assert "Two figures were published: 21.87% in January and 22.04% in February 2025." in told
    assert "±" not in told


def test_a_range_is_rounded_outward_to_the_decimals_that_mean_something():
    assert "The fall is 2 points as published, and between 1 and 3 points (13–36%) once rounding is counted." in note(
        ("2025-01", "8"), ("2025-02", "6")
    )
    assert "The fall is 13.1235 points as published, and between 12.6 and 13.7 points" in note(
        ("2025-01", "20"), ("2025-02", "6.8765")
    )


def test_the_band_says_the_range_of_its_rounding():
    rows = [(f"2025-{month:02d}", text) for month, text in enumerate(("1.5", "2", "3.5", "4", "3"), start=1)]
    assert "Band: rounding of ±0.05 to ±0.5 points." in note(*rows)


def test_a_lone_dot_has_no_band():
    rows = [("2025-01", "5.00"), ("2025-02", "5.00"), ("2025-04", "5.00"), ("2025-05", "5.00"), ("2025-08", "5")]
    assert "Band" not in note(*rows)


def test_samples_have_an_error_that_rounding_does_not_count():
    told = note(("2025-01", "8"), ("2025-02", "6"), sample_size=1000)
    assert "Sampling error is not counted: samples of 1,000." in told


def test_a_note_of_the_market_replaces_the_sentence_about_overlap():
    told = note(("2025-01", "8"), whole="overlapping", market_note="People name several")
    assert "People name several." in told
    assert "One may be counted" not in told


def test_warnings_come_first():
    rows = [("A", f"2025-{month:02d}", str(month)) for month in range(1, 7)]
    frame = frame_of(rows, sample_size=500).assign(status=pd.Categorical(list("AABAAF")))
    told = line(frame, focus="A").note
    assert told.index("A tick across") < told.index("Dashed") < told.index("Band:") < told.index("Sampling")
    frame = flagship().assign(status=pd.Categorical(["A", "F"]))
    assert line(frame, focus="DeepSeek R1").note.startswith("Hollow dots: forecast")


def test_long_lists_of_what_was_dropped_are_cut():
    assert left_out([f"E{n}" for n in range(48)], []) == ["Not labelled: E0, E1, E2, E3, E4, E5, E6, E7 and 40 more."]


@pytest.mark.parametrize("size", ["print", "web"])
def test_what_was_left_out_is_said_on_paper_before_all_else(size):
    from matplotlib.text import Text

    rows = [(f"Entity {n:02d}", f"2025-{m:02d}", str(n)) for n in range(30) for m in range(1, 6)]
    chart = line(frame_of(rows, market_note="A long remark. " * 20), focus="Entity 00", size=size)
    assert any(text.get_text().startswith("Note: Not labelled: ") for text in chart.fig.findobj(Text))
