"""Heads of columns: a period in one to three short lines, the year once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.analysis.readings import Reading
from tracker.charts.grid.columns import is_week
from tracker.charts.look.fonts import width
from tracker.charts.words.dates import MONTHS, said

APART = 5.0
"""Least distance between two heads, points."""


def heads(columns: Sequence[Reading]) -> list[tuple[str, ...]]:
    """Say the periods of columns, one reading for each.

    Returns
    -------
    list of tuple of str
        Lines of each head; the year is the last line of the first one, and wherever it changed.

    Examples
    --------
    >>> from datetime import date
    >>> days = [date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1)]
    >>> heads([Reading("A", day, day, "month", day, day, "1", 1.0, 0.5, 1.5) for day in days])
    [('Dec', '2024'), ('Jan', '2025'), ('Feb',)]
    """
    years = [True, *(before.end.year != after.end.year for before, after in pairwise(columns))]
    return [_head(one, year) for one, year in zip(columns, years, strict=True)]


def placed(texts: Sequence[tuple[str, ...]], places: Sequence[float], size: float) -> list[int]:
    """Choose the heads that stand clear of each other: the last and the first, then as many as fit evenly.

    Parameters
    ----------
    texts : sequence of tuple of str
        Heads, see `heads`.
    places : sequence of float
        Their middles, points, rising.
    size : float
        Of the font, points.
    """
    half = [max(width(line, size) for line in lines) / 2 for lines in texts]
    last = len(texts) - 1
    for step in range(1, last + 1):
        kept = [i for i in range(last + 1) if (last - i) % step == 0]
        if kept[0] != 0:
            kept = [0, *kept[1 if kept[0] < step * 0.75 and len(kept) > 1 else 0 :]]
        if all(places[b] - half[b] - places[a] - half[a] >= APART for a, b in pairwise(kept)):
            return kept
    return [last]


def _head(one: Reading, year: bool) -> tuple[str, ...]:
    tail = (str(one.end.year),) if year else ()
    if one.precision == "year":
        return (str(one.start.year),)
    if one.precision in ("quarter", "half"):
        return (said(one).split()[0], *tail)
    if is_week(one):
        return (f"{one.start.day} {MONTHS[one.start.month - 1]}", *tail)
    if one.precision in ("range", "approx") and one.start != one.end:
        return _span(one, tail)
    return (said(one, year=False, names=MONTHS).removeprefix("the "), *tail)


def _span(one: Reading, tail: tuple[str, ...]) -> tuple[str, ...]:
    """Say a period of several days; a vague one by its words where these are short."""
    text = said(one, year=False, names=MONTHS)
    if len(text) <= 14 and not text[-4:].isdigit():
        return (text, *tail)
    first, last = (f"{day.day} {MONTHS[day.month - 1]}" for day in (one.start, one.end))
    mark = "~" if one.precision == "approx" else ""
    start = f" {one.start.year}" if one.start.year != one.end.year else ""
    return (f"{mark}{first}{start}–", last, *(tail or ((str(one.end.year),) if start else ())))
