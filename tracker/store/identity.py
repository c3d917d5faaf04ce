"""Who a name means: by its own name, by an alias, and through merges."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tracker.store.engine import Session
from tracker.values.names import clean, fold


class Merged(NamedTuple):
    """An entity that turned out to be another one.

    Attributes
    ----------
    name, into : str
        Its own name, and that of the entity that it is now; of several merges the last.
    batch : int
        The batch that merged it.
    reason : str or None
        Why.
    known_from : str
        When.
    """

    name: str
    into: str
    batch: int
    reason: str | None
    known_from: str


def roots(session: Session) -> dict[int, int]:
    """Return what merged entities are now, through any number of merges: their ids, and those of the last ones."""
    step: dict[int, int] = dict(session.rows("SELECT entity_id, into_id FROM entity_merge WHERE closed_by IS NULL"))
    return {key: _last(key, step) for key in step}


def _last(key: int, step: dict[int, int]) -> int:
    passed = set()
    while key in step and key not in passed:
        passed.add(key)
        key = step[key]
    return key


def find_id(session: Session, printed: str) -> int | None:
    """Return the id of the entity that a name, or an alias in any case, means; or None."""
    name = clean(printed)
    key: int | None = session.value("SELECT id FROM entity WHERE name = :name", name=name)
    if key is None:
        key = session.value(
            "SELECT entity_id FROM alias WHERE folded = :folded AND known_to IS NULL", folded=fold(name)
        )
    return None if key is None else roots(session).get(key, key)


def finder(session: Session) -> Callable[[str], str | None]:
    """Return a function that finds entities as `find_id` and `name_of` do, and asks the database only now."""
    last = roots(session)
    names: dict[int, str] = dict(session.rows("SELECT id, name FROM entity"))
    ids = {name: key for key, name in names.items()}
    aliases: dict[str, int] = dict(session.rows("SELECT folded, entity_id FROM alias WHERE known_to IS NULL"))

    def found(printed: str) -> str | None:
        name = clean(printed)
        key = ids.get(name) or aliases.get(fold(name))
        return None if key is None else names[last.get(key, key)]

    return found


def name_of(session: Session, key: int) -> str:
    """Return the name that a recorded entity goes by now."""
    return str(session.value("SELECT name FROM entity WHERE id = :key", key=roots(session).get(key, key)))


def names_by_id(session: Session) -> dict[int, str]:
    """Return the name that each recorded entity goes by now; a merged one has that of the entity it is now."""
    known: dict[int, str] = dict(session.rows("SELECT id, name FROM entity"))
    return known | {key: known[last] for key, last in roots(session).items()}


def merged(session: Session, printed: str | None = None) -> list[Merged]:
    """Return the merges that hold, by name; of one entity where its own name is given."""
    going_by = names_by_id(session)
    found = session.rows(
        "SELECT entity.id, entity.name, batch.id, batch.reason, batch.recorded_at FROM entity_merge"
        " JOIN entity ON entity.id = entity_id JOIN batch ON batch.id = batch_id"
        " WHERE closed_by IS NULL ORDER BY entity.name"
    )
    wanted = None if printed is None else clean(printed)
    return [Merged(name, going_by[key], *more) for key, name, *more in found if wanted in (None, name)]
