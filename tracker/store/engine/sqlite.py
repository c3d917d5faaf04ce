"""SQLite: opening a file, knowing what is in it, naming what is wrong with it, letting only reads through."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from tracker.errors import DatabaseMissing, TrackerError
from tracker.store.damage import DAMAGED, damaged
from tracker.store.engine.schema import HEAD, init_hint, mismatch
from tracker.store.waiting import patiently

WAIT_SECONDS = 60.0

OLDEST = (3, 39)
"""The oldest SQLite that knows all that is asked of it here."""


def connect(
    path: Path, mode: str, *, shared: bool = False, immutable: bool = False, wait: float = WAIT_SECONDS
) -> sqlite3.Connection:
    """Open the file with SQLite's `mode`: ``ro``, ``rw``, or ``rwc`` to create it.

    A shared one may be used by several threads, which have to take turns. An immutable one is read without locks,
    where nobody can write. Each statement waits so many seconds for other programs.

    Raises
    ------
    DatabaseMissing
        If there is no file, and the mode does not create one.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise TrackerError(
            f"Python has SQLite {sqlite3.sqlite_version} here; tracker needs {'.'.join(map(str, OLDEST))} or newer",
            "Use another Python, or a newer system.",
        )
    if mode != "rwc" and not path.exists():
        raise DatabaseMissing(f"there is no database at {path}", init_hint(path))
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise DatabaseMissing(f"{path} is a device or a pipe, not a database", "Name a file with --db.")
    if path.is_dir():
        raise DatabaseMissing(f"{path} is a folder, not a database", init_hint(path / "tracker.db"))
    try:
        return sqlite3.connect(
            f"file://{quote(os.fsencode(path.absolute()))}?mode={mode}{'&immutable=1' * immutable}",
            uri=True,
            timeout=wait,
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
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            return None
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged schema quotes it, and Python cannot read what is no text.
        raise sqlite3.DatabaseError("malformed database schema") from error
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
        found, empty = patiently(path, lambda: (revision(connection), is_empty(connection)))
    except sqlite3.OperationalError as error:
        raise explain(error, path) from error
    except sqlite3.DatabaseError as error:
        raise damaged(path, str(error)) from error
    if found != HEAD:
        raise mismatch(found, path, empty=empty)


def explain(error: sqlite3.Error, path: Path) -> TrackerError:
    """Say in words what SQLite means, and what to do."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return TrackerError(f"{path} has been in use by another program for {WAIT_SECONDS:.0f} seconds", "Try again.")
    if "readonly" in text:
        return TrackerError(f"{path} cannot be written", "Look at the rights of the file and of its folder.")
    if any(word in text for word in DAMAGED):
        return damaged(path, text)
    if isinstance(error, sqlite3.IntegrityError):
        return TrackerError(f"{path} refused: {text}", "Nothing was stored.")
    if "disk is full" in text:
        return TrackerError(
            f"no room is left on the disk of {path}, or in the folder for temporary files; nothing was stored",
            "Free some, then try again. TMPDIR names the folder for temporary files.",
        )
    if "I/O error" in text:
        return TrackerError(
            f"{path}: the disk refused ({getattr(error, 'sqlite_errorname', text)}); nothing was stored",
            "Look whether there is room, and no limit on the size of a file (ulimit -f), then try again.",
        )
    return TrackerError(f"{path}: {text}", "Look at the rights of the file and of its folder.")


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
