"""How much memory there is for somebody's own statement, which may ask for all there is."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from weakref import finalize

_STATM = Path("/proc/self/statm")

HEAP = 2 * 2**30
"""Bytes that SQLite may take for sorting and for tables of its own."""


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
