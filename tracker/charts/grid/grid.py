"""A frame as a grid: entities by periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from tracker.analysis.readings import Reading, readings
from tracker.analysis.snapshot import NOBODY
from tracker.charts.asked import refuse_empty
from tracker.charts.grid.columns import Key, columns, key
from tracker.charts.picture import BREAK, Picture, prepare
from tracker.frames import one_market


@dataclass(frozen=True, slots=True)
class Grid:
    """Entities by periods, of one market.

    Parameters
    ----------
    picture : Picture
        The same rows as series, with the market and what the picture is about.
    names : tuple of str
        Entities from the greatest last share; the rest and groups last.
    columns : tuple of Reading
        One reading for each period, in the order of time.
    cells : dict of (str, Key) to Reading
        What is published.
    asked : tuple of str
        The entities that were asked for.
    nobody : frozenset of str
        The rest, and groups: no single holder of a share.
    breaks : tuple of Reading
        Breaks in the series, those in periods that were left out, too; their rows are those of the whole frame.
    """

    picture: Picture
    names: tuple[str, ...]
    columns: tuple[Reading, ...]
    cells: dict[tuple[str, Key], Reading]
    asked: tuple[str, ...]
    nobody: frozenset[str]
    breaks: tuple[Reading, ...] = ()

    @property
    def data(self) -> pd.DataFrame:
        """The rows, exactly."""
        return self.picture.data

    def at(self, name: str, column: Reading) -> Reading | None:
        """Return what is published of an entity for a period."""
        return self.cells.get((name, key(column)))

    def row(self, name: str) -> list[Reading]:
        """Return what is published of an entity, in the order of time."""
        return [reading for column in self.columns if (reading := self.at(name, column)) is not None]

    def all(self) -> list[Reading]:
        """Return every reading, row by row."""
        return [reading for name in self.names for reading in self.row(name)]

    def narrowed(self, names: Iterable[str], chosen: Iterable[Reading]) -> Grid:
        """Return the grid of some entities and some periods; those without a reading there are left out."""
        kept = {key(column) for column in chosen}
        known = set(names)
        rows = [one.row for (name, period), one in self.cells.items() if name in known and period in kept]
        asked = [name for name in self.asked if name in known]
        return replace(grid_of(self.data.iloc[sorted(rows)], asked, strict=False), breaks=self.breaks)

    def broken(self, name: str) -> list[Reading]:
        """Return the breaks between the first and the last figure of an entity, also in periods left out."""
        row = self.row(name)
        own = [one for one in self.breaks if one.entity == name]
        return [one for one in own if row[0].middle < one.middle <= row[-1].middle]


def grid_of(frame: pd.DataFrame, focus: Sequence[str] | str | None = None, *, strict: bool = True) -> Grid:
    """Sort a frame into a grid.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market; shares in percent.
    focus : str or sequence of str, optional
        What the picture is about; None takes the entity with the greatest last share.
    strict : bool
        Whether an entity of the focus without a row is an error, or passed over.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        If there is nothing to draw.

    Notes
    -----
    *Not valid* where two rows state the same period of the same entity: the later row is kept.
    """
    refuse_empty(frame)
    one_market(frame)
    found = readings(frame)
    kinds = dict(zip(frame["entity"].astype(str), frame["kind"].astype(str), strict=True))
    nobody = frozenset(name for name in found if kinds[name] in NOBODY)
    names = sorted(found, key=lambda name: (name in nobody, -found[name][-1].level, name))
    asked = [focus] if isinstance(focus, str) else list(dict.fromkeys(focus or ()))
    if not strict:
        asked = [name for name in asked if name in found]
    cells = {(name, key(one)): one for name in names for one in found[name]}
    picture = prepare(frame, asked or names[:1], "linear")
    broken = tuple(one for name in names for one in found[name] if one.status == BREAK)
    return Grid(picture, tuple(names), tuple(columns(cells.values())), cells, tuple(asked), nobody, broken)
