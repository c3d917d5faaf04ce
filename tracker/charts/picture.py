"""From a tidy frame to what is drawn: series in their roles, runs without gaps, and the scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from tracker.analysis.gaps import CALENDAR, runs
from tracker.analysis.readings import Reading, readings
from tracker.charts.axis.plane import day_number
from tracker.errors import TrackerError, UnknownName
from tracker.frames import check, one_market

FEW = 3
"""Up to so many readings are shown as readings, not as a line."""

LOG_FROM = 200.0
"""With scale "auto", the axis is logarithmic from this ratio of the greatest value to the least of the focus."""

SCALES = ("auto", "linear", "log")


@dataclass(frozen=True, slots=True)
class Series:
    """One entity of the picture.

    Parameters
    ----------
    role : str
        ``main``, ``named`` or ``context``.
    runs : tuple of tuple of Reading
        Readings with a number, between gaps; on a log axis without zeros.
    ends : tuple of Reading
        Where a run meets a gap: the last reading before it and the first one after it.
    zeros : tuple of Reading
        Readings of zero that a log axis has no place for.
    """

    name: str
    hue: str
    role: str
    readings: tuple[Reading, ...]
    runs: tuple[tuple[Reading, ...], ...]
    ends: tuple[Reading, ...] = ()
    zeros: tuple[Reading, ...] = ()

    @property
    def last(self) -> Reading:
        """The last reading."""
        return self.readings[-1]

    @property
    def few(self) -> bool:
        """Whether there are too few readings for a line."""
        return len(self.readings) <= FEW


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: of one market, the series in their roles.

    Parameters
    ----------
    market : dict of str to str
        What the frame says of the market; only what is known.
    series : tuple of Series
        The main one first, then the other named ones, then the context by its last share.
    data : pandas.DataFrame
        Exactly the rows that are drawn.
    log : bool
        Whether the value axis is logarithmic.
    centred : bool
        Whether a reading stands in the middle of its days, or at their start.
    """

    market: dict[str, str]
    series: tuple[Series, ...]
    data: pd.DataFrame
    log: bool
    centred: bool

    @property
    def main(self) -> Series:
        """The series that the picture is about."""
        return self.series[0]

    @property
    def unit(self) -> str:
        """``%``, or nothing for an index."""
        return "" if self.market.get("whole") == "index" else "%"

    def x(self, reading: Reading) -> float:
        """Return where a reading stands on the date axis, days since 1970-01-01."""
        first = day_number(reading.earliest)
        return (first + day_number(reading.latest)) / 2 if self.centred else first

    def drawn(self) -> list[Reading]:
        """Return every reading of every series."""
        return [reading for series in self.series for reading in series.readings]


def prepare(frame: pd.DataFrame, focus: Sequence[str] | str, scale: str = "auto") -> Picture:
    """Make a picture of a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market, shares in percent.
    focus : str or sequence of str
        Entities that are asked for, the main one first; the rest of the frame is grey.
    scale : {'auto', 'linear', 'log'}
        How percentages are laid out.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        If there is nothing to draw.
    """
    if check(frame).empty:
        raise TrackerError(
            "there is nothing to draw: no observation is left", "Widen the dates or name other entities."
        )
    one_market(frame)
    if scale not in SCALES:
        raise TrackerError(f"there is no scale {scale!r}", f"Choose one of {', '.join(SCALES)}.")
    found = readings(frame)
    names = _focus(focus, found)
    log = _is_log(found, names[0], scale)
    context = sorted((name for name in found if name not in names), key=lambda name: (-found[name][-1].level, name))
    hues = dict(zip(frame["entity"].astype(str), frame["hue"].astype(str), strict=True))
    series = tuple(_series(name, hues[name], _role(name, names), found[name], log) for name in (*names, *context))
    return Picture(_market(frame), series, frame.reset_index(drop=True), log, _centred(series))


def _focus(focus: Sequence[str] | str, found: dict[str, tuple[Reading, ...]]) -> list[str]:
    names = list(dict.fromkeys([focus] if isinstance(focus, str) else focus))
    missing = [name for name in names if name not in found]
    if missing:
        raise UnknownName(
            f"there is no observation of {', '.join(missing)} here", f"There are: {', '.join(sorted(found)[:12])}."
        )
    if not names:
        raise TrackerError("the picture has no focus", "Name the entity that it is about.")
    return names


def _role(name: str, names: list[str]) -> str:
    return "main" if name == names[0] else "named" if name in names else "context"


def _is_log(found: dict[str, tuple[Reading, ...]], main: str, scale: str) -> bool:
    """Decide on the scale; without a value above zero there is nothing to take a logarithm of."""
    greatest = max(reading.level for series in found.values() for reading in series)
    least = min((reading.level for reading in found[main] if reading.level > 0), default=0.0)
    if scale == "log":
        if greatest <= 0:
            raise TrackerError("a log scale needs a share above zero", "Draw it with --scale linear.")
        return True
    return scale == "auto" and least > 0 and greatest >= LOG_FROM * least


def _series(name: str, hue: str, role: str, found: tuple[Reading, ...], log: bool) -> Series:
    zeros = tuple(reading for reading in found if log and reading.value == 0)
    whole = runs(found)
    pieces = tuple(piece for run in whole for piece in _pieces(run, log))
    ends = {end.row for before, after in pairwise(whole) for end in (before[-1], after[0])}
    hollow = tuple(end for piece in pieces if len(piece) > 1 for end in (piece[0], piece[-1]) if end.row in ends)
    return Series(name, hue, role, found, pieces, hollow, zeros)


def _pieces(run: tuple[Reading, ...], log: bool) -> list[tuple[Reading, ...]]:
    """Cut a run at readings that are no point of a line: bounds, intervals, and zero on a log axis."""
    pieces: list[list[Reading]] = [[]]
    for reading in run:
        if reading.value is None or (log and reading.value <= 0):
            pieces.append([])
        else:
            pieces[-1].append(reading)
    return [tuple(piece) for piece in pieces if piece]


def _centred(series: tuple[Series, ...]) -> bool:
    """Whether readings stand in the middle of their days.

    Months of a long series stand at their tick, as it is done everywhere. Where precisions are mixed, or
    boxes show the days, only the middle is fair.
    """
    kinds = {reading.precision for one in series for reading in one.readings}
    return series[0].few or len(kinds) > 1 or not kinds <= {*CALENDAR, "week", "day"}


def _market(frame: pd.DataFrame) -> dict[str, str]:
    names = ("source", "market", "counted", "population", "region", "platform", "frequency", "whole", "market_note")
    first = frame.iloc[0]
    return {name: str(first[name]) for name in names if _known(first[name])}


def _known(cell: Any) -> bool:
    return not pd.isna(cell) and str(cell).strip() != ""
