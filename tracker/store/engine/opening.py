"""Opening a database, for reading or for writing: a file, or one on a server."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from tracker.settings import Place, Server
from tracker.store.engine import files
from tracker.store.engine.driver import driver
from tracker.store.engine.session import Session


def reading(place: Place, prepare: Callable[[Session], None] | None = None) -> AbstractContextManager[Session]:
    """Open a database that cannot be written through this connection, whatever is run on it.

    All that is read is of one moment, whoever writes meanwhile.

    Parameters
    ----------
    place : Place
        The database.
    prepare : callable, optional
        Makes temporary views, before everything but reading is denied.

    Raises
    ------
    DatabaseMissing
        If there is none.
    SchemaMismatch
        If it is not ours, or of another schema.
    """
    if isinstance(place, Server):
        driver()
        from tracker.store.engine import servers

        return servers.reading(place, prepare)
    return files.reading(place, prepare)


def writing(
    place: Place, *, dry_run: bool = False, many: bool | Callable[[Session], bool] = False, bulk: bool = False
) -> AbstractContextManager[Session]:
    """Open a database for one transaction: committed when the block ends, undone when it raises or is a dry run.

    Who writes waits for whoever writes already, so that batches follow each other.

    Parameters
    ----------
    place : Place
        The database.
    dry_run : bool
        Whether all of it is undone at its end.
    many : bool or callable
        Whether more than a million rows may change: others can read meanwhile. A callable is asked before it begins.
    bulk : bool
        Whether rows are checked by who makes them, from values and ids of this transaction, and not one by one by the
        file; two threads may take turns.

    Raises
    ------
    DatabaseMissing
        If there is none.
    SchemaMismatch
        If it is not ours, or of another schema.
    TrackerError
        If it cannot be written.
    """
    if isinstance(place, Server):
        driver()
        from tracker.store.engine import servers

        return servers.writing(place, dry_run=dry_run)
    return files.writing(place, dry_run=dry_run, many=many, bulk=bulk)


class Looks(Protocol):
    """A connection that stays open, for many looks."""

    def look(self) -> AbstractContextManager[Session]:
        """Read, all of it as of one moment."""

    def apart(self, prepare: Callable[[Session], None] | None = None) -> AbstractContextManager[Session]:
        """Read as `reading` does, through a connection that nobody else uses meanwhile."""

    def close(self) -> None:
        """Close it; to close it again does no harm."""


def looks_at(place: Place) -> Looks:
    """Prepare many short looks at a database, through one connection that cannot write."""
    if isinstance(place, Server):
        driver()
        from tracker.store.engine.server_looks import ServerLooks

        return ServerLooks(place)
    from tracker.store.engine.file_looks import FileLooks

    return FileLooks(place)
