"""A copy of a database beside it, made whole or not at all, and never over another file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from itertools import count
from pathlib import Path
from urllib.parse import quote

from tracker.errors import TrackerError
from tracker.store.engine import connect, explain


def back_up(path: Path, ending: str) -> Path:
    """Copy a database, with what other programs have committed to it.

    Parameters
    ----------
    path : pathlib.Path
        The database.
    ending : str
        What the name of the copy has more; a number follows where that is taken.

    Returns
    -------
    pathlib.Path
        The copy.

    Raises
    ------
    TrackerError
        If there is no room for it, or the folder cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        os.close(handle)
        made = Path(name)
        try:
            _copy(path, made)
            return _named(made, path, ending)
        finally:
            made.unlink(missing_ok=True)
    except OSError as error:
        raise TrackerError(
            f"{path.parent}: no copy of the database can be made there: {error.strerror}",
            "Look at the rights of the folder, and at the room on the disk.",
        ) from error


def _copy(path: Path, made: Path) -> None:
    """SQLite's own copy: whole also while others write. It takes a URI, which can name any file."""
    try:
        with closing(connect(path, "rw")) as connection:
            connection.execute("VACUUM INTO ?", (f"file://{quote(os.fsencode(made.absolute()))}",))
    except sqlite3.Error as error:
        raise explain(error, path) from error
    shutil.copymode(path, made)
    with made.open("rb+") as file:
        os.fsync(file.fileno())


def _named(made: Path, path: Path, ending: str) -> Path:
    """Give the copy the first name that is free."""
    for number in count(1):
        target = path.with_name(f"{path.name}.{ending}" + (f".{number}" if number > 1 else ""))
        try:
            os.link(made, target)
        except FileExistsError:
            continue
        except OSError:
            # A disk that knows no links.
            if os.path.lexists(target):
                continue
            os.rename(made, target)
        return target
    raise AssertionError("there is always another number")
