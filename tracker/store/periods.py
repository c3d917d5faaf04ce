"""Periods, each stored once under its written form."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.store.engine import Session
from tracker.values import Period


def period_id(session: Session, period: Period) -> int:
    """Return the id of a period, which is recorded if it is new."""
    found = session.value("SELECT id FROM period WHERE label = :label", label=str(period))
    if found is not None:
        return int(found)
    return session.insert("period", _fields(period))


def add_periods(session: Session, periods: Mapping[int, Period]) -> None:
    """Record new periods under ids that are free."""
    session.run_many(
        "INSERT INTO period (id, label, start_date, end_date, precision)"
        " VALUES (:id, :label, :start_date, :end_date, :precision)",
        [{"id": key} | _fields(period) for key, period in periods.items()],
    )


def _fields(period: Period) -> dict[str, object]:
    return {
        "label": str(period),
        "start_date": period.start.isoformat(),
        "end_date": period.end.isoformat(),
        "precision": period.precision,
    }
