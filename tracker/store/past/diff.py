"""What changed between two states: of one database at two moments, or of two databases."""

from __future__ import annotations

from typing import NamedTuple

from tracker.analysis.decimals import exact
from tracker.store.amend.carry import SHARE
from tracker.store.engine import Row, Session
from tracker.store.past.moments import Moment
from tracker.store.shares import Selection, observations
from tracker.values import Share

Key = tuple[str, str, str]

INPUTS = ("init", "add", "import", "refresh")
"""Commands that read what somebody else wrote."""


class State(NamedTuple):
    """What is recorded of a fact."""

    share: Share
    status: str
    sample_size: int | None
    note: str | None
    url: str | None
    batch: int | None = None
    stated: int | None = None


class Changed(NamedTuple):
    """A fact that is not what it was.

    Attributes
    ----------
    change : str
        ``added``, ``changed``, ``withdrawn`` or ``moved``, to another entity.
    market, entity, period : str
        Which.
    before, after : Share or None
        What was and is recorded.
    points : float or None
        Difference of the percentages; None where one of them is no number.
    percent : float or None
        Relative change; None also where the share was 0.
    beside : tuple
        What differs beside the share: name, and what it was and is in words.
    to : str or None
        Of a moved one, to which entity.
    batch : int or None
        Which batch changed it, in one database.
    reason : str or None
        Why.
    """

    change: str
    market: str
    entity: str
    period: str
    before: Share | None
    after: Share | None
    points: float | None = None
    percent: float | None = None
    beside: tuple[tuple[str, str, str], ...] = ()
    to: str | None = None
    batch: int | None = None
    reason: str | None = None


_FACT = "market.slug, entity.name, period.label, " + ", ".join(f"told.{name}" for name in SHARE)
_STATE = f"{_FACT}, told.status, told.sample_size, told.note, citation.url"
_FROM = """
    JOIN series ON series.id = told.series_id JOIN market ON market.id = series.market_id
    JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = told.period_id
    JOIN citation ON citation.id = told.citation_id
    LEFT JOIN carried ON carried.series_id = told.series_id AND carried.period_id = told.period_id
        AND carried.batch_id = told.batch_id"""
_STATED = "coalesce(carried.origin_id, told.batch_id)"

_GONE = f"""SELECT {_STATE}, told.closed_by, {_STATED} FROM superseded AS told{_FROM}
    WHERE told.batch_id <= :first AND told.closed_by > :first AND told.closed_by <= :last"""
_COME = f"""SELECT {_STATE}, told.batch_id, {_STATED} FROM observation AS told{_FROM}
    WHERE told.batch_id > :first AND told.batch_id <= :last
    UNION ALL SELECT {_STATE}, told.batch_id, {_STATED} FROM superseded AS told{_FROM}
    WHERE told.batch_id > :first AND told.batch_id <= :last AND told.closed_by > :last"""


def between(session: Session, one: Moment, other: Moment) -> list[Changed]:
    """Return what changed in a database from one moment to another; backwards where that is the earlier one."""
    first, last = sorted((one.batch, other.batch))
    gone, come = (_states(session.rows(sql, first=first, last=last)) for sql in (_GONE, _COME))
    before, after = (gone, come) if one.batch <= other.batch else (come, gone)
    reasons: dict[int, tuple[str, str | None]] = {
        batch: (command, reason) for batch, command, reason in session.rows("SELECT id, command, reason FROM batch")
    }
    merges = {batch for batch, (command, _) in reasons.items() if command == "merge"}
    found = _with_moves(_compared(before, after), before, after, merges)
    return [change._replace(reason=_reason(change, reasons)) for change in found]


def _reason(change: Changed, batches: dict[int, tuple[str, str | None]]) -> str | None:
    """Why a fact changed; the reason of an input is that of its revisions, not of what it adds.

    What an input had added is withdrawn on the way back.
    """
    command, reason = batches[change.batch] if change.batch is not None else ("", None)
    return None if change.change in ("added", "withdrawn") and command in INPUTS else reason


def across(one: Session, other: Session) -> list[Changed]:
    """Return what differs between two databases: from the first to the second."""
    return _compared(_all(one), _all(other))


def _all(session: Session) -> dict[Key, State]:
    return {
        (one.market, one.entity, one.period): State(one.share, one.status, one.sample_size, one.note, one.citation.url)
        for one in observations(session, Selection())
    }


def _states(rows: list[Row]) -> dict[Key, State]:
    return {(row[0], row[1], row[2]): State(Share(*row[3:8]), *row[8:]) for row in rows}


def _compared(before: dict[Key, State], after: dict[Key, State]) -> list[Changed]:
    found = (_change(key, before.get(key), after.get(key)) for key in sorted({*before, *after}, key=_in_order))
    return [change for change in found if change is not None]


def _in_order(key: Key) -> Key:
    """By market, entity and time: a vague date is written behind a mark."""
    return key[0], key[1], key[2].removeprefix("~")


def _change(key: Key, was: State | None, now: State | None) -> Changed | None:
    """Say how a fact differs; None where it is as it was, though it may have been gone meanwhile."""
    if was is None:
        return None if now is None else Changed("added", *key, None, now.share, batch=now.batch)
    if now is None:
        return Changed("withdrawn", *key, was.share, None, batch=was.batch)
    if was[:5] == now[:5]:
        return None
    points, percent = _sizes(was.share, now.share)
    batch = _later(was.batch, now.batch)
    return Changed("changed", *key, was.share, now.share, points, percent, _beside(was, now), batch=batch)


def _later(was: int | None, now: int | None) -> int | None:
    return None if was is None or now is None else max(was, now)


def _sizes(was: Share, now: Share) -> tuple[float | None, float | None]:
    """Points and percent, exact to twelve decimals."""
    if was.value is None or now.value is None:
        return None, None
    points = exact(now.value) - exact(was.value)
    percent = float(round(points / exact(was.value) * 100, 12)) if was.value else None
    return float(points), percent


def _beside(was: State, now: State) -> tuple[tuple[str, str, str], ...]:
    """Name what differs beside the share."""
    names = (("status", "status"), ("sample size", "sample_size"), ("note", "note"), ("page", "url"))
    both = ((said, getattr(was, name), getattr(now, name)) for said, name in names)
    return tuple(
        (said, str(before or "nothing"), str(after or "nothing")) for said, before, after in both if before != after
    )


def _with_moves(
    found: list[Changed], before: dict[Key, State], after: dict[Key, State], merges: set[int]
) -> list[Changed]:
    """Tell what a merge of entities moved as that, rather than as one withdrawn and one added."""
    arrived = {_statement(key, now): key for key, now in after.items() if now.batch in merges or key not in before}
    moves: dict[Key, Key] = {}
    for key, was in before.items():
        to = arrived.get(_statement(key, was))
        if key not in after and to is not None and to[1] != key[1] and {was.batch, after[to].batch} & merges:
            moves[key] = to
    told = []
    for change in found:
        key = (change.market, change.entity, change.period)
        if key in moves:
            to = moves[key]
            told.append(change._replace(change="moved", after=after[to].share, to=to[1]))
        elif not (change.change == "added" and key in moves.values()):
            told.append(change)
    return told


def _statement(key: Key, state: State) -> tuple[object, ...]:
    """What stays the same of a statement when it moves."""
    return key[0], key[2], state.stated, state.url
