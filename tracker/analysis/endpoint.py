"""The one reading of a series that a period asks for."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.words import counted, told
from tracker.values import Period

SHOWN = 3


def endpoint(series: Sequence[Reading], period: Period, *, last: bool = False) -> Reading | Refused:
    """Find the reading that a period asks for.

    Parameters
    ----------
    series : sequence of Reading
        In the order of time.
    period : Period
        As a person wrote it.
    last : bool
        Whether the last one is meant where several lie within the period; else the first.

    Returns
    -------
    Reading or Refused
        The reading of just this period; else the first (or last) within it; else the only one whose period holds
        it. Refused where there is none: no reading is made up, and no other one taken.

    Notes
    -----
    *Not valid* as a value on each day of a reading's period: a month's reading is of the month.

    Examples
    --------
    >>> from datetime import date
    >>> spans = [(date(2025, 1, 1), date(2025, 1, 31)), (date(2025, 2, 1), date(2025, 2, 28))]
    >>> months = [Reading("A", *span, "month", *span, "5", 5.0, 4.5, 5.5) for span in spans]
    >>> endpoint(months, Period.parse("2025")).period, endpoint(months, Period.parse("2025-02-03")).period
    ('2025-01', '2025-02')
    >>> endpoint(months, Period.parse("2025-04")).have
    '2 readings, 5% (2025-01), 5% (2025-02)'
    """
    same = [one for one in series if (one.start, one.end) == (period.start, period.end)]
    within = [one for one in series if period.start <= one.start and one.end <= period.end]
    found = same or within
    if found:
        return found[-1] if last else found[0]
    around = [one for one in series if one.start <= period.start and period.end <= one.end]
    if len(around) == 1:
        return around[0]
    return Refused(f"there is no reading in {period}", f"a reading in {period}", _have(series))


def _have(series: Sequence[Reading]) -> str:
    if len(series) <= SHOWN:
        return counted(len(series), "reading") + "".join(f", {told(one)}" for one in series)
    return f"{len(series)} readings, {series[0].period} to {series[-1].period}"
