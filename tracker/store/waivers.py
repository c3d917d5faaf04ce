"""Waivers: why a finding of a check is no mistake. They are closed, never erased."""

from __future__ import annotations

from typing import NamedTuple

from tracker.errors import UnknownName
from tracker.store.batches import now
from tracker.store.engine import Session


class Waiver(NamedTuple):
    """What is waived, and why.

    Attributes
    ----------
    number : int
        Its id.
    check : str
        The check whose findings it covers.
    market, entity, period : str
        Where; '' for all.
    reason : str
        Why.
    batch : int
        The newest batch when it was made: what a later one changes is not covered.
    known_from : str
        When it was made, in UTC.
    """

    number: int
    check: str
    market: str
    entity: str
    period: str
    reason: str
    batch: int
    known_from: str


def waivers(session: Session) -> list[Waiver]:
    """Return the waivers that are in force, oldest first."""
    return [
        Waiver(*row)
        for row in session.rows(
            "SELECT waiver.id, finding, coalesce(market.slug, ''), coalesce(entity.name, ''),"
            " coalesce(waiver.period, ''), reason, coalesce(batch_id, 0), known_from FROM waiver"
            " LEFT JOIN market ON market.id = market_id LEFT JOIN entity ON entity.id = entity_id"
            " WHERE known_to IS NULL ORDER BY waiver.id"
        )
    ]


def add_waiver(session: Session, check: str, market: str, entity: str, period: str, reason: str) -> int | None:
    """Record a waiver; one of the same scope that is in force is closed.

    Parameters
    ----------
    session : Session
        A writing one.
    check : str
        Name of the check.
    market, entity, period : str
        Recorded names, and a written period; '' for all.
    reason : str
        Why.

    Returns
    -------
    int or None
        Its number; None where it is recorded just so.
    """
    newest = session.value("SELECT max(id) FROM batch")
    for before in waivers(session):
        if before[1:5] == (check, market, entity, period):
            if (before.reason, before.batch) == (reason, newest or 0):
                return None
            _close(session, before.number)
    return session.insert(
        "waiver",
        {
            "finding": check,
            "market_id": session.value("SELECT id FROM market WHERE slug = :market", market=market),
            "entity_id": session.value("SELECT id FROM entity WHERE name = :entity", entity=entity),
            "period": period or None,
            "reason": reason,
            "batch_id": newest,
            "known_from": now(session),
        },
    )


def drop_waiver(session: Session, number: int) -> Waiver:
    """Close a waiver: its findings are shown again.

    Raises
    ------
    UnknownName
        If none of this number is in force.
    """
    found = next((waiver for waiver in waivers(session) if waiver.number == number), None)
    if found is None:
        raise UnknownName(f"there is no waiver {number}", "See those that are in force: tracker waive --list")
    _close(session, number)
    return found


def _close(session: Session, number: int) -> None:
    session.run("UPDATE waiver SET known_to = :now WHERE id = :number", now=now(session), number=number)
