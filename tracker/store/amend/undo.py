"""Taking a batch back: by new entries, so that what was known meanwhile stays known."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.store.amend.carry import OBSERVED, PRINTED, SHARE
from tracker.store.amend.refusals import refuse_changed, refuse_later, refuse_stranded, refuse_undone
from tracker.store.amend.touched import Later, later, note_touched
from tracker.store.batches import Batch, count, open_batch
from tracker.store.engine import Session

_COLUMNS = ", ".join(OBSERVED)
_STATED = ", ".join(OBSERVED[:-1])
_PRINTED = ", ".join(PRINTED)
_SHARES = ", ".join(SHARE)
_TOUCHED = "(series_id, period_id) IN (SELECT series_id, period_id FROM touched)"


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back.

    Attributes
    ----------
    batch : int
        The new batch.
    withdrawn : int
        Observations that are no more.
    restored : int
        Observations that are current again.
    reports : int
        Further pages that are no more.
    later : list of Later
        What later batches had done on top, and is taken back too.
    succeeded : int
        Observations in whose place a further page stands now, which says the same or something else.
    parted : tuple of tuple of str
        Entities that are of their own again, each with the one that it was merged into.
    """

    batch: int
    withdrawn: int
    restored: int
    reports: int
    later: list[Later]
    succeeded: int = 0
    parted: tuple[tuple[str, str], ...] = ()


def undo(session: Session, target: int, batch: Batch, *, with_later: bool = False) -> Undone:
    """Take a batch back: what it wrote is closed, and what it closed is current again.

    Sources, markets, entities and aliases that it made stay: nothing is a share of theirs any more.

    Parameters
    ----------
    session : Session
        A writing one.
    target : int
        The batch to take back.
    batch : Batch
        Under what that is recorded.
    with_later : bool
        Whether to take back also what later batches did to the same facts.

    Raises
    ------
    UnknownName
        If there is no such batch.
    Conflict
        If it is taken back already, or something stands on top of it.
    """
    refuse_undone(session, target)
    note_touched(session, target)
    on_top = later(session, target)
    refuse_later(target, on_top, with_later)
    refuse_changed(session, target)
    key = open_batch(session, replace(batch, reason=_reason(target, batch.reason)))
    session.run("INSERT INTO undo (batch_id, undoes) VALUES (:key, :target)", key=key, target=target)
    _close(session, key)
    restored = _restore(session, key, target)
    withdrawn = _withdrawn(session, key)
    reports = _reports(session, key, target)
    # Imported here: a rule is changed by closing and carrying on, too.
    from tracker.store.rules import succeed

    succeeded = succeed(session, key)
    _identity(session, key, target)
    refuse_stranded(session, key)
    count(session, key, withdrawn=withdrawn - succeeded, restored=restored, revised=succeeded)
    return Undone(key, withdrawn - succeeded, restored, reports, on_top, succeeded, _parted(session, key))


def _parted(session: Session, key: int) -> tuple[tuple[str, str], ...]:
    found = session.rows(
        "SELECT entity.name, kept.name FROM entity_merge JOIN entity ON entity.id = entity_id"
        " JOIN entity AS kept ON kept.id = into_id WHERE closed_by = :key ORDER BY 1",
        key=key,
    )
    return tuple((one, other) for one, other in found)


def _reason(target: int, reason: str | None) -> str:
    return f"undo of batch {target}" + (f": {reason}" if reason else "")


def _close(session: Session, key: int) -> None:
    """Close all that is current of what was touched."""
    session.run(
        f"INSERT INTO superseded (series_id, period_id, {_COLUMNS}, closed_by)"
        f" SELECT series_id, period_id, {_COLUMNS}, :key FROM observation WHERE {_TOUCHED}",
        key=key,
    )
    session.run(f"DELETE FROM observation WHERE {_TOUCHED}")


