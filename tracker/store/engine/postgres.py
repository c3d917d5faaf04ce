"""PostgreSQL: connecting to a server, knowing what is in a database, and naming what is wrong with it."""

from __future__ import annotations

import os
import re
from functools import cache
from shlex import quote as quote_word
from typing import TYPE_CHECKING, Any

from tracker.errors import DatabaseMissing, TrackerError
from tracker.settings import Server
from tracker.store.engine.driver import driver
from tracker.store.engine.schema import HEAD, init_hint, mismatch

if TYPE_CHECKING:
    import psycopg
    from psycopg.abc import AdaptContext

CONNECT_SECONDS = 10

SETTINGS = {
    # A cursor is read to its end here, and nothing takes so long that compiling it, or a second process, would pay.
    "cursor_tuple_fraction": "1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    # What is looked up by its key is in memory, or on no disk that turns.
    "random_page_cost": "1.1",
}
"""Unless the url, or $PGOPTIONS, says otherwise."""

RULES = {
    # Numbers come back as they were stored, and escapes are not in strings.
    "extra_float_digits": "1",
    "standard_conforming_strings": "on",
}
"""Whatever they say."""

Connection = Any
"""An open connection of psycopg's, whose rows are tuples."""


def connect(server: Server, *, autocommit: bool = True) -> psycopg.Connection[tuple[Any, ...]]:
    """Connect to a server.

    Raises
    ------
    DatabaseMissing
        If it does not answer, lets us not in, or has no such database.
    TrackerError
        If psycopg is not installed.
    """
    driver()
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    try:
        said = conninfo_to_dict(server.conninfo)
        said["options"] = _options(str(said.get("options") or os.environ.get("PGOPTIONS", "")))
        said.setdefault("connect_timeout", CONNECT_SECONDS)
        said.setdefault("application_name", "tracker")
        info = make_conninfo("", **{**said, "client_encoding": "utf8"})
        made: psycopg.Connection[tuple[Any, ...]] = psycopg.connect(info, autocommit=autocommit, context=_adapters())
    except psycopg.ProgrammingError as error:
        raise DatabaseMissing(f"{server}: {_line(server, error)}", "Look at how the url is written.") from None
    except psycopg.OperationalError as error:
        told = _line(server, error)
        raise DatabaseMissing(f"{server}: {told}", _connect_hint(server, told)) from None
    made.prepare_threshold = None
    return made


def _options(theirs: str) -> str:
    first, last = (" ".join(f"-c {name}={value}" for name, value in some.items()) for some in (SETTINGS, RULES))
    return f"{first} {theirs} {last}"


@cache
def _adapters() -> AdaptContext:
    from tracker.store.engine.postgres_types import adapters

    made: AdaptContext = adapters()
    return made


