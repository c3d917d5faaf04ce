"""The tidy frame of very many observations, column by column."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracker import frames
from tracker.query import cells
from tracker.query.keys import Keys, keys, numbered
from tracker.query.printing import share_of, written
from tracker.query.retold import Page, reported_by, retold
from tracker.store import bulk
from tracker.store.engine import Session
from tracker.store.shares import Selection
from tracker.values import Period, Share

_ROW = np.dtype(
    [
        *((name, np.int64) for name in ("series_id", "period_id")),
        *((name, np.float64) for name in ("share", "low", "high")),
        *((name, np.int8) for name in ("qualifier", "decimals", "status")),
        *((name, np.int64) for name in ("sample_size", "citation_id", "batch_id")),
        ("has_note", np.bool_),
    ]
)

Columns = dict[str, object]

Corrected = dict[int, tuple[Share, str]]
"""Row of a corrected share, with what was printed, and why it is corrected."""


def observed(session: Session, wanted: Selection) -> pd.DataFrame:
    """Return the current observations as a tidy frame.

    Parameters
    ----------
    session : Session
        A reading one.
    wanted : Selection
        Which observations.

    Returns
    -------
    pandas.DataFrame
        One row per observation, by market, entity and date; columns of `frames.COLUMNS`, shares in percent.
    """
    rows = np.fromiter(bulk.numbers(session, wanted), dtype=_ROW)
    known = keys(session, rows["series_id"], rows["period_id"])
    if known.order is not None:
        rows = rows[known.order]
    corrected = {known.row(*cells[:2]): (Share(*cells[2:-1]), cells[-1]) for cells in bulk.corrected(session, wanted)}
    found: Columns = {}
    _whose(known, found)
    _when(known, found)
    _how_much(rows, found)
    _where_from(session, wanted, known, rows, corrected, found)
    _remarked(session, wanted, known, rows, corrected, found)
    for name, kind in frames.COLUMNS.items():
        if name not in found:
            found[name] = cells.nothing(kind, len(rows))
    return pd.DataFrame({name: found[name] for name in frames.COLUMNS}, copy=False)


def _whose(known: Keys, found: Columns) -> None:
    """What is known of the market, its source and the entity."""
    for field, name in enumerate(bulk.SERIES):
        found[name] = cells.words([series[field] for series in known.series], known.series_places)


def _when(known: Keys, found: Columns) -> None:
    """The days of the period, and how exact they are."""
    labels, starts, ends, precisions = ([period[field] for period in known.periods] for field in range(4))
    earliest, latest = list(starts), list(ends)
    for place, precision in enumerate(precisions):
        if precision == "approx":
            earliest[place], latest[place] = (str(day) for day in Period.parse(labels[place]).reach())
    places = known.period_places
    found["period"] = cells.text(labels, places)
    found["precision"] = cells.words(precisions, places)
    days = {"period_start": starts, "period_end": ends, "earliest": earliest, "latest": latest}
    for name, values in days.items():
        found[name] = cells.days(values, places)


def _how_much(rows: NDArray[np.void], found: Columns) -> None:
    """The share, as it is printed and with what that allows."""
    shares = written(rows)
    found["printed"] = cells.text(shares.printed, shares.places)
    found["lowest"], found["highest"] = shares.lowest[shares.places], shares.highest[shares.places]
    for name in ("share", "low", "high"):
        found[name] = cells.shares(rows[name])
    found["qualifier"] = cells.words(bulk.QUALIFIERS, rows["qualifier"], _used(rows["qualifier"], 4))
    found["decimals"] = cells.whole_numbers(rows["decimals"], np.int8)
    found["sample_size"] = cells.whole_numbers(rows["sample_size"], np.int64)
    statuses = [chr(code) for code in range(128)]
    found["status"] = cells.words(statuses, rows["status"], _used(rows["status"], 128))


def _used(codes: NDArray[np.integer], size: int) -> NDArray[np.bool_]:
    return np.bincount(codes, minlength=size) > 0


def _where_from(
    session: Session,
    wanted: Selection,
    known: Keys,
    rows: NDArray[np.void],
    corrected: Corrected,
    found: Columns,
) -> None:
    """The page that it was read from, who retells it, and since when it is known."""
    ids, places = numbered(rows["citation_id"])
    told = bulk.citations(session, ids.tolist())
    urls, titles, publishers, published, kinds = ([row[field] for row in told] for field in range(1, 6))
    found["url"], found["citation"] = cells.text(urls, places), cells.text(titles, places)
    found["citation_kind"] = cells.words(kinds, places)
    found["published"] = cells.days(published, places)
    pages = [Page(*said) for said in zip(kinds, publishers, titles, strict=True)]
    further = retold(
        session,
        wanted,
        known,
        lambda row: pages[places[row]],
        lambda row: corrected[row][0] if row in corrected else share_of(rows[row]),
    )
    of_row = places.copy() if further else places
    of_row[list(further)] = np.arange(len(pages), len(pages) + len(further))
    found["reported_by"] = cells.text([*(reported_by([page]) for page in pages), *further.values()], of_row)
    ids, places = numbered(rows["batch_id"])
    found["known_from"] = cells.text([at for _, at in bulk.batches(session, ids.tolist())], places)


def _remarked(
    session: Session,
    wanted: Selection,
    known: Keys,
    rows: NDArray[np.void],
    corrected: Corrected,
    found: Columns,
) -> None:
    """Notes, and what was printed where a share is corrected: few rows have any."""
    said = bulk.notes(session, wanted) if rows["has_note"].any() else []
    found["note"] = cells.scattered({known.row(one, when): note for one, when, note in said}, len(rows))
    printed = {row: str(share) for row, (share, _) in corrected.items()}
    found["corrected_from"] = cells.scattered(printed, len(rows))
    found["correction"] = cells.scattered({row: reason for row, (_, reason) in corrected.items()}, len(rows))
