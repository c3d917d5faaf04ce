"""Databases on a PostgreSQL server: one for reading, or for one writing transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus

from tracker.errors import TrackerError
from tracker.settings import Server
from tracker.store.engine.postgres import Connection, check_schema, connect, explain, may_not_write
from tracker.store.engine.postgres_session import PostgresSession, number_from_last
from tracker.store.engine.session import Session
from tracker.store.waiting import PATIENCE, SAY_AFTER, WRITER, Waiting

ONE_MOMENT = "BEGIN ISOLATION LEVEL REPEATABLE READ"

PREPARED_AFTER = 1
"""How often a statement is asked before the server keeps its plan: to plan our views takes longer than to read a few
rows of them."""


@contextmanager
def reading(server: Server, prepare: Callable[[Session], None] | None = None) -> Iterator[Session]:
    """Open a database that cannot be written through this connection: see `opening.reading`."""
    connection = connect(server)
    try:
        connection.execute(ONE_MOMENT)
        session = PostgresSession(connection, check_schema(connection, server))
        if prepare is not None:
            prepare(session)
        # From here on for good: a transaction cannot be made to write again.
        connection.execute("SET TRANSACTION READ ONLY")
        connection.prepare_threshold, session.prepares = PREPARED_AFTER, True
        yield session
    except psycopg.Error as error:
        raise explain(error, server) from error
    finally:
        connection.close()


@contextmanager
def writing(server: Server, *, dry_run: bool = False) -> Iterator[Session]:
    """Open a database for one transaction: see `opening.writing`."""
    connection = connect(server)
    try:
        connection.execute("BEGIN")
        schema = check_schema(connection, server)
        take_turn(connection, server, schema)
        number_from_last(connection, schema)
        yield PostgresSession(connection, schema)
        if connection.info.transaction_status == TransactionStatus.INERROR:
            raise TrackerError(f"{server}: a statement failed, and nothing was stored", "Try again.")
        connection.execute("ROLLBACK" if dry_run else "COMMIT")
    except errors.InsufficientPrivilege as error:
        raise may_not_write(error, server) from error
    except psycopg.Error as error:
        raise explain(error, server) from error
    finally:
        # What was not committed ends with it.
        connection.close()


def take_turn(connection: Connection, server: Server, schema: str) -> None:
    """Wait until nobody else writes to this schema; the turn ends with the transaction."""
    wait = Waiting(server, WRITER, PATIENCE)
    for seconds in (SAY_AFTER, PATIENCE, 1):
        connection.execute("SAVEPOINT turn")
        connection.execute(f"SET LOCAL lock_timeout = {round(seconds * 1000)}")
        try:
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"tracker {schema}",))
        except errors.LockNotAvailable:
            connection.execute("ROLLBACK TO turn")
            wait.on()
        else:
            break
    connection.execute("SET LOCAL lock_timeout = DEFAULT")
