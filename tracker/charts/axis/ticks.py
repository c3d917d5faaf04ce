"""Ticks of the value axis: few, round, and none that the data do not need."""

from __future__ import annotations

from itertools import count
from math import ceil, floor, log10

from tracker.analysis.decimals import exact

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
