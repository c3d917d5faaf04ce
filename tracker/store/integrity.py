"""Whether the file is whole, its references lead somewhere, and its views show what its tables hold."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tracker.settings import Place, file_of
from tracker.store.engine import connect, reading
from tracker.store.engine.journals import hold, open_to_read
from tracker.store.waiting import SAY_AFTER

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


def damages(place: Place) -> Iterator[str]:
    """Say what is damaged, in words; a connection of its own looks, which cannot write.

    Parameters
    ----------
    place : Place
        A database of the schema that this program reads. The files of one on a server are the server's affair.
    """
    file = file_of(place)
    return _served(place) if file is None else _looked(open_to_read, file, _file, _rows)


def _served(place: Place) -> Iterator[str]:
    with reading(place) as session:
        yield from _contradictions(session.value)


def file_damages(path: Path) -> Iterator[str]:
    """Say what is damaged of the file and its references, whatever schema it has.

    Parameters
    ----------
    path : pathlib.Path
        A database.
    """
    return _looked(lambda file: connect(file, "ro", wait=SAY_AFTER), path, _file)


def _looked(
    opened: Callable[[Path], sqlite3.Connection], path: Path, *looks: Callable[[sqlite3.Connection], Iterator[str]]
) -> Iterator[str]:
    connection = opened(path)
    try:
        connection.execute("PRAGMA query_only=ON")
        hold(connection, path)
        for look in looks:
            yield from look(connection)
    except sqlite3.DatabaseError as error:
        yield f"the file cannot be read to its end: {error}"
    finally:
        connection.close()


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    connection.execute("PRAGMA cell_size_check=ON")
    for (said,) in connection.execute(f"PRAGMA integrity_check({MOST})"):
        first, *more = said.removeprefix("*** in database main ***\n").splitlines()
        if first != "ok":
            yield f"the file is damaged: {first}{f', and {len(more)} more of this kind' if more else ''}"
    yield from _no_texts(connection)
    lost = Counter((table, other) for table, _, other, _ in connection.execute("PRAGMA foreign_key_check"))
    for (table, other), count in sorted(lost.items()):
        yield f"{count} reference{'s' * (count > 1)} of {table} to {other} lead{'s' * (count == 1)} nowhere"


def _no_texts(connection: sqlite3.Connection) -> Iterator[str]:
    """Look at the statements that made the tables and views, which SQLite quotes when it cannot run them."""
    connection.text_factory = bytes
    found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    connection.text_factory = str
    for name, sql in found:
        try:
            sql.decode()
        except UnicodeDecodeError:
            yield f"the file is damaged: the statement that made {name.decode(errors='replace')} is no text"


def _rows(connection: sqlite3.Connection) -> Iterator[str]:
    return _contradictions(lambda sql: connection.execute(sql).fetchone()[0])


def _contradictions(value: Callable[[str], int]) -> Iterator[str]:
    for what, shown, held in _COUNTS:
        in_view, in_table = value(shown), value(held)
        if in_view != in_table:
            yield f"{what} shows {in_view} rows, of {in_table} in its tables"
    for what, sql in _NONE:
        count = value(sql)
        if count:
            yield f"{what}: {count}"
