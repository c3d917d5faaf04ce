"""Dated parents: recorded, changed and ended by closing rows and writing new ones. Nothing is erased."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from shlex import quote
from typing import NamedTuple

from tracker.analysis.ancestry import LEVELS
from tracker.errors import Conflict, UnknownName
from tracker.store.batches import now
from tracker.store.engine import Session
from tracker.store.identity import name_of, roots
from tracker.store.lineage import as_day, links
from tracker.values import Parent


class Told(NamedTuple):
    """What became of a parent: as it was recorded before, and as it is now."""

    before: Parent | None
    after: Parent


class _Recorded(NamedTuple):
    key: int
    start: date | None
    end: date | None


def parents(session: Session) -> dict[str, list[Parent]]:
    """Return the parents of every entity that has any, by their first day."""
    found: dict[str, list[Parent]] = defaultdict(list)
    for link in links(session):
        found[link.child].append(Parent(link.parent, link.start, link.end))
    return found


def children(session: Session, name: str) -> list[str]:
    """Return the names of what belongs to an entity, now or at any time."""
    return sorted({link.child for link in links(session) if link.parent == name})


def add_parent(session: Session, child: int, parent: int, given: Parent) -> bool:
    """Record a parent as an input describes it; return whether that is new.

    What was recorded just so, and was ended or changed since, is not opened again: inputs are read again.

    Parameters
    ----------
    session : Session
        A writing one.
    child, parent : int
        Ids of entities.
    given : Parent
        Its days.

    Raises
    ------
    Conflict
        If something would belong to itself, or another last day is recorded.
    """
    _refuse_circle(session, child, parent, given.name)
    days = _text(given.from_date), _text(given.to_date)
    rows = session.rows(
        "SELECT from_date, to_date, known_to IS NULL FROM entity_parent"
        " WHERE child_id = :child AND parent_id = :parent",
        child=child,
        parent=parent,
    )
    holding = {(start, end) for start, end, holds in rows if holds}
    if days in holding or (holding and days in {(start, end) for start, end, _ in rows}):
        return False
    for start, end in holding:
        if start == days[0]:
            other = spoken(Parent(given.name, as_day(start), as_day(end)))
            raise Conflict(
                f"{given.name} is recorded as a parent {other}, not {spoken(given)}",
                f"Change the recorded one: tracker entity parent CHILD {quote(given.name)} --to DATE",
            )
    _insert(session, child, parent, given)
    return True


def set_parent(session: Session, child: str, given: Parent) -> Told:
    """Record a parent, or change the days of a recorded one; what is not given of these stays as it was.

    Parameters
    ----------
    session : Session
        A writing one.
    child : str
        Name of an entity.
    given : Parent
        Name of the parent, and its days. With a first day the recorded parent that starts on it is meant, or the
        only one that holds on some of the days; with a last day only, the one that has no end.

    Raises
    ------
    Conflict
        If something would belong to itself, to what is no wider kind, or twice to the same on some days.
    """
    ids = _id(session, child), _id(session, given.name)
    _refuse_circle(session, *ids, given.name)
    _refuse_kinds(session, child, given.name)
    recorded = _recorded(session, *ids)
    meant = _meant(recorded, given)
    after = given
    if meant is not None:
        after = Parent(given.name, given.from_date or meant.start, given.to_date or meant.end)
        if (after.from_date, after.to_date) == (meant.start, meant.end):
            return Told(after, after)
    for other in recorded:
        if other is not meant and overlap(after, Parent(given.name, other.start, other.end)):
            raise _twice(child, Parent(given.name, other.start, other.end))
    if meant is not None:
        _close(session, meant.key)
    _insert(session, *ids, after)
    return Told(Parent(given.name, meant.start, meant.end) if meant else None, after)


def remove_parent(session: Session, child: str, parent: str, start: date | None = None) -> list[Parent]:
    """Take a recorded parent back; with a first day only the one that starts on it.

    Returns
    -------
    list of Parent
        What was recorded, and is no more.

    Raises
    ------
    UnknownName
        If there is none.
    """
    recorded = _recorded(session, _id(session, child), _id(session, parent))
    meant = [one for one in recorded if start in (None, one.start)]
    if not meant:
        since = f" from {start} on" if start else ""
        known = "; ".join(map(str, parents(session).get(child, ()))) or "nobody"
        raise UnknownName(
            f"{child} does not belong to {parent}{since}; it belongs to {known}",
            f"See all of it: tracker entity show {quote(child)}",
        )
    for one in meant:
        _close(session, one.key)
    return [Parent(parent, one.start, one.end) for one in meant]


def rivals(session: Session, child: str, given: Parent) -> list[Parent]:
    """Return the other parents of the same kind that an entity has on some of the same days."""
    kinds: dict[str, str] = dict(session.rows("SELECT name, kind FROM entity"))
    others = [parent for parent in parents(session).get(child, ()) if parent.name != given.name]
    return [other for other in others if kinds[other.name] == kinds[given.name] and overlap(other, given)]


def overlap(one: Parent, other: Parent) -> bool:
    """Whether both hold on some day.

    >>> overlap(Parent("A", None, date(2025, 1, 31)), Parent("B", date(2025, 2, 1)))
    False
    """
    starts = [parent.from_date or date.min for parent in (one, other)]
    return max(starts) <= min(parent.to_date or date.max for parent in (one, other))


def spoken(parent: Parent) -> str:
    """Say its days.

    >>> spoken(Parent("A", date(2025, 1, 1))), spoken(Parent("A"))
    ('from 2025-01-01 on', 'at all times')
    """
    start, end = parent.from_date, parent.to_date
    if start and end:
        return f"from {start} to {end}"
    return f"from {start} on" if start else f"until {end}" if end else "at all times"


def _meant(recorded: list[_Recorded], given: Parent) -> _Recorded | None:
    """Find the recorded parent that is to have other days."""
    if given.from_date is not None:
        same = [one for one in recorded if one.start == given.from_date]
        around = [one for one in recorded if overlap(given, Parent(given.name, one.start, one.end))]
        return same[0] if same else around[0] if len(around) == 1 else None
    unended = [one for one in recorded if one.end is None] if given.to_date else recorded
    return unended[0] if unended else recorded[0] if len(recorded) == 1 else None


def _recorded(session: Session, child: int, parent: int) -> list[_Recorded]:
    """The rows that hold between two entities, also those of what was merged into them."""
    now_ = roots(session)
    found = session.rows("SELECT id, child_id, parent_id, from_date, to_date FROM entity_parent WHERE known_to IS NULL")
    return [
        _Recorded(key, as_day(start), as_day(end))
        for key, one, other, start, end in found
        if (now_.get(one, one), now_.get(other, other)) == (child, parent)
    ]


def came_with(session: Session, batch: int, started: str) -> None:
    """Let the parents and aliases recorded since a time be known from their batch on, not a moment before."""
    for table in ("entity_parent", "alias"):
        session.run(
            f"UPDATE {table} SET known_from = (SELECT recorded_at FROM batch WHERE id = :batch)"
            " WHERE known_from >= :started",
            batch=batch,
            started=started,
        )


def _insert(session: Session, child: int, parent: int, days: Parent) -> None:
    values: dict[str, object] = {"child_id": child, "parent_id": parent, "known_from": now(session)}
    session.insert("entity_parent", values | {"from_date": _text(days.from_date), "to_date": _text(days.to_date)})


def _close(session: Session, key: int) -> None:
    session.run("UPDATE entity_parent SET known_to = :now WHERE id = :key", now=now(session), key=key)


def _refuse_circle(session: Session, child: int, parent: int, name: str) -> None:
    if child == parent:
        raise Conflict(f"{name} cannot be its own parent", "Name the lab or the product that it belongs to.")
    found = session.value(
        # Over any number of steps; entities that were merged are one.
        "WITH RECURSIVE step(low, high) AS ("
        "SELECT child_id, parent_id FROM entity_parent WHERE known_to IS NULL"
        " UNION ALL SELECT entity_id, into_id FROM entity_merge WHERE closed_by IS NULL"
        " UNION ALL SELECT into_id, entity_id FROM entity_merge WHERE closed_by IS NULL),"
        " above(id) AS (SELECT id FROM entity WHERE id = :parent"
        " UNION SELECT high FROM step JOIN above ON low = above.id)"
        " SELECT 1 FROM above WHERE id = :child",
        child=child,
        parent=parent,
    )
    if found is not None:
        raise Conflict(
            f"{name} belongs to {name_of(session, child)} already", "Nothing can belong to what belongs to it."
        )


def _refuse_kinds(session: Session, child: str, parent: str) -> None:
    """Let models belong to products and labs, and products to labs."""
    kinds: dict[str, str] = dict(session.rows("SELECT name, kind FROM entity"))
    narrow, wide = (LEVELS.index(kinds[name]) if kinds[name] in LEVELS else None for name in (child, parent))
    if narrow is None or wide is None or narrow <= wide:
        raise Conflict(
            f"{child} is a {kinds[child]}, and {parent} a {kinds[parent]}: a model belongs to a product or a lab,"
            " a product to a lab, and nothing else belongs to anything",
            f"Where one of the kinds is wrong: tracker entity change {quote(child)} --kind model,"
            f" or tracker entity change {quote(parent)} --kind lab",
        )


def _twice(child: str, recorded: Parent) -> Conflict:
    start = f" --from {recorded.from_date}" if recorded.from_date else ""
    return Conflict(
        f"{child} belongs to {recorded.name} {spoken(recorded)} already",
        f"Take that back first: tracker entity parent {quote(child)} {quote(recorded.name)} --remove{start}",
    )


def _id(session: Session, name: str) -> int:
    return int(session.value("SELECT id FROM entity WHERE name = :name", name=name))


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
