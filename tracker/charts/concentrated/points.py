"""From a frame to the concentration of each period, with all that rounding and the unnamed rest allow."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from tracker.analysis.concentration import MOST, Concentration, concentration
from tracker.analysis.gaps import CALENDAR, runs
from tracker.analysis.readings import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.snapshot import Snapshot, snapshots
from tracker.charts.asked import refuse_empty
from tracker.charts.picture import BREAK, Picture, prepare
from tracker.charts.stacked.refusals import refuse_excess
from tracker.charts.words.finding import FORECAST
from tracker.errors import TrackerError
from tracker.frames import one_market

MEASURES = ("hhi", "effective")

FEW = 3
"""Up to so many periods are shown as points, not as a line."""


VAGUE = 1.5
"""A period is shown as an interval alone where its greatest value is more than this many times its least one."""


@dataclass(frozen=True, slots=True)
class Point:
    """The concentration of one period, in the measure that is drawn.

    Parameters
    ----------
    reading : Reading
        One of the period, for its days.
    x : float
        Days since 1970-01-01.
    value : float
        Of the named alone, shares as published.
    low, high : float
        Ends of what rounding and the unnamed rest allow.
    inner : float
        What the rest brings it to if none of it is bigger than the smallest named; `value` without a rest.
    rest : float
        Percent that is left for the unnamed.
    named : int
        How many are named.
    forecast : bool
        Whether anybody named has a forecast.
    broken : bool
        Whether the series of anybody named breaks here.
    """

    reading: Reading
    x: float
    value: float
    low: float
    high: float
    inner: float
    rest: float
    named: int
    forecast: bool
    broken: bool

    @property
    def vague(self) -> bool:
        """Whether so much is left open that no line should go through it."""
        return self.high > VAGUE * self.low


@dataclass(frozen=True, slots=True)
class Points:
    """What is drawn.

    Parameters
    ----------
    picture : Picture
        Of the rows that the points are made of.
    measure : str
        ``hhi`` or ``effective``.
    runs : tuple of tuple of Point
        Points between gaps, and between vague ones, each of which is a run by itself.
    refused : tuple of (str, str)
        Periods that have no concentration, and why.
    """

    picture: Picture
    measure: str
    runs: tuple[tuple[Point, ...], ...]
    refused: tuple[tuple[str, str], ...]

    @property
    def all(self) -> list[Point]:
        """Every point in the order of time."""
        return [point for run in self.runs for point in run]

    @property
    def settled(self) -> list[Point]:
        """Every point without a forecast; all of them where there is nothing else."""
        return [point for point in self.all if not point.forecast] or self.all

    @property
    def sure(self) -> list[Point]:
        """Every point that is not vague."""
        return [point for point in self.all if not point.vague]

    @property
    def top(self) -> float:
        """The greatest value that the axis must show.

        A vague point would flatten all others: it counts only as far as it could go without being vague, so that
        some of it is always seen. Where all are vague an effective number stops at the index's greatest.
        """
        least = 0.0 if self.sure else MOST
        return max(min(point.high, max(least, VAGUE * point.low)) for point in self.all)

    @property
    def few(self) -> bool:
        """Whether there are too few points for a line."""
        return len(self.sure) <= FEW

    @property
    def open(self) -> bool:
        """Whether anywhere a rest is left for the unnamed."""
        return any(point.rest > 0 for point in self.all)


def points(frame: pd.DataFrame, measure: str = "hhi") -> Points:
    """Find the concentration of every period of a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market; shares in percent.
    measure : {'hhi', 'effective'}
        Herfindahl-Hirschman index, or effective number.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    TrackerError
        If there is no such measure, if shares exceed the whole, or if no period has a concentration.
    """
    if measure not in MEASURES:
        raise TrackerError(f"there is no measure {measure!r}", f"Choose {' or '.join(MEASURES)}.")
    refuse_empty(frame)
    one_market(frame)
    those = snapshots(frame)
    if those[0].whole in ("open", "closed"):
        refuse_excess([(one.period, float(one.low)) for one in those])
    each = [(snapshot, _answer(snapshot)) for snapshot in those]
    found = [(snapshot, answer) for snapshot, answer in each if isinstance(answer, Concentration)]
    refused = [(snapshot.period, answer) for snapshot, answer in each if isinstance(answer, Refused)]
    if not found:
        raise _refusal(refused)
    return _points(frame, measure, found, tuple((period, no.reason) for period, no in refused))


def _answer(snapshot: Snapshot) -> Concentration | Refused:
    found = concentration(snapshot)
    if isinstance(found, Concentration) and found.rounding_low <= 0:
        return Refused("nobody named has a share above zero for sure", "a share above zero", "none")
    return found


def _refusal(refused: list[tuple[str, Refused]]) -> TrackerError:
    no = refused[0][1]
    return TrackerError(
        f"{no.reason} ({no.have}); a concentration takes {no.needed}",
        "Draw the shares themselves: --kind line, --kind panels.",
    )


def _points(
    frame: pd.DataFrame,
    measure: str,
    found: list[tuple[Snapshot, Concentration]],
    refused: tuple[tuple[str, str], ...],
) -> Points:
    periods = {snapshot.period for snapshot, _ in found}
    data = frame[frame["period"].isin(periods)].reset_index(drop=True)
    leader = max(found[-1][0].named, key=lambda one: one.level).entity
    picture = prepare(data, leader, "linear")
    kinds = {one.precision for one in picture.drawn()}
    picture = replace(picture, centred=len(kinds) > 1 or not kinds <= {*CALENDAR, "week", "day"})
    made = {snapshot.named[0].period: _point(picture, measure, snapshot, one) for snapshot, one in found}
    whole = runs([snapshot.named[0] for snapshot in snapshots(frame) if snapshot.named])
    pieces = [piece for run in whole for piece in _pieces([one.period for one in run], made)]
    return Points(picture, measure, tuple(tuple(piece) for piece in pieces), refused)


def _pieces(periods: list[str], made: dict[str, Point]) -> list[list[Point]]:
    """Cut a run of periods where one has no concentration, or a vague one, and before a break."""
    pieces: list[list[Point]] = [[]]
    for period in periods:
        if period not in made:
            pieces.append([])
        elif made[period].vague:
            pieces += [[made[period]], []]
        elif made[period].broken:
            pieces.append([made[period]])
        else:
            pieces[-1].append(made[period])
    return [piece for piece in pieces if piece]


def _point(picture: Picture, measure: str, snapshot: Snapshot, found: Concentration) -> Point:
    reading, marks = snapshot.named[0], {one.status for one in snapshot.named}
    numbers = found.hhi_low, found.rounding_low, found.rounding_high, found.hhi_high
    if measure == "effective":
        value, high, low, inner = (MOST / max(number, found.rounding_low) for number in numbers)
    else:
        value, low, high, inner = numbers
    return Point(
        reading, picture.x(reading), value, low, high, inner, found.rest, found.named, FORECAST in marks, BREAK in marks
    )
