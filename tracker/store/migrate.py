"""Making a database, and bringing an older one up to date: by Alembic, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import SchemaMismatch
from tracker.settings import Place
from tracker.store.engine import HEAD, Session, mismatch
from tracker.store.engine.making import make, migrate_at, must_be_there, revision_of

if TYPE_CHECKING:
    from alembic.config import Config


def create(path: Place, fill: Callable[[Session], object] | None = None) -> None:
    """Make a database at the newest schema.

    A file is made under another name beside its place and moved there when it is whole, and on a server all is done in
    one transaction, so that an interrupted `create` leaves nothing that looks like a database.

    Parameters
    ----------
    path : Place
        Where; nothing may be there, or an empty file. On a server the database is there, and empty.
    fill : callable, optional
        Puts the first rows in.

    Raises
    ------
    TrackerError
        If something is there already, or the folder cannot be written.
    """
    make(path, _migrate, fill)


def state(path: Place) -> str | None:
    """Return the schema revision of a database: None where nothing is there, or nothing in it.

    Raises
    ------
    SchemaMismatch
        If it is no database, or one of another program.
    """
    return revision_of(path)


def upgrade(path: Place, first: Callable[[], object] | None = None) -> tuple[str, str]:
    """Bring a database up to date, in one transaction.

    Parameters
    ----------
    path : Place
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
    must_be_there(path)
    found = state(path)
    if found is None or found > HEAD:
        raise mismatch(found, path, empty=found is None)
    if found < HEAD:
        _check_known(path, found)
        if first is not None:
            first()
        migrate_at(path, _migrate)
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


def _check_known(path: Place, found: str) -> None:
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    try:
        ScriptDirectory.from_config(config()).get_revision(found)
    except CommandError as error:
        raise SchemaMismatch(
            f"{path} has a schema that this program does not know: {error}",
            "Was it made by a newer or a trial version?",
        ) from error


def _migrate(through: dict[str, object]) -> None:
    """Run the migrations on what the engine gives: a connection, or how one is made."""
    from alembic import command

    alembic = config()
    alembic.attributes.update(through)
    command.upgrade(alembic, "head")
