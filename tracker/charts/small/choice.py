"""Which panels there are: an entity each of one market, or a market each for one entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from tracker.analysis.readings import Reading, readings
from tracker.charts.asked import focus_of, refuse_empty
from tracker.charts.picture import BREAK, Picture, Series, prepare
from tracker.charts.words.finding import FORECAST
from tracker.charts.words.prose import joined
from tracker.errors import TrackerError
from tracker.frames import one_market

MOST = 12
"""More panels than this are too many."""

OFF_SCALE = 2.0
"""A grey entity that reaches higher than so many times the greatest panel would flatten them all: it is not drawn."""

LIKE = 5.0
"""Who reaches up to so many times the one that is named has a panel beside it."""

YEAR = 365.25
"""Days: markets whose last figures are so near to the newest of all are equally new."""

WAYS = ("auto", "entity", "market")


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its picture, whose first series has the colour."""

    picture: Picture

    @property
    def series(self) -> Series:
        """The series that the panel is about."""
        return self.picture.series[0]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Its readings, in the order of time."""
        return self.series.readings

    @property
    def settled(self) -> tuple[Reading, ...]:
        """Its readings without forecasts; all of them where there is nothing else."""
        return tuple(reading for reading in self.readings if reading.status != FORECAST) or self.readings

    @property
    def forecast(self) -> Reading | None:
        """The last reading, where it is a forecast that goes on from settled ones."""
        return self.readings[-1] if self.readings[-1] is not self.settled[-1] else None

    @property
    def broken(self) -> bool:
        """Whether the series breaks between its first and its last settled reading."""
        return any(reading.status == BREAK for reading in self.settled[1:])

    @property
    def unit(self) -> str:
        """``%``, or nothing for an index."""
        return self.picture.unit

    @property
    def heading(self) -> str:
        """The whole in short: who counts, and what."""
        market = self.picture.market
        return ": ".join(market[name] for name in ("source", "counted") if name in market) or market["market"]

    @property
    def details(self) -> str:
        """The rest of the whole: among whom, where, how often."""
        market = self.picture.market
        parts = [market.get(name, "") for name in ("population", "region", "platform", "frequency")]
        known = [part for part in dict.fromkeys(parts) if part and part != "irregular"]
        return ", ".join([*known, *([] if self.unit else ["interest index, peak = 100"])])


@dataclass(frozen=True, slots=True)
class Choice:
    """The panels, and what has none.

    Parameters
    ----------
    by : str
        ``entity`` or ``market``.
    panels : tuple of Panel
        In the order they are read.
    whole : Picture or None
        By entity, the one picture of all panels: its scale and dates are theirs.
    left_out : tuple of str
        Entities or markets that were to have a panel.
    off_scale : tuple of str
        Entities that are not drawn, for they would flatten the others.
    absent : tuple of str
        Markets that say nothing of the entity.
    data : pandas.DataFrame
        Exactly the rows that are drawn.
    markets : tuple of Panel
        By market, all that were asked for and have a figure, with a panel or without.
    """

    by: str
    panels: tuple[Panel, ...]
    whole: Picture | None
    left_out: tuple[str, ...]
    off_scale: tuple[str, ...]
    absent: tuple[str, ...]
    data: pd.DataFrame
    markets: tuple[Panel, ...] = ()

    @property
    def scales(self) -> list[str]:
        """The scales that are not linear."""
        return sorted({panel.picture.scale for panel in self.panels} - {"linear"})

    @property
    def names(self) -> list[str]:
        """The entities that have a colour."""
        return list(dict.fromkeys(panel.series.name for panel in self.panels))


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, before it is known how many panels there is room for.

    Parameters
    ----------
    keys : tuple of str
        Entities or market slugs, those first that are to have a panel first.
    asked : bool
        Whether the caller named them: others may be fewer, and larger.
    names : dict of str to str
        By market: market slug to the entity that it is asked about.
    markets : tuple of Panel
        By market: each of the keys on a linear scale, for what is said of all of them.
    """

    frame: pd.DataFrame
    by: str
    keys: tuple[str, ...]
    asked: bool
    scale: str
    names: dict[str, str]
    absent: tuple[str, ...] = ()
    markets: tuple[Panel, ...] = ()

    @property
    def most(self) -> int:
        """How many panels there can be at all."""
        return min(len(self.keys), MOST)

    def take(self, count: int) -> Choice:
        """Make the first so many panels."""
        return self._entities(count) if self.by == "entity" else self._markets(count)

    def _entities(self, count: int) -> Choice:
        names, rest = self.keys[:count], self.keys[count:]
        found = readings(self.frame)
        highest = max(reading.highest for name in names for reading in found[name])
        off = [name for name in found if name not in names and self.scale == "linear" and highest > 0]
        off = [name for name in off if max(reading.level for reading in found[name]) > OFF_SCALE * highest]
        drawn = self.frame[~self.frame["entity"].astype(str).isin(off)].reset_index(drop=True)
        whole = prepare(drawn, names, self.scale)
        panels = tuple(Panel(replace(whole, series=_first(whole.series, name))) for name in names)
        return Choice("entity", panels, whole, rest, tuple(off), (), whole.data)

    def _markets(self, count: int) -> Choice:
        panels = self.markets[:count]
        if self.scale != "linear":
            panels = tuple(_market_panel(panel.picture.data, panel.series.name, self.scale) for panel in panels)
        slugs, names = self.frame["market"].astype(str), self.frame["entity"].astype(str)
        kept = slugs.isin(self.keys[:count]) & (names == slugs.map(self.names))
        data = self.frame[kept].reset_index(drop=True)
        return Choice("market", panels, None, self.keys[count:], (), self.absent, data, self.markets)


