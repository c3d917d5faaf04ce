"""From a picture to layers: which shares lie upon which, between which two neighbouring periods.

Between two periods those parts are stacked that have a number in both, so that every corner of a layer is a
published share and none is drawn towards a zero that nobody published. All others are in the unnamed rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from tracker.analysis.gaps import CALENDAR, runs
from tracker.analysis.readings import Reading, readings
from tracker.analysis.rounding import DUST
from tracker.analysis.snapshot import WHOLE
from tracker.charts.asked import focus_of, refuse_empty
from tracker.charts.picture import Picture, prepare
from tracker.charts.stacked.refusals import highest_sum, printed_sum, refuse_bare, refuse_periods, refuse_whole
from tracker.errors import TrackerError
from tracker.frames import one_market

Period = tuple[Reading, ...]
"""The readings of one period."""


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring periods in which the same parts have numbers.

    Parameters
    ----------
    days : tuple of float
        Places of the periods, days since 1970-01-01; a lone period between gaps has one.
    names : tuple of str
        Who is stacked, from the bottom.
    shares : tuple of tuple of Reading
        For each of them, its readings in these periods.
    """

    days: tuple[float, ...]
    names: tuple[str, ...]
    shares: tuple[tuple[Reading, ...], ...]

    def edge(self, count: int) -> list[float]:
        """Return the upper edge of the lowest `count` parts: the sum of their shares in each period, percent."""
        return [printed_sum([own[i] for own in self.shares[:count]]) for i in range(len(self.days))]


@dataclass(frozen=True, slots=True)
class Layers:
    """What is stacked.

    Parameters
    ----------
    picture : Picture
        Of the rows that are drawn.
    order : tuple of str
        Parts from the bottom to the top.
    focus : tuple of str
        Who is asked for; they lie lowest.
    residual : frozenset of str
        Those that the source itself prints as the rest.
    periods : tuple of tuple of Reading
        All readings of the frame, period by period, those without a number as well.
    blocks : tuple of Block
        In the order of time; neighbours share a period unless a gap lies between them.
    gaps : int
        How many times nothing was published.
    full : tuple of bool
        For each period, whether all its shares have a number and miss 100 by rounding alone.
    """

    picture: Picture
    order: tuple[str, ...]
    focus: tuple[str, ...]
    residual: frozenset[str]
    periods: tuple[Period, ...]
    blocks: tuple[Block, ...]
    gaps: int
    full: tuple[bool, ...]

    @property
    def top(self) -> float:
        """The greatest sum, 100 at least: rounding may bring it above, percent."""
        return max([100.0, *(total for block in self.blocks for total in block.edge(len(block.names)))])

    @property
    def end(self) -> int:
        """Position of the last period that is drawn."""
        last = self.blocks[-1].shares[0][-1].period
        return next(i for i, those in enumerate(self.periods) if those[0].period == last)

    @property
    def bare(self) -> list[Reading]:
        """Readings that are not drawn: without a number, or with no neighbour in time."""
        drawn = {(one.entity, one.period) for b in self.blocks for own in b.shares for one in own}
        return [one for those in self.periods for one in those if (one.entity, one.period) not in drawn]

    @property
    def last(self) -> dict[str, Reading]:
        """The shares at the right edge of the plot."""
        block = self.blocks[-1]
        return {name: own[-1] for name, own in zip(block.names, block.shares, strict=True)}


