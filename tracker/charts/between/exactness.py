"""How exact figures and their changes are: rounding where it is known, and none where nobody stated it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import floor, log10

from tracker.analysis.change import change
from tracker.analysis.decimals import exact, plain, signed
from tracker.analysis.readings import Reading
from tracker.charts.words.numbers import label_value, readable

LONGEST = 7
"""Figures with more signs than this are shortened beside their mark."""

ABOUT = "“About” (~) does not say how exact the figures are."


@dataclass(frozen=True, slots=True)
class Told:
    """A change with as many decimals as its figures bear.

    Parameters
    ----------
    points : float or None
        Difference of the printed figures; None where one of them is no number.
    low, high : float
        What the intervals of the figures allow, rounded outward; twice the same where nothing is known of them.
    decimals : int
        Of all three.
    is_known : bool
        Whether it is known how both figures were rounded.
    is_about : bool
        Whether one of them is "about".
    """

    points: float | None
    low: float
    high: float
    decimals: int
    is_known: bool
    is_about: bool

    @property
    def has_range(self) -> bool:
        """Whether rounding, or a bound, leaves more than one change."""
        return self.is_known and self.low != self.high

    def signed(self) -> str:
        """Say the change itself."""
        about = "about " if self.is_about else ""
        return f"{about}{self.span() if self.points is None else signed(self.points, self.decimals)}"

    def span(self) -> str:
        """Say from where to where it may lie, with signs."""
        return f"{signed(self.low, self.decimals)} to {signed(self.high, self.decimals)}"

    def sizes(self) -> str:
        """Say from where to where it may lie, without signs, the smaller first."""
        first, second = sorted((abs(self.low), abs(self.high)))
        return f"{plain(first, self.decimals)} to {plain(second, self.decimals)}"


def told(first: Reading, last: Reading) -> Told:
    """Return the change between two readings as it may be said.

    Notes
    -----
    *Not valid* as a test of whether there is a change: see `tracker.analysis.change.Change.direction`.
    """
    known = is_rounded(first) and is_rounded(last)
    found = change(stated(first), stated(last))
    places = decimals(first), decimals(last)
    numbers = [number for number in (found.points, found.points_low, found.points_high) if number is not None]
    if known:
        count = min(max(_places(number) for number in numbers), max(places) + 1)
    else:
        count = min(places) if all(round(exact(number), min(places)) for number in numbers) else max(places)
    low, high = outward(found.points_low, found.points_high, count)
    return Told(found.points, low, high, count, known, "~" in (first.qualifier, last.qualifier))


def outward(low: float, high: float, count: int) -> tuple[float, float]:
    """Round a range to so many decimals so that it covers at least what it did.

    >>> outward(0.083009600376107, 0.0830096003762, 2)
    (0.08, 0.09)
    """
    step = Decimal(1).scaleb(-count)
    return float(exact(low).quantize(step, ROUND_FLOOR)), float(exact(high).quantize(step, ROUND_CEILING))


def is_rounded(reading: Reading) -> bool:
    """Whether the interval of a reading was published, or follows from how it was printed.

    It does not from "about", nor from a number with more digits than anybody printed for readers.
    """
    return reading.value is None or (reading.qualifier != "~" and readable(reading.printed) == reading.printed)


def stated(reading: Reading) -> Reading:
    """Return a reading without the interval that nobody stated."""
    if is_rounded(reading) or reading.value is None:
        return reading
    return replace(reading, lowest=reading.value, highest=reading.value)


def decimals(reading: Reading) -> int:
    """Return how many decimals a figure has beside its mark."""
    return max((len(part) for part in re.findall(r"\d\.(\d+)", beside(reading, ""))), default=0)


def beside(reading: Reading, unit: str) -> str:
    """Say a figure beside its mark: as printed, to four figures where more than seven signs were.

    *Not valid* as the published figure where it is shortened: that one is in the data.
    """
    if reading.value is None or len(reading.printed) <= LONGEST:
        return label_value(reading, unit)
    count = max(0, 3 - floor(log10(reading.value))) if reading.value > 0 else 0
    mark = "~" if reading.qualifier == "~" else ""
    return f"{mark}{plain(reading.value, count)}{unit}"


def _places(number: float) -> int:
    exponent = exact(number).normalize().as_tuple().exponent
    return max(0, -int(exponent))
