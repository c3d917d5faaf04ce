"""What the note says of shares that are corrected: what was printed, and why it is not what is drawn."""

from __future__ import annotations

from tracker.analysis.readings import Reading
from tracker.charts.picture import Picture, Series
from tracker.charts.words.dates import when
from tracker.charts.words.prose import joined

NAMED = 3
"""Corrected readings that are named; more are counted."""


def corrections(picture: Picture) -> list[str]:
    """Name what is corrected of the series that have a colour; silent where nothing is."""
    frame = picture.data
    if frame["corrected_from"].isna().to_numpy().all():
        return []
    before = frame["corrected_from"].tolist()
    named = [series for series in picture.series if series.role != "context"]
    found = [
        (series, reading) for series in named for reading in series.readings if isinstance(before[reading.row], str)
    ]
    if not found:
        return []
    more = [f"{len(found) - NAMED} more"] if len(found) > NAMED + 1 else []
    shown = found[:NAMED] if more else found
    told = [_corrected(picture, series, reading, len(named) > 1) for series, reading in shown]
    reasons = dict.fromkeys(str(frame["correction"].iloc[reading.row]) for _, reading in shown)
    return [f"Corrected: {joined([*told, *more])} ({'; '.join(reasons)})."]


def _corrected(picture: Picture, series: Series, reading: Reading, several: bool) -> str:
    name = f"{series.name} " if several else ""
    printed = picture.data["corrected_from"].iloc[reading.row]
    what = "of another status" if printed == reading.printed else f"printed as {printed}{picture.unit}"
    return f"{name}{reading.printed}{picture.unit} {when(reading)}, {what}"
