"""Where a series has gaps: its usual spacing, and the runs without a gap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import median_low

from tracker.analysis.readings import Reading

WIDEST = 1.5
"""Spacings wider than this many usual ones are gaps."""

CALENDAR = ("month", "quarter", "half", "year")
"""Periods of unequal length in days: counted in months."""


def usual_spacing(series: Sequence[Reading]) -> float | None:
    """Return the median distance between neighbouring readings, from middle to middle.

    Parameters
    ----------
    series : sequence of Reading
        In the order of time.

    Returns
    -------
    float or None
        Months where every period is a month, quarter, half or year (28 to 31 days are then one
        spacing), else days. None with fewer than two readings.

    Notes
    -----
    Of an even number of spacings the lower middle one is taken, a spacing that does occur: in January,
    February, April the usual one is a month, and March is missing.

    *Not valid* for a series that changed its rhythm for good: after weekly became monthly, every month
    looks like a gap.

    Examples
    --------
    >>> from datetime import date
    >>> starts = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1), date(2025, 5, 1)]
    >>> usual_spacing([Reading("R1", d, d, "month", d, d, "1", 1.0, 1.0, 1.0) for d in starts])
    1.0
    """
    found = spacings(series)
    return median_low(found) if found else None


def runs(series: Sequence[Reading]) -> tuple[tuple[Reading, ...], ...]:
    """Split a series where two neighbours are more than 1.5 usual spacings apart.

    Parameters
    ----------
    series : sequence of Reading
        In the order of time.

    Returns
    -------
    tuple of tuple of Reading
        Every reading is in exactly one run, in order.

    Notes
    -----
    *Not valid* with fewer than three readings: one spacing is always the usual one.

    Examples
    --------
    >>> from datetime import date
    >>> starts = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1), date(2025, 5, 1)]
    >>> [len(run) for run in runs([Reading("R1", d, d, "month", d, d, "1", 1.0, 1.0, 1.0) for d in starts])]
    [3, 1]
    """
    if not series:
        return ()
    usual = usual_spacing(series) or 0
    found: list[list[Reading]] = [[series[0]]]
    for reading, spacing in zip(series[1:], spacings(series), strict=True):
        if spacing > WIDEST * usual:
            found.append([])
        found[-1].append(reading)
    return tuple(tuple(run) for run in found)


def spacings(series: Sequence[Reading]) -> list[float]:
    """Return the distances between neighbours, in months or in days as `usual_spacing` counts them."""
    in_months = all(reading.precision in CALENDAR for reading in series)
    places = [(_month(one.start) + _month(one.end)) / 2 if in_months else one.middle for one in series]
    return [after - before for before, after in pairwise(places)]


def _month(day: date) -> int:
    return 12 * day.year + day.month
