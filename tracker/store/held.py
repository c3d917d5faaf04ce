"""A connection that stays open, cannot write, and sees at every look what is recorded by then."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from tracker.errors import TrackerError
from tracker.store.engine import Session, check_schema, connect, explain, only_reads


class Held:
    """An open database for many short looks, each of one moment.

    Between two looks no transaction is open: nobody who writes waits for it, and the next look sees what they
    wrote. Several threads may share it; their looks wait for each other. A process that was forked opens its own.

    Parameters
    ----------
    path : pathlib.Path
        The database.

    Raises
    ------
    DatabaseMissing
        If there is no file.
    SchemaMismatch
        If it is not ours, or of another schema.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.closed = False
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int, int] | None = None
        self._beginning = False
        with self.look():
            pass

    @contextmanager
    def look(self) -> Iterator[Session]:
        """Read, all of it as of one moment.

        Raises
        ------
        TrackerError
            If it was closed.
        """
        with self._lock:
            if self.closed:
                raise TrackerError("this connection is closed", "Open another: tracker.connect().")
            try:
                connection = self._open()
                self._own(connection, "BEGIN")
                try:
                    check_schema(connection, self.path)
                    yield Session(connection)
                finally:
                    self._own(connection, "ROLLBACK")
            except sqlite3.DatabaseError as error:
                raise explain(error, self.path) from error

    def close(self) -> None:
        """Close it; to close it again does no harm."""
        self.closed = True
        self._drop()

    def _open(self) -> sqlite3.Connection:
        """The connection to the file that now has this name: another may have been put in its place."""
        if self._connection is not None and self._file == self._which():
            return self._connection
        self._drop()
        connection = connect(self.path, "ro", shared=True)
        try:
            # A file that is no database is told from one here, before anything is denied.
            check_schema(connection, self.path)
            connection.execute("PRAGMA temp_store=MEMORY")
            connection.execute("PRAGMA query_only=ON")
        except BaseException:
            connection.close()
            raise
        connection.set_authorizer(self._allows)
        connection.set_progress_handler(lambda: 0, 100_000)
        self._connection, self._file = connection, self._which()
        return connection

    def _which(self) -> tuple[int, int, int] | None:
        with suppress(OSError):
            found = self.path.stat()
            return os.getpid(), found.st_dev, found.st_ino
        return None

    def _own(self, connection: sqlite3.Connection, statement: str) -> None:
        """Begin or end a transaction, which nobody else can through this connection."""
        self._beginning = True
        try:
            connection.execute(statement)
        finally:
            self._beginning = False

    def _allows(self, action: int, *about: str | None) -> int:
        if action == sqlite3.SQLITE_TRANSACTION and self._beginning:
            return sqlite3.SQLITE_OK
        return only_reads(action, *about)

    def _drop(self) -> None:
        if self._connection is not None:
            # What another process opened is not closed here: that would let go of its locks.
            if self._file is None or self._file[0] == os.getpid():
                self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        with suppress(Exception):
            self._drop()