def _restore(session: Session, key: int, target: int) -> int:
    """Make current again what the batch had closed; return how many."""
    restored = session.run(
        f"INSERT INTO observation (series_id, period_id, {_COLUMNS}) SELECT series_id, period_id, {_STATED}, :key"
        " FROM superseded WHERE closed_by = :target",
        key=key,
        target=target,
    )
    session.run(
        f"INSERT INTO carried (series_id, period_id, batch_id, origin_id, correction_id, {_PRINTED})"
        f" SELECT told.series_id, told.period_id, :key, coalesce(origin_id, told.batch_id), correction_id, {_PRINTED}"
        " FROM superseded AS told LEFT JOIN carried ON carried.series_id = told.series_id"
        " AND carried.period_id = told.period_id AND carried.batch_id = told.batch_id"
        " WHERE told.closed_by = :target",
        key=key,
        target=target,
    )
    return restored


def _of(name: str) -> str:
    return ", ".join(f"{name}.{column}" for column in SHARE)


def _withdrawn(session: Session, key: int) -> int:
    """Count the facts of which nothing is left."""
    return int(
        session.value(
            "SELECT count(*) FROM superseded AS told WHERE closed_by = :key AND NOT EXISTS (SELECT 1 FROM observation"
            " WHERE series_id = told.series_id AND period_id = told.period_id)",
            key=key,
        )
    )


def _reports(session: Session, key: int, target: int) -> int:
    """Close the reports of the batch, also where they were carried on, and open those that it closed."""
    closed = session.run(
        "UPDATE report SET closed_by = :key WHERE closed_by IS NULL AND (series_id, period_id, citation_id) IN"
        " (SELECT series_id, period_id, citation_id FROM report AS told WHERE batch_id = :target"
        " AND EXISTS (SELECT 1 FROM report AS open WHERE open.series_id = told.series_id"
        " AND open.period_id = told.period_id AND open.citation_id = told.citation_id AND open.closed_by IS NULL"
        f" AND ({_of('open')}) IS NOT DISTINCT FROM ({_of('told')}))"
        " UNION"
        # What it said stands among the reports where a later batch gave preference to another page.
        " SELECT series_id, period_id, citation_id FROM superseded WHERE batch_id = :target)",
        key=key,
        target=target,
    )
    session.run(
        f"INSERT INTO report (series_id, period_id, citation_id, batch_id, {_SHARES}, printed_period, note)"
        f" SELECT series_id, period_id, citation_id, :key, {_SHARES}, printed_period, note FROM report AS told"
        " WHERE closed_by = :target AND batch_id = (SELECT max(batch_id) FROM report AS last"
        " WHERE last.series_id = told.series_id AND last.period_id = told.period_id"
        " AND last.citation_id = told.citation_id AND last.closed_by = :target)"
        " AND NOT EXISTS (SELECT 1 FROM report AS open WHERE open.series_id = told.series_id"
        " AND open.period_id = told.period_id"
        " AND open.citation_id = told.citation_id AND open.closed_by IS NULL)",
        key=key,
        target=target,
    )
    # What a citation is recorded to say of a fact is either the observation or a report, never both.
    session.run(
        "UPDATE report SET closed_by = :key WHERE closed_by IS NULL AND batch_id < :key AND"
        " (series_id, period_id, citation_id) IN"
        " (SELECT series_id, period_id, citation_id FROM observation WHERE batch_id = :key)",
        key=key,
    )
    return closed


def _identity(session: Session, key: int, target: int) -> None:
    """Take back a merge of entities and a rule of a market, or put them back where an undo is undone."""
    for table, columns in (("entity_merge", "entity_id, into_id"), ("market_rule", "market_id, rule")):
        whose = columns.partition(",")[0]
        session.run(
            f"UPDATE {table} SET closed_by = :key WHERE closed_by IS NULL"
            f" AND {whose} IN (SELECT {whose} FROM {table} WHERE batch_id = :target)",
            key=key,
            target=target,
        )
        session.run(
            f"INSERT INTO {table} ({columns}, batch_id) SELECT {columns}, :key FROM {table} WHERE closed_by = :target",
            key=key,
            target=target,
        )
