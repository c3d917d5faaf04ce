"""Aliases: the other names under which sources print an entity. Closed when they are removed, never erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from shlex import quote
from typing import NamedTuple

from tracker.errors import Conflict, TrackerError, UnknownName
from tracker.store.batches import now
from tracker.store.engine import Session
from tracker.store.identity import find_id, merged, names_by_id
from tracker.values.names import clean, fold, nearest


class Alias(NamedTuple):
    """Another name of an entity.

    Attributes
    ----------
    entity, alias : str
        What it means, and how it is printed.
    known_from : str or None
        Since when; None where that was not kept.
    merged_by : int or None
        The batch by which the entity of this name was merged, where it is such a name.
    """

    entity: str
    alias: str
    known_from: str | None = None
    merged_by: int | None = None


def aliases(session: Session) -> list[Alias]:
    """Return every alias, by entity and name; the names of merged entities are aliases of what they are now."""
    going_by = names_by_id(session)
    found = [
        Alias(going_by[owner], name, since)
        for owner, name, since in session.rows("SELECT entity_id, name, known_from FROM alias WHERE known_to IS NULL")
    ]
    found += [Alias(one.into, one.name, one.known_from, one.batch) for one in merged(session)]
    return sorted(found, key=lambda one: (one.entity, one.alias))


def add_aliases(session: Session, entity: str, printed: Iterable[str]) -> list[str]:
    """Give an entity other names; return those that are new.

    Raises
    ------
    Conflict
        If any of them means another entity already; all such are named.
    """
    owner = find_id(session, entity)
    assert owner is not None, "the entity is recorded"
    new, wrong = list[str](), list[Conflict]()
    for alias in dict.fromkeys(printed):
        try:
            if add_alias(session, owner, alias):
                new.append(alias)
        except Conflict as error:
            wrong.append(error)
    if wrong:
        raise Conflict(*_all(wrong))
    return new


def add_alias(session: Session, owner: int, alias: str) -> bool:
    """Give an entity another name; return whether it is new.

    Parameters
    ----------
    session : Session
        A writing one.
    owner : int
        Id of the entity.
    alias : str
        As a source prints it.

    Raises
    ------
    Conflict
        If it means another entity already.
    """
    name = clean(alias)
    if not name:
        raise Conflict("an alias is empty", "Write it as the source prints it.")
    meant = find_id(session, name)
    if meant == owner:
        # Its own name, too, needs no alias.
        return False
    named = _named_alike(session, owner, name)
    if meant is not None:
        known = names_by_id(session)[meant]
        raise Conflict(
            f"the alias {name!r} belongs to {known} already",
            f"An alias means one entity. To take it from {known}: tracker alias remove {quote(name)}",
        )
    values = {"entity_id": named, "name": name, "folded": fold(name)}
    session.insert("alias", values | {"known_from": now(session)})
    return True


def _named_alike(session: Session, owner: int, alias: str) -> int:
    """The entity to give an alias to: the owner, or what was merged into it under the same name but for case."""
    going_by = names_by_id(session)
    for key, name in session.rows("SELECT id, name FROM entity ORDER BY id = :owner, id", owner=owner):
        if fold(name) != fold(alias):
            continue
        if going_by[key] != going_by[owner]:
            raise Conflict(
                f"the alias {alias!r} is the name of another entity, {name}",
                "An alias means one entity. If two recorded entities are one:"
                " tracker entity merge ONE OTHER --reason '...'",
            )
        return int(key)
    return owner


def remove_aliases(session: Session, printed: Iterable[str]) -> list[Alias]:
    """Close aliases, so that new inputs no longer mean their entities by them; return them.

    Raises
    ------
    UnknownName
        If any of them is none; all such are named, each with the nearest.
    """
    recorded = aliases(session)
    found, wrong = list[Alias](), list[TrackerError]()
    for name in dict.fromkeys(map(clean, printed)):
        known = _meant(session, name, recorded)
        if known is None:
            wrong.append(_no_alias(session, name, recorded))
        elif known not in found:
            found.append(known)
    if wrong:
        raise UnknownName(*_all(wrong))
    for one in found:
        session.run(
            "UPDATE alias SET known_to = :now WHERE folded = :folded AND known_to IS NULL",
            now=now(session),
            folded=fold(one.alias),
        )
    return found


def _meant(session: Session, name: str, recorded: Iterable[Alias]) -> Alias | None:
    """The alias that is spelt so; else, unless it is the name of an entity, in any case."""
    alike = [one for one in recorded if fold(one.alias) == fold(name) and one.merged_by is None]
    if session.value("SELECT 1 FROM entity WHERE name = :name", name=name):
        alike = [one for one in alike if one.alias == name]
    return next(iter(alike), None)


def _all(wrong: Sequence[TrackerError]) -> tuple[str, str]:
    """The messages of several errors, and their hints, each once."""
    messages, hints = (dict.fromkeys(texts) for texts in ([one.message for one in wrong], [one.hint for one in wrong]))
    return "\n".join(messages), "\n".join(hints)


def _no_alias(session: Session, name: str, recorded: Iterable[Alias]) -> UnknownName:
    """Say why this name cannot be removed."""
    for one in merged(session, name):
        return UnknownName(
            f"{name!r} is the name of an entity that was merged into {one.into}",
            f"Take the merge back: tracker undo {one.batch}",
        )
    if session.value("SELECT 1 FROM entity WHERE name = :name", name=name):
        return UnknownName(
            f"{name!r} is the name of an entity itself, not an alias", "See its aliases: tracker alias list"
        )
    near = nearest(name, (one.alias for one in recorded if one.merged_by is None))
    return UnknownName(
        f"there is no alias {name!r}" + (f"; near it: {', '.join(near)}" if near else ""),
        "See them all: tracker alias list",
    )
