"""How much memory there is for somebody's own statement, which may ask for all there is."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from time import monotonic
from weakref import finalize

_STATM = Path("/proc/self/statm")

HEAP = 2 * 2**30
"""Bytes that SQLite may take for sorting and for tables of its own."""

PAUSE = 0.001
"""Seconds from one look at the memory to the next: in that time it cannot grow by much."""


def limit_memory() -> None:
    """Let SQLite take no more than `HEAP` in this whole process: for a program that does nothing else with it."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f"PRAGMA hard_heap_limit={HEAP}")
    connection.close()


class Held:
    """Tells how much memory this process holds, as often as it is asked."""

    def __init__(self) -> None:
        self._file: int | None = None
        if _STATM.exists():
            self._file = os.open(_STATM, os.O_RDONLY)
            finalize(self, os.close, self._file)

    def now(self) -> int:
        """Return it in bytes; the most that it ever was, or 0, where the system does not say."""
        if self._file is not None:
            return int(os.pread(self._file, 100, 0).split()[1]) * os.sysconf("SC_PAGE_SIZE")
        try:
            from resource import RUSAGE_SELF, getrusage
        except ImportError:
            return 0
        return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


class Growth:
    """Tells whether a statement makes this process too large, where there is no limit to SQLite alone.

    That one is for good and for the whole process: a program that does other things, too, is watched instead. By
    more than `HEAP` it may not grow before the next rows are there, and with all rows not by more than half of the
    memory of the machine.

    Parameters
    ----------
    held : Held
        How much it holds.
    """

    def __init__(self, held: Held) -> None:
        self._held, self._start = held, held.now()
        self._most = max(HEAP, _machine() // 2)
        self._before, self._next = self._start, 0.0
        self.is_too_much = False

    def begin(self) -> None:
        """The next rows are asked for."""
        self._before = self._held.now()

    def look(self) -> bool:
        """Look whether it is too much; often, as most looks cost nothing."""
        if (now := monotonic()) >= self._next:
            self._next, held = now + PAUSE, self._held.now()
            self.is_too_much = held - self._before > HEAP or held - self._start > self._most
        return self.is_too_much


def _machine() -> int:
    """The bytes of memory that there are; 0 where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 0
