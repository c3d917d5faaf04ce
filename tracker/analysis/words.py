"""Words that results share: readings, ranges and lists, as they are said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.analysis.decimals import brief, plain, signed
from tracker.analysis.reading import Reading

_FRACTION = re.compile(r"\.(\d+)")


def told(reading: Reading) -> str:
    """Say a reading: its share as printed, and its period."""
    return f"{reading.printed}{reading.unit} ({reading.period})"


def points_said(points: float | None, low: float, high: float, of: Sequence[Reading] = ()) -> str:
    """Say a difference in points, with its range.

    Parameters
    ----------
    points : float or None
        As published; None where it cannot be said.
    low, high : float
        Its range.
    of : sequence of Reading
        Between which it lies: they say how many decimals it has, half a unit counted, and whether it is of an index.

    Examples
    --------
    >>> points_said(-4.0, -5.0, -3.0), points_said(None, 1.5, 3.5)
    ('−4 points (−5 to −3)', 'between +1.5 and +3.5 points')
    """
    known = [number for number in (points, low, high) if number is not None]
    *own, least, most = brief(known, max(map(_decimals, of)) + 1 if of else None)
    kind = "" if all(one.unit for one in of) else "index "
    if not own:
        return f"between {signed(least)} and {signed(most)} {kind}points"
    return f"{signed(own[0])} {kind}{point_s(own[0])} ({signed(least)} to {signed(most)})"


def point_s(number: float) -> str:
    """Say the unit of a difference.

    >>> point_s(-1.0), point_s(0.5)
    ('point', 'points')
    """
    return "point" if abs(number) == 1 else "points"


def _decimals(reading: Reading) -> int:
    """How many decimals were printed, of two bounds the most."""
    return max((len(found) for found in _FRACTION.findall(reading.printed)), default=0)


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
