"""A connection that stays open, cannot write, and sees at every look what is recorded by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from threading import Lock

from tracker.errors import TrackerError
from tracker.settings import Place
from tracker.store.engine import Session, looks_at


class Held:
    """An open database for many short looks, each of one moment.

    Between two looks no transaction is open: nobody who writes waits for it, and the next look sees what they
    wrote. Several threads may share it; their looks wait for each other. A process that was forked opens its own.

    Parameters
    ----------
    path : Place
        The database.

    Raises
    ------
    DatabaseMissing
        If there is none.
    SchemaMismatch
        If it is not ours, or of another schema.
    """

    def __init__(self, path: Place) -> None:
        self.path = path
        self.closed = False
        self._lock = Lock()
        self._looks = looks_at(path)
        with self.look():
            pass

    @contextmanager
    def look(self) -> Iterator[Session]:
        """Read, all of it as of one moment.

        Raises
        ------
        TrackerError
            If it was closed.
        """
        with self._lock:
            self._check_open()
            with self._looks.look() as session:
                yield session

    def apart(self, prepare: Callable[[Session], None] | None = None) -> AbstractContextManager[Session]:
        """Read through a connection that nobody else uses meanwhile: other looks do not wait for it.

        Parameters
        ----------
        prepare : callable, optional
            Makes temporary views, before everything but reading is denied.

        Raises
        ------
        TrackerError
            If it was closed.
        """
        self._check_open()
        return self._looks.apart(prepare)

    def _check_open(self) -> None:
        if self.closed:
            raise TrackerError("this connection is closed", "Open another: tracker.connect().")

    def close(self) -> None:
        """Close it; to close it again does no harm."""
        self.closed = True
        self._looks.close()

    def __del__(self) -> None:
        with suppress(Exception):
            self._looks.close()
