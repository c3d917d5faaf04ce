"""Opening a database: for reading without any way to write, or for one writing transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from shlex import quote as quote_word
from typing import Any
from urllib.parse import quote

from tracker.errors import DatabaseMissing, SchemaMismatch, TrackerError

HEAD = "0003"
"""The schema revision that this program reads and writes."""

WAIT_SECONDS = 60.0

Row = tuple[Any, ...]


class Session:
    """One open connection: plain SQL with ``:named`` parameters in, tuples out."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, /, **values: object) -> list[Row]:
        """Run a statement and return its rows."""
        return self._connection.execute(sql, values).fetchall()

    def each(self, sql: str, /, **values: object) -> Iterator[Row]:
        """Run a statement and hand its rows on one by one, for those that are too many to hold."""
        return self._connection.execute(sql, values)

    def row(self, sql: str, /, **values: object) -> Row | None:
        """Run a statement and return its first row, or None."""
        found: Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, /, **values: object) -> Any:
        """Run a statement and return the first field of its first row, or None."""
        found = self.row(sql, **values)
        return found[0] if found else None

    def run(self, sql: str, /, **values: object) -> None:
        """Run a statement for its effect."""
        self._connection.execute(sql, values)

    def run_many(self, sql: str, many: Iterable[Mapping[str, object]]) -> None:
        """Run a statement once for each set of values."""
        self._connection.executemany(sql, many)

    def mark(self) -> None:
        """Remember this moment of the transaction, for `back`."""
        self._connection.execute("SAVEPOINT marked")

    def back(self) -> None:
        """Undo what was written since the last `mark`."""
        self._connection.execute("ROLLBACK TO marked")

    def insert(self, table: str, values: Mapping[str, object]) -> int:
        """Insert one row, and return its id.

        The names of tables and columns come from this package, never from a person.
        """
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        return int(self.value(f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", **values))

    def cursor(self, sql: str, values: Mapping[str, object] | Sequence[object] = ()) -> sqlite3.Cursor:
        """Start somebody's statement; its rows are read as they are asked for."""
        return self._connection.execute(sql, values)

    def stop_when(self, is_enough: Callable[[], bool]) -> None:
        """Ask now and then, during long statements, whether to interrupt them."""
        self._connection.set_progress_handler(is_enough, 100_000)


@contextmanager
def reading(path: Path, prepare: Callable[[Session], None] | None = None) -> Iterator[Session]:
    """Open a database that cannot be written through this connection, whatever is run on it.

    Parameters
    ----------
    path : pathlib.Path
        The database.
    prepare : callable, optional
        Makes temporary views, before everything but reading is denied.

    Raises
    ------
    DatabaseMissing
        If there is no file.
    SchemaMismatch
        If it is not ours, or of another schema.
    """
    connection = connect(path, "ro")
    try:
        check_schema(connection, path)
        connection.execute("PRAGMA temp_store=MEMORY")
        # All that is read here is of one moment, whoever writes meanwhile.
        connection.execute("BEGIN")
        if prepare is not None:
            prepare(Session(connection))
        connection.execute("PRAGMA query_only=ON")
        connection.set_authorizer(only_reads)
        # Now and then a long statement lets Python look whether somebody pressed Ctrl-C.
        connection.set_progress_handler(lambda: 0, 100_000)
        yield Session(connection)
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    finally:
        connection.close()


@contextmanager
def writing(path: Path, *, dry_run: bool = False) -> Iterator[Session]:
    """Open a database for one transaction: committed when the block ends, undone when it raises or is a dry run.

    Raises
    ------
    DatabaseMissing
        If there is no file.
    SchemaMismatch
        If it is not ours, or of another schema.
    TrackerError
        If it cannot be written.
    """
    connection = connect(path, "rw")
    try:
        check_schema(connection, path)
        connection.execute("PRAGMA foreign_keys=ON")
        # A transaction that reads first and then writes fails at once when another writer is at work.
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield Session(connection)
        except BaseException:
            # SQLite has rolled back by itself where the disk was full.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("ROLLBACK" if dry_run else "COMMIT")
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    finally:
        connection.close()


def connect(path: Path, mode: str, *, shared: bool = False) -> sqlite3.Connection:
    """Open the file with SQLite's `mode`: ``ro``, ``rw``, or ``rwc`` to create it.

    A shared one may be used by several threads, which have to take turns.

    Raises
    ------
    DatabaseMissing
        If there is no file, and the mode does not create one.
    """
    if mode != "rwc" and not path.exists():
        raise DatabaseMissing(f"there is no database at {path}", _init_hint(path))
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise DatabaseMissing(f"{path} is a device or a pipe, not a database", "Name a file with --db.")
    if path.is_dir():
        raise DatabaseMissing(f"{path} is a folder, not a database", _init_hint(path / "tracker.db"))
    try:
        return sqlite3.connect(
            f"file://{quote(os.fsencode(path.absolute()))}?mode={mode}",
            uri=True,
            timeout=WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=not shared,
        )
    except sqlite3.OperationalError as error:
        raise explain(error, path) from error


def revision(connection: sqlite3.Connection) -> str | None:
    """Return the schema revision of an open database; None where it has none.

    Raises
    ------
    sqlite3.DatabaseError
        If the file is no database.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "alembic_version" not in tables:
        return None
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if found is None else str(found[0])


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing at all is in the file yet."""
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database that is not ours, or of another schema.

    Raises
    ------
    SchemaMismatch
        If so.
    """
    try:
        found, empty = revision(connection), is_empty(connection)
    except sqlite3.OperationalError as error:
        raise explain(error, path) from error
    except sqlite3.DatabaseError as error:
        raise SchemaMismatch(f"{path} is no SQLite database ({error})", "Name another with --db.") from error
    if found != HEAD:
        raise mismatch(found, path, empty=empty)


def mismatch(found: str | None, path: Path, *, empty: bool = False) -> SchemaMismatch:
    """Build the error for a database of another schema, with the command that mends it."""
    if empty:
        return SchemaMismatch(f"{path} is an empty file, not yet a database", _init_hint(path))
    if found is None:
        return SchemaMismatch(
            f"{path} is not a database of tracker", "Name another with --db, or make one: tracker init."
        )
    if found < HEAD:
        return SchemaMismatch(
            f"{path} has the older schema {found}; this program reads {HEAD}",
            f"Bring it up to date: tracker db upgrade --db {quote_word(str(path))}",
        )
    return SchemaMismatch(
        f"{path} has the schema {found}, which is newer than this program ({HEAD})",
        "Upgrade the program: pip install --upgrade usage-share-tracker",
    )


def explain(error: sqlite3.Error, path: Path) -> TrackerError:
    """Say in words what SQLite means, and what to do."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return TrackerError(f"{path} has been in use by another program for {WAIT_SECONDS:.0f} seconds", "Try again.")
    if "readonly" in text:
        return TrackerError(f"{path} cannot be written", "Look at the rights of the file and of its folder.")
    if "malformed" in text or "not a database" in text:
        return SchemaMismatch(f"{path} is damaged ({text})", "Take a copy from before the damage.")
    if isinstance(error, sqlite3.IntegrityError):
        return TrackerError(f"{path} refused: {text}", "Nothing was stored.")
    if "disk is full" in text:
        return TrackerError(f"no room is left on the disk of {path}; nothing was stored", "Free some, then try again.")
    return TrackerError(f"{path}: {text}", "Look at the rights of the file and of its folder.")


def _init_hint(path: Path) -> str:
    return f"Make one: tracker init --db {quote_word(str(path))}   (or name another with --db or $TRACKER_DB)"


_READS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_RECURSIVE,
}

_READABLE_PRAGMAS = {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "foreign_key_list"}


def only_reads(action: int, first: str | None, second: str | None, db: str | None, _source: str | None) -> int:
    """Let a statement read, and look at the shape of tables; deny all else, by whatever name it comes."""
    if action in _READS:
        return sqlite3.SQLITE_OK
    # So SQLite asks when it first meets a table-valued function, json_each(...): it declares the columns as if it made
    # a table. To ignore a column lets that be, and lets no statement change it.
    if action == sqlite3.SQLITE_UPDATE and (first, db) == ("sqlite_master", "main"):
        return sqlite3.SQLITE_IGNORE
    if action == sqlite3.SQLITE_FUNCTION and second != "load_extension":
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and first in _READABLE_PRAGMAS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
