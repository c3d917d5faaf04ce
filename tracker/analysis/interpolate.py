"""A share on a day: that of its own reading, else one made up between two by a rule that somebody asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import exp, isfinite, log

from tracker.analysis.decimals import plain
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence
from tracker.analysis.words import told
from tracker.errors import TrackerError, UsageProblem

HOW = ("previous", "linear", "log-odds")

OWN = "published"


@dataclass(frozen=True, slots=True)
class Computed(Sentence):
    """The share of a day: computed, or that of the reading in whose period the day lies.

    Parameters
    ----------
    day : datetime.date
        Of which it is.
    value, low, high : float
        Percent: by the rule from the shares as published, and from the ends of their intervals.
    how : str
        The rule, one of `HOW`; ``published`` where the day has a reading.
    before, after : Reading
        The readings that it was computed from; twice the same where the day has a reading.
    """

    day: date
    value: float
    low: float
    high: float
    how: str
    before: Reading
    after: Reading

    @property
    def published(self) -> bool:
        """Whether the day has a reading of its own, and nothing was computed."""
        return self.how == OWN

    def __str__(self) -> str:
        unit = self.before.unit
        if self.published:
            share = f"{self.before.printed}{unit} ({plain(self.low)} to {plain(self.high)})"
            return f"{self.before.entity} on {self.day}: {share}, published for {self.before.period}."
        share = f"{plain(self.value, 2)}{unit} ({plain(self.low, 2)} to {plain(self.high, 2)})"
        rule = f"{self.how}, from {told(self.before)} and {told(self.after)}"
        return f"{self.before.entity} on {self.day}: {share}, computed, not published ({rule})."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value; percent. SDMX status ``I``, imputed, unless it was published."""
        return {
            "entity": self.before.entity,
            "day": self.day,
            "share": self.value,
            "lowest": self.low,
            "highest": self.high,
            "status": self.before.status if self.published else "I",
            "how": self.how,
            "before": self.before.period,
            "after": self.after.period,
        }


def interpolate(series: Sequence[Reading], day: date, how: str, *, largest_gap: int) -> Computed | Refused:
    """Find the share of a day: that of its reading, else computed between two readings.

    Parameters
    ----------
    series : sequence of Reading
        In the order of time; shares in percent.
    day : datetime.date
        On which day.
    how : {'previous', 'linear', 'log-odds'}
        The rule; there is no default, for each says something else of what nobody measured.
    largest_gap : int
        Days that may lie between the middles of the two readings, at the most.

    Returns
    -------
    Computed or Refused
        A day within the published period of a reading has the share of that reading, by any rule; where several
        hold it, of the shortest. Refused before the first and after the last reading, in a wider gap, for a bound
        and next to one; by log-odds also next to 0 and 100 %.

    Raises
    ------
    TrackerError
        If there is no such rule.
    UsageProblem
        If the largest gap is no number of days.

    Notes
    -----
    For a day between, a reading stands in the middle of its days. With t the part of the way from the one, p, to the
    other, q: ``previous`` is p; ``linear`` is ``p + t (q - p)``; ``log-odds`` is linear in ``ln(p / (1 - p))``, the
    straight line of a logistic spread. The range goes through the ends of the intervals by the same rule: it holds what
    rounding allows, not what may have happened between.

    *Not valid* as an observation, across a change of method, nor for a series that jumps: a launch lies between.

    Examples
    --------
    >>> from datetime import date
    >>> one, other = date(2025, 1, 1), date(2025, 1, 11)
    >>> fall = [Reading("A", one, one, "day", one, one, "8", 8.0, 7.5, 8.5),
    ...         Reading("A", other, other, "day", other, other, "4", 4.0, 3.5, 4.5)]
    >>> print(interpolate(fall, date(2025, 1, 6), "linear", largest_gap=31))
    A on 2025-01-06: 6.00% (5.50 to 6.50), computed, not published (linear, from 8% (2025-01-01) and 4% (2025-01-11)).
    >>> print(interpolate(fall, date(2025, 2, 1), "linear", largest_gap=31).reason)
    2025-02-01 is beyond the data
    """
    if how not in HOW:
        raise TrackerError(f"{how!r} is no way to interpolate", f"It is one of {', '.join(HOW)}.")
    _refuse_no_gap(largest_gap)
    own = min((one for one in series if one.start <= day <= one.end), key=lambda one: one.end - one.start, default=None)
    return _between(series, day, how, largest_gap) if own is None else _own(own, day)


def _refuse_no_gap(largest_gap: object) -> None:
    number = isinstance(largest_gap, (int, float)) and not isinstance(largest_gap, bool)
    if not number or not isfinite(largest_gap) or largest_gap < 0:  # type: ignore[arg-type,operator]
        raise UsageProblem(f"the largest gap is a number of days, not {largest_gap!r}", "Give one: largest_gap=31.")


def _own(own: Reading, day: date) -> Computed | Refused:
    """The share of a day that has a reading."""
    if own.value is None:
        return Refused("the reading of that day is only a bound", "a share that is a number", told(own))
    return Computed(day, own.value, own.lowest, own.highest, OWN, own, own)


def _between(series: Sequence[Reading], day: date, how: str, largest_gap: int) -> Computed | Refused:
    """The share of a day that nobody published."""
    place = day.toordinal()
    around = [(one, other) for one, other in pairwise(series) if one.middle <= place <= other.middle]
    if not around:
        have = f"{told(series[0])} to {told(series[-1])}" if series else "no reading"
        return Refused(f"{day} is beyond the data", "a day between two readings", have)
    one, other = around[0]
    refusal = _refusal(one, other, how, largest_gap)
    if refusal is not None:
        return refusal
    width = other.middle - one.middle
    part = (place - one.middle) / width if width else 0.0
    ends = ((one.level, other.level), (one.lowest, other.lowest), (one.highest, other.highest))
    value, low, high = (_way(*pair, part, how) for pair in ends)
    return Computed(day, value, low, high, how, one, other)


def _refusal(one: Reading, other: Reading, how: str, largest_gap: int) -> Refused | None:
    pair, gap = f"{told(one)} and {told(other)}", other.middle - one.middle
    if gap > largest_gap:
        needed = f"two readings at most {_days(largest_gap)} apart"
        return Refused("the gap is too wide", needed, f"{pair}, {_days(gap)} apart")
    if one.value is None or other.value is None:
        return Refused("a bound is no number to go from", "two shares that are numbers", pair)
    if how == "log-odds" and not (0 < one.value < 100 and 0 < other.value < 100):
        return Refused("log-odds are of a share between 0 and 100%", "two such shares", pair)
    return None


def _days(number: float) -> str:
    return f"{plain(number)} {'day' if number == 1 else 'days'}"


def _way(first: float, second: float, part: float, how: str) -> float:
    if how == "previous" and part < 1:
        return first
    if how == "linear" or part in (0, 1):
        return round(first + (second - first) * part, 12)
    if not (first > 0 and second > 0):
        return 0.0
    if not (first < 100 and second < 100):
        return 100.0
    odds = (1 - part) * log(first / (100 - first)) + part * log(second / (100 - second))
    return round(100 / (1 + exp(-odds)), 12)
