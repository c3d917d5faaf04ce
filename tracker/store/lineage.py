"""Who belongs to whom, as recorded: what roll-ups climb by."""

from __future__ import annotations

from datetime import date

from tracker.analysis.ancestry import Lineage, Link
from tracker.store.engine import Session
from tracker.store.identity import names_by_id


def lineage(session: Session) -> Lineage:
    """Return the kind of every entity, and all parents that hold; a merged entity is what it is now."""
    return Lineage(dict(session.rows("SELECT name, kind FROM entity")), tuple(links(session)))


def links(session: Session) -> list[Link]:
    """Return the parents that hold, by their first day and name; each once, also where entities were merged."""
    going_by = names_by_id(session)
    found = {
        Link(going_by[child], going_by[parent], as_day(start), as_day(end))
        for child, parent, start, end in session.rows(
            "SELECT child_id, parent_id, from_date, to_date FROM entity_parent WHERE known_to IS NULL"
        )
    }
    apart = [link for link in found if link.child != link.parent]
    return sorted(apart, key=lambda link: (link.start or date.min, link.parent, link.end or date.max, link.child))


def as_day(text: str | None) -> date | None:
    """Read a day as it is stored."""
    return None if text is None else date.fromisoformat(text)
