"""Events: what happened, when, and to whom."""

from __future__ import annotations

from dataclasses import replace

from tracker.store.engine import Session
from tracker.store.entities import entity
from tracker.store.identity import name_of
from tracker.store.periods import period_id
from tracker.store.sources import refuse_difference
from tracker.values import Event, Period


def events(session: Session) -> list[Event]:
    """Return every event, by date."""
    found = session.rows(
        "SELECT event.id, period.label, event.label, url, note FROM event JOIN period ON period.id = period_id"
        " ORDER BY start_date, end_date, event.label"
    )
    return [
        Event(Period.parse(when), label, url, note, _names(session, key), _tags(session, key))
        for key, when, label, url, note in found
    ]


def add_event(session: Session, given: Event) -> bool:
    """Record an event; return whether anything is new. The same label on the same date is the same event.

    Entities and tags that are new are added to a recorded event.

    Raises
    ------
    Conflict
        If it is recorded already with another url or note.
    UnknownName
        If an entity that it concerns is not recorded.
    """
    when = period_id(session, given.period)
    row = session.row(
        "SELECT id, url, note FROM event WHERE period_id = :when AND label = :label", when=when, label=given.label
    )
    if row is None:
        key = session.insert("event", {"period_id": when, "label": given.label, "url": given.url, "note": given.note})
    else:
        key = row[0]
        known = Event(given.period, given.label, *row[1:])
        refuse_difference(f"event {given.label!r}", known, replace(given, entities=(), tags=()))
    names = {entity(session, printed) for printed in given.entities} - set(_names(session, key))
    for name in sorted(names):
        session.run(
            "INSERT INTO event_entity (event_id, entity_id) SELECT :key, id FROM entity WHERE name = :name",
            key=key,
            name=name,
        )
    tags = set(given.tags) - set(_tags(session, key))
    for tag in sorted(tags):
        session.run("INSERT INTO event_tag (event_id, tag) VALUES (:key, :tag)", key=key, tag=tag)
    return row is None or bool(names or tags)


def _names(session: Session, key: int) -> tuple[str, ...]:
    rows = session.rows("SELECT entity_id FROM event_entity WHERE event_id = :key", key=key)
    return tuple(sorted({name_of(session, entity) for (entity,) in rows}))


def _tags(session: Session, key: int) -> tuple[str, ...]:
    return tuple(
        tag for (tag,) in session.rows("SELECT tag FROM event_tag WHERE event_id = :key ORDER BY tag", key=key)
    )
