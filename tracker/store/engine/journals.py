"""What SQLite keeps beside a database: how a long write lets others read, and what a killed program leaves.

At rest the journal is a rollback journal: the database is one file, which can be copied, and read where nothing
can be written. A transaction whose changes fit into the cache locks readers out for its COMMIT only, some
hundredths of a second. What does not fit is spilled, which locks them out to its end: a minute for ten million
rows. Who writes so many keeps a write-ahead log meanwhile, and nobody waits.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

from tracker.store.engine.sqlite import connect, explain
from tracker.store.waiting import SAY_AFTER, is_busy, patiently, say

CACHE_KB = 64_000
"""What a transaction may change before others cannot read: 1.5 million observations."""

ALONE_SECONDS = 2.0
"""How long a long write waits at its end for the others to be gone; else the next writer tidies up."""

_UNREADABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def prepare(connection: sqlite3.Connection, path: Path, *, many: bool) -> None:
    """Choose the journal of one transaction, before it begins."""
    if many:
        patiently(path, lambda: connection.execute("PRAGMA journal_mode = WAL").fetchall())
    else:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")


def tidy(connection: sqlite3.Connection, *, many: bool) -> None:
    """Be one file again: where nobody else has it open, else that is left to the next writer."""
    until = time.monotonic() + (ALONE_SECONDS if many else 0)
    with suppress(sqlite3.Error):
        if connection.in_transaction or connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            return
        connection.execute("PRAGMA busy_timeout = 0")
        # Most is copied while others may read.
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        while not _is_one_file(connection) and time.monotonic() < until:
            time.sleep(0.02)


def _is_one_file(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
        return False


def open_to_read(path: Path, *, shared: bool = False) -> sqlite3.Connection:
    """Open a database that is only read, also one that a killed program or a disk that cannot be written has left.

    Parameters
    ----------
    path : pathlib.Path
        The database.
    shared : bool
        Whether several threads use it, which take turns.

    Raises
    ------
    DatabaseMissing
        If there is no file.
    TrackerError
        If another program writes to it and does not end.
    """
    connection = connect(path, "ro", shared=shared, wait=SAY_AFTER)
    try:
        patiently(path, lambda: connection.execute("PRAGMA schema_version").fetchone())
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None) or 0
        other = _another_way(path, shared) if code & 0xFF in _UNREADABLE else None
        if other is not None:
            connection.close()
            return other
        # What else is wrong with it is told where its schema is looked at.
    except BaseException:
        connection.close()
        raise
    return connection


def hold(connection: sqlite3.Connection, path: Path) -> None:
    """Begin to read: all that follows is of one moment, and nothing of it has to wait; who is in the way is waited for.

    Raises
    ------
    sqlite3.Error
        If the file cannot be read.
    TrackerError
        If another program writes to it and does not end.
    """
    connection.execute("BEGIN")
    try:
        patiently(path, lambda: connection.execute("PRAGMA schema_version").fetchone())
    except UnicodeDecodeError as error:
        # SQLite quotes a damaged schema, and Python cannot read what is no text.
        raise sqlite3.DatabaseError("malformed database schema") from error


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what stood in the file before: it follows links."""
    real = Path(os.path.realpath(path))
    return real.with_name(f"{real.name}-journal")


def _another_way(path: Path, shared: bool) -> sqlite3.Connection | None:
    real = Path(os.path.realpath(path))
    journal, log, index = journal_of(path), real.with_name(f"{real.name}-wal"), real.with_name(f"{real.name}-shm")
    if _holds(journal):
        if _taken_back(path):
            return connect(path, "ro", shared=shared, wait=SAY_AFTER)
        return _copied(path, real, journal, shared)
    if _holds(log) and not index.exists():
        return _copied(path, real, log, shared)
    if not _holds(log) and _keeps_log(real):
        # SQLite would make a log beside it, and cannot; there is none, so the file alone is the whole.
        return connect(path, "ro", shared=shared, immutable=True)
    return None


def _holds(file: Path) -> bool:
    with suppress(OSError):
        return file.stat().st_size > 0
    return False


def _keeps_log(file: Path) -> bool:
    """Whether the head of the file says that it has a write-ahead log."""
    with suppress(OSError), file.open("rb") as opened:
        return opened.read(20)[18:] == b"\x02\x02"
    return False


def _taken_back(path: Path) -> bool:
    """Let SQLite undo what was half written; it does so for those who can write."""
    try:
        with closing(connect(path, "rw", wait=SAY_AFTER)) as connection:
            patiently(path, lambda: connection.execute("PRAGMA schema_version").fetchone())
    except sqlite3.Error:
        return False
    say(f"A program that wrote to {path} was stopped half way; what it had begun was taken back.")
    return True


def _copied(path: Path, real: Path, beside: Path, shared: bool) -> sqlite3.Connection:
    """Put it right in a copy, which is gone when it is closed."""
    try:
        with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
            copy = Path(folder) / real.name
            for file in (real, beside):
                shutil.copyfile(file, copy.with_name(file.name))
            with closing(connect(copy, "rw")) as connection:
                connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            made = connect(copy, "ro", shared=shared)
            made.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error as error:
        raise explain(error, path) from error
    say(
        f"A program that wrote to {path} was stopped half way, and nothing can be put right there:"
        " what it had begun is left out, in a copy that is read instead."
    )
    return made
