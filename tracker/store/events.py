"""Events: what happened, when, and to whom."""

from __future__ import annotations

from tracker.store.engine import Session
from tracker.store.entities import entity
from tracker.store.periods import period_id
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
    """Record an event; return whether it is new. The same label on the same date is the same event.

    Raises
    ------
    UnknownName
        If an entity that it concerns is not recorded.
    """
    when = period_id(session, given.period)
    found = session.value(
        "SELECT id FROM event WHERE period_id = :when AND label = :label", when=when, label=given.label
    )
    if found is not None:
        return False
    key = session.insert("event", {"period_id": when, "label": given.label, "url": given.url, "note": given.note})
    for name in dict.fromkeys(entity(session, printed) for printed in given.entities):
        session.run(
            "INSERT INTO event_entity (event_id, entity_id) SELECT :key, id FROM entity WHERE name = :name",
            key=key,
            name=name,
        )
    for tag in dict.fromkeys(given.tags):
        session.run("INSERT INTO event_tag (event_id, tag) VALUES (:key, :tag)", key=key, tag=tag)
    return True


def _names(session: Session, key: int) -> tuple[str, ...]:
    rows = session.rows(
        "SELECT name FROM event_entity JOIN entity ON entity.id = entity_id WHERE event_id = :key ORDER BY name",
        key=key,
    )
    return tuple(name for (name,) in rows)


def _tags(session: Session, key: int) -> tuple[str, ...]:
    return tuple(
        tag for (tag,) in session.rows("SELECT tag FROM event_tag WHERE event_id = :key ORDER BY tag", key=key)
    )
