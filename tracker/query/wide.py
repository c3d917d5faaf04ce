"""Dates by entities: the wide table of one market."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracker.frames import one_market
from tracker.query.keys import keys, numbered
from tracker.store import bulk
from tracker.store.engine import Session
from tracker.store.shares import Selection

_POINT = np.dtype([("series_id", np.int64), ("period_id", np.int64), ("share", np.float64)])


def wide(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn the tidy frame of one market into dates by entities.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame; one row per entity and period.

    Returns
    -------
    pandas.DataFrame
        Shape (periods, entities), shares in percent. The index is the first day of the period. Where two periods
        start on one day, as a month and its quarter do, it has the written period as a second level.

    Raises
    ------
    MixedMarkets
        If there are several: shares of different wholes never stand in one table.

    Notes
    -----
    What is missing is missing, and no zero. So is a share of which only bounds were printed: the tidy frame has them.
    """
    if len(frame):
        one_market(frame)
    names = frame["entity"].astype("category")
    used, whose = numbered(names.cat.codes.to_numpy())
    days = frame["period_start"].to_numpy().astype("datetime64[D]").astype(np.int64)
    first = days.min() if len(days) else 0
    starts, when = numbered(days - first)
    labels = None
    if not _is_period(frame, when):
        when = pd.factorize(frame["period"])[0]
        firsts = _firsts(when)
        starts, labels = days[firsts] - first, frame["period"].iloc[firsts].tolist()
    return _table(
        pd.DatetimeIndex((starts + first).astype("datetime64[D]").astype("datetime64[s]")),
        labels,
        when,
        pd.Index(names.cat.categories[used]),
        whose,
        frame["share"].to_numpy(),
    )


def read_wide(session: Session, wanted: Selection) -> pd.DataFrame:
    """Return the current shares of one market as dates by entities.

    Parameters
    ----------
    session : Session
        A reading one.
    wanted : Selection
        Which observations, of one market.

    Returns
    -------
    pandas.DataFrame
        As of `wide`.
    """
    points = np.fromiter(bulk.points(session, wanted), dtype=_POINT)
    known = keys(session, points["series_id"], points["period_id"])
    shares = points["share"] if known.order is None else points["share"][known.order]
    labels, starts = ([period[field] for period in known.periods] for field in (0, 1))
    days = pd.DatetimeIndex(np.array(starts, dtype="datetime64[s]"))
    unique = len(set(starts)) == len(starts)
    return _table(
        days,
        None if unique else labels,
        known.period_places,
        pd.Index([one[1] for one in known.series], dtype="str"),
        known.series_places,
        np.where(shares < 0, np.nan, shares),
    )


def _table(
    days: pd.DatetimeIndex,
    labels: list[str] | None,
    when: NDArray[np.integer],
    names: pd.Index,
    whose: NDArray[np.integer],
    shares: NDArray[np.float64],
) -> pd.DataFrame:
    """Put shares into their places, and sort the dates."""
    order = pd.MultiIndex.from_arrays([days, labels]).argsort() if labels is not None else np.argsort(days.to_numpy())
    if (order[1:] < order[:-1]).any():
        place = np.empty(len(days), dtype=np.int64)
        place[order] = np.arange(len(days))
        when = place[when]
    # One block with the dates along its rows is what pandas itself keeps: nothing is copied once more.
    cells = np.full(len(names) * len(days), np.nan)
    cells[whose * len(days) + when] = shares
    index: pd.Index = days[order].rename("period_start")
    if labels is not None:
        index = pd.MultiIndex.from_arrays([index, [labels[one] for one in order]], names=["period_start", "period"])
    return pd.DataFrame(cells.reshape(len(names), len(days)).T, index=index, columns=names.rename("entity"), copy=False)


def _firsts(codes: NDArray[np.integer]) -> NDArray[np.integer]:
    """The first row of each number."""
    firsts = np.empty(int(codes.max()) + 1 if len(codes) else 0, dtype=np.int64)
    firsts[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return firsts


def _is_period(frame: pd.DataFrame, when: NDArray[np.integer]) -> bool:
    """Whether all that start on one day are one period: they end on one day, and are equally exact."""
    firsts = _firsts(when)
    precision = frame["precision"].astype("category").cat.codes.to_numpy()
    ends = frame["period_end"].to_numpy()
    return all(bool((cells == cells[firsts][when]).all()) for cells in (precision, ends))
