"""Withdrawing what should never have been recorded: it is closed without a successor, and stays in the history."""

from __future__ import annotations

from tracker.store.amend.carry import close, close_reports
from tracker.store.amend.chosen import Chosen
from tracker.store.batches import Batch, count, open_batch
from tracker.store.engine import Session

WITHDRAWING = ("retract", "correct")
"""Batches that close a fact for good: an import that says the same again does not bring it back."""


def retract(session: Session, facts: list[Chosen], batch: Batch) -> int:
    """Withdraw observations, with all that further pages report of them; return the batch."""
    key = open_batch(session, batch)
    for fact in facts:
        close(session, fact.series, fact.period_id, key)
        close_reports(session, fact.series, fact.period_id, key)
    count(session, key, withdrawn=len(facts))
    return key


def withdrawing(session: Session) -> set[int]:
    """Return the batches by which facts were withdrawn: also those that took the taking back of such a one back."""
    commands: dict[int, str] = dict(session.rows("SELECT id, command FROM batch"))
    undoes: dict[int, int] = dict(session.rows("SELECT batch_id, undoes FROM undo"))
    return {batch for batch in commands if commands[meant(batch, undoes)] in WITHDRAWING}


def taken_back(session: Session) -> set[int]:
    """Return the batches that were taken back, and not put back since."""
    by: dict[int, int] = dict(session.rows("SELECT undoes, batch_id FROM undo"))
    return {batch for batch in by if _is_taken_back(batch, by)}


def _is_taken_back(batch: int, by: dict[int, int]) -> bool:
    return batch in by and not _is_taken_back(by[batch], by)


def meant(batch: int, undoes: dict[int, int]) -> int:
    """Return the batch that is done again by an undo of its undo."""
    while batch in undoes and undoes[batch] in undoes:
        batch = undoes[undoes[batch]]
    return batch
