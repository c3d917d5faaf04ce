"""When a batch cannot be taken back: each time with what stands on top of it, and what to take back first."""

from __future__ import annotations

from shlex import quote

from tracker.errors import Conflict, UnknownName
from tracker.store.amend.touched import Later
from tracker.store.engine import Session

SHOWN = 20

_MERGES = "SELECT entity_id, into_id, batch_id FROM entity_merge WHERE closed_by IS NULL"
_MERGED_AGAIN = (
    "SELECT entity_id, name, into_id FROM entity_merge JOIN entity ON entity.id = entity_id WHERE closed_by = :target"
)


def refuse_undone(session: Session, target: int) -> None:
    """Refuse what is not there, or is taken back already.

    Raises
    ------
    UnknownName
        If there is no such batch; the last is named.
    Conflict
        If it is taken back, or was put back: the batch to take back instead is named.
    """
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


def refuse_later(target: int, on_top: list[Later], with_later: bool) -> None:
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


def refuse_changed(session: Session, target: int) -> None:
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


def refuse_stranded(session: Session, key: int) -> None:
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
