"""From a moment as a person writes it to the last batch that was known then."""

from __future__ import annotations

from typing import NamedTuple

from tracker.errors import UnknownName
from tracker.store.engine import Session
from tracker.values.asof import AsOf

LONG_AFTER = "9999-12-31T23:59:59.999999Z"


class Moment(NamedTuple):
    """A state of the database.

    Attributes
    ----------
    batch : int
        The last batch that was recorded by then; 0 before the first.
    at : str
        The time, for what is known by time and not by batch: parents of entities.
    """

    batch: int
    at: str


def moment(session: Session, asked: AsOf) -> Moment:
    """Find the state that a moment means.

    Raises
    ------
    UnknownName
        If there is no batch of this number; the first and the last are named.
    """
    # Another moment's view may stand before the table.
    there = f"{session.schema}.batch"
    if asked.at is not None:
        last = session.value(f"SELECT max(id) FROM {there} WHERE recorded_at <= :at", at=asked.at)
        return Moment(last or 0, asked.at)
    recorded = session.value(f"SELECT recorded_at FROM {there} WHERE id = :id", id=asked.batch)
    if recorded is None:
        first, last = session.rows(f"SELECT min(id), max(id) FROM {there}")[0]
        others = "there is none yet" if last is None else f"they are {first} to {last}"
        raise UnknownName(f"there is no batch {asked.batch}; {others}", "See them all: tracker log")
    following = session.value(f"SELECT min(recorded_at) FROM {there} WHERE id > :id", id=asked.batch)
    # Parents that were recorded between this batch and the next belong to the state after this one.
    return Moment(asked.batch or 0, LONG_AFTER if following is None else _before(following))


def _before(recorded_at: str) -> str:
    """The last microsecond before a time."""
    from datetime import datetime, timedelta

    time = datetime.fromisoformat(recorded_at) - timedelta(microseconds=1)
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def is_before_all(session: Session) -> bool:
    """Whether nothing was recorded by the moment that a session reads."""
    return session.value("SELECT 1 FROM batch") is None


def undated(session: Session) -> tuple[int, int]:
    """Count the shares of which nobody knows when their page was published: those that are read, and all there are."""
    read = session.value("SELECT count(*) FROM shares WHERE published IS NULL")
    there = session.value(
        f"SELECT count(*) FROM {session.schema}.observation JOIN citation ON citation.id = citation_id"
        " WHERE published IS NULL"
    )
    return int(read), int(there)
