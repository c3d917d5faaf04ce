"""A part is not compared with its whole: readings of periods that contain each other."""

from __future__ import annotations

from typing import TypeVar

from tracker.analysis.compare import Comparison
from tracker.analysis.drawdown import Drawdown
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.words import told

F = TypeVar("F", Comparison, Drawdown)


def unless_nested(found: F | Refused) -> F | Refused:
    """Return a change or a fall, or refuse it where it is between a period and a part of it.

    Parameters
    ----------
    found : Comparison, Drawdown or Refused
        What was found; a refusal stays what it is.

    Notes
    -----
    The mean of a quarter lies between its months: what "moved" from a month to its quarter says nothing of time.
    """
    if isinstance(found, Refused):
        return found
    pairs = [(found.first, found.second)] if isinstance(found, Comparison) else _falls(found)
    return next((no for no in (_nested(*pair) for pair in pairs) if no is not None), found)


def _falls(found: Drawdown) -> list[tuple[Reading, Reading]]:
    return [(found.peak, found.trough), (found.top, found.last)]


def _nested(one: Reading, other: Reading) -> Refused | None:
    if one == other:
        return None
    for wide, narrow in ((one, other), (other, one)):
        if wide.start <= narrow.start and narrow.end <= wide.end:
            return Refused(
                f"{wide.period} contains {narrow.period}: a part against its whole",
                "two periods of which neither contains the other",
                f"{told(one)} and {told(other)}",
            )
    return None
