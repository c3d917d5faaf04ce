"""What the note says of corrected shares."""

import pandas as pd

from charts.chart_frames import flagship, frame_of
from tracker.charts.line import line
from tracker.charts.picture import prepare
from tracker.charts.words.corrections import corrections

MONTHS = [("R1", f"2025-0{month}", f"{month}.0") for month in range(1, 7)] + [("V3", "2025-01", "50")]


def corrected(rows, before, reasons):
    frame = frame_of(rows)
    return frame.assign(
        corrected_from=pd.Series(before, dtype="str", index=frame.index),
        correction=pd.Series(reasons, dtype="str", index=frame.index),
    )


def test_silent_where_nothing_is_corrected():
    assert corrections(prepare(flagship(), "DeepSeek R1")) == []


def test_what_was_printed_and_why():
    frame = corrected(MONTHS, [None, "20", *[None] * 5], [None, "a slip", *[None] * 5])
    told = "Corrected: 2.0% in February 2025, printed as 20% (a slip)."
    assert corrections(prepare(frame, "R1")) == [told]
    assert told in line(frame, focus="R1").note


def test_many_are_counted_and_the_context_is_left_out():
    frame = corrected(MONTHS, ["9", "8", "7", "6", "5", None, "4"], ["fractions"] * 5 + [None, "other"])
    assert corrections(prepare(frame, "R1")) == [
        "Corrected: 1.0% in January 2025, printed as 9%, 2.0% in February 2025, printed as 8%, 3.0% in March 2025,"
        " printed as 7% and 2 more (fractions)."
    ]


def test_names_where_several_series_have_a_colour():
    frame = corrected(MONTHS, ["9", *[None] * 5, "4"], ["x", *[None] * 5, "y"])
    assert corrections(prepare(frame, ["R1", "V3"])) == [
        "Corrected: R1 1.0% in January 2025, printed as 9% and V3 50% in January 2025, printed as 4% (x; y)."
    ]
