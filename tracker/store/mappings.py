"""Mappings: what was said of how to read a kind of file, kept under a name to be used again."""

from __future__ import annotations

from typing import NamedTuple

from tracker.errors import Conflict, InvalidValue, clip
from tracker.store.batches import now
from tracker.store.engine import Session
from tracker.values.names import clean

_SELECT = "SELECT name, importer, asked, recorded_at FROM mapping"


class Saved(NamedTuple):
    """A saved mapping.

    Attributes
    ----------
    name : str
        What it is called.
    importer : str
        Who reads the file.
    asked : str
        What was said of the file, as JSON: `tracker.importers.asked.Asked.from_json` reads it.
    recorded_at : str
        When, in UTC.
    """

    name: str
    importer: str
    asked: str
    recorded_at: str


def save_mapping(session: Session, name: str, importer: str, asked: str, *, replace: bool = False) -> bool:
    """Keep a mapping under a name; return whether anything changed.

    Raises
    ------
    InvalidValue
        If the name is empty.
    Conflict
        If another one is kept under this name, and is not to be replaced.
    """
    name = clean(name)
    if not name:
        raise InvalidValue("a mapping needs a name", "For example: --save-as polls")
    known = find_mapping(session, name)
    if known is None:
        values = {"name": name, "importer": importer, "asked": asked, "recorded_at": now(session)}
        session.insert("mapping", values)
        return True
    if (known.importer, known.asked) == (importer, asked):
        return False
    if not replace:
        raise Conflict(
            f"another mapping is saved as {clip(name)!r}: {known.importer}, {known.asked}",
            "Choose another name.",
        )
    session.run(
        "UPDATE mapping SET importer = :importer, asked = :asked, recorded_at = :now WHERE name = :name",
        importer=importer,
        asked=asked,
        now=now(session),
        name=name,
    )
    return True


def find_mapping(session: Session, name: str) -> Saved | None:
    """Return a saved mapping, or None."""
    row = session.row(f"{_SELECT} WHERE name = :name", name=clean(name))
    return None if row is None else Saved(*row)


def mappings(session: Session) -> list[Saved]:
    """Return every saved mapping, by name."""
    return [Saved(*row) for row in session.rows(f"{_SELECT} ORDER BY name")]
