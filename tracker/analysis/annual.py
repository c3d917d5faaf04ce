"""The rate of change per year, from a time that is long enough to speak of years."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from tracker.analysis.change import change
from tracker.analysis.decimals import signed
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.sentence import Sentence
from tracker.analysis.words import between, told

SHORTEST = 180
"""Days; from less than that nothing is said about a year."""

YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Annual(Sentence):
    """How fast a share changed, per year.

    Parameters
    ----------
    percent : float
        Percent per year, from the printed shares and the middles of their days.
    percent_low, percent_high : float
        Least and greatest that rounding and vague dates allow.
    days_low, days_high : float
        Days between the two: from middle to middle, and as many more or fewer as a vague date allows.
    """

    percent: float
    percent_low: float
    percent_high: float
    days_low: float
    days_high: float

    def __str__(self) -> str:
        span = f"{signed(self.percent_low, 1)} to {signed(self.percent_high, 1)}"
        days = between(self.days_low, self.days_high)
        return f"{signed(self.percent, 1)} percent a year ({span}), over {days} days"

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value."""
        return {f"annual_{name}" if name.startswith("p") else name: cell for name, cell in asdict(self).items()}


def annual(first: Reading, second: Reading) -> Annual | Refused:
    """Turn a change into a rate per year.

    Parameters
    ----------
    first, second : Reading
        The base, and what it became; shares in percent.

    Returns
    -------
    Annual or Refused
        Refused for an index, where fewer than 180 days may lie between, where the base may be zero, or a share is a
        bound.

    Notes
    -----
    ``(b / a) ** (365.25 / days) - 1`` for a share that went from a to b: the compound annual growth rate. Days
    count from the middle of the one period to the middle of the other, for a month's share is of all the month; a
    vague date may be any of its days. The range takes every corner.

    *Not valid* as a forecast: a share cannot grow beyond 100 %. Nor for an index, nor across a change of method.

    Examples
    --------
    >>> from datetime import date
    >>> a, b = date(2024, 1, 1), date(2025, 12, 31)
    >>> print(annual(Reading("A", a, a, "day", a, a, "8.00", 8.0, 7.995, 8.005),
    ...              Reading("A", b, b, "day", b, b, "2.00", 2.0, 1.995, 2.005)))
    −50.0 percent a year (−50.1 to −49.9), over 730 days
    """
    if not (first.unit and second.unit):
        return Refused("a yearly rate is of shares", "shares", "values of an index")
    moved = change(first, second)
    days_low, days_high = _reach(second)[0] - _reach(first)[1], _reach(second)[1] - _reach(first)[0]
    if days_low < SHORTEST:
        days = between(max(days_low, 0.0), max(days_high, 0.0))
        have = f"{days} day{'' if days == '1' else 's'}"
        return Refused("a yearly rate is not taken from so short a time", f"{SHORTEST} days or more", have)
    if moved.percent is None or moved.percent_low is None or moved.percent_high is None:
        have = f"{told(first)} and {told(second)}"
        return Refused("a yearly rate needs two numbers, of which the base is above zero", "two such shares", have)
    whole = second.middle - first.middle
    corners = [
        _rate(percent, count) for percent in (moved.percent_low, moved.percent_high) for count in (days_low, days_high)
    ]
    return Annual(_rate(moved.percent, whole), min(corners), max(corners), days_low, days_high)


def _reach(reading: Reading) -> tuple[float, float]:
    """The days, as ordinals, that its middle may be."""
    if reading.precision == "approx":
        return reading.earliest.toordinal(), reading.latest.toordinal()
    return reading.middle, reading.middle


def _rate(percent: float, days: float) -> float:
    """Percent per year, from percent over so many days."""
    return float(round(((max(0.0, 1 + percent / 100)) ** (YEAR / days) - 1) * 100, 12))
