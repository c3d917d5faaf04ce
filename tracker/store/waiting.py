"""Waiting for other programs that have the database open: as long as it takes, and saying so."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tracker.errors import TrackerError
from tracker.values.harmless import harmless

PATIENCE = 3600.0
"""Seconds after which whoever is in the way is held to be stuck. An import of very many rows takes minutes."""

SAY_AFTER = 1.0
"""Seconds after which a person is told why nothing happens."""

WRITER = "another program that writes to"
READER = "another program that reads"
USER = "another program that uses"

Answer = TypeVar("Answer")


def patiently(path: Path, do: Callable[[], Answer], *, of: str = WRITER, patience: float | None = None) -> Answer:
    """Do what others may stand in the way of, again and again until they are done.

    Parameters
    ----------
    path : pathlib.Path
        The database.
    do : callable
        What to do. SQLite may refuse it as busy, after `SAY_AFTER` or less: `connect` with that.
    of : str
        Who is waited for, as it is said on stderr.
    patience : float, optional
        Seconds to wait at most; `PATIENCE` unless told.

    Raises
    ------
    TrackerError
        If they are not done after all that time.
    """
    wait = Waiting(path, of, PATIENCE if patience is None else patience)
    while True:
        try:
            return do()
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
        wait.on()


def is_busy(error: sqlite3.Error) -> bool:
    """Whether SQLite means that another program is in the way."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class Waiting:
    """One wait: how long it takes already, and whether a person was told.

    Parameters
    ----------
    path : pathlib.Path
        The database.
    of : str
        Who is waited for.
    patience : float
        Seconds to wait at most.
    """

    def __init__(self, path: object, of: str, patience: float) -> None:
        self.path, self.of, self.patience = path, of, patience
        self.started, self.told = time.monotonic(), False

    def on(self) -> None:
        """Wait on, or give up.

        Raises
        ------
        TrackerError
            If it took too long.
        """
        waited = time.monotonic() - self.started
        if waited >= self.patience:
            raise TrackerError(
                f"{self.path} has been in use by another program for {spent(self.patience)}; nothing was stored",
                "Look which program has it open and does not end, then try again.",
            )
        if not self.told and waited >= SAY_AFTER * 0.9:
            self.told = True
            say(f"Waiting for {self.of} {self.path} ...")


def spent(seconds: float) -> str:
    """Say a length of time.

    >>> spent(3600), spent(60)
    ('60 minutes', '60 seconds')
    """
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


def say(text: str) -> None:
    """Tell a person, on stderr."""
    if sys.stderr is not None:
        print(harmless(text), file=sys.stderr, flush=True)
