"""Many short looks at an SQLite file, through a connection that stays open."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from tracker.store.damage import look_along
from tracker.store.engine.files import reading
from tracker.store.engine.journals import journal_of, open_to_read
from tracker.store.engine.session import Session
from tracker.store.engine.sqlite import check_schema, explain, only_reads


class FileLooks:
    """A connection to a file, which cannot write; between two looks it has no transaction open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int, int] | None = None
        self._beginning = False

    @contextmanager
    def look(self) -> Iterator[Session]:
        """Read, all of it as of one moment."""
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

    def apart(self, prepare: Callable[[Session], None] | None = None) -> AbstractContextManager[Session]:
        """Read as `reading` does, through a connection that ends with it."""
        return reading(self.path, prepare)

    def _open(self) -> sqlite3.Connection:
        """The connection to the file that now has this name: another may have been put in its place."""
        # Where a journal lies beside it somebody writes, or was stopped half way, which is put right at opening.
        if self._connection is not None and self._file == self._which() and not journal_of(self.path).exists():
            return self._connection
        self.close()
        connection = open_to_read(self.path, shared=True)
        try:
            # A file that is no database is told from one here, before anything is denied.
            check_schema(connection, self.path)
            look_along(connection, self.path)
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

    def close(self) -> None:
        """Close it, unless another process opened it: that would let go of its locks."""
        if self._connection is not None:
            if self._file is None or self._file[0] == os.getpid():
                self._connection.close()
            self._connection = None
