"""The batches: what was done to a database, in its order."""

from __future__ import annotations

from tracker.errors import UnknownName
from tracker.store.batches import COUNTS
from tracker.store.engine import Row, Session

FIELDS = (
    *("batch", "recorded_at", "command", "file", "importer", *COUNTS, "reason", "undone_by"),
    *("sha256", "version", "url", "asked"),
)
"""What is told of a batch."""

_SELECT = (
    "SELECT batch.id, recorded_at, command, coalesce(file, url), importer, "
    + ", ".join(COUNTS)
    + ", reason, undo.batch_id, sha256, version, url, asked FROM batch LEFT JOIN undo ON undo.undoes = batch.id"
)


def batches(session: Session) -> list[Row]:
    """Return every batch, in the order of `FIELDS`, the oldest first."""
    return session.rows(f"{_SELECT} ORDER BY batch.id")


def batch(session: Session, number: int) -> Row:
    """Return one batch, in the order of `FIELDS`.

    Raises
    ------
    UnknownName
        If there is none of this number.
    """
    found = session.row(f"{_SELECT} WHERE batch.id = :number", number=number)
    if found is None:
        last = session.value("SELECT max(id) FROM batch")
        raise UnknownName(f"there is no batch {number}" + (f"; the last is {last}" if last else ""), "See: tracker log")
    return found