def wish(frame: pd.DataFrame, focus: Sequence[str] | str | None, by: str, scale: str) -> Wish:
    """Say which panels are asked for.

    Raises
    ------
    MixedMarkets
        If panels by entity are asked of several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        If there is nothing to draw, or several entities in one of several markets.
    """
    refuse_empty(frame)
    if by not in WAYS:
        raise TrackerError(f"there are no panels by {by!r}", f"Choose one of {', '.join(WAYS)}.")
    known = list(dict.fromkeys(frame["entity"].astype(str)))
    names = focus_of(focus, known)
    frame = frame.reset_index(drop=True)
    if by == "market" or (by == "auto" and frame["market"].nunique() > 1):
        return _by_market(frame, names or known, scale)
    one_market(frame)
    return Wish(frame, "entity", tuple(_in_order(frame, names)), len(names) > 1, scale, {})


def _in_order(frame: pd.DataFrame, names: list[str]) -> list[str]:
    """Who is to have a panel: the named ones; one alone is followed by those of its own size, else it were a line."""
    if len(names) > 1:
        return names
    highest = {name: max(reading.level for reading in found) for name, found in readings(frame).items()}
    most = LIKE * highest[names[0]] if names else float("inf")
    return [*names, *(name for name in _greatest(frame) if name not in names and highest[name] <= most)]


def _greatest(frame: pd.DataFrame) -> list[str]:
    """Order entities by their highest share; what is no entity of its own stays grey."""
    rest = set(frame.loc[frame["kind"].astype(str) == "residual", "entity"].astype(str))
    highest = {name: max(reading.level for reading in found) for name, found in readings(frame).items()}
    names = [name for name in highest if name not in rest]
    return sorted(names if len(names) > 1 else highest, key=lambda name: (name in rest, -highest[name], name))


def _by_market(frame: pd.DataFrame, names: list[str], scale: str) -> Wish:
    slugs = list(dict.fromkeys(frame["market"].astype(str)))
    pairs = frame[["market", "entity"]].astype(str).drop_duplicates()
    held = {slug: [name for name in names if name in set(pairs.entity[pairs.market == slug])] for slug in slugs}
    double = [slug for slug in slugs if len(held[slug]) > 1]
    if double:
        several = joined(held[double[0]][:4]) if len(held[double[0]]) < 5 else f"{len(held[double[0]])} entities"
        raise TrackerError(
            f"several entities in {len(slugs)} markets: {several} in {double[0]}",
            "Choose one entity (focus), or one market: a panel has one whole and one entity in colour.",
        )
    kept = tuple(slug for slug in slugs if held[slug])
    absent = tuple(slug for slug in slugs if not held[slug])
    owned = {slug: held[slug][0] for slug in kept}
    market, entity = frame["market"].astype(str), frame["entity"].astype(str)
    found = {
        slug: _market_panel(frame[(market == slug) & (entity == name)].reset_index(drop=True), name, "linear")
        for slug, name in owned.items()
    }
    keys = tuple(_useful(found))
    return Wish(frame, "market", keys, True, scale, owned, absent, tuple(found[slug] for slug in keys))


def _market_panel(rows: pd.DataFrame, name: str, scale: str) -> Panel:
    picture = prepare(rows, name, scale)
    return Panel(replace(picture, series=_first(picture.series, name)))


def _useful(found: dict[str, Panel]) -> list[str]:
    """Order markets: an index last; before that the newest, year by year, and of these who has most figures."""
    newest = max(panel.settled[-1].latest for panel in found.values())

    def place(slug: str) -> tuple[bool, int, int, int, str]:
        days = (newest - found[slug].settled[-1].latest).days
        return not found[slug].unit, int(days // YEAR), -len(found[slug].settled), days, slug

    return sorted(found, key=place)


def _first(series: tuple[Series, ...], name: str) -> tuple[Series, ...]:
    """Put one series first, in its colour; the others are grey."""
    own = next(one for one in series if one.name == name)
    others = (replace(one, role="context") for one in series if one is not own)
    return (replace(own, role="named"), *others)
