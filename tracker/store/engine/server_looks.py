"""Many short looks at a database on a server, through a connection that stays open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from tracker.settings import Server
from tracker.store.engine.postgres import check_schema, connect, explain
from tracker.store.engine.postgres_session import PostgresSession
from tracker.store.engine.servers import ONE_MOMENT
from tracker.store.engine.session import Session


class ServerLooks:
    """A connection to a server; between two looks it has no transaction open."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._connection: psycopg.Connection[Any] | None = None
        self._process = 0

    @contextmanager
    def look(self) -> Iterator[Session]:
        """Read, all of it as of one moment."""
        try:
            connection = self._begun()
            try:
                yield PostgresSession(connection, check_schema(connection, self.server))
            finally:
                if not connection.closed:
                    connection.execute("ROLLBACK")
        except psycopg.Error as error:
            raise explain(error, self.server) from error

    def _begun(self) -> psycopg.Connection[Any]:
        """Begin a look, on a new connection where the old one was cut or is of another process."""
        kept = self._connection if self._process == os.getpid() else None
        if kept is not None and not kept.closed:
            try:
                return _begin(kept)
            except psycopg.OperationalError:
                kept.close()
        self._connection, self._process = connect(self.server), os.getpid()
        return _begin(self._connection)

    def close(self) -> None:
        """Close it, unless another process opened it."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None


def _begin(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    connection.execute(f"{ONE_MOMENT} READ ONLY")
    return connection
