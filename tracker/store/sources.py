"""Sources: who measured and published."""

from __future__ import annotations

from dataclasses import fields, replace
from shlex import quote

from tracker.errors import Conflict, UnknownName
from tracker.store.engine import Row, Session
from tracker.values import Source
from tracker.values.names import nearest, same_letters

_FIELDS = tuple(field.name for field in fields(Source))
_SELECT = f"SELECT {', '.join(_FIELDS)} FROM source"


def sources(session: Session) -> list[Source]:
    """Return every source, by slug."""
    return [_source(row) for row in session.rows(f"{_SELECT} ORDER BY slug")]


def source(session: Session, slug: str) -> Source:
    """Return one source.

    Raises
    ------
    UnknownName
        If there is none of this slug; the nearest are shown.
    """
    row = session.row(f"{_SELECT} WHERE slug = :slug", slug=slug)
    if row is None:
        near = nearest(slug, (known.slug for known in sources(session)))
        raise UnknownName(
            f"there is no source {slug!r}" + (f"; near it: {', '.join(near)}" if near else ""),
            f"Make it: tracker source add {quote(slug)} --title '...' --url https://...",
        )
    return _source(row)


def add_source(session: Session, given: Source) -> bool:
    """Record a source, or fill in what is empty of a recorded one; return whether anything is new.

    Raises
    ------
    Conflict
        If it is recorded already with other words.
    """
    row = session.row(f"{_SELECT} WHERE slug = :slug", slug=given.slug)
    if row is not None:
        known = _source(row)
        # An input that gives no title has the slug for one; Yougov and YouGov are one title.
        same = given.title == given.slug or same_letters(given.title, known.title)
        given = replace(given, title=known.title) if same else given
        refuse_difference(f"source {given.slug}", known, given)
        return fill(session, "source", given.slug, blanks(known, given))
    session.insert("source", {name: _stored(getattr(given, name)) for name in _FIELDS})
    return True


def blanks(known: object, given: object) -> dict[str, object]:
    """Return the given fields that the known record leaves empty: to fill these in overwrites nothing."""
    return {
        field.name: getattr(given, field.name)
        for field in fields(given)  # type: ignore[arg-type]
        if getattr(known, field.name) is None and getattr(given, field.name) is not None
    }


def fill(session: Session, table: str, slug: str, values: dict[str, object]) -> bool:
    """Fill in fields of a recorded source or market; return whether there were any."""
    for name, value in values.items():
        session.run(f"UPDATE {table} SET {name} = :value WHERE slug = :slug", value=_stored(value), slug=slug)
    return bool(values)


def _stored(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def markets_by(session: Session, slug: str) -> list[str]:
    """Return the slugs of the markets that a source measures."""
    found = session.rows(
        "SELECT market.slug FROM market JOIN source ON source.id = source_id WHERE source.slug = :slug ORDER BY 1",
        slug=slug,
    )
    return [market for (market,) in found]


def refuse_difference(what: str, known: object, given: object) -> None:
    """Refuse a record whose given fields differ from those of the known one; fields left out do not count.

    Raises
    ------
    Conflict
        If there is such a field; all of them are named.
    """
    said = [(field.name, getattr(known, field.name), getattr(given, field.name)) for field in fields(given)]  # type: ignore[arg-type]
    differing = [
        f"{name.replace('_', ' ')} is {_word(before)}, not {_word(now)}"
        for name, before, now in said
        if now not in (None, ()) and now != before and before is not None
    ]
    if differing:
        raise Conflict(
            f"the {what} is recorded already, with other words: {'; '.join(differing)}", "Nothing was changed."
        )


def _word(value: object) -> str:
    """A value as a person would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "empty" if value is None else repr(value) if isinstance(value, str) else str(value)


def _source(row: Row) -> Source:
    values = dict(zip(_FIELDS, row, strict=True))
    if values["may_redistribute"] is not None:
        values["may_redistribute"] = bool(values["may_redistribute"])
    return Source(**values)
