"""From a tidy frame to two periods of one market: who was where, and whose change is more than rounding."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from tracker.analysis.change import Change, change
from tracker.analysis.readings import Reading, readings
from tracker.charts.asked import focus_of, refuse_empty
from tracker.charts.between.choose import Found, chosen, of_period
from tracker.charts.picture import Picture, Series, prepare
from tracker.errors import TrackerError
from tracker.frames import one_market

THICK = 5
"""Without a focus, so many changes have a colour, the greatest ones."""

OTHERS = "Choose others with --from and --to"
"""How other periods are chosen on the command line, where what is drawn follows from the dates that are left."""

MARK = "B"
"""Status of a reading with which a series breaks."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two periods of one market.

    Parameters
    ----------
    picture : Picture
        What is drawn; each series has one reading or two.
    start, end : Reading
        One reading of each of the two periods, to say them by.
    broken : frozenset of str
        Entities whose series breaks between the two.
    residual : frozenset of str
        Entities that stand for the rest.
    asked : bool
        Whether somebody named a focus.
    moved : int
        How many changes are more than rounding, without those of the rest.
    """

    picture: Picture
    start: Reading
    end: Reading
    broken: frozenset[str]
    residual: frozenset[str]
    asked: bool
    moved: int

    def before(self, series: Series) -> Reading | None:
        """Return the earlier reading of a series."""
        return of_period(series.readings, self.start.period)

    def after(self, series: Series) -> Reading | None:
        """Return the later reading of a series."""
        return of_period(series.readings, self.end.period)

    def change(self, series: Series) -> Change | None:
        """Return how far a series moved; None where a reading is absent, or the series breaks between."""
        first, last = self.before(series), self.after(series)
        return None if first is None or last is None or series.name in self.broken else change(first, last)

    def single(self) -> list[Series]:
        """Return the series with one reading only."""
        return [series for series in self.picture.series if len(series.readings) == 1]

    def without(self, names: Collection[str]) -> Pairs:
        """Return the same without some of the entities."""
        frame = self.picture.data
        kept = [series.name for series in self.picture.series if series.role != "context" and series.name not in names]
        data = frame[~frame["entity"].astype(str).isin(list(names))]
        return replace(self, picture=still(data, kept))


def pair(frame: pd.DataFrame, focus: Sequence[str] | str | None, start: str | None, end: str | None) -> Pairs:
    """Choose two periods of a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market, shares in percent.
    focus : str or sequence of str, optional
        Entities that are asked for, the main one first.
    start, end : str, optional
        Periods as they are written, see `tracker.charts.between.choose.chosen`.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        If there is nothing to draw, no such period, or not two of them.
    """
    names, found = asked_for(frame, focus)
    first, last = chosen(found, start, names, last=False), chosen(found, end, names, last=True)
    _refuse_order(first, last)
    ends = {name: [of_period(series, one.period) for one in (first, last)] for name, series in found.items()}
    held = {name: [one for one in two if one is not None] for name, two in ends.items()}
    refuse_absent(names, held, found, f"{first.period} nor {last.period}")
    broken = frozenset(name for name, series in found.items() if _breaks(series, first, last))
    rows = sorted(one.row for two in held.values() for one in two)
    data = frame.iloc[rows]
    residual = residuals(data)
    moves = _moves({name: two for name, two in held.items() if len(two) == 2 and name not in broken})
    told = [name for name in moves if name not in residual]
    greatest = sorted((name for name in held if held[name]), key=lambda name: (name in residual, -held[name][-1].level))
    picture = still(data, names or told[:THICK] or greatest[:1])
    return Pairs(picture, first, last, broken, residual, bool(names), len(told))


def asked_for(frame: pd.DataFrame, focus: Sequence[str] | str | None) -> tuple[list[str], Found]:
    """Return the names of the focus, and the readings of the frame.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        If there is nothing to draw.
    """
    refuse_empty(frame)
    one_market(frame)
    found = readings(frame)
    return focus_of(focus, found), found


def refuse_absent(names: Sequence[str], held: dict[str, list[Reading]], found: Found, there: str) -> None:
    """Refuse a focus without a share of the periods.

    Raises
    ------
    TrackerError
        Naming the periods that there are.
    """
    for name in names:
        if not held[name]:
            own = [reading.period for reading in found[name]]
            listed = ", ".join(own if len(own) <= 6 else [*own[:3], "…", *own[-3:]])
            neither, python = ("neither in", "start and end") if " nor " in there else ("not in", "period")
            raise TrackerError(
                f"{name} has a share {neither} {there}",
                f"It has shares of {listed}. {OTHERS} (in Python: {python}).",
            )


def still(data: pd.DataFrame, focus: Sequence[str]) -> Picture:
    """Return the picture of rows that show no course: how often they are published is not said."""
    picture = prepare(data.reset_index(drop=True), focus, "linear")
    return replace(picture, market={name: text for name, text in picture.market.items() if name != "frequency"})


def residuals(data: pd.DataFrame) -> frozenset[str]:
    """Name the entities that stand for the rest."""
    return frozenset(data.loc[data["kind"].astype(str) == "residual", "entity"].astype(str))


def _refuse_order(first: Reading, last: Reading) -> None:
    if first.period == last.period:
        raise TrackerError(
            f"there is one period to compare, not two: {first.period}",
            f"{OTHERS} (in Python: start and end), or draw the one as bars (--kind bars).",
        )
    if first.middle >= last.middle:
        raise TrackerError(
            f"{first.period} is not before {last.period}", f"{OTHERS}; in Python, give the earlier period as start."
        )


def _breaks(series: Sequence[Reading], first: Reading, last: Reading) -> bool:
    """Whether the method changed after the first and up to the last."""
    return any(one.status == MARK and first.middle < one.middle <= last.middle for one in series)


def _moves(pairs: dict[str, list[Reading]]) -> list[str]:
    """Name those whose change is more than rounding, the greatest first."""
    sure = [name for name, (a, b) in pairs.items() if change(a, b).direction in ("fell", "rose")]
    return sorted(sure, key=lambda name: (-abs(pairs[name][1].level - pairs[name][0].level), name))
