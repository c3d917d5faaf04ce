"""Making a database as small as it can be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tracker.errors import TrackerError
from tracker.store.damage import damaged
from tracker.store.engine import check_schema, connect, explain
from tracker.store.integrity import file_damages
from tracker.store.waiting import SAY_AFTER, USER, patiently


def vacuum(path: Path) -> tuple[int, int]:
    """Write a database anew without gaps, in one transaction: whole, or as it was.

    Parameters
    ----------
    path : pathlib.Path
        The database.

    Returns
    -------
    tuple of int
        Its size in bytes before and after.

    Raises
    ------
    DatabaseMissing, SchemaMismatch
        If there is none, or it is damaged or of another schema: to write a damaged one anew would hide the damage.
    TrackerError
        If others are at work in it and do not end, it cannot be written, or there is no room.
    """
    with closing(connect(path, "rw", wait=SAY_AFTER)) as connection:
        check_schema(connection, path)
        found = next(file_damages(path), None)
        if found is not None:
            raise damaged(path, found)
        before = path.stat().st_size
        try:
            patiently(path, lambda: connection.execute("VACUUM"), of=USER)
        except sqlite3.Error as error:
            if "disk is full" in str(error):
                raise TrackerError(
                    f"there is no room to write {path} anew; it is as it was",
                    f"That takes up to {2 * before:,} bytes beside it and in the folder for temporary files.",
                ) from error
            raise explain(error, path) from error
    return before, path.stat().st_size
