"""Which readings of one series count in a period, so that no day of the source counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

Row = dict[str, object]

VAGUE = ("approx", "range")


def counted(rows: Sequence[Row], first: date, last: date, how: str) -> tuple[list[int], list[Row]]:
    """Choose the readings that count in a period.

    Parameters
    ----------
    rows : sequence of dict
        Plain rows of a tidy frame, of one series, that have days in it.
    first, last : datetime.date
        First and last day of the period.
    how : {'last', 'mean'}
        Of a mean, a reading that contains others is none.

    Returns
    -------
    tuple
        Their places, one alone where it is the source's own of the period; and the rows left out of a mean.
    """
    alone = own(rows, first, last)
    if alone is not None:
        return [alone], []
    if how == "last":
        return list(range(len(rows))), []
    kept = innermost(rows)
    inner = set(kept)
    return kept, [row for place, row in enumerate(rows) if place not in inner]


def broken(rows: Sequence[Row], until: object) -> bool:
    """Whether the source changed its method in a reading that ends by then."""
    last = _day(until)
    return any(row["status"] == "B" and _day(row["period_end"]) <= last for row in rows)


def own(rows: Sequence[Row], first: date, last: date) -> int | None:
    """Find what the source itself says of just these days.

    Parameters
    ----------
    rows : sequence of dict
        Plain rows of a tidy frame, of one series.
    first, last : datetime.date
        First and last day of the period.

    Returns
    -------
    int or None
        The place of the row: where there are several, of one that is not vague.
    """
    same = [place for place, row in enumerate(rows) if _span(row) == (first, last)]
    return min(same, key=lambda place: rows[place]["precision"] in VAGUE, default=None)


def innermost(rows: Sequence[Row]) -> list[int]:
    """Find the readings that contain no other one, by their places.

    A quarter beside one of its months is left out. Readings of the same days, and those that only cross, all count.

    >>> month, half = date(2025, 1, 31), date(2025, 6, 30)
    >>> innermost([{"period_start": date(2025, 1, 1), "period_end": end} for end in (month, half)])
    [0]
    """
    spans = sorted({_span(row) for row in rows}, key=lambda span: (span[0], -span[1].toordinal()))
    # By their start, the longest first: those that a span contains come after it, and the earliest end decides.
    wider, ends = set(), date.max
    for span in reversed(spans):
        if ends <= span[1]:
            wider.add(span)
        ends = min(ends, span[1])
    return [place for place, row in enumerate(rows) if _span(row) not in wider]


def _span(row: Row) -> tuple[date, date]:
    return _day(row["period_start"]), _day(row["period_end"])


def _day(cell: object) -> date:
    """A plain day: a Timestamp equals none."""
    assert isinstance(cell, date)
    return cell.date() if isinstance(cell, datetime) else cell
