"""Taking a batch back: by new entries, so that what was known meanwhile stays known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from shlex import quote

from tracker.errors import Conflict, UnknownName
from tracker.store.amend.carry import OBSERVED, PRINTED, SHARE
from tracker.store.amend.touched import Later, later, note_touched
from tracker.store.batches import Batch, count, open_batch
from tracker.store.engine import Session

SHOWN = 20

_COLUMNS = ", ".join(OBSERVED)
_STATED = ", ".join(OBSERVED[:-1])
_PRINTED = ", ".join(PRINTED)
_SHARES = ", ".join(SHARE)
_TOUCHED = "(series_id, period_id) IN (SELECT series_id, period_id FROM touched)"


_MERGES = "SELECT entity_id, into_id, batch_id FROM entity_merge WHERE closed_by IS NULL"
_MERGED_AGAIN = (
    "SELECT entity_id, name, into_id FROM entity_merge JOIN entity ON entity.id = entity_id WHERE closed_by = :target"
)


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
    _check(session, target)
    note_touched(session, target)
    on_top = later(session, target)
    _refuse_later(target, on_top, with_later)
    _refuse_remarks(session, target)
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
    _refuse_stranded(session, key)
    count(session, key, withdrawn=withdrawn - succeeded, restored=restored, revised=succeeded)
    return Undone(key, withdrawn - succeeded, restored, reports, on_top, succeeded, _parted(session, key))


def _check(session: Session, target: int) -> None:
    if session.value("SELECT 1 FROM batch WHERE id = :target", target=target) is None:
        last = session.value("SELECT max(id) FROM batch")
        raise UnknownName(f"there is no batch {target}" + (f"; the last is {last}" if last else ""), "See: tracker log")
    chain = [target, *_undone_by(session, target)]
    if len(chain) == 1:
        return
    last = chain[-1]
    if len(chain) % 2:
        raise Conflict(f"batch {target} was put back by batch {last}", f"Take that back instead: tracker undo {last}")
    raise Conflict(f"batch {target} is taken back already, by batch {last}", f"To put it back: tracker undo {last}")


def _undone_by(session: Session, target: int) -> list[int]:
    """The batch that took a batch back, the one that took that back, and so on."""
    by = session.value("SELECT batch_id FROM undo WHERE undoes = :target", target=target)
    return [] if by is None else [by, *_undone_by(session, by)]


def _refuse_later(target: int, on_top: list[Later], with_later: bool) -> None:
    """Refuse where a later batch changed the same facts: all of them are shown."""
    moved = [one for one in on_top if one.moved]
    if not on_top or (with_later and not moved):
        return
    shown = moved if with_later else on_top
    lines = [f"batch {target} cannot be taken back: later batches changed {_many(shown)}"]
    lines += [f"  {_line(one)}" for one in shown[:SHOWN]]
    if len(shown) > SHOWN:
        lines.append(f"  ... and {len(shown) - SHOWN} more")
    if moved:
        first = max(one.batch for one in moved)
        raise Conflict("\n".join(lines), f"Take that back first: tracker undo {first}")
    raise Conflict("\n".join(lines), f"To take these back, too: tracker undo {target} --with-later")


def _many(shown: list[Later]) -> str:
    count = len({one[:3] for one in shown})
    return f"{count} of its facts" if count != 1 else "one of its facts"


def _line(one: Later) -> str:
    fact, by = f"{one.entity}, {one.market}, {one.period}", f"batch {one.batch}, {one.command}"
    then, now = ("nothing" if share is None else f"{share}%" for share in (one.then, one.now))
    if one.is_report:
        return f"{fact}: its further page with {then} is {'elsewhere' if one.moved else 'closed'} now ({by})"
    return f"{fact}: {then} then, {now} now ({by})"


def _refuse_remarks(session: Session, target: int) -> None:
    """Refuse where the rule that a batch set has been changed again, or a merge cannot be made again."""
    by = session.value(
        "SELECT closed_by FROM market_rule AS told WHERE batch_id = :target AND closed_by IS NOT NULL"
        # What an undo of that brought back is the same rule.
        " AND NOT EXISTS (SELECT 1 FROM market_rule AS now JOIN batch ON batch.id = now.batch_id"
        " WHERE now.market_id = told.market_id AND now.closed_by IS NULL AND now.rule = told.rule"
        " AND batch.command = 'undo')",
        target=target,
    )
    if by is not None:
        raise Conflict(
            f"batch {target} set the rule of a market, which batch {by} changed again",
            f"Take that back first: tracker undo {by}",
        )
    merges = {entity: (into, batch) for entity, into, batch in session.rows(_MERGES)}
    for entity, name, into in session.rows(_MERGED_AGAIN, target=target):
        met = into
        while met in merges and met != entity:
            met = merges[met][0]
        if entity in merges or met == entity:
            by = merges[entity if entity in merges else into][1]
            raise Conflict(
                f"{name} cannot be merged again as batch {target} found it: other merges were made since then",
                f"Take that back first: tracker undo {by}",
            )


def _parted(session: Session, key: int) -> tuple[tuple[str, str], ...]:
    found = session.rows(
        "SELECT entity.name, kept.name FROM entity_merge JOIN entity ON entity.id = entity_id"
        " JOIN entity AS kept ON kept.id = into_id WHERE closed_by = :key ORDER BY 1",
        key=key,
    )
    return tuple((one, other) for one, other in found)


def _refuse_stranded(session: Session, key: int) -> None:
    """Refuse to leave shares with an entity that is merged: nobody would find them there."""
    found = session.rows(
        "SELECT DISTINCT entity.name, kept.name, entity_merge.batch_id FROM observation"
        " JOIN series ON series.id = series_id JOIN entity ON entity.id = series.entity_id"
        " JOIN entity_merge ON entity_merge.entity_id = entity.id AND entity_merge.closed_by IS NULL"
        " JOIN entity AS kept ON kept.id = into_id ORDER BY 1"
    )
    if not found:
        return
    one, other, merge = found[0]
    if merge == key:
        raise Conflict(
            f"{one} was given shares of its own since then: it cannot be merged again as it was",
            f"Merge what there is now: tracker entity merge {quote(one)} {quote(other)} --reason '...'",
        )
    raise Conflict(
        f"this would bring back shares of {one}, which batch {merge} merged into {other}",
        f"Take that back first: tracker undo {merge}",
    )


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
    session.run(
        f"INSERT INTO observation (series_id, period_id, {_COLUMNS}) SELECT series_id, period_id, {_STATED}, :key"
        " FROM superseded WHERE closed_by = :target",
        key=key,
        target=target,
    )
    restored = int(session.value("SELECT changes()"))
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
    session.run(
        "UPDATE report SET closed_by = :key WHERE closed_by IS NULL AND (series_id, period_id, citation_id) IN"
        " (SELECT series_id, period_id, citation_id FROM report AS told WHERE batch_id = :target"
        f" AND ({_SHARES}) IS (SELECT {_SHARES} FROM report AS open WHERE open.series_id = told.series_id"
        " AND open.period_id = told.period_id AND open.citation_id = told.citation_id AND open.closed_by IS NULL)"
        " UNION"
        # What it said stands among the reports where a later batch gave preference to another page.
        " SELECT series_id, period_id, citation_id FROM superseded WHERE batch_id = :target)",
        key=key,
        target=target,
    )
    closed = int(session.value("SELECT changes()"))
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
