"""Which readings of a line have a rounding that is known: the band around it."""

from __future__ import annotations

from tracker.analysis.readings import Reading
from tracker.charts.picture import Series


def banded(series: Series) -> list[tuple[Reading, ...]]:
    """Return the runs with a rounding band: two readings or more, none of them "about", whose rounding nobody knows."""
    found: list[list[Reading]] = []
    for run in series.runs:
        found.append([])
        for reading in run:
            if reading.qualifier == "~":
                found.append([])
            else:
                found[-1].append(reading)
    return [tuple(part) for part in found if len(part) > 1]
