"""Opening a database: for reading without any way to write, or for one writing transaction."""

from tracker.store.engine.opening import looks_at, reading, writing
from tracker.store.engine.schema import HEAD, mismatch
from tracker.store.engine.session import Cursor, Row, Session
from tracker.store.engine.sqlite import check_schema, connect, explain, is_empty, only_reads, revision

__all__ = [
    "HEAD",
    "Cursor",
    "Row",
    "Session",
    "check_schema",
    "connect",
    "explain",
    "is_empty",
    "looks_at",
    "mismatch",
    "only_reads",
    "reading",
    "revision",
    "writing",
]
