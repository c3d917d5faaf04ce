"""Markets: the wholes that shares are parts of."""

from __future__ import annotations

from dataclasses import fields

from tracker.errors import UnknownName
from tracker.store.engine import Session
from tracker.store.sources import blanks, fill, refuse_difference, source
from tracker.values import Market
from tracker.values.checks import check_slug
from tracker.values.names import nearest

_FIELDS = tuple(field.name for field in fields(Market))
_COLUMNS = ", ".join("source.slug" if name == "source" else f"market.{name}" for name in _FIELDS)
_SELECT = f"SELECT {_COLUMNS} FROM market JOIN source ON source.id = market.source_id"

ADD = "tracker market add {slug} --source SOURCE --counted '...' --whole closed|open|overlapping|index"


def markets(session: Session) -> list[Market]:
    """Return every market, by slug."""
    return [Market(*row) for row in session.rows(f"{_SELECT} ORDER BY market.slug")]


def find_market(session: Session, slug: str) -> Market | None:
    """Return a market, or None."""
    row = session.row(f"{_SELECT} WHERE market.slug = :slug", slug=slug)
    return None if row is None else Market(*row)


def market(session: Session, slug: str) -> Market:
    """Return one market.

    Raises
    ------
    UnknownName
        If there is none of this slug; the nearest are shown, and how to make it.
    """
    found = find_market(session, slug)
    if found is None:
        raise unknown_market(session, slug)
    return found


def unknown_market(session: Session, slug: str) -> UnknownName:
    """Build the error for a market that nobody has made."""
    check_slug(slug)
    near = nearest(slug, (slug for (slug,) in session.rows("SELECT slug FROM market")))
    return UnknownName(
        f"there is no market {slug!r}" + (f"; near it: {', '.join(near)}" if near else ""),
        f"See them all: tracker market list\nMake it: {ADD.format(slug=slug)}",
    )


def add_market(session: Session, given: Market) -> bool:
    """Record a market, or fill in what is empty of a recorded one; return whether anything is new.

    Raises
    ------
    Conflict
        If it is recorded already with other words.
    UnknownName
        If its source is not recorded.
    """
    known = find_market(session, given.slug)
    if known is not None:
        refuse_difference(f"market {given.slug}", known, given)
        return fill(session, "market", given.slug, blanks(known, given))
    source(session, given.source)
    values = {name: getattr(given, name) for name in _FIELDS if name != "source"}
    values["source_id"] = session.value("SELECT id FROM source WHERE slug = :slug", slug=given.source)
    session.insert("market", values)
    return True


def sizes(session: Session) -> dict[str, int]:
    """Count the current observations of each market that has any."""
    return dict(session.rows("SELECT market, count(*) FROM shares GROUP BY market"))


def extent(session: Session, slug: str) -> tuple[int, str | None, str | None, list[str]]:
    """Return how many current observations a market has, its first and last day, and its entities."""
    where = "FROM shares WHERE market = :slug"
    count, first, last = session.rows(f"SELECT count(*), min(period_start), max(period_end) {where}", slug=slug)[0]
    names = session.rows(f"SELECT DISTINCT entity {where} ORDER BY entity", slug=slug)
    return count, first, last, [name for (name,) in names]
