"""From a tidy frame to what is drawn: series in their roles, runs without gaps, and the scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracker.analysis.gaps import CALENDAR, runs
from tracker.analysis.readings import Reading, readings
from tracker.charts.asked import focus_of, refuse_empty
from tracker.charts.axis.choose import choose_scale
from tracker.charts.axis.plane import EPOCH, day_number
from tracker.charts.axis.scales import SCALES, has_place
from tracker.errors import TrackerError
from tracker.frames import one_market

FEW = 3
"""Up to so many readings are shown as readings, not as a line."""

CROWD = 12
"""More series than this are a crowd."""

UNSETTLED = ("F", "P", "E")
"""Statuses of figures that are not final: forecast, provisional, estimated."""

BREAK = "B"
"""Status of the first figure after a break in the series."""


@dataclass(frozen=True, slots=True)
class Series:
    """One entity of the picture.

    Parameters
    ----------
    role : str
        ``main``, ``named`` or ``context``.
    runs : tuple of tuple of Reading
        Readings with a number and a place on the scale, between gaps and breaks.
    ends : tuple of Reading
        Where a run meets a gap: the last reading before it and the first one after it.
    zeros, wholes : tuple of Reading
        Readings of 0 and of 100 that the scale has no place for.
    corrected : tuple of Reading
        Those that are not drawn as they were printed.
    """

    name: str
    hue: str
    role: str
    readings: tuple[Reading, ...]
    runs: tuple[tuple[Reading, ...], ...]
    ends: tuple[Reading, ...] = ()
    zeros: tuple[Reading, ...] = ()
    wholes: tuple[Reading, ...] = ()
    corrected: tuple[Reading, ...] = ()

    @property
    def last(self) -> Reading:
        """The last reading."""
        return self.readings[-1]

    @property
    def few(self) -> bool:
        """Whether there are too few readings for a line."""
        return len(self.readings) <= FEW

    @property
    def bare(self) -> bool:
        """Whether some readings have no number: bounds and ranges."""
        return any(reading.value is None for reading in self.readings)

    @property
    def placed(self) -> list[Reading]:
        """Readings with a number and a place on the scale."""
        return [reading for run in self.runs for reading in run]

    @property
    def linked(self) -> list[list[Reading]]:
        """Readings with a place, between breaks: what a dotted link may join."""
        parts: list[list[Reading]] = [[]]
        for reading in self.placed:
            if reading.status == BREAK:
                parts.append([])
            parts[-1].append(reading)
        return [part for part in parts if part]


@dataclass(frozen=True)
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
    scale : {'linear', 'log', 'logit'}
        Of the value axis.
    centred : bool
        Whether a reading stands in the middle of its days, or at their start.
    absent : tuple of str
        Entities of the frame that are not drawn: the scale has no place for any of their readings, all zero.
    """

    market: dict[str, str]
    series: tuple[Series, ...]
    data: pd.DataFrame
    scale: str
    centred: bool
    absent: tuple[str, ...] = ()

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

    def xs(self, run: Sequence[Reading]) -> NDArray[np.float64]:
        """Return where readings stand on the date axis, see `x`."""
        first = np.array([reading.earliest.toordinal() for reading in run], dtype=float)
        if self.centred:
            first = (first + np.array([reading.latest.toordinal() for reading in run], dtype=float)) / 2
        return first - EPOCH

    def drawn(self) -> list[Reading]:
        """Return every reading of every series."""
        return [reading for series in self.series for reading in series.readings]

    @cached_property
    def days(self) -> tuple[date, date]:
        """First and last day that has a mark: a dot, or the box of one of few readings."""
        first = min(reading.earliest for reading in self.drawn())
        boxed = {one.name for one in self.series if one.few and one.role != "context"}
        return first, max(
            reading.latest if self.centred or reading.entity in boxed else reading.earliest for reading in self.drawn()
        )

    @property
    def crowded(self) -> bool:
        """Whether there are so many series that those in grey are drawn finer."""
        return len(self.series) > CROWD

    @cached_property
    def years(self) -> bool:
        """Whether the readings are of more than one year, so that a day without its year says too little."""
        return len({day.year for reading in self.drawn() for day in (reading.start, reading.end)}) > 1

    @cached_property
    def at_one_place(self) -> bool:
        """Whether all readings stand at one place of the date axis."""
        return len({self.x(reading) for reading in self.drawn()}) == 1

    @cached_property
    def levels(self) -> tuple[float, float]:
        """Smallest and greatest percentage with a mark: values, bounds, and rounding where it is drawn."""
        marks = [reading.level for reading in self.drawn()]
        for series in self.series:
            if series.role != "context":
                marks += [reading.highest for reading in series.readings if reading.value is not None]
            marks += [one.highest for one in series.readings if one.value is None and one.qualifier is None]
        if self.scale != "linear":
            marks = [mark for mark in marks if has_place(mark, self.scale)]
        return min(marks), max(marks)


