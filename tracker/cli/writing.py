"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tracker.errors import TrackerError


def replace_file(path: Path, content: bytes, *, but: Path) -> None:
    """Write a file beside its place, then move it there. Links are followed; pipes and devices are written to.

    Raises
    ------
    TrackerError
        If `path` is the database `but`, or cannot be written.
    """
    with replacing(path, but=but) as file:
        file.write(content)


@contextmanager
def replacing(path: Path, *, but: Path) -> Iterator[IO[bytes]]:
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
        target = path.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as beside:
                yield beside
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(name, 0o666 & ~umask)
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise TrackerError(f"{path}: {error.strerror}", "Choose a folder that you can write to.") from error


def guard(path: Path, database: Path) -> None:
    """Refuse to write over the database.

    Raises
    ------
    TrackerError
        If the two are one file.
    """
    if path.exists() and database.exists() and path.samefile(database):
        raise TrackerError(f"{path} is the database itself", "Choose another file for the output.")
