"""Readings of a frame."""

from __future__ import annotations

from charts.chart_frames import frame_of
from tracker.analysis.readings import readings


def test_readings_are_in_the_order_of_the_middle_of_their_days():
    frame = frame_of([("A", "2025-06-05", "2"), ("A", "2025-06", "3"), ("A", "2025-05", "1"), ("B", "2025-01", "<1")])
    found = readings(frame)
    assert [one.printed for one in found["A"]] == ["1", "2", "3"]
    assert [one.row for one in found["A"]] == [2, 0, 1]
    assert found["B"][0].value is None
    assert found["B"][0].level == 1.0


def test_a_reading_knows_its_row_its_days_and_its_bounds():
    one = readings(frame_of([("A", "~2025-02-15", "7")]))["A"][0]
    assert (str(one.earliest), str(one.latest)) == ("2025-02-10", "2025-02-20")
    assert (one.lowest, one.highest, one.status, one.qualifier) == (6.5, 7.5, "A", None)
