"""A copy of a database, made whole or not at all, and never over a file that nobody gave up."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

from tracker.beside import apart, link
from tracker.errors import TrackerError
from tracker.store.engine import connect, explain
from tracker.store.waiting import SAY_AFTER, patiently


def back_up(path: Path, ending: str) -> Path:
    """Copy a database to a free name beside it, with what other programs have committed to it.

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
    with copied(path, path.parent / path.name) as made:
        return named(made, path, ending)


def back_up_to(path: Path, target: Path, *, force: bool = False) -> None:
    """Copy a database to a name of one's own.

    Parameters
    ----------
    path : pathlib.Path
        The database.
    target : pathlib.Path
        The copy.
    force : bool
        Whether a file that is there already may be replaced, once the copy is whole.

    Raises
    ------
    TrackerError
        If something is there already, or is the database, or the copy cannot be made.
    """
    target = target.resolve()
    check_target(path, target, force=force)
    with copied(path, target) as made:
        if force:
            made.replace(target)
        else:
            put(made, target)
    sync_folder(target.parent)


def check_target(path: Path, target: Path, *, force: bool) -> None:
    """Refuse a name at which no copy may be put.

    Raises
    ------
    TrackerError
        If so.
    """
    if target.exists() and path.exists() and target.samefile(path):
        raise TrackerError(f"{target} is the database itself", "Choose another file for the copy.")
    if os.path.lexists(target) and not target.is_file():
        raise TrackerError(f"{target} is there already, and is no file", "Choose another name.")
    if target.exists() and not force:
        raise TrackerError(f"{target} is there already", "Choose another name, or replace it with --force.")


@contextmanager
def copied(path: Path, target: Path) -> Iterator[Path]:
    """Make a whole copy under a name of no meaning beside its place, gone after the block unless it was moved.

    Raises
    ------
    TrackerError
        If that fails; nothing is left of it then.
    """
    try:
        with apart(target) as made:
            _copy(path, made)
            yield made
    except OSError as error:
        raise TrackerError(
            f"{target.parent}: no copy of the database can be made there: {error.strerror}",
            "Look at the rights of the folder, and at the room on the disk.",
        ) from error


def _copy(path: Path, made: Path) -> None:
    """SQLite's own copy: whole also while others write. It takes a URI, which can name any file."""
    try:
        with closing(connect(path, "rw", wait=SAY_AFTER)) as connection:
            target = f"file://{quote(os.fsencode(made.absolute()))}"
            patiently(path, lambda: connection.execute("VACUUM INTO ?", (target,)))
    except sqlite3.Error as error:
        if "disk is full" in str(error) or "disk I/O" in str(error):
            raise TrackerError(
                f"{made.parent}: there is no room for a copy of the database",
                f"It takes up to {path.stat().st_size:,} bytes: free some, then try again.",
            ) from error
        raise explain(error, path) from error
    shutil.copymode(path, made)
    with made.open("rb+") as file:
        os.fsync(file.fileno())


def named(made: Path, path: Path, ending: str) -> Path:
    """Give a finished file the first name that is free: that of the database, and an ending."""
    for number in count(1):
        target = path.with_name(f"{path.name}.{ending}" + (f".{number}" if number > 1 else ""))
        try:
            put(made, target)
        except TrackerError:
            continue
        return target
    raise AssertionError("there is always another number")


def put(made: Path, target: Path) -> None:
    """Give a finished file its name, unless something is there.

    Raises
    ------
    TrackerError
        If so.
    """
    try:
        link(made, target)
    except FileExistsError:
        raise TrackerError(f"{target} is there already", "Choose another name.") from None


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlast a power cut, where the system can do that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
