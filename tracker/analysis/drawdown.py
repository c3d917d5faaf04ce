"""The largest fall from a peak, and the fall that is not yet made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.decimals import difference, signed
from tracker.analysis.peak import beyond
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence
from tracker.analysis.words import counted, points_said, told


@dataclass(frozen=True, slots=True)
class Drawdown(Sentence):
    """How far a series fell.

    Parameters
    ----------
    peak, trough : Reading
        Between which it fell furthest; the same reading where it never fell.
    points : float
        The largest fall as published, in points; 0 or below.
    points_low, points_high : float
        The largest fall that rounding and bounds allow, and the smallest.
    percent : float or None
        The same fall relative to its peak; None where the peak is zero.
    top, last : Reading
        The highest reading, and the last one.
    current : float
        Points from the highest to the last; 0 at a peak.
    current_low, current_high : float
        With everything that rounding and bounds allow.
    so_far : bool
        Whether the last reading is the peak, as `tracker.analysis.peak.peak` says: the first of the highest.
    """

    peak: Reading
    trough: Reading
    points: float
    points_low: float
    points_high: float
    percent: float | None
    top: Reading
    last: Reading
    current: float
    current_low: float
    current_high: float
    so_far: bool

    def __str__(self) -> str:
        name, largest = self.peak.entity, self._said(self.points, self.points_low, self.points_high)
        fell = f"{name} fell furthest from {told(self.peak)} to {told(self.trough)}: {largest}"
        said = f"{fell}{_percent(self.percent)}." if self.points < 0 else f"{name} never fell as published."
        if self.so_far:
            return f"{said} It is at its peak so far, {told(self.last)}."
        now = self._said(self.current, self.current_low, self.current_high)
        return f"{said} It is now {now} from its peak of {told(self.top)}."

    def _said(self, points: float, low: float, high: float) -> str:
        return points_said(points, low, high, (self.peak, self.trough, self.top, self.last))

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value; falls in points, and percent of the peak."""
        return {
            "entity": self.peak.entity,
            "peak": self.peak.value,
            "peak_period": self.peak.period,
            "trough": self.trough.value,
            "trough_period": self.trough.period,
            "points": self.points,
            "points_low": self.points_low,
            "points_high": self.points_high,
            "percent": self.percent,
            "current": self.current,
            "current_low": self.current_low,
            "current_high": self.current_high,
            "so_far": self.so_far,
        }


def drawdown(series: Sequence[Reading]) -> Drawdown | Refused:
    r"""Find the largest fall of a series, and where it stands now.

    Parameters
    ----------
    series : sequence of Reading
        In the order of time; shares in percent.

    Returns
    -------
    Drawdown or Refused
        Refused with fewer than two numbers, where the last reading is only a bound, and where a bound allows a higher
        peak or a deeper fall than the numbers have.

    Notes
    -----
    The maximum drawdown of finance, here in points: the least of ``x[j] - x[i]`` over all i before j; the first
    such fall is named. The range holds the largest fall of every series that would be printed like this one:
    bounds count in it with all that they allow. Magdon-Ismail, M. and Atiya, A. (2004), Maximum drawdown, Risk 17.

    *Not valid* for what happened between readings: a series of months hides the falls within a month. Nor across
    a change of method.

    Examples
    --------
    >>> from datetime import date
    >>> days = [date(2025, month, 1) for month in (1, 2, 3, 4)]
    >>> series = [Reading("A", d, d, "day", d, d, str(v), v, v, v) for d, v in zip(days, (5.0, 9.0, 4.0, 6.0))]
    >>> print(str(drawdown(series)).replace(". ", ".\n"))
    A fell furthest from 9.0% (2025-02-01) to 4.0% (2025-03-01): −5 points (−5 to −5), −55.6 percent.
    It is now −3 points (−3 to −3) from its peak of 9.0% (2025-02-01).
    """
    numbered = [one for one in series if one.value is not None]
    refusal = _unsaid(series, numbered)
    return _of(series, numbered) if refusal is None else refusal


def _unsaid(series: Sequence[Reading], numbered: Sequence[Reading]) -> Refused | None:
    """Say why no fall can be named; None where one can."""
    if len(numbered) < 2:
        have = f"{counted(len(numbered), 'number')} in {counted(len(series), 'reading')}"
        return Refused("a fall is between two numbers", "two readings with a number", have)
    if series[-1].value is None:
        return Refused("the last reading is only a bound", "a number at the end", told(series[-1]))
    top = _top(numbered)
    higher = beyond(series, top)
    if higher:
        have = f"{told(higher[0])} beside {told(top)}"
        return Refused("bounds leave no peak", "readings with a number, and no bound beyond it", have)
    points, start, trough = _deepest(numbered)
    deeper = _deeper(series, points)
    if deeper is not None:
        fall = f"the fall from {told(start)} to {told(trough)}" if points else "numbers that never fell"
        have = f"{told(deeper)} beside {fall}"
        return Refused("bounds leave the largest fall open", "numbers where the bounds stand", have)
    return None


def _of(series: Sequence[Reading], numbered: Sequence[Reading]) -> Drawdown:
    points, start, trough = _deepest(numbered)
    low, high = _range(series)
    top, last = _top(numbered), series[-1]
    floor, ceiling = max(one.lowest for one in series), max(one.highest for one in series)
    return Drawdown(
        start,
        trough,
        points,
        low,
        high,
        points / start.level * 100 if start.level else None,
        top,
        last,
        difference(last.level, top.level),
        min(0.0, difference(last.lowest, ceiling)),
        min(0.0, difference(last.highest, floor)),
        top is last,
    )


def _top(numbered: Sequence[Reading]) -> Reading:
    """The first of the highest numbers, as `peak` takes it."""
    return max(numbered, key=lambda one: one.level)


def _deepest(numbered: Sequence[Reading]) -> tuple[float, Reading, Reading]:
    """The largest fall with its two ends."""
    top, best = numbered[0], (0.0, numbered[0], numbered[0])
    for one in numbered:
        if one.level > top.level:
            top = one
        fall = difference(one.level, top.level)
        if fall < best[0]:
            best = fall, top, one
    return best


def _deeper(series: Sequence[Reading], points: float) -> Reading | None:
    """The first bound that allows a deeper fall than the numbers have, from it or to it."""
    top = series[0]
    for one in series[1:]:
        if difference(_end(one, one.lowest), _end(top, top.highest)) < points:
            return one if one.value is None else top
        top = max(top, one, key=lambda each: _end(each, each.highest))
    return None


def _end(reading: Reading, bound: float) -> float:
    """The number of a reading, or the end of what its bound allows."""
    return bound if reading.value is None else reading.value


def _range(series: Sequence[Reading]) -> tuple[float, float]:
    """The largest fall that the intervals allow, and the smallest; both 0 or below."""
    low = high = 0.0
    ceiling, floor = series[0].highest, series[0].lowest
    for one in series[1:]:
        low = min(low, difference(one.lowest, ceiling))
        high = min(high, difference(one.highest, floor))
        ceiling, floor = max(ceiling, one.highest), max(floor, one.lowest)
    return low, high


def _percent(percent: float | None) -> str:
    return "" if percent is None else f", {signed(percent, 1)} percent"
