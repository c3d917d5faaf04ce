"""Many short looks at a database on a server, through connections that stay open."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Literal

import psycopg
from psycopg.pq import TransactionStatus

from tracker.settings import Server
from tracker.store.engine.postgres import check_again, check_schema, connect, explain
from tracker.store.engine.postgres_session import PostgresSession
from tracker.store.engine.servers import ONE_MOMENT, PREPARED_AFTER
from tracker.store.engine.session import Session

BEGIN = f"{ONE_MOMENT} READ ONLY"

LET_GO = "ROLLBACK; SELECT pg_advisory_unlock_all()"
"""Of all that somebody's statement which reads can leave behind, only such locks outlive its transaction."""

Kind = Literal["now", "past", "alone"]
"""Temporary views are made on connections of their own: kept plans would not see them."""


class ServerLooks:
    """Connections to a server; between two looks they have no transaction open."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._closed = False
        self._forget()

    def _forget(self) -> None:
        self._free: dict[Kind, list[_Kept]] = {"now": [], "past": [], "alone": []}
        self._process = os.getpid()

    @contextmanager
    def look(self) -> Iterator[Session]:
        """Read, all of it as of one moment."""
        # The end is no ROLLBACK: that would let go of the plans.
        with self._taken("now", "COMMIT") as kept:
            kept.connection.prepare_threshold = PREPARED_AFTER
            session = kept.session(self.server)
            session.prepares = True
            yield session

    @contextmanager
    def apart(self, prepare: Callable[[Session], None] | None = None) -> Iterator[Session]:
        """Read through a connection that nobody else uses meanwhile, behind the views that `prepare` makes."""
        with self._taken("past" if prepare else "alone", LET_GO) as kept:
            session = kept.session(self.server)
            while prepare is not None and not kept.stands(prepare, session):
                session = kept.session(self.server)
            yield session

    @contextmanager
    def _taken(self, kind: Kind, end: str) -> Iterator[_Kept]:
        """Lend a connection, and put it back as it was."""
        try:
            kept = self._begun(kind)
            try:
                yield kept
            finally:
                with suppress(psycopg.Error):
                    kept.connection.execute(end)
                self._back(kind, kept)
        except psycopg.Error as error:
            raise explain(error, self.server) from error

    def _begun(self, kind: Kind) -> _Kept:
        """Begin a look, on a new connection where there is none, or it was cut, or is of another process."""
        if self._process != os.getpid():
            self._forget()
        while self._free[kind]:
            kept = self._free[kind].pop()
            with suppress(psycopg.OperationalError):
                kept.connection.execute(BEGIN)
                return kept
            kept.connection.close()
        kept = _Kept(connect(self.server))
        kept.connection.execute(BEGIN)
        return kept

    def _back(self, kind: Kind, kept: _Kept) -> None:
        idle = kept.connection.info.transaction_status == TransactionStatus.IDLE
        if idle and not self._closed and self._process == os.getpid():
            self._free[kind].append(kept)
        else:
            kept.connection.close()

    def close(self) -> None:
        """Close them, unless another process opened them."""
        self._closed = True
        if self._process == os.getpid():
            for kept in (kept for free in self._free.values() for kept in free):
                kept.connection.close()
        self._forget()


class _Kept:
    """A connection, and the temporary views that stand before its tables: the next look may ask for the same."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self._views: Mapping[str, str] = {}
        self._schema = ""

    def session(self, server: Server) -> _Behind:
        """Look whether the database is ours."""
        if self._schema:
            check_again(self.connection, server)
        else:
            self._schema = check_schema(self.connection, server)
        return _Behind(self.connection, self._schema)

    def stands(self, prepare: Callable[[Session], None], session: _Behind) -> bool:
        """Whether the views of a moment stood there already; else they do now, and a new look has begun."""
        prepare(session)
        if session.behind == self._views:
            return True
        self.connection.execute("ROLLBACK")
        self._views = {}
        self.connection.execute("BEGIN; DISCARD TEMP")
        PostgresSession.stand_before(session, session.behind)
        self.connection.execute(f"COMMIT; {BEGIN}")
        self._views = session.behind
        return False


class _Behind(PostgresSession):
    """A session that only says behind which views it is to be."""

    behind: Mapping[str, str]

    def __init__(self, connection: psycopg.Connection[Any], schema: str) -> None:
        super().__init__(connection, schema)
        self.behind = {}

    def stand_before(self, views: Mapping[str, str]) -> None:
        """Say so."""
        self.behind = views

    def is_past(self) -> bool:
        """Whether temporary views stand before the tables."""
        return bool(self.behind)
