"""Making a database, and bringing an older one up to date: by Alembic, and by nothing else."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import SchemaMismatch, TrackerError
from tracker.store.engine import HEAD, Session, connect, explain, is_empty, mismatch, revision, writing

if TYPE_CHECKING:
    from alembic.config import Config


def create(path: Path, fill: Callable[[Session], object] | None = None) -> None:
    """Make a database at the newest schema.

    It is made under another name beside its place and moved there when it is whole, so that an
    interrupted `create` leaves nothing that looks like a database.

    Parameters
    ----------
    path : pathlib.Path
        Where; nothing may be there, or an empty file.
    fill : callable, optional
        Puts the first rows in.

    Raises
    ------
    TrackerError
        If something is there already, or the folder cannot be written.
    """
    path = path.resolve()  # behind a link, the file itself is made
    if path.exists() and not path.is_file():
        raise TrackerError(f"{path} is there already, and is no file", "Name a file that is not there yet.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    except OSError as error:
        raise TrackerError(f"{path.parent}: {error.strerror}", "Choose a folder that you can write to.") from error
    os.close(handle)
    made = Path(name)
    try:
        _migrate(made)
        if fill is not None:
            with writing(made) as session:
                fill(session)
        _move(made, path)
    finally:
        made.unlink(missing_ok=True)


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
    """Return the schema revision of the file at `path`: None for no file, an empty one, or none of ours.

    Raises
    ------
    SchemaMismatch
        If it is no database, or one of another program.
    """
    if not path.exists():
        return None
    connection = connect(path, "ro")
    try:
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


def upgrade(path: Path, first: Callable[[], object] | None = None) -> tuple[str, str]:
    """Bring a database up to date, in one transaction.

    Parameters
    ----------
    path : pathlib.Path
        The database.
    first : callable, optional
        Called before anything is changed; not where nothing is to be done, or nothing can be.

    Returns
    -------
    tuple of str
        The revision before and after; equal when there was nothing to do.

    Raises
    ------
    DatabaseMissing
        If there is no file.
    SchemaMismatch
        If it is not ours, newer than this program, or of a revision that this program does not know.
    """
    connect(path, "rw").close()
    found = state(path)
    if found is None or found > HEAD:
        raise mismatch(found, path, empty=found is None)
    if found < HEAD:
        _check_known(path, found)
        if first is not None:
            first()
        _migrate(path)
    return found, HEAD


def scripts() -> Path:
    """Return the folder of the migrations: inside the installed package, else in the checkout."""
    package = Path(__file__).parent.parent
    inside = package / "_migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def config() -> Config:
    """Alembic's configuration, which names no file and no database."""
    from alembic.config import Config

    made = Config()
    # Alembic reads its values through configparser, to which % is special.
    made.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def _check_known(path: Path, found: str) -> None:
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    try:
        ScriptDirectory.from_config(config()).get_revision(found)
    except CommandError as error:
        raise SchemaMismatch(
            f"{path} has a schema that this program does not know: {error}",
            "Was it made by a newer or a trial version?",
        ) from error


def _migrate(path: Path) -> None:
    from alembic import command

    alembic = config()
    alembic.attributes["creator"] = lambda: connect(path, "rw")
    try:
        command.upgrade(alembic, "head")
    except Exception as error:
        cause = error.__cause__ or error
        if isinstance(cause, sqlite3.Error):
            raise explain(cause, path) from error
        raise
