"""What the note says of shares that were added up."""

import pandas as pd
import pytest

from charts.chart_frames import flagship, frame_of
from tracker.charts.line import line
from tracker.charts.picture import prepare
from tracker.charts.words.sums import is_sum, sums


def lab(*rows, level="lab"):
    """A frame of sums: entity, period, share, parts and what is missing."""
    frame = frame_of([row[:3] for row in rows], level=level)
    return frame.assign(
        parts=pd.Series([row[3] for row in rows], dtype="str"), missing=pd.Series([row[4] for row in rows], dtype="str")
    )


MONTHS = (
    ("Lab", "2025-01", "10", "M1 7%; M2 <1%; M; 3 1..2.5% (printed 25%)", None),
    ("Lab", "2025-02", "8", "M1 8%", "M2; M; 3"),
    ("Other", "2025-02", "40", None, None),
)


def test_what_was_published_needs_no_word():
    picture = prepare(flagship(), "DeepSeek R1")
    assert (sums(picture), is_sum(picture)) == ([], False)
    as_reported = lab(("Lab", "2025-01", "10", None, None))
    assert sums(prepare(as_reported, "Lab")) == []


def test_parts_are_named_and_so_is_what_is_missing():
    picture = prepare(lab(*MONTHS[:1], ("Lab", "2025-02", "8", "M1 8%", "M2"), MONTHS[2]), "Lab")
    assert sums(picture) == [
        "Shares are added up to labs; Lab is the sum of M1, M2 and M; 3.",
        "Missing from Lab: M2 in February 2025.",
    ]
    assert is_sum(picture)


def test_a_single_part_is_published_and_stands_for_all():
    frame = lab(("Lab", "2025-01", "10", "M1 10%", None), level="product")
    assert sums(prepare(frame, "Lab")) == ["Shares are added up to products; Lab is M1 alone."]
    assert line(frame, focus="Lab").note.startswith("One figure was published: 10% in January 2025.")


def test_the_note_says_so_first_and_does_not_call_a_sum_published():
    note = line(lab(*MONTHS), focus="Lab").note
    assert "Two rounded figures were added up: 10% in January and 8% in February 2025." in note
    assert "Shares are added up to labs; Lab is the sum of M1, M2 and M; 3." in note


def test_of_many_parts_and_periods_some_are_named():
    parts = "; ".join(f"M{number} 1%" for number in range(9))
    rows = [("Lab", f"2025-{month:02}", "9", parts, "N" if month < 3 else None) for month in range(1, 7)]
    assert sums(prepare(lab(*rows), "Lab")) == [
        "Shares are added up to labs; Lab is the sum of M0, M1, M2, M3 and 5 more.",
        "Missing from Lab: N in 2 of 6 figures.",
    ]


@pytest.mark.parametrize("named", ["Other", ["Other", "Lab"]])
def test_only_series_with_a_name_of_their_own_are_explained(named):
    said = sums(prepare(lab(*MONTHS), named))
    assert said[0].startswith("Shares are added up to labs")
    assert ("Lab is" in said[0]) is isinstance(named, list)
