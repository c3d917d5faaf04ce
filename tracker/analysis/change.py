"""The change between two readings, with everything that rounding and vague dates allow."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from tracker.analysis.decimals import brief, difference, exact, plain, signed
from tracker.analysis.reading import Reading
from tracker.analysis.sentence import Sentence
from tracker.analysis.words import point_s
from tracker.errors import TrackerError

VERBS = ("fell", "rose", "halved", "doubled", "more than halved", "more than doubled")


@dataclass(frozen=True, slots=True)
class Change(Sentence):
    """How far a share moved.

    Parameters
    ----------
    points : float or None
        Difference of the printed percentages; None where one of them is only a bound.
    points_low, points_high : float
        Least and greatest difference that rounding allows, in points.
    percent, percent_low, percent_high : float or None
        Relative change in percent; None where the base may be zero.
    days_low, days_high : int
        Days between the two that their periods allow; the low one is negative where the periods overlap.
    """

    points: float | None
    points_low: float
    points_high: float
    percent: float | None
    percent_low: float | None
    percent_high: float | None
    days_low: int
    days_high: int

    @property
    def direction(self) -> str:
        """``fell`` or ``rose`` where every true value allows it, else ``unchanged within rounding``."""
        for verb in ("fell", "rose"):
            if self.holds(verb):
                return verb
        return "unchanged within rounding"

    def holds(self, verb: str) -> bool:
        """Whether a verb is true for every pair of values that would be printed like these.

        Parameters
        ----------
        verb : str
            One of `VERBS`. ``halved`` is a fall by half or more, ``doubled`` a rise by as much or more.

        Raises
        ------
        TrackerError
            For another verb.

        Examples
        --------
        >>> from datetime import date
        >>> day = date(2025, 2, 15), date(2025, 2, 15), "day", date(2025, 2, 15), date(2025, 2, 15)
        >>> drop = change(Reading("R1", *day, "7", 7.0, 6.5, 7.5), Reading("R1", *day, "3", 3.0, 2.5, 3.5))
        >>> drop.holds("fell"), drop.holds("halved")
        (True, False)
        """
        low, high = self.percent_low, self.percent_high
        truths = {
            "fell": self.points_high < 0,
            "rose": self.points_low > 0,
            "halved": high is not None and high <= -50,
            "doubled": low is not None and low >= 100,
            "more than halved": high is not None and high < -50,
            "more than doubled": low is not None and low > 100,
        }
        if verb not in truths:
            raise TrackerError(f"{verb!r} is no verb for a change", f"It is one of {', '.join(VERBS)}.")
        return truths[verb]

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value; None where something cannot be said."""
        return asdict(self)

    def __str__(self) -> str:
        known = [number for number in (self.points, self.points_low, self.points_high) if number is not None]
        *own, low, high = brief(known)
        span = f"{signed(low)} to {signed(high)} once rounding is counted"
        said = [
            f"{signed(own[0])} {point_s(own[0])} as published ({span})"
            if own
            else f"between {signed(low)} and {signed(high)} points"
        ]
        if self.percent_low is not None and self.percent_high is not None:
            relative = f"{signed(self.percent_low, 1)}% to {signed(self.percent_high, 1)}%"
            said.append(f"{signed(self.percent, 1)}% ({relative})" if self.percent is not None else relative)
        return ", ".join([*said, _days(self.days_low, self.days_high)])


def change(first: Reading, second: Reading) -> Change:
    """Compare two readings of one series.

    Parameters
    ----------
    first, second : Reading
        The base, and what it became; shares in percent.

    Returns
    -------
    Change
        Differences in points, relative change in percent, and days between.

    Notes
    -----
    With ``[a, A]`` the interval of the first and ``[b, B]`` that of the second reading, the difference
    lies in ``[b - A, B - a]`` and the relative change in ``[b / A - 1, B / a - 1]``.

    *Not valid* between two markets, nor across a change of method (status ``B``): what moved then is the
    whole, not the part. Sampling error is not counted.

    Examples
    --------
    >>> from datetime import date
    >>> mid, end = date(2025, 2, 15), date(2025, 4, 30)
    >>> seven = Reading("R1", mid, mid, "day", mid, mid, "7", 7.0, 6.5, 7.5)
    >>> three = Reading("R1", end, end, "day", end, end, "3", 3.0, 2.5, 3.5)
    >>> print(change(seven, three))
    −4 points as published (−5 to −3 once rounding is counted), −57.1% (−66.7% to −46.2%), 74 days apart
    """
    both = first.value is not None and second.value is not None
    sure = first.lowest > 0
    return Change(
        points=difference(second.value, first.value) if both else None,  # type: ignore[arg-type]
        points_low=difference(second.lowest, first.highest),
        points_high=difference(second.highest, first.lowest),
        percent=_relative(second.value, first.value) if both and sure else None,
        percent_low=_relative(second.lowest, first.highest) if sure else None,
        percent_high=_relative(second.highest, first.lowest) if sure else None,
        days_low=(second.earliest - first.latest).days,
        days_high=(second.latest - first.earliest).days,
    )


def _relative(value: float | None, base: float | None) -> float | None:
    """Relative change in percent, exact to twelve decimals."""
    if value is None or not base:
        return None
    return float(round((exact(value) / exact(base) - 1) * 100, 12))


def _days(low: int, high: int) -> str:
    if high < 0:
        low, high = -high, -low
    spread = plain(high) if low == high else f"{plain(max(low, 0))} to {plain(high)}"
    return f"{spread} day{'' if low == high == 1 else 's'} apart"
