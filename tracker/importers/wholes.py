"""Which market each row belongs to, where a column tells who measured, or where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from tracker.errors import InvalidValue, Problem, RejectedInput
from tracker.importers.asked import Asked
from tracker.importers.table import Row, Table
from tracker.values import Market, Source
from tracker.values.records import check_slug


class Wholes(NamedTuple):
    """The markets of a table, and which one a row belongs to."""

    sources: list[Source]
    markets: list[Market]
    market_of: Callable[[Row], str]


def slug_of(text: str) -> str:
    """Return a name as a slug: letters without their marks, digits, hyphens.

    >>> slug_of("Türkiye (Republic of)")
    'turkiye-republic-of'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"


def wholes_by(
    table: Table,
    asked: Asked,
    base: str,
    known: dict[str, str | None],
    *,
    source: int | None,
    region: int | None = None,
) -> Wholes:
    """Make a market for each source, and each region, that a table names.

    Parameters
    ----------
    table : Table
        The rows.
    asked : Asked
        What the person said of the market.
    base : str
        What the slugs of the markets end in: ``bundestag`` gives ``forsa/bundestag``.
    known : dict
        Fields of the market that the importer knows.
    source, region : int or None
        Places of the columns that name them.

    Raises
    ------
    RejectedInput
        If a row names no source, or too little is known to describe the markets.
    """
    described = asked.described_market(base, **known)
    names: dict[str, tuple[str, str]] = {}
    missing = []
    for row in table.rows():
        if len(row.cells) != len(table.header):
            continue
        who, where = (row.cells[place].strip() if place is not None else "" for place in (source, region))
        if source is not None and not who:
            missing.append(Problem(row.line, table.header[source], "", "names no source"))
            continue
        names.setdefault(_slug(base, who, where), (who, where))
    if missing:
        raise RejectedInput(table.name, missing)
    sources = [Source(slug_of(who), who) for who in dict.fromkeys(who for who, _ in names.values()) if who]
    markets = [_market(described, slug, who, where) for slug, (who, where) in names.items()] if described else []

    def market_of(row: Row) -> str:
        who, where = (row.cells[place].strip() if place is not None else "" for place in (source, region))
        return _slug(base, who, where)

    return Wholes(_distinct(table, sources), markets, market_of)


def _market(described: Market, slug: str, who: str, where: str) -> Market:
    measured = slug_of(who) if who else described.source
    return replace(described, slug=slug, source=measured, region=where or described.region)


def _slug(base: str, who: str, where: str) -> str:
    parts = [slug_of(who)] if who else []
    ending = f"{base}-{slug_of(where)}" if where else base
    return check_slug("/".join([*parts, ending]))


def _distinct(table: Table, sources: list[Source]) -> list[Source]:
    """Refuse two names of sources that would get one slug."""
    titles: dict[str, str] = {}
    for source in sources:
        other = titles.setdefault(source.slug, source.title)
        if other != source.title:
            wrong = f"{other!r} and {source.title!r} are written differently; are they one?"
            raise RejectedInput(table.name, [Problem(0, "", "", wrong)], "Write them the same in the file.")
    return sources


def base_of(asked: Asked, fallback: str | None = None) -> str:
    """Return what the slugs of several markets end in.

    Raises
    ------
    InvalidValue
        If nothing was said.
    """
    base = asked.market or fallback
    if not base:
        raise InvalidValue("the markets of this file need a name", "Say what their slugs end in: --market NAME.")
    return base