def _line(server: Server, error: Exception) -> str:
    """What libpq says, on one line, without the password."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith(("Is the server", "Multiple connection", "- "))]
    return server.hide(" ".join(kept or lines)).removeprefix("connection failed: ")


def _connect_hint(server: Server, told: str) -> str:
    if missing := re.search(r'database "(.*)" does not exist', told):
        return f"Make it: createdb {quote_word(missing[1])}, then: tracker init --db {quoted(server)}"
    if "password" in told or "role" in told or "pg_hba" in told or "authentication" in told:
        return "Look at the user and the password: in the url, in $PGPASSWORD or in ~/.pgpass."
    return "Is the server running, and is this its host and port?"


def schema_in_use(connection: Connection) -> str | None:
    """The first schema of the search path that there is, as it is written in SQL; None where there is none."""
    found: str | None = connection.execute("SELECT quote_ident(current_schema())").fetchone()[0]
    return found


def revision(connection: Connection) -> str | None:
    """Return the schema revision of an open database; None where it has none."""
    here = "quote_ident(current_schema()) || '.alembic_version'"
    if connection.execute(f"SELECT to_regclass({here}) IS NULL").fetchone()[0]:
        return None
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if found is None else str(found[0])


def is_empty(connection: Connection) -> bool:
    """Whether the schema in use has no table and no view yet."""
    found = connection.execute(
        "SELECT 1 FROM pg_catalog.pg_class AS c LEFT JOIN pg_catalog.pg_depend AS d"
        " ON d.objid = c.oid AND d.deptype = 'e' WHERE d.objid IS NULL AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
        " AND c.relnamespace = to_regnamespace(quote_ident(current_schema())) LIMIT 1"
    )
    return found.fetchone() is None


def check_schema(connection: Connection, server: Server) -> str:
    """Refuse a database that is not ours, or of another schema; return the name of the schema in use.

    Raises
    ------
    DatabaseMissing
        If it has no such schema, or nothing in it.
    SchemaMismatch
        If it is not ours.
    """
    name = check_place(connection, server)
    found = revision(connection)
    if found != HEAD:
        raise refused(found, server, empty=found is None and is_empty(connection))
    return name


def check_again(connection: Connection, server: Server) -> None:
    """Refuse what was ours at an earlier look through this connection, and is of another schema now."""
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None or found[0] != HEAD:
        raise refused(None if found is None else str(found[0]), server)


def check_place(connection: Connection, server: Server) -> str:
    """Return the name of the schema in use, or refuse a search path that names none."""
    name = schema_in_use(connection)
    if name is None:
        raise DatabaseMissing(
            f"{server} has none of the schemas of its search path",
            "Make it first: CREATE SCHEMA NAME; in the url it is named by ?options=-csearch_path%3DNAME",
        )
    return name


def refused(found: str | None, server: Server, *, empty: bool = False) -> TrackerError:
    """Build the error for a database of another schema, with the command that mends it."""
    if empty:
        return DatabaseMissing(f"{server} has nothing in it yet", init_hint(server))
    other = mismatch(found, server)
    if found is None:
        other.hint = (
            "Name another with --db, or make a schema of its own: CREATE SCHEMA NAME;"
            f" in the url it is named by ?options=-csearch_path%3DNAME. Then: tracker init --db {quoted(server)}"
        )
    return other


def explain(error: Exception, server: Server) -> TrackerError:
    """Say in words what the server means, and what to do."""
    errors = driver().errors
    diagnosis = getattr(error, "diag", None)
    text = server.hide(getattr(diagnosis, "message_primary", None) or " ".join(str(error).split()))
    if isinstance(error, errors.IntegrityError):
        return TrackerError(f"{server} refused: {text}", "Nothing was stored.")
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return TrackerError(f"{server} cannot be written: {text}", "Is it a copy that only reads?")
    if isinstance(error, errors.InsufficientPrivilege):
        return TrackerError(f"{server}: {text}", "Ask its owner for the rights, or name another user in the url.")
    if isinstance(error, errors.DiskFull):
        return TrackerError(f"no room is left on the disk of {server}; nothing was stored", "Free some, and try again.")
    if isinstance(error, errors.ProgramLimitExceeded) and "index row" in text:
        return TrackerError(
            f"{server} refused: a name, a url or a tag is too long to be looked up: {text}",
            "Nothing was stored. Shorten it, or use a file of SQLite.",
        )
    if isinstance(error, errors.DataError):
        return TrackerError(f"{server} refused: {text}", "Nothing was stored.")
    if isinstance(error, errors.OperationalError) and not getattr(diagnosis, "sqlstate", None):
        return TrackerError(f"the connection to {server} was lost: {text}", "Look what is stored, then try again.")
    return TrackerError(f"{server}: {text}", "Is it a database of this program, and of this version?")


def may_not_write(error: Exception, server: Server) -> TrackerError:
    """Say that a user has not the rights that every writing command needs."""
    told = explain(error, server).message.removeprefix(f"{server}: ")
    every = " IN SCHEMA public TO this user; "
    return TrackerError(
        f"{server} cannot be written by this user: {told}",
        "Name another user in the url, or let its owner run, for the schema it is in:"
        f" GRANT ALL ON ALL TABLES{every}GRANT ALL ON ALL SEQUENCES{every.rstrip('; ')}.",
    )


def quoted(server: Server) -> str:
    """The server as it is typed after ``--db``, but for its password."""
    return quote_word(str(server))
