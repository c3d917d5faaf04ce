"""Which series and which period each of very many rows has, and their order: by market, entity and date."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tracker.store import bulk
from tracker.store.engine import Session

Ids = NDArray[np.integer]

DENSE = 10_000_000
"""Ids below this are numbered by a table, those above by sorting."""


@dataclass(slots=True)
class Keys:
    """Series and periods of rows that are sorted.

    Attributes
    ----------
    series : list of tuple
        What is known of each series, in order: `tracker.store.bulk.SERIES`, the market and the entity first.
    periods : list of tuple
        Label, first day, last day and precision of each period, in order.
    series_places, period_places : array of int
        For each row, which of these it has.
    order : array of int or None
        How rows as they were read become sorted; None where they are already.
    """

    series: list[tuple[str, ...]]
    periods: list[tuple[str, ...]]
    series_places: NDArray[np.integer]
    period_places: NDArray[np.integer]
    order: NDArray[np.integer] | None
    _series_of: dict[int, int] = field(default_factory=dict)
    _period_of: dict[int, int] = field(default_factory=dict)

    def row(self, series: int, period: int) -> int:
        """Return where the row of a series and a period stands, by their ids.

        Raises
        ------
        KeyError
            If there is none.
        """
        row = self.at(self._series_of[series], self._period_of[period])
        if row is None:
            raise KeyError((series, period))
        return row

    def at(self, series: int, period: int) -> int | None:
        """Return where the row of a series and a period stands, by their places; None where there is none."""
        start, stop = np.searchsorted(self.series_places, [series, series + 1])
        row = int(start + np.searchsorted(self.period_places[start:stop], period))
        return row if row < stop and self.period_places[row] == period else None


def keys(session: Session, series: Ids, period: Ids) -> Keys:
    """Look up and sort the series and periods of rows.

    Parameters
    ----------
    session : Session
        The one that the rows were read from.
    series, period : array of int
        Their ids, one for each row.
    """
    ids, places = numbered(series)
    told = {row[0]: row[1:] for row in bulk.series(session, ids.tolist())}
    in_order = sorted(range(len(ids)), key=lambda place: told[int(ids[place])][:2])
    series_places = _moved(in_order)[places]
    dates, when = numbered(period)
    spans = {row[0]: row[1:] for row in bulk.periods(session, dates.tolist())}
    by_date = sorted(range(len(dates)), key=lambda place: _date(spans[int(dates[place])]))
    period_places = _moved(by_date)[when]
    key = series_places * max(len(dates), 1) + period_places
    order = None if (key[1:] > key[:-1]).all() else np.argsort(key, kind="stable")
    if order is not None:
        series_places, period_places = series_places[order], period_places[order]
    first, second = [int(ids[place]) for place in in_order], [int(dates[place]) for place in by_date]
    return Keys(
        [told[one] for one in first],
        [spans[one] for one in second],
        series_places,
        period_places,
        order,
        {one: place for place, one in enumerate(first)},
        {one: place for place, one in enumerate(second)},
    )


def numbered(ids: Ids) -> tuple[Ids, NDArray[np.integer]]:
    """Number the distinct ids in their order; return them, and the number of each row."""
    if not len(ids) or int(ids.max()) >= DENSE:
        found, places = np.unique(ids, return_inverse=True)
        return found, places
    occurs = np.zeros(int(ids.max()) + 1, dtype=np.bool_)
    occurs[ids] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[ids]


def _date(cells: tuple[str, ...]) -> tuple[str, str, str]:
    label, start, end, _ = cells
    return start, end, label


def _moved(order: list[int]) -> NDArray[np.integer]:
    """Where each place goes when they are put in an order."""
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places
