"""Writing a file whole or not at all: beside its place, then moved there.

Who is killed half way leaves a part beside the place. Whoever writes holds a lock on its part, which ends with
the program: so the next one that writes to the same place knows which parts nobody writes any more, and clears
them away.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tracker.errors import TrackerError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

OLD = "old"
"""Where a folder is while another takes its place."""

_NAME = 200
"""Bytes that the name of a part takes at most from that of its place; a name may have 255."""


@contextmanager
def whole(place: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its place when it is whole; where the block raises, what stood there stays.

    Parameters
    ----------
    place : pathlib.Path
        Where; a link is followed.

    Raises
    ------
    OSError
        If it cannot be written; `refusal` says so in words.
    """
    try:
        place = place.resolve()
    except RuntimeError as error:  # a link to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(place)) from error
    with apart(place) as part:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.chmod(rights())
        part.replace(place)


@contextmanager
def apart(place: Path, *, folder: bool = False) -> Iterator[Path]:
    """Make an empty file or folder beside a place, which is gone when the block ends, unless it was moved.

    Parameters
    ----------
    place : pathlib.Path
        What it shall become, no link.
    folder : bool
        Whether a folder is made.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    clear(place)
    part, lock = _made(place, folder)
    try:
        yield part
    finally:
        _remove(part)
        os.close(lock)


def clear(place: Path) -> None:
    """Remove the parts of a place that nobody writes any more, because the program was killed."""
    parts = re.compile(re.escape(_stem(place)) + r"[0-9a-f]{8}\.part")
    with suppress(OSError):
        for name in os.listdir(place.parent):
            if parts.fullmatch(name):
                _remove_left(place.parent / name, place)


def put_in(part: Path, place: Path) -> None:
    """Move a folder that is whole to its place. Of the folder there, what was killed in between leaves one of the two.

    Raises
    ------
    OSError
        If it cannot be moved; the old one is in its place then.
    """
    with apart(place, folder=True) as room:
        old = room / OLD
        if place.exists():
            place.rename(old)
        try:
            part.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise


def link(part: Path, place: Path) -> None:
    """Give a finished file its name, unless something has it.

    Raises
    ------
    FileExistsError
        If so; a link that leads nowhere is something, too.
    OSError
        If it cannot be moved there.
    """
    try:
        os.link(part, place)
    except FileExistsError:
        raise
    except OSError as error:
        # A disk that knows no links.
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from error
        os.rename(part, place)


def rights() -> int:
    """Return the rights that a new file has."""
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def refusal(place: object, error: OSError | RuntimeError) -> TrackerError:
    """Say in words why a file cannot be written; a link that leads to itself is a RuntimeError before Python 3.13."""
    reason = getattr(error, "strerror", None) or str(error)
    if getattr(error, "errno", None) in NO_ROOM:
        return TrackerError(
            f"{place}: {reason}; what stood there before stays", "Free some room, or choose another folder."
        )
    return TrackerError(f"{place}: {reason}", "Choose a folder that you can write to.")


def _stem(place: Path) -> str:
    return f".{os.fsdecode(os.fsencode(place.name)[:_NAME])}."


def _made(place: Path, folder: bool) -> tuple[Path, int]:
    """Make a part and lock it: again, where somebody cleared it away before it was locked."""
    while True:
        part = place.with_name(f"{_stem(place)}{secrets.token_hex(4)}.part")
        if folder:
            part.mkdir()
        else:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with suppress(FileNotFoundError):
            lock = os.open(part, os.O_RDONLY)
            # A disk that knows no locks has nobody who clears.
            with suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX)
            if os.path.lexists(part):
                return part, lock
            os.close(lock)


def _remove_left(part: Path, place: Path) -> None:
    lock = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if (part / OLD).exists() and not place.exists():
            (part / OLD).rename(place)
        _remove(part)
    except OSError:
        pass  # somebody writes it, or the disk knows no locks
    finally:
        os.close(lock)


def _remove(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        # What SQLite keeps beside a database goes with it.
        for end in ("", "-journal", "-wal", "-shm"):
            part.with_name(part.name + end).unlink(missing_ok=True)
