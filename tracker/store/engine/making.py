"""Making and migrating a database: a file, or one on a server."""

from __future__ import annotations

from collections.abc import Callable

from tracker.settings import Place, Server
from tracker.store.engine import file_making
from tracker.store.engine.driver import driver
from tracker.store.engine.file_making import Migrate
from tracker.store.engine.session import Session


def make(place: Place, migrate: Migrate, fill: Callable[[Session], object] | None) -> None:
    """Make a database, whole or not at all."""
    if isinstance(place, Server):
        driver()
        from tracker.store.engine import server_making

        server_making.create(place, migrate, fill)
    else:
        file_making.create(place, migrate, fill)


def revision_of(place: Place) -> str | None:
    """Return the schema revision of what is at a place; None where there is nothing, or nothing yet."""
    if isinstance(place, Server):
        driver()
        from tracker.store.engine import server_making

        return server_making.state(place)
    return file_making.state(place)


def must_be_there(place: Place) -> None:
    """Refuse a place where there is no database that can be opened for writing."""
    if isinstance(place, Server):
        driver()
        from tracker.store.engine import server_making

        server_making.must_be_there(place)
    else:
        file_making.must_be_there(place)


def migrate_at(place: Place, migrate: Migrate) -> None:
    """Run migrations on a database, all of them or none."""
    if isinstance(place, Server):
        driver()
        from tracker.store.engine import server_making

        server_making.upgrade(place, migrate)
    else:
        file_making.upgrade(place, migrate)
