"""Batches: one run of a command that writes, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tracker.errors import TrackerError
from tracker.store.engine import Session

COUNTS = ("added", "same", "revised", "reported", "withdrawn", "restored", "moved")
"""What a batch did, in rows: new; known already; closed with a successor; further pages; closed without one;
current again after an undo; under another entity after a merge."""

MANY = 1_000_000
"""Rows from which on a write takes so long that others are to be let in meanwhile: `writing(..., many=True)`."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One run of a command that writes.

    Parameters
    ----------
    command : str
        ``init``, ``add``, ``import``, ``refresh``, ``undo``, ``retract``, ``correct``, ``merge`` or ``rule``.
    version : str
        Version of this program.
    file, sha256, importer : str or None
        What was read, its digest, and how.
    reason : str or None
        Why recorded shares were revised.
    url : str or None
        Where the file was fetched, without secrets.
    etag, last_modified : str or None
        What the server said of the file's state.
    asked : str or None
        What the person said of how to read it, as JSON.
    """

    command: str
    version: str
    file: str | None = None
    sha256: str | None = None
    importer: str | None = None
    reason: str | None = None
    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    asked: str | None = None


def open_batch(session: Session, batch: Batch, **counts: int) -> int:
    """Record a batch, and return its id. What is not counted is zero, and can be told later by `count`."""
    said = {name: getattr(batch, name) for name in batch.__dataclass_fields__}
    return session.insert("batch", said | {"recorded_at": now(session)} | dict.fromkeys(COUNTS, 0) | counts)


def count(session: Session, batch: int, **counts: int) -> None:
    """Say what a batch did, once it is done."""
    # The names of columns are those of `COUNTS`, never from a person.
    told = ", ".join(f"{name} = :{name}" for name in counts)
    session.run(f"UPDATE batch SET {told} WHERE id = :batch", batch=batch, **counts)


def changed_many(session: Session, batch: int) -> bool:
    """Whether a batch changed so many rows that to take it back takes long."""
    found = session.value(f"SELECT {' + '.join(COUNTS)} FROM batch WHERE id = :batch", batch=batch)
    return found is not None and found > MANY


def holds_many(session: Session) -> bool:
    """Whether there is so much that what a command may change of it is not known before, and may take long."""
    few = f"SELECT count(*) FROM (SELECT 1 FROM observation LIMIT {MANY + 1})"
    return bool(session.value(f"SELECT ({few}) > {MANY}"))


def now(session: Session) -> str:
    """The time in UTC; past the last batch even if the clock was set back, so that history keeps its order.

    Raises
    ------
    TrackerError
        If no time is left after the last batch.
    """
    time = datetime.now(UTC)
    last = session.value("SELECT max(recorded_at) FROM batch")
    if last is not None:
        time = max(time, _after(last))
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _after(last: str) -> datetime:
    try:
        return datetime.fromisoformat(last) + timedelta(microseconds=1)
    except OverflowError as error:
        raise TrackerError(
            f"the last batch is recorded at {last}, by a clock that was wrong: no later time can be written",
            "Put a backup from before it back: tracker db restore FILE",
        ) from error