def prepare(frame: pd.DataFrame, focus: Sequence[str] | str, scale: str = "auto") -> Picture:
    """Make a picture of a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market, shares in percent.
    focus : str or sequence of str
        Entities that are asked for, the main one first; the rest of the frame is grey.
    scale : {'auto', 'linear', 'log', 'logit'}
        How percentages are laid out.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        If there is nothing to draw, or the scale has no place for any of it.
    """
    refuse_empty(frame)
    one_market(frame)
    if scale not in SCALES:
        raise TrackerError(f"there is no scale {scale!r}", f"Choose one of {', '.join(SCALES)}.")
    found = readings(frame)
    names = _focus(focus, found)
    market = _market(frame)
    scale = choose_scale(found, names[0], scale, market.get("whole", ""))
    context = sorted((name for name in found if name not in names), key=lambda name: (-found[name][-1].level, name))
    absent = tuple(name for name in context if scale != "linear" and all(one.value == 0 for one in found[name]))
    if absent:
        frame = frame[~frame["entity"].astype(str).isin(absent)]
        found = readings(frame)
        context = [name for name in context if name not in absent]
    entities = dict(zip(frame["entity"].to_numpy(), frame["hue"].to_numpy(), strict=True))
    changed = _changed(frame)
    series = tuple(
        _series(name, str(entities[name]), _role(name, names), found[name], scale, changed)
        for name in (*names, *context)
    )
    return Picture(market, series, frame.reset_index(drop=True), scale, _centred(series), absent)


def _changed(frame: pd.DataFrame) -> frozenset[int]:
    """Return the places of the rows that are corrected."""
    column = frame["corrected_from"].isna().to_numpy()
    return frozenset() if column.all() else frozenset((~column).nonzero()[0].tolist())


def _focus(focus: Sequence[str] | str, found: dict[str, tuple[Reading, ...]]) -> list[str]:
    names = focus_of(focus, found)
    if not names:
        raise TrackerError("the picture has no focus", "Name the entity that it is about.")
    return names


def _role(name: str, names: list[str]) -> str:
    return "main" if name == names[0] else "named" if name in names else "context"


def _series(name: str, hue: str, role: str, found: tuple[Reading, ...], scale: str, changed: frozenset[int]) -> Series:
    beyond = [reading for reading in found if reading.value is not None and not has_place(reading.value, scale)]
    whole = runs(found)
    pieces = tuple(piece for run in whole for piece in _pieces(run, scale))
    ends = {end.row for before, after in pairwise(whole) for end in (before[-1], after[0])}
    hollow = tuple(end for piece in pieces if len(piece) > 1 for end in (piece[0], piece[-1]) if end.row in ends)
    return Series(
        *(name, hue, role, found, pieces, hollow),
        zeros=tuple(reading for reading in beyond if reading.value == 0),
        wholes=tuple(reading for reading in beyond if reading.value != 0),
        corrected=tuple(reading for reading in found if reading.row in changed) if changed else (),
    )


def _pieces(run: tuple[Reading, ...], scale: str) -> list[tuple[Reading, ...]]:
    """Cut a run before a break, and at readings that are no point of a line: bounds, and what has no place."""
    pieces: list[list[Reading]] = [[]]
    for reading in run:
        if reading.value is None or (scale != "linear" and not has_place(reading.value, scale)):
            pieces.append([])
            continue
        if reading.status == BREAK:
            pieces.append([])
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
