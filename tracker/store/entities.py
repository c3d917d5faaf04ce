"""Entities: who has a share, under which names, and to whom they belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tracker.errors import Conflict, UnknownName
from tracker.store.aliases import add_alias, aliases
from tracker.store.engine import Session
from tracker.store.identity import find_id, finder, name_of
from tracker.store.parents import add_parent, parents
from tracker.store.sources import refuse_difference
from tracker.values import HUES, Entity
from tracker.values.names import Spellings, clean, fold, nearest

RESIDUAL = "Other"
"""The one entity that a new name for the rest becomes, however a source prints it."""

_LIVES = "id NOT IN (SELECT entity_id FROM entity_merge WHERE closed_by IS NULL)"
"""The condition for an entity that is not merged into another one."""

_RESIDUALS = {"other", "others", "rest", "all others", "all other", "remaining", "others and unpublished"}


@dataclass(frozen=True)
class Matching:
    """What printed names mean.

    Attributes
    ----------
    known : dict of str to str
        Printed name to the name of a recorded entity.
    new : dict of str to str
        Printed name to the name that an entity would be made under.
    near : dict of str to str
        Printed name to the other name that it resembles too much to be new.
    """

    known: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)


def entities(session: Session) -> list[Entity]:
    """Return every entity with its aliases and parents, by name."""
    printed = defaultdict(list)
    for alias in aliases(session):
        printed[alias.entity].append(alias.alias)
    belongs = parents(session)
    return [
        Entity(name, kind, hue, note, tuple(printed[name]), tuple(belongs.get(name, ())))
        for name, kind, hue, note in session.rows(
            f"SELECT name, kind, hue, note FROM entity WHERE {_LIVES} ORDER BY name"
        )
    ]


def names(session: Session) -> list[str]:
    """Return the name of every entity that is not merged into another one."""
    return [name for (name,) in session.rows(f"SELECT name FROM entity WHERE {_LIVES} ORDER BY name")]


def find_entity(session: Session, printed: str) -> str | None:
    """Return the entity that a name, or an alias in any case, means; or None. A merged one is what it is now."""
    key = find_id(session, printed)
    return None if key is None else name_of(session, key)


def entity(session: Session, printed: str) -> str:
    """Return the name of one entity.

    Raises
    ------
    UnknownName
        If nothing is recorded under this name; the nearest are shown.
    """
    found = find_entity(session, printed)
    if found is None:
        near = nearest(printed, names(session))
        raise UnknownName(
            f"there is no entity {printed!r}" + (f"; near it: {', '.join(near)}" if near else ""),
            "See them all: tracker entity list",
        )
    return found


def match(session: Session, printed: Iterable[str]) -> Matching:
    """Find out which names are recorded, which are new, and which are likely a recorded one misspelt.

    A name counts as recorded when it is written just so, or when an alias of an entity is the same with
    case folded. A new name that resembles a recorded one, or another new one, is near; unless the input
    prints that one too and they differ by more than case and punctuation: then the input itself tells
    them apart.

    All names for the rest, "other" of one source and "Others" of the next, are one entity.
    """
    found = Matching()
    wanted = dict.fromkeys(printed)
    recorded, meant = Spellings(_spellings(session)), finder(session)
    for name in wanted:
        known = meant(name) or (residual(session) if kind_of(name) == "residual" else None)
        if known is not None:
            found.known[name] = known
    printed_too = {found.known.get(name, clean(name)) for name in wanted}
    for name in wanted:
        if name in found.known:
            continue
        if kind_of(name) == "residual":
            found.new[name] = RESIDUAL
            recorded.add(RESIDUAL, RESIDUAL)
            continue
        spelling = clean(name)
        twin = recorded.twin(spelling, printed_too)
        if twin is None or twin == spelling:
            found.new[name] = spelling
            recorded.add(spelling, spelling)
        else:
            found.near[name] = twin
    return found


def residual(session: Session) -> str | None:
    """The recorded entity that is the rest; None where there is none, or only one of a name of its own."""
    recorded = session.rows(
        f"SELECT name FROM entity WHERE kind = 'residual' AND {_LIVES} ORDER BY name <> :name, id", name=RESIDUAL
    )
    return next((name for (name,) in recorded if kind_of(name) == "residual"), None)


def _spellings(session: Session) -> dict[str, str]:
    """Every name and alias, with the entity that it means."""
    return {name: name for name in names(session)} | {one.alias: one.entity for one in aliases(session)}


def kind_of(name: str) -> str:
    """Guess no more of a new name than whether it is the rest: ``residual`` for "Other", else ``product``."""
    return "residual" if fold(name) in _RESIDUALS else "product"


def add_entity(session: Session, given: Entity) -> bool:
    """Record an entity with its aliases and parents; return whether anything is new.

    Parents must be recorded. To a recorded entity new aliases and parents are added, and a note if it has none.

    Raises
    ------
    Conflict
        If it is recorded already with other words, or an alias belongs to another entity.
    UnknownName
        If a parent is not recorded.
    """
    spelling = clean(given.name)
    row = session.row("SELECT id, kind, hue, note FROM entity WHERE name = :name", name=spelling)
    if row is None:
        owner = find_entity(session, spelling)
        if owner is not None:
            raise Conflict(f"{spelling!r} is recorded as an alias of {owner}", "Use that entity, or another name.")
        kind, hue = given.kind or kind_of(spelling), given.hue or choose_hue(session, given)
        key = session.insert("entity", {"name": spelling, "kind": kind, "hue": hue, "note": given.note})
    else:
        key, known = row[0], Entity(spelling, *row[1:])
        refuse_difference(f"entity {spelling}", known, replace(given, aliases=(), parents=()))
    filled = row is not None and known.note is None and given.note is not None
    if filled:
        session.run("UPDATE entity SET note = :note WHERE id = :key", note=given.note, key=key)
    added = [add_alias(session, key, alias) for alias in given.aliases]
    added += [add_parent(session, key, _key(session, parent.name), parent) for parent in given.parents]
    return row is None or filled or any(added)


def add_named(session: Session, names: Iterable[str]) -> list[Entity]:
    """Record entities of which no more is known than a name that `match` found to be new.

    Each gets the colour that it would get if it came alone; that of many is not counted anew for each.
    """
    used: dict[str, int] = dict(session.rows("SELECT hue, count(*) FROM entity GROUP BY hue"))
    made = []
    for name in names:
        kind = kind_of(name)
        hue = "grey" if kind == "residual" else min(HUES, key=lambda hue: used.get(hue, 0))
        used[hue] = used.get(hue, 0) + 1
        made.append(Entity(name, kind, hue))
    session.run_many(
        "INSERT INTO entity (name, kind, hue) VALUES (:name, :kind, :hue)",
        [{"name": one.name, "kind": one.kind, "hue": one.hue} for one in made],
    )
    return made


def _key(session: Session, name: str) -> int:
    return int(session.value("SELECT id FROM entity WHERE name = :name", name=entity(session, name)))


def choose_hue(session: Session, given: Entity) -> str:
    """Choose a colour once and for ever: grey for the rest, the parent's, else the least used one."""
    if (given.kind or kind_of(given.name)) in ("residual", "group"):
        return "grey"
    for parent in given.parents:
        inherited = session.value("SELECT hue FROM entity WHERE name = :name", name=find_entity(session, parent.name))
        if inherited:
            return str(inherited)
    used: dict[str, int] = dict(session.rows("SELECT hue, count(*) FROM entity GROUP BY hue"))
    return min(HUES, key=lambda hue: used.get(hue, 0))


def change_entity(session: Session, name: str, given: dict[str, str]) -> list[tuple[str, str | None, str]]:
    """Change columns of a recorded entity; return each that differs, with what it was and is."""
    before = recorded(session, name)
    told = [(column, getattr(before, column), value) for column, value in given.items()]
    changed = [(column, was, now) for column, was, now in told if was != now]
    for column, _, now in changed:
        # The names of columns come from the command, never from a person.
        session.run(f"UPDATE entity SET {column} = :now WHERE name = :name", now=now, name=name)
    return changed


def recorded(session: Session, name: str) -> Entity:
    """Return all that is known of a recorded entity."""
    return next(entity for entity in entities(session) if entity.name == name)
