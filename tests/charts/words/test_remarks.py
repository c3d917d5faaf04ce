"""Sentences of a note that any kind of chart may need."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.analysis.readings import Reading
from tracker.charts.look.fonts import MISSING
from tracker.charts.words.remarks import letter_remark, overlap_remark, sampling_remark

DAY = date(2025, 1, 1)


def _reading(sample_size: int | None) -> Reading:
    cells: dict[str, Any] = {"sample_size": sample_size}
    return Reading("A", DAY, DAY, "day", DAY, DAY, "5", 5.0, 4.5, 5.5, **cells)


def test_a_note_of_the_market_says_itself_how_its_parts_overlap() -> None:
    assert overlap_remark({"whole": "overlapping", "market_note": " "}) == [
        "One may be counted for several, so that parts do not sum to 100."
    ]
    assert overlap_remark({"whole": "overlapping", "market_note": "People name several"}) == []


def test_samples_are_named_by_their_sizes() -> None:
    assert sampling_remark([_reading(size) for size in (1000, 500, None)]) == [
        "Sampling error is not counted: samples of 500 to 1,000."
    ]
    assert sampling_remark([_reading(400)]) == ["Sampling error is not counted: samples of 400."]
    assert sampling_remark([_reading(None), _reading(0)]) == []


def test_control_characters_that_are_written_out_are_no_missing_letters() -> None:
    assert letter_remark(["A\x1b[31m", "B\nC"]) == []
    assert letter_remark(["A\U0010fffd"]) == [f"{MISSING} stands for a letter that no installed font has."]
