"""How much of a market changed hands between two periods."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.analysis.decimals import brief, exact, plain
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.rest import unshared
from tracker.analysis.sentence import Sentence
from tracker.analysis.snapshot import WHOLE, Snapshot
from tracker.analysis.words import between, counted, point_s


@dataclass(frozen=True, slots=True)
class Instability(Sentence):
    """Half the sum of all changes, in points: 0 where nothing moved, 100 where everything did.

    Parameters
    ----------
    first_period, last_period : str
        As they are written.
    points : float or None
        From the shares as published, those who are not named in both being one; None where some are bounds.
    points_low, points_high : float
        What rounding, bounds, and moves among those who are not named in both allow.
    named : int
        How many are named in both.
    unnamed : float
        Percent that is not theirs in the one or the other period, whichever is more.
    """

    first_period: str
    last_period: str
    points: float | None
    points_low: float
    points_high: float
    named: int
    unnamed: float

    def __str__(self) -> str:
        known = [number for number in (self.points, self.points_low, self.points_high) if number is not None]
        *own, low, high = brief(known)
        span = between(low, high)
        said = f"{plain(own[0])} {point_s(own[0])} ({span})" if own else f"{span} points"
        whom = f"{counted(self.named, 'entity', 'entities')} named in both"
        rest = f"; up to {plain(brief([self.unnamed])[0])}% is not theirs, and counted as one" if self.unnamed else ""
        return f"From {self.first_period} to {self.last_period} {said} changed hands ({whom}{rest})."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value; points."""
        return {
            "first_period": self.first_period,
            "last_period": self.last_period,
            "points": self.points,
            "points_low": self.points_low,
            "points_high": self.points_high,
            "named": self.named,
            "unnamed": self.unnamed,
        }


def instability(first: Snapshot, second: Snapshot) -> Instability | Refused:
    """Find how much changed hands between two periods of one market.

    Parameters
    ----------
    first, second : Snapshot
        Two periods of one market.

    Returns
    -------
    Instability or Refused
        Refused for overlapping shares and an index, where shares exceed the whole, where nobody is in both, and
        between a month and a quarter.

    Notes
    -----
    ``½ Σ |q - p|`` over everybody. Hymer, S. and Pashigian, P. (1962), Turnover of firms as a measure of market
    behavior, Review of Economics and Statistics 44, take the sum without the half; with it the number is that of
    Pedersen, M. N. (1979), The dynamics of European party systems, EJPR 7. Absent is not zero: who is not named in
    both periods is one with the rest, whose own moves are known only up to all of it. The range takes every share at
    the ends of its interval.

    *Not valid* for adoption rates and other overlapping shares, for an index, where a lab and its models stand in
    one list, nor between periods of different length: moves to and fro cancel out within a period.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2025, 2, 15), date(2025, 2, 15), "day", date(2025, 2, 15), date(2025, 2, 15)
    >>> def period(label, **shares):
    ...     named = (Reading(name, *day, f"{v}", v, v - 0.5, v + 0.5) for name, v in shares.items())
    ...     return Snapshot(label, tuple(named), "closed")
    >>> print(instability(period("2024", A=60, B=40), period("2025", A=50, B=50)))
    From 2024 to 2025 10 points (9 to 11) changed hands (2 entities named in both).
    """
    for one in (first, second):
        refusal = unshared(one)
        if refusal is not None:
            return refusal
    kinds = [side.named[0].precision for side in (first, second)]
    if kinds[0] != kinds[1]:
        have = f"{first.period} ({kinds[0]}) and {second.period} ({kinds[1]})"
        return Refused("the periods are of different kinds", "two periods of one kind", have)
    before, after = ({one.entity: one for one in side.named} for side in (first, second))
    both = [(before[name], after[name]) for name in before if name in after]
    if not both:
        return Refused("nobody is named in both periods", "the same names twice", f"none in {second.period}")
    return _of(first, second, both)


def _of(first: Snapshot, second: Snapshot, both: list[tuple[Reading, Reading]]) -> Instability:
    old, new = (_left(side, [pair[place] for pair in both]) for place, side in enumerate((first, second)))
    values = [(one.value, other.value) for one, other in both]
    numbers = [(exact(p), exact(q)) for p, q in values if p is not None and q is not None]
    moved = sum((abs(q - p) for p, q in numbers), Decimal(0)) + abs(new.published - old.published)
    least = sum((_least(one, other) for one, other in both), Decimal(0))
    most = sum((_most(one, other) for one, other in both), Decimal(0))
    rest_least = max(Decimal(0), new.low - old.high, old.low - new.high)
    return Instability(
        first.period,
        second.period,
        float(moved / 2) if len(numbers) == len(both) else None,
        float((least + rest_least) / 2),
        float(min(WHOLE, (most + old.high + new.high) / 2)),
        len(both),
        float(max(old.published, new.published)),
    )


@dataclass(frozen=True, slots=True)
class _Left:
    """What those hold who are not named in both periods, in percent."""

    published: Decimal
    low: Decimal
    high: Decimal


def _left(side: Snapshot, named: list[Reading]) -> _Left:
    low = sum((exact(one.lowest) for one in named), Decimal(0))
    high = sum((exact(one.highest) for one in named), Decimal(0))
    if side.complete and len(named) == len(side.named):
        return _Left(Decimal(0), Decimal(0), Decimal(0))
    own = sum((exact(one.level) for one in named), Decimal(0))
    zero = Decimal(0)
    return _Left(max(WHOLE - own, zero), max(WHOLE - high, zero), max(WHOLE - low, zero))


def _least(one: Reading, other: Reading) -> Decimal:
    return max(Decimal(0), exact(other.lowest) - exact(one.highest), exact(one.lowest) - exact(other.highest))


def _most(one: Reading, other: Reading) -> Decimal:
    return max(exact(other.highest) - exact(one.lowest), exact(one.highest) - exact(other.lowest))
