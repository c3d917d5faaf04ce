"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tracker.beside import refusal, whole
from tracker.errors import TrackerError
from tracker.settings import Place, file_of

BESIDE = ("-journal", "-wal", "-shm")
"""Endings of what SQLite keeps beside a database while it is written."""

SQLITE = b"SQLite format 3\0"
"""How each of its databases begins."""


def replace_file(path: Path, content: bytes, *, but: Place) -> None:
    """Write a file beside its place, then move it there. Links are followed; pipes and devices are written to.

    Raises
    ------
    TrackerError
        If `path` is the database `but`, or cannot be written.
    """
    with replacing(path, but=but) as file:
        file.write(content)


@contextmanager
def replacing(path: Path, *, but: Place) -> Iterator[IO[bytes]]:
    """Open a file for `replace_file`, bit by bit; where the block raises, what stood there stays.

    Raises
    ------
    TrackerError
        If `path` is the database `but`, or cannot be written.
    """
    guard(path, but)
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
            return
        with whole(path) as beside:
            yield beside
    except OSError as error:
        raise refusal(path, error) from error


def guard(path: Path, place: Place) -> None:
    """Refuse to write over the database, over a file that SQLite keeps beside it, or over any other database.

    Raises
    ------
    TrackerError
        If so, by whatever name or link.
    """
    database = file_of(place)
    if _is_database(path) and not (database is not None and _is_same(path, database)):
        raise TrackerError(f"{path} is a database", "Choose another file for the output, or remove it first.")
    if database is None:
        return
    if _is_same(path, database):
        raise TrackerError(f"{path} is the database itself", "Choose another file for the output.")
    real = database.resolve()
    if any(_is_same(path, real.with_name(f"{real.name}{ending}")) for ending in BESIDE):
        raise TrackerError(f"{path} belongs to the database {database}", "Choose another file for the output.")


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return False


def _is_same(path: Path, other: Path) -> bool:
    """Whether two names are one file, or would be one if both were there."""
    if path.exists() and other.exists():
        return path.samefile(other)
    return os.path.realpath(path) == os.path.realpath(other)
