"""Which database is meant, and who said so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import UsageProblem

DEFAULT = "tracker.db"
VARIABLE = "TRACKER_DB"


@dataclass(frozen=True, slots=True)
class Database:
    """The place of a database.

    Parameters
    ----------
    path : pathlib.Path
        The SQLite file, absolute.
    why : str
        Who chose it: ``--db``, ``$TRACKER_DB`` or ``default``.
    """

    path: Path
    why: str

    def __str__(self) -> str:
        return str(self.path)


def database(given: str | None = None, environ: Mapping[str, str] = os.environ) -> Database:
    """Find the database: ``--db``, else ``$TRACKER_DB``, else ``./tracker.db``.

    Parameters
    ----------
    given : str or None
        A path or a SQLite URL, as typed after ``--db``.
    environ : mapping
        The environment.

    Raises
    ------
    UsageProblem
        If the text is empty, or a URL of another kind of database.

    Examples
    --------
    >>> database("sqlite:////srv/shares.db").path
    PosixPath('/srv/shares.db')
    >>> database(None, {}).why
    'default'
    """
    if given is not None:
        return Database(_path(given, "--db"), "--db")
    if environ.get(VARIABLE):
        return Database(_path(environ[VARIABLE], f"${VARIABLE}"), f"${VARIABLE}")
    return Database(Path.cwd() / DEFAULT, "default")


def _path(text: str, why: str) -> Path:
    scheme, mark, rest = text.partition("://")
    if not mark:
        return _absolute(text, text, why)
    if scheme.partition("+")[0] != "sqlite":
        raise UsageProblem(
            f"{why}: {scheme}:// is not supported, only SQLite is", "Give a file, or sqlite:///FILE (four / for /FILE)."
        )
    return _absolute(rest.removeprefix("/"), text, why)


def _absolute(path: str, text: str, why: str) -> Path:
    if path in ("", ":memory:") or "\0" in path:
        raise UsageProblem(f"{why}: {text!r} names no file", "Give a file, or sqlite:///FILE.")
    try:
        return Path(path).expanduser().absolute()
    except RuntimeError as error:
        raise UsageProblem(f"{why}: {text!r}: {error}", "Write the whole path.") from error
