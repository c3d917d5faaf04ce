"""A copy of a database in which what a stopped program had begun is taken back; the database itself is not touched."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tracker.store.engine import connect

BESIDE = ("-journal", "-wal")
"""What SQLite keeps beside a file while it is being written."""


def beside(path: Path) -> list[tuple[str, Path]]:
    """What lies beside a database and holds something: the ending, and the file."""
    real = Path(os.path.realpath(path))
    files = [(ending, real.with_name(real.name + ending)) for ending in BESIDE]
    return [(ending, file) for ending, file in files if file.is_file() and file.stat().st_size]


def settled(path: Path, folder: Path) -> tuple[Path, bool]:
    """Copy a database and what lies beside it, and let SQLite put the copy right.

    Parameters
    ----------
    path : pathlib.Path
        The database.
    folder : pathlib.Path
        Where the copy is made.

    Returns
    -------
    tuple of pathlib.Path and bool
        The copy, and whether SQLite could put it right.
    """
    copy = folder / "settled.db"
    shutil.copyfile(path, copy)
    for ending, file in beside(path):
        shutil.copyfile(file, folder / (copy.name + ending))
    try:
        with closing(connect(copy, "rw")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return copy, False
    return copy, True