def layers(frame: pd.DataFrame, focus: Sequence[str] | str | None = None) -> Layers:
    """Stack the shares of a market.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market; shares in percent.
    focus : str or sequence of str, optional
        Who lies lowest, from the bottom; None for the order of the last shares.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If one of the focus has no row.
    TrackerError
        If the shares are no parts of a whole, exceed it, or have fewer than two periods, or if one of the focus
        has no layer.

    Notes
    -----
    *Not valid* where a lab and its models stand in one frame: each share would count twice.
    """
    refuse_empty(frame)
    one_market(frame)
    refuse_whole(str(frame["whole"].iloc[0]))
    found = readings(frame)
    names = focus_of(focus, found)
    periods = _periods(found)
    refuse_periods(periods)
    kinds = dict(zip(frame["entity"].astype(str), frame["kind"].astype(str), strict=True))
    residual = frozenset(name for name, kind in kinds.items() if kind == "residual")
    groups = runs([those[0] for those in periods])
    order = _order(found, residual, names)
    blocks = _blocks(_grouped(periods, groups), order)
    picture = _picture(frame, blocks, order)
    placed = {series.name for series in picture.series}
    refuse_bare([name for name in names if name not in placed], found)
    made = tuple(_block(block, picture) for block in blocks)
    drawn = tuple(one.name for one in picture.series)
    return Layers(picture, drawn, tuple(names), residual, periods, made, len(groups) - 1, _full(periods))


def _periods(found: dict[str, tuple[Reading, ...]]) -> tuple[Period, ...]:
    those: dict[tuple[float, str], list[Reading]] = {}
    for series in found.values():
        for one in series:
            those.setdefault((one.middle, one.period), []).append(one)
    return tuple(tuple(those[place]) for place in sorted(those))


def _full(periods: Sequence[Period]) -> tuple[bool, ...]:
    most = float(WHOLE - DUST)
    return tuple(all(one.value is not None for one in those) and highest_sum(those) >= most for those in periods)


def _order(found: dict[str, tuple[Reading, ...]], residual: frozenset[str], focus: Sequence[str]) -> list[str]:
    """The greatest last share lowest; those that have ended above those that go on; the rest at the top."""
    last = max(one.middle for series in found.values() for one in series)

    def place(name: str) -> tuple[int, bool, bool, float, str]:
        end, wanted = found[name][-1], focus.index(name) if name in focus else len(focus)
        return wanted, name in residual, end.middle < last, -end.level, name

    return sorted(found, key=place)


def _grouped(periods: Sequence[Period], groups: Sequence[Sequence[Reading]]) -> list[list[Period]]:
    left = iter(periods)
    return [[next(left) for _ in group] for group in groups]


def _blocks(groups: Sequence[Sequence[Period]], order: Sequence[str]) -> list[list[dict[str, Reading]]]:
    """Cut every run of periods where somebody comes or goes; neighbouring pieces share a period."""
    blocks: list[list[dict[str, Reading]]] = []
    for group in groups:
        known = [{one.entity: one for one in those if one.value is not None} for those in group]
        if len(known) == 1:
            blocks.append([{name: known[0][name] for name in order if name in known[0]}])
        before: list[str] | None = None
        for first, second in pairwise(known):
            names = [name for name in order if name in first and name in second]
            if names != before:
                blocks.append([{name: first[name] for name in names}])
            blocks[-1].append({name: second[name] for name in names})
            before = names
    return [block for block in blocks if block[0]]


def _picture(frame: pd.DataFrame, blocks: list[list[dict[str, Reading]]], order: Sequence[str]) -> Picture:
    """Make a picture of the rows that are drawn: every part has its colour, the lowest one leads."""
    rows = sorted({one.row for block in blocks for those in block for one in those.values()})
    if len({one.period for block in blocks for those in block for one in those.values()}) < 2:
        raise TrackerError(
            "nobody has a number in two neighbouring periods: there is nothing to stack",
            "Draw one period with --kind bars, or all of them with --kind table.",
        )
    data = frame.iloc[rows].reset_index(drop=True)
    drawn = set(data["entity"].astype(str))
    picture = prepare(data, [name for name in order if name in drawn], "linear")
    kinds = {reading.precision for reading in picture.drawn()}
    return replace(picture, centred=len(kinds) > 1 or not kinds <= {*CALENDAR, "week", "day"})


def _block(block: list[dict[str, Reading]], picture: Picture) -> Block:
    """Make a block of readings that know their row in the picture."""
    fresh = {(one.entity, one.period): one for one in picture.drawn()}
    names = tuple(block[0])
    shares = tuple(tuple(fresh[name, those[name].period] for those in block) for name in names)
    return Block(tuple(picture.x(one) for one in shares[0]), names, shares)
