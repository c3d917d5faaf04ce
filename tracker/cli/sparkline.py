"""A line of blocks: the course of a share in one row of text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import ceil
from statistics import median_low

BLOCKS = "▁▂▃▄▅▆▇█"
GAP = " "
WIDEST = 40


def sparkline(points: Sequence[tuple[date, float]], *, first: date, last: date, top: float, step_days: float) -> str:
    """Draw readings at their true places in time; where there is none, there is a gap.

    Parameters
    ----------
    points : sequence of (date, percent)
        In order of date. Of several in one column the last is drawn.
    first, last : datetime.date
        What the left and the right end stand for.
    top : float
        Percent that a full block stands for; the baseline is 0.
    step_days : float
        Days between two readings as a rule: one column, unless that makes more than 40.

    Examples
    --------
    >>> days = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 4, 1)]
    >>> sparkline(list(zip(days, [1, 8, 4])), first=days[0], last=days[2], top=8, step_days=30)
    '▁█ ▄'
    """
    span = (last - first).days
    width = min(WIDEST, round(span / max(step_days, 1)) + 1)
    cells = [GAP] * width
    for day, value in points:
        place = round((day - first).days / span * (width - 1)) if span else 0
        cells[place] = _block(value, top)
    return "".join(cells)


def usual_step(days: Sequence[date]) -> float:
    """Return the median number of days from one date to the next; 1 where there are fewer than two.

    >>> usual_step([date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1), date(2025, 5, 1)])
    31
    """
    ordered = sorted(set(days))
    return median_low((after - before).days for before, after in pairwise(ordered)) if len(ordered) > 1 else 1


def _block(value: float, top: float) -> str:
    if not top:
        return BLOCKS[0]
    return BLOCKS[max(0, ceil(value / top * len(BLOCKS)) - 1)]
