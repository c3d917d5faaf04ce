"""Making our tables in a database on a server, and migrating them: in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from tracker.errors import TrackerError
from tracker.settings import Server
from tracker.store.engine.file_making import Migrate
from tracker.store.engine.postgres import check_place, connect, explain, is_empty, refused, revision
from tracker.store.engine.postgres_session import PostgresSession
from tracker.store.engine.servers import take_turn
from tracker.store.engine.session import Session

if TYPE_CHECKING:
    from sqlalchemy import Connection as Migrated


def create(server: Server, migrate: Migrate, fill: Callable[[Session], object] | None = None) -> None:
    """Make our tables in an empty schema: see `migrate.create`."""
    with _changing(server) as (migrated, session):
        if revision(session.connection) is not None:
            raise TrackerError(f"{server} was made by somebody else meanwhile", "Look at it, then run this again.")
        if not is_empty(session.connection):
            raise refused(None, server)
        _check_encoding(server, session)
        migrate({"connection": migrated})
        if fill is not None:
            fill(session)


def state(server: Server) -> str | None:
    """Return the schema revision of what a server holds: see `migrate.state`."""
    connection = connect(server)
    try:
        check_place(connection, server)
        found = revision(connection)
        if found is None and not is_empty(connection):
            raise refused(found, server)
    except psycopg.Error as error:
        raise explain(error, server) from error
    finally:
        connection.close()
    return found


def must_be_there(server: Server) -> None:
    """Refuse where no server answers, or lets us in."""
    connect(server).close()


def upgrade(server: Server, migrate: Migrate) -> None:
    """Run the migrations on what a server holds."""
    with _changing(server) as (migrated, _):
        migrate({"connection": migrated})


@contextmanager
def _changing(server: Server) -> Iterator[tuple[Migrated, PostgresSession]]:
    """Open one transaction for SQLAlchemy and for us, committed when the block ends."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import StaticPool

    connection = connect(server, autocommit=False)
    engine = create_engine("postgresql+psycopg://", creator=lambda: connection, poolclass=StaticPool)
    try:
        with engine.connect() as migrated, migrated.begin():
            schema = check_place(connection, server)
            take_turn(connection, server, schema)
            yield migrated, PostgresSession(connection, schema)
    except DBAPIError as error:
        raise explain(error.orig or error, server) from error
    except psycopg.Error as error:
        raise explain(error, server) from error
    finally:
        engine.dispose()
        connection.close()


def _check_encoding(server: Server, session: Session) -> None:
    found = session.value("SHOW server_encoding")
    if found != "UTF8":
        raise TrackerError(
            f"{server} keeps its texts in {found}, which has not every character",
            "Make one in UTF-8: createdb --encoding UTF8 --template template0 NAME",
        )
