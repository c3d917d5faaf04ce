"""How much of everything a database holds."""

from __future__ import annotations

from tracker.store.engine import Session

_COUNTED = ("source", "market", "entity", "observation", "superseded", "report", "event", "batch")


def contents(session: Session) -> dict[str, int]:
    """Count the rows of each kind, and under ``url`` the pages that are cited."""
    counts = {table: int(session.value(f"SELECT count(*) FROM {table}")) for table in _COUNTED}
    counts["url"] = int(session.value("SELECT count(DISTINCT url) FROM citation"))
    return counts
