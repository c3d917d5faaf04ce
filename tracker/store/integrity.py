"""Whether the file is whole, its references lead somewhere, and its views show what its tables hold."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tracker.store.engine import connect

MOST = 20
"""Damages of the file that are counted."""

_COUNTS = (
    ("the view shares", "SELECT count(*) FROM shares", "SELECT count(*) FROM observation"),
    (
        "the view share_history",
        "SELECT count(*) FROM share_history",
        "SELECT (SELECT count(*) FROM observation) + (SELECT count(*) FROM superseded)",
    ),
    ("the view reports", "SELECT count(*) FROM reports", "SELECT count(*) FROM report WHERE closed_by IS NULL"),
)

_NONE = (
    (
        "rows that were current and superseded at one time",
        "SELECT count(*) FROM superseded JOIN observation USING (series_id, period_id)"
        " WHERE superseded.closed_by > observation.batch_id",
    ),
    (
        "superseded rows of one fact that were current at one time",
        "SELECT count(*) FROM superseded AS one JOIN superseded AS two USING (series_id, period_id)"
        " WHERE one.batch_id < two.batch_id AND one.closed_by > two.batch_id",
    ),
    (
        "citations that are the observation and a report on it at once",
        "SELECT count(*) FROM report AS told JOIN observation USING (series_id, period_id, citation_id)"
        " WHERE told.closed_by IS NULL",
    ),
    (
        "notes on rows that were carried on, and are not there",
        "SELECT count(*) FROM carried WHERE NOT EXISTS (SELECT 1 FROM observation WHERE series_id = carried.series_id"
        " AND period_id = carried.period_id AND batch_id = carried.batch_id) AND NOT EXISTS (SELECT 1 FROM superseded"
        " WHERE series_id = carried.series_id AND period_id = carried.period_id AND batch_id = carried.batch_id)",
    ),
)


def damages(path: Path) -> Iterator[str]:
    """Say what is damaged, in words; a connection of its own looks, which cannot write.

    Parameters
    ----------
    path : pathlib.Path
        A database of the schema that this program reads.
    """
    connection = connect(path, "ro")
    try:
        yield from _damages(connection)
    except sqlite3.DatabaseError as error:
        yield f"the file cannot be read to its end: {error}"
    finally:
        connection.close()


def _damages(connection: sqlite3.Connection) -> Iterator[str]:
    connection.execute("PRAGMA query_only=ON")
    for (said,) in connection.execute(f"PRAGMA integrity_check({MOST})"):
        first, *more = said.removeprefix("*** in database main ***\n").splitlines()
        if first != "ok":
            yield f"the file is damaged: {first}{f', and {len(more)} more of this kind' if more else ''}"
    lost = Counter((table, other) for table, _, other, _ in connection.execute("PRAGMA foreign_key_check"))
    for (table, other), count in sorted(lost.items()):
        yield f"{count} reference{'s' * (count > 1)} of {table} to {other} lead{'s' * (count == 1)} nowhere"
    for what, shown, held in _COUNTS:
        (in_view,), (in_table,) = connection.execute(shown).fetchone(), connection.execute(held).fetchone()
        if in_view != in_table:
            yield f"{what} shows {in_view} rows, of {in_table} in its tables"
    for what, sql in _NONE:
        (count,) = connection.execute(sql).fetchone()
        if count:
            yield f"{what}: {count}"
