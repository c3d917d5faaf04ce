"""Words that results share: readings, ranges and lists, as they are said."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.analysis.decimals import plain, signed
from tracker.analysis.reading import Reading


def told(reading: Reading, unit: str = "%") -> str:
    """Say a reading: its share as printed, and its period."""
    return f"{reading.printed}{unit} ({reading.period})"


def points_said(points: float | None, low: float, high: float) -> str:
    """Say a difference in points, with its range.

    >>> points_said(-4.0, -5.0, -3.0), points_said(None, 1.5, 3.5)
    ('−4 points (−5 to −3)', 'between +1.5 and +3.5 points')
    """
    if points is None:
        return f"between {signed(low)} and {signed(high)} points"
    return f"{signed(points)} {'point' if abs(points) == 1 else 'points'} ({signed(low)} to {signed(high)})"


def percent_said(percent: float | None, low: float | None, high: float | None) -> str | None:
    """Say a relative change in percent, with its range; None where there is none.

    >>> percent_said(-57.142857, -66.666667, -46.153846)
    '−57.1 percent (−66.7 to −46.2)'
    """
    if low is None or high is None:
        return None
    if percent is None:
        return f"between {signed(low, 1)} and {signed(high, 1)} percent"
    return f"{signed(percent, 1)} percent ({signed(low, 1)} to {signed(high, 1)})"


def between(low: float, high: float, decimals: int | None = None) -> str:
    """Say a range; one number where both ends are the same.

    >>> between(2049.0, 2270.0), between(3.0, 3.0)
    ('2049 to 2270', '3')
    """
    first, last = plain(low, decimals), plain(high, decimals)
    return first if first == last else f"{first} to {last}"


def listed(names: Sequence[str]) -> str:
    """List names in a sentence.

    >>> listed(["A"]), listed(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def counted(number: int, one: str, many: str = "") -> str:
    """Say a number of things.

    >>> counted(1, "reading"), counted(0, "reading"), counted(2, "entity", "entities")
    ('1 reading', '0 readings', '2 entities')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
