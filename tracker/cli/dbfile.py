"""The file of a database, for what only files know: copies of one's own, and damage."""

from __future__ import annotations

from pathlib import Path

from tracker.cli.options import chosen
from tracker.errors import UsageProblem
from tracker.settings import file_of


def chosen_file(db: str | None) -> Path:
    """Find the file that a command means.

    Raises
    ------
    UsageProblem
        If the database is on a server, which has programs of its own for that.
    """
    place = chosen(db).path
    file = file_of(place)
    if file is None:
        raise UsageProblem(
            f"{place}: this is PostgreSQL, not a file",
            "Use what the server has for that: pg_dump, pg_restore, VACUUM.",
        )
    return file


def sized(number: int) -> str:
    """Write a number of bytes.

    >>> sized(163840)
    '163,840 bytes'
    """
    return f"{number:,} byte{'s' * (number != 1)}"
