"""Who has which place in which period, and what the picture is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tracker.analysis.rank import Rank, ranks
from tracker.analysis.readings import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.snapshot import Snapshot
from tracker.charts.grid.columns import Key, key
from tracker.charts.grid.grid import Grid, grid_of
from tracker.errors import TrackerError

Disc = tuple[str, Key]
"""An entity in a period."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Places of everybody who is named, of one market.

    Parameters
    ----------
    grid : Grid
        All who are named, without the rest and groups.
    columns : tuple of Reading
        One reading for each period in which at least two are named.
    ranks : dict of Disc to Rank
        All places.
    focus : tuple of str
        What the picture is about, the main one first; none where nobody was asked for.
    alone : int
        Periods in which fewer than two are named.
    unranked : tuple of str
        The rest, and groups.
    """

    grid: Grid
    columns: tuple[Reading, ...]
    ranks: dict[Disc, Rank]
    focus: tuple[str, ...]
    alone: int
    unranked: tuple[str, ...]

    def places(self, name: str) -> list[Rank]:
        """Return the places of an entity, in the order of time."""
        found = (self.ranks.get((name, key(column))) for column in self.columns)
        return [one for one in found if one is not None]

    def order(self) -> list[str]:
        """Return the focus, then those with a place in the last period, the best first."""
        last = key(self.columns[-1])
        placed = sorted((one.order, name) for (name, period), one in self.ranks.items() if period == last)
        return list(dict.fromkeys([*self.focus, *(name for _, name in placed)]))


def ranking(frame: pd.DataFrame, focus: Sequence[str] | str | None) -> Ranking:
    """Rank everybody in every period; see `tracker.charts.places.telling.focused` for a focus where none is asked for.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        If there is nothing to rank: an index, fewer than two who are named, or a focus that is no single holder.
    """
    every = grid_of(frame, focus)
    if every.picture.market.get("whole") == "index":
        raise TrackerError(
            "an index has no ranks: its values need not be of one scale, and are no shares of one whole",
            "Draw it as lines or as a table: --kind line, or --kind table.",
        )
    nobody = [name for name in every.asked if name in every.nobody]
    if nobody:
        raise TrackerError(
            f"{', '.join(nobody)} has no rank: it is several together, and no single holder of a share",
            "Name one that is ranked, or draw it with --kind line.",
        )
    named = [name for name in every.names if name not in every.nobody]
    if len(named) < 2:
        raise TrackerError(
            f"a rank is among others, and {len(named)} {'is' if len(named) == 1 else 'are'} named here",
            "Leave the other entities in, or draw it with --kind line.",
        )
    grid = every.narrowed(named, every.columns)
    found, kept = _ranked(grid)
    if not kept:
        raise TrackerError(
            "a rank is among others, and no period names two", "Draw it with --kind line, or change the frequency."
        )
    made = Ranking(grid, tuple(kept), found, every.asked, len(grid.columns) - len(kept), tuple(sorted(every.nobody)))
    lost = [name for name in made.focus if not made.places(name)]
    if lost:
        raise TrackerError(
            f"{', '.join(lost)} is never named beside another in one period", "Draw it with --kind line."
        )
    return made


def _ranked(grid: Grid) -> tuple[dict[Disc, Rank], list[Reading]]:
    found: dict[Disc, Rank] = {}
    kept = []
    for column in grid.columns:
        named = tuple(one for name in grid.names if (one := grid.at(name, column)) is not None)
        places = ranks(Snapshot(column.period, named, grid.picture.market.get("whole", "open")))
        if isinstance(places, Refused):
            continue
        kept.append(column)
        found.update({(one.reading.entity, key(column)): one for one in places})
    return found, kept
