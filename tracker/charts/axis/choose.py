"""Which scale the value axis has, where nobody asked for one, and whether the one that was asked for can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.analysis.readings import Reading
from tracker.charts.axis.scales import has_place
from tracker.errors import TrackerError

LOG_FROM = 200.0
"""With scale "auto", the axis is logarithmic from this ratio of the greatest value to the least of the focus."""


def choose_scale(found: Mapping[str, Sequence[Reading]], main: str, scale: str, whole: str) -> str:
    """Decide on the scale; where it has a place for nothing, say so."""
    if scale == "logit" and whole == "index":
        raise TrackerError(
            "a logit scale needs parts of a whole, and an index has none", "Draw it with --scale linear or log."
        )
    if scale == "auto":
        greatest = max(reading.level for series in found.values() for reading in series)
        least = min((reading.level for reading in found[main] if reading.level > 0), default=0.0)
        return "log" if least > 0 and greatest >= LOG_FROM * least else "linear"
    if not any(has_place(reading.level, scale) for series in found.values() for reading in series):
        where = "above zero" if scale == "log" else "above 0 and below 100"
        raise TrackerError(f"a {scale} scale needs a share {where}", "Draw it with --scale linear.")
    return scale
