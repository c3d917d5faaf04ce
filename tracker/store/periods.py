"""Periods, each stored once under its written form."""

from __future__ import annotations

from tracker.store.engine import Session
from tracker.values import Period


def period_id(session: Session, period: Period) -> int:
    """Return the id of a period, which is recorded if it is new."""
    found = session.value("SELECT id FROM period WHERE label = :label", label=str(period))
    if found is not None:
        return int(found)
    return session.insert(
        "period",
        {
            "label": str(period),
            "start_date": period.start.isoformat(),
            "end_date": period.end.isoformat(),
            "precision": period.precision,
        },
    )
