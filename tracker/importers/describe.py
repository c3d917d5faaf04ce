"""Record what an input describes: its sources, markets, entities and events; and match its names to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from tracker.errors import Conflict, InvalidValue, Problem, TrackerError
from tracker.importers.base import Parsed
from tracker.importers.outcome import Described
from tracker.store.engine import Session
from tracker.store.entities import add_entity, add_named, choose_hue, find_entity, kind_of, match, recorded
from tracker.store.events import add_event
from tracker.store.identity import merged
from tracker.store.markets import add_market, markets, unknown_market
from tracker.store.plan import Entry
from tracker.store.sources import add_source
from tracker.values import Entity, Market
from tracker.values.names import clean


def describe(session: Session, parsed: Parsed, problems: list[Problem], *, new_entities: bool) -> Described:
    """Record the sources, markets, entities and events of an input.

    Parameters
    ----------
    session : Session
        A writing one; what is written here is undone with its transaction.
    parsed : Parsed
        What the input says.
    problems : list of Problem
        Every reason to refuse it is added here.
    new_entities : bool
        Whether a name that resembles a recorded one may become an entity of its own.
    """
    found = Described()
    for source in parsed.sources:
        with _noting(problems, "source"):
            if add_source(session, source):
                found.sources.append(source.slug)
    for market in _undescribed(session, parsed):
        with _noting(problems, "market"):
            if add_market(session, market):
                found.markets.append(market.slug)
    _add_entities(session, parsed, found, problems, new_entities)
    for event in parsed.events:
        with _noting(problems, "event"):
            if add_event(session, event):
                found.events.append(event.label)
    return found


def _undescribed(session: Session, parsed: Parsed) -> list[Market]:
    """Markets that the input may describe: a source's own file says no more of a recorded one than how often."""
    if parsed.of_source is None:
        return parsed.markets
    recorded = {market.slug: market for market in markets(session)}
    return [
        replace(recorded[market.slug], frequency=market.frequency) if market.slug in recorded else market
        for market in parsed.markets
    ]


def matched(session: Session, parsed: Parsed, described: Described, problems: list[Problem]) -> list[Entry]:
    """Return the entries under the recorded names of their entities; those of unknown markets are left out."""
    recorded = {market.slug: market.source for market in markets(session)}
    known = set(recorded)
    for slug, line in parsed.met().markets.items():
        if slug not in known:
            problems.append(Problem(line, "market", slug, _unknown(session, slug)))
        elif parsed.of_source and recorded[slug] != parsed.of_source:
            wrong = f"is a market of {recorded[slug]}, and this file is of {parsed.of_source}"
            problems.append(Problem(0, "market", slug, wrong))
    return [
        entry._replace(told=replace(entry.told, entity=described.names[entry.told.entity]))
        for entry in parsed.entries
        if entry.told.entity in described.names and entry.told.market in known
    ]


def _unknown(session: Session, slug: str) -> str:
    """Say what to do about a market that nobody has made, or that nobody could make."""
    try:
        return f"is not recorded. {unknown_market(session, slug).hint}"
    except InvalidValue as error:
        return f"is not a slug. {error.hint}"


def _add_entities(
    session: Session, parsed: Parsed, found: Described, problems: list[Problem], new_entities: bool
) -> None:
    """Record the entities that the input declares, then those that it merely names."""
    declared = {entity.name: entity for entity in parsed.entities}
    # Declared ones come first: their aliases then match the input's own entries.
    first = match(session, declared)
    _add_declared(session, declared, first.known, found, problems)
    second = match(session, [*declared, *parsed.met().names])
    # The declared ones of `first` are recorded by now, each with what the input says of it.
    near = second.near
    if not new_entities:
        found.near = first.near | second.near
        problems += _resemblances(parsed, found.near)
        near = {}
    found.entities += add_named(session, dict.fromkeys(second.new.values()))
    for name in dict.fromkeys(map(clean, near)):
        made = Entity(name, kind_of(name))
        with _noting(problems, "entity"):
            if add_entity(session, made):
                found.entities.append(made)
    found.names = second.known | second.new | {name: clean(name) for name in near}


def _add_declared(
    session: Session,
    declared: Mapping[str, Entity],
    known: Mapping[str, str],
    found: Described,
    problems: list[Problem],
) -> None:
    """Record declared entities: first all the names, then who belongs to whom."""
    # What is said of an entity that was merged does not speak of the one that it is now.
    gone = {one.name for one in merged(session)}
    declared = {
        name: replace(entity, kind=None, hue=None, note=None) if clean(name) in gone else entity
        for name, entity in declared.items()
    }
    for entity in _parents_first(declared):
        with _noting(problems, "entity"):
            # A recorded entity keeps its colour, whatever another database gave it.
            hue = None if entity.name in known else entity.hue or choose_hue(session, entity)
            name = known.get(entity.name, entity.name)
            if add_entity(session, replace(entity, name=name, hue=hue, aliases=(), parents=())):
                found.entities.append(replace(entity, kind=entity.kind or kind_of(name)))
    for entity in declared.values():
        name = find_entity(session, entity.name) or known.get(entity.name, entity.name)
        with _noting(problems, "entity"):
            more = add_entity(session, replace(entity, name=name, hue=None))
            if more and entity.name not in {one.name for one in found.entities}:
                found.entities.append(recorded(session, name))


def _parents_first(declared: Mapping[str, Entity]) -> list[Entity]:
    """Order entities so that a child can take its parent's colour."""
    placed: dict[str, Entity] = {}
    above: set[str] = set()

    def place(name: str) -> None:
        if name in declared and name not in above:
            above.add(name)
            for parent in declared[name].parents:
                place(parent.name)
            placed[name] = declared[name]

    for name in declared:
        place(name)
    return list(placed.values())


def _resemblances(parsed: Parsed, near: Mapping[str, str]) -> list[Problem]:
    """Refuse each name that is likely a recorded one misspelt, at the first line that prints it."""
    lines = parsed.met().entities
    wrong = "is not recorded, but resembles {!r} too much to be new"
    return [Problem(lines.get(name, 0), "entity", name, wrong.format(twin)) for name, twin in near.items()]


@contextmanager
def _noting(problems: list[Problem], column: str) -> Iterator[None]:
    """Turn an error in the block into a problem of the input."""
    try:
        yield
    except TrackerError as error:
        hint = "" if isinstance(error, Conflict) else f". {error.hint}"
        problems.append(Problem(0, column, "", f"{error.message}{hint}"))
