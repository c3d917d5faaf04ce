"""Putting a backup in the place of the database: looked through first, and at once or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from tracker.errors import SchemaMismatch, TrackerError
from tracker.store.backup import copied, put, sync_folder
from tracker.store.damage import ways_out
from tracker.store.engine import connect, explain, is_empty, mismatch, revision
from tracker.store.readable import check_sound, schema

BESIDE = ("-journal", "-wal", "-shm")
BRIEF = 2000
"""Thousandths of a second to wait for others: who restores wants to know, not to wait."""


class Restored(NamedTuple):
    """What a restore did."""

    revision: str
    """The schema of the backup."""
    kept: Path | None
    """The database as it was; None where there was none, or it was not to be kept."""


def restore(backup: Path, path: Path, *, keep: bool = True) -> Restored:
    """Put a copy of a backup in the place of the database.

    Parameters
    ----------
    backup : pathlib.Path
        A database of ours, of this schema or an older one. It stays.
    path : pathlib.Path
        Where; what is there is kept beside under another name.
    keep : bool
        Whether to keep it.

    Returns
    -------
    Restored
        What was done.

    Raises
    ------
    DatabaseMissing, SchemaMismatch
        If the backup is none, damaged, or newer than this program.
    TrackerError
        If somebody has the database open and writes, or there is no room.
    """
    path = path.resolve()
    connect(backup, "ro").close()
    if path.exists() and path.samefile(backup):
        raise TrackerError(f"{backup} is the database itself", "Name a backup of it.")
    _check(backup, backup)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrackerError(f"{path.parent}: {error.strerror}", "Choose a folder that you can write to.") from error
    with copied(backup, path) as made:
        _check(made, backup)
        with _still(path, keep):
            kept = _keep(path) if keep and path.exists() else None
            for ending in BESIDE:
                # A journal of the old file would be rolled back into the new one.
                path.with_name(path.name + ending).unlink(missing_ok=True)
            _put(made, path)
    sync_folder(path.parent)
    return Restored(str(schema(path)), kept)


def _check(made: Path, backup: Path) -> None:
    """Refuse a backup that is not sound."""
    found = check_sound(made)
    if found:
        more = f", and {len(found) - 1} findings more" if len(found) > 1 else ""
        raise TrackerError(f"{backup} is not restored: {found[0]}{more}", _hint(backup))


def _hint(backup: Path) -> str:
    return ways_out(backup).splitlines()[0]


@contextmanager
def _still(path: Path, keep: bool) -> Iterator[None]:
    """Hold the database so that nobody reads or writes it meanwhile; a damaged one nobody can.

    Raises
    ------
    TrackerError
        If others are at work in it, or it is none of ours.
    """
    with ExitStack() as stack:
        if path.exists() and path.stat().st_size:
            connection = stack.enter_context(closing(connect(path, "rw")))
            try:
                connection.execute(f"PRAGMA busy_timeout={BRIEF}")
                # What others have written and not yet moved into the file itself comes in, or they are still there.
                if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
                    connection.execute("PRAGMA journal_mode=DELETE")
                connection.execute("BEGIN EXCLUSIVE")
                if revision(connection) is None and not is_empty(connection):
                    raise mismatch(None, path)
            except sqlite3.Error as error:
                _tell(error, path, keep)
        yield


def _tell(error: sqlite3.Error, path: Path, keep: bool) -> None:
    """Refuse where others are at work; let a damaged file be replaced, if it is kept."""
    said = str(error)
    if "locked" in said or "busy" in said:
        raise TrackerError(
            f"{path} is in use by another program; nothing was changed", "Let it finish, or end it, then try again."
        ) from error
    if isinstance(error, sqlite3.OperationalError) and "malformed" not in said:
        raise explain(error, path) from error
    if not keep:
        raise SchemaMismatch(
            f"{path} is damaged, or no database ({said}): it is not given up unseen", "Leave out --no-backup."
        ) from error


def _keep(path: Path) -> Path:
    """Give the old file another name, together with its journal; the name it has stays until the new one takes it."""
    number = 1
    while True:
        target = path.with_name(f"{path.name}.before-restore" + (f".{number}" if number > 1 else ""))
        names = [(path.with_name(path.name + ending), target.with_name(target.name + ending)) for ending in BESIDE[:2]]
        if any(os.path.lexists(one) for one in (target, *(beside for _, beside in names))):
            number += 1
            continue
        _link(path, target)
        for old, new in names:
            if old.exists() and old.stat().st_size:
                _link(old, new)
        return target


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:
        # A disk that knows no links.
        shutil.copy2(old, new)


def _put(made: Path, path: Path) -> None:
    if path.exists():
        shutil.copymode(path, made)
        made.replace(path)
    else:
        put(made, path)
