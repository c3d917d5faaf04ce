"""The connection below a `Tracker`: looks at the database that cannot write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tracker.query.choosing import Day, Moment, day, moment
from tracker.settings import Place
from tracker.store.engine import Session
from tracker.store.held import Held
from tracker.store.past.asof import past


class Base:
    """Opens looks at a database: now through a connection that stays open, the past through one of its own."""

    def __init__(self, path: Place) -> None:
        self._held = Held(path)

    @property
    def path(self) -> Place:
        """The database file, or the server."""
        return self._held.path

    @contextmanager
    def _look(self, as_of: Moment = None, as_published: Day = None) -> Iterator[Session]:
        """Read, all of it as of one moment."""
        if as_of is None and as_published is None:
            with self._held.look() as session:
                yield session
            return
        with self._held.apart(past(moment(as_of), day(as_published))) as session:
            yield session

    @contextmanager
    def _alone(self, as_of: Moment = None, as_published: Day = None) -> Iterator[Session]:
        """Read through a connection that nobody else uses: what somebody's own SQL does to it ends with it."""
        if as_of is None and as_published is None:
            with self._held.apart() as session:
                yield session
            return
        with self._look(as_of, as_published) as session:
            yield session
