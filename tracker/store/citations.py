"""Citations: where numbers were read, each stored once."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from tracker.store.engine import Row, Session
from tracker.values import Citation

FIELDS = tuple(field.name for field in fields(Citation))


def citation_id(session: Session, citation: Citation) -> int:
    """Return the id of a citation, which is recorded if it is new."""
    values = {name: getattr(citation, name) for name in FIELDS}
    values["published"] = citation.published and citation.published.isoformat()
    # Said of each field apart, so that an index serves.
    same = " AND ".join(f"{name} IS NULL" if value is None else f"{name} = :{name}" for name, value in values.items())
    known = {name: value for name, value in values.items() if value is not None}
    found = session.value(f"SELECT id FROM citation WHERE {same}", **known)
    return int(found) if found is not None else session.insert("citation", values)


def citation_of(row: Row) -> Citation:
    """Build a citation from its stored fields, in the order of `FIELDS`."""
    values = dict(zip(FIELDS, row, strict=True))
    if values["published"] is not None:
        values["published"] = date.fromisoformat(values["published"])
    return Citation(**values)
