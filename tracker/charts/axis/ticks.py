"""Ticks of the value axis: few, round, and none that the data do not need."""

from __future__ import annotations

from itertools import count, pairwise
from math import ceil, floor, log10

from tracker.analysis.decimals import exact
from tracker.charts.axis.scales import bent

DECADES_FROM = 200.0
"""Axes that span more than this ratio have a tick a decade, others at 1, 2 and 5."""


def linear_ticks(top: float, most: int = 5) -> list[float]:
    """Return round ticks from zero to the first one that is not below `top`.

    Parameters
    ----------
    top : float
        Greatest value that is drawn, percent.
    most : int
        Greatest number of intervals, from 2.

    Examples
    --------
    >>> linear_ticks(7.5), linear_ticks(84.215), linear_ticks(0.03)
    ([0.0, 2.0, 4.0, 6.0, 8.0], [0.0, 20.0, 40.0, 60.0, 80.0, 100.0], [0.0, 0.01, 0.02, 0.03])
    """
    if top <= 0:
        return [0.0, 1.0]
    whole = exact(top)
    for exponent in count(floor(log10(top)) - 1):
        for digit in ("1", "2", "2.5", "5"):
            step = exact(float(digit)).scaleb(exponent)
            intervals = ceil(whole / step)
            if intervals <= most:
                return [float(step * i) for i in range(max(intervals, 2) + 1)]
    raise AssertionError("exponents do not end")


def log_ticks(low: float, high: float, most: int = 6) -> tuple[list[float], float]:
    """Return the ticks of a logarithmic axis, and where the axis starts.

    Parameters
    ----------
    low, high : float
        Smallest and greatest value that is drawn, percent, above zero.
    most : int
        Greatest number of ticks.

    Returns
    -------
    list of float
        Decades or 1-2-5, the last not below `high`.
    float
        Start of the axis, somewhat below `low`: zero has no place on it.

    Examples
    --------
    >>> ticks, start = log_ticks(0.01, 84.21)
    >>> ticks, round(start, 4)
    ([0.01, 0.1, 1.0, 10.0, 100.0], 0.006)
    """
    start = low * 0.6
    kept: list[float] = []
    for digits in ((1,),) if high / low > DECADES_FROM else ((1, 2, 5), (1,)):
        kept = _marks(start, high, digits)
        if 1 < len(kept) <= most:
            break
    while len(kept) > most:
        kept = kept[::-2][::-1]
    return kept, start


def _marks(start: float, high: float, digits: tuple[int, ...]) -> list[float]:
    """Return the marks from `start` to the first one that is not below `high`."""
    powers = range(floor(log10(start)), ceil(log10(high)) + 2)
    marks = [float(exact(float(digit)).scaleb(power)) for power in powers for digit in digits]
    top = next(mark for mark in marks if mark >= high)
    return [mark for mark in marks if start <= mark <= top]


LOGIT_TIERS = (
    (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 99, 99.5, 99.9),
    (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 80, 90, 95, 98, 99, 99.9),
    (0.1, 1, 10, 50, 90, 99, 99.9),
    (0.1, 1, 10, 50, 90, 99),
    (1, 50, 99),
)
"""Ticks of a logit axis, from many to few."""

MOST_LOGIT = 7


def logit_ticks(low: float, high: float, apart: float = 0.06) -> tuple[list[float], float, float]:
    """Return the ticks of a logit axis, and its two ends.

    Parameters
    ----------
    low, high : float
        Smallest and greatest value that is drawn, percent, above 0 and below 100.
    apart : float
        Least distance between two ticks, as a part of the axis.

    Returns
    -------
    list of float
        At least one, at most seven.
    float, float
        Ends of the axis, somewhat beyond the values: 0 and 100 have no place on it.

    Examples
    --------
    >>> ticks, bottom, top = logit_ticks(0.4, 42.0)
    >>> ticks, round(bottom, 2), top
    ([0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0], 0.24, 50.0)
    """
    for tier in LOGIT_TIERS:
        ticks, bottom, top = _window([*_decades(low), *map(float, tier)], low, high)
        places = [bent(tick, "logit") for tick in ticks]
        least = apart * (bent(top, "logit") - bent(bottom, "logit"))
        if len(ticks) <= MOST_LOGIT and all(b - a >= least for a, b in pairwise(places)):
            return ticks, bottom, top
    kept = [ticks[-1]]
    for tick in reversed(ticks[:-1]):
        if bent(kept[0], "logit") - bent(tick, "logit") >= max(least, (bent(top, "logit") - bent(bottom, "logit")) / 6):
            kept.insert(0, tick)
    return kept, bottom, top


def _window(marks: list[float], low: float, high: float) -> tuple[list[float], float, float]:
    """Return the marks from somewhat below `low` to the first one that is not below `high`, and both ends."""
    bottom = _at_odds(low, 0.6)
    top = next((mark for mark in marks if mark >= high), None) or _at_odds(high, 1 / 0.6)
    ticks = [mark for mark in marks if bottom <= mark <= top]
    if len(ticks) < 2:
        ticks = [mark for mark in marks if mark <= top][-2:]
        bottom = min(bottom, ticks[0])
    return ticks, bottom, top


def _decades(low: float) -> list[float]:
    """Return the decades below the smallest mark that is always there."""
    return [float(exact(1.0).scaleb(power)) for power in range(floor(log10(low)) - 1, -1)]


def _at_odds(value: float, factor: float) -> float:
    """Return the percentage whose odds are `factor` times those of `value`."""
    odds = value / (100.0 - value) * factor
    return 100.0 * odds / (1.0 + odds)
