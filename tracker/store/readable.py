"""What can be read of a database file, and what is wrong with it; nothing is written, and nothing mended."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from tracker.store.damage import beginnings
from tracker.store.engine import HEAD, check_schema, connect, is_empty, mismatch, revision
from tracker.store.engine.journals import hold, open_to_read
from tracker.store.integrity import damages, file_damages
from tracker.store.settled import beside, settled
from tracker.store.waiting import SAY_AFTER

_NOT_AS_IT_IS = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


class Part(NamedTuple):
    """One part of a database, or one thing that is wrong with the file."""

    part: str
    """``file``, or the name of a table or view."""
    rows: int | None
    """How many can be read."""
    finding: str
    """What is wrong; '' where nothing is."""


def parts(path: Path) -> Iterator[Part]:
    """Look at the file, then read every table and view from its first row to its last.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Raises
    ------
    DatabaseMissing
        If there is none.
    SchemaMismatch
        If it is empty, or a sound database of another program.
    """
    connect(path, "ro").close()
    if not path.stat().st_size:
        raise mismatch(None, path, empty=True)
    with ExitStack() as stack:
        source = path
        if _is_interrupted(path):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tracker-"))
            source, _ = settled(path, Path(folder))
            yield Part("file", None, "a write to it was interrupted; what that had begun is taken back at the next use")
        seen = list(beginnings(source))
        yield from (Part("file", None, said) for said in seen)
        yield from _inside(path, source, is_whole=not seen)


def _is_interrupted(path: Path) -> bool:
    """Whether it cannot be read before something is taken back, which this connection may not."""
    with closing(connect(path, "ro", wait=SAY_AFTER)) as connection:
        try:
            hold(connection, path)
        except sqlite3.Error as error:
            return (error.sqlite_errorcode & 0xFF) in _NOT_AS_IT_IS and bool(beside(path))
    return False


def _inside(path: Path, source: Path, *, is_whole: bool) -> Iterator[Part]:
    with closing(open_to_read(source)) as connection:
        try:
            hold(connection, path)
            found, empty = revision(connection), is_empty(connection)
            names = _names(connection)
        except sqlite3.DatabaseError as error:
            yield Part("file", None, f"what is in it cannot be read: {error}")
            return
        if found is None and is_whole and not {"observation", "batch", "series"} & set(names):
            raise mismatch(None, path, empty=empty)
        look = damages if found == HEAD else file_damages
        yield from (Part("file", None, said) for said in look(source))
        for name, is_table in names.items():
            yield _part(connection, name, is_table)


def schema(path: Path) -> str | None:
    """Return the schema of a file; None where it cannot be read."""
    with closing(connect(path, "ro", wait=SAY_AFTER)) as connection:
        try:
            hold(connection, path)
            return revision(connection)
        except sqlite3.DatabaseError:
            return None


def check_sound(path: Path) -> list[str]:
    """Return what is wrong with a database of any schema of ours: nothing, if it is sound.

    Raises
    ------
    SchemaMismatch
        If it is not ours, or newer than this program.
    """
    with closing(connect(path, "ro", wait=SAY_AFTER)) as connection:
        try:
            hold(connection, path)
            found = revision(connection)
        except sqlite3.DatabaseError:
            check_schema(connection, path)
            raise
        if found is None or found > HEAD:
            raise mismatch(found, path, empty=found is None and is_empty(connection))
    return [*beginnings(path), *(damages if found == HEAD else file_damages)(path)]


def _names(connection: sqlite3.Connection) -> dict[str, bool]:
    """The tables and views, in the order in which they were made, and whether each is a table."""
    found = connection.execute(
        "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'"
        " AND name <> 'alembic_version' ORDER BY type, name"
    )
    return {str(name): kind == "table" for name, kind in found}


def _part(connection: sqlite3.Connection, name: str, is_table: bool) -> Part:
    """Read a table from both ends, where it cannot be read through; a view from its beginning."""
    quoted = '"' + name.replace('"', '""') + '"'
    rows, said = _read(connection, f"SELECT * FROM {quoted}{' NOT INDEXED' if is_table else ''}")
    if said and is_table:
        rows += _from_the_end(connection, name, quoted)
    return Part(name, rows, f"not all of its rows can be read: {said}" if said else "")


def _from_the_end(connection: sqlite3.Connection, name: str, quoted: str) -> int:
    try:
        key = [row[1] for row in connection.execute(f"PRAGMA table_info({quoted})") if row[5]]
        keyed = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ? AND sql LIKE '%WITHOUT ROWID%'", (name,))
        order = ", ".join(f'"{column}" DESC' for column in key) if keyed.fetchone() else "rowid DESC"
    except sqlite3.DatabaseError:
        return 0
    return _read(connection, f"SELECT * FROM {quoted} NOT INDEXED ORDER BY {order}")[0]


def _read(connection: sqlite3.Connection, sql: str) -> tuple[int, str]:
    """Read rows until there are no more, or until an error; how many, and that error."""
    rows = 0
    try:
        for _ in connection.execute(sql):
            rows += 1
    except sqlite3.Error as error:
        return rows, str(error)
    return rows, ""
