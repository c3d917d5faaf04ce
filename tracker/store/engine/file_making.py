"""Making an SQLite file, and migrating one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from tracker.beside import apart
from tracker.errors import SchemaMismatch, TrackerError
from tracker.store.damage import look_first
from tracker.store.engine.files import writing
from tracker.store.engine.journals import hold
from tracker.store.engine.schema import mismatch
from tracker.store.engine.session import Session
from tracker.store.engine.sqlite import connect, explain, is_empty, revision
from tracker.store.waiting import READER, SAY_AFTER, patiently

Migrate = Callable[[dict[str, object]], None]
"""Runs the migrations, given how they get their connection."""


def create(path: Path, migrate: Migrate, fill: Callable[[Session], object] | None = None) -> None:
    """Make a file under another name, and move it to its place when it is whole: see `migrate.create`."""
    path = path.resolve()  # behind a link, the file itself is made
    if path.exists() and not path.is_file():
        raise TrackerError(f"{path} is there already, and is no file", "Name a file that is not there yet.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with apart(path) as made:
            upgrade(made, migrate)
            if fill is not None:
                with writing(made) as session:
                    fill(session)
            _move(made, path)
    except OSError as error:
        raise TrackerError(f"{path.parent}: {error.strerror}", "Choose a folder that you can write to.") from error


def _move(made: Path, path: Path) -> None:
    """Give the finished file its name and the usual rights; never over a database that came meanwhile."""
    umask = os.umask(0)
    os.umask(umask)
    made.chmod(0o666 & ~umask)
    try:
        # Unlike a look and then a rename, this cannot lose the race against another `create`.
        os.link(made, path)
    except OSError as error:
        if path.exists() and path.stat().st_size:
            raise TrackerError(
                f"{path} was made by somebody else meanwhile", "Look at it, then run this again."
            ) from error
        # An empty file is there, or the disk knows no links.
        os.replace(made, path)


def state(path: Path) -> str | None:
    """Return the schema revision of a file: see `migrate.state`."""
    if not path.exists():
        return None
    connection = connect(path, "ro", wait=SAY_AFTER)
    try:
        hold(connection, path)
        found = revision(connection)
        if found is None and not is_empty(connection):
            raise mismatch(found, path)
    except sqlite3.OperationalError as error:
        raise explain(error, path) from error
    except sqlite3.DatabaseError as error:
        raise SchemaMismatch(f"{path} is no SQLite database ({error})", "Name another with --db.") from error
    finally:
        connection.close()
    return found


def must_be_there(path: Path) -> None:
    """Refuse where there is no file that can be opened for writing."""
    connect(path, "rw").close()


def upgrade(path: Path, migrate: Migrate) -> None:
    """Run the migrations on a file; who is in the way is waited for."""

    def begin(connection: sqlite3.Connection) -> None:
        patiently(path, lambda: connection.execute("BEGIN IMMEDIATE"))
        if path.stat().st_size:
            look_first(connection, path)

    def commit(connection: sqlite3.Connection) -> None:
        patiently(path, lambda: connection.execute("COMMIT"), of=READER)

    try:
        migrate({"creator": lambda: connect(path, "rw", wait=SAY_AFTER), "begin": begin, "commit": commit})
    except Exception as error:
        cause = error.__cause__ or error
        if isinstance(cause, sqlite3.Error):
            raise explain(cause, path) from error
        raise
