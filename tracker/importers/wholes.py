"""Which market each row belongs to, where a column tells who measured, or where."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from tracker.errors import Problem, RejectedInput
from tracker.importers.asked import Asked
from tracker.importers.judgement.nulls import is_null
from tracker.importers.table import Row, Table
from tracker.values import Market, Source
from tracker.values.checks import check_slug
from tracker.values.names import clean, fold, same_letters


class Wholes(NamedTuple):
    """The markets of a table, and which one a row belongs to."""

    sources: list[Source]
    markets: list[Market]
    market_of: Callable[[Row], str]


def slug_of(text: str) -> str:
    """Return a name as a slug: letters without their marks, digits, hyphens.

    A name that has no Latin letters gets a slug of its own all the same.

    >>> slug_of("Türkiye (Republic of)"), slug_of("Левада")
    ('turkiye-republic-of', 'x-62ba210e')
    """
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or f"x-{hashlib.sha256(fold(text).encode()).hexdigest()[:8]}"


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
        If a row names no source or no region, or two that are written differently get one slug.
    """
    check_slug(base)
    described = asked.described_market(base, **known)
    titles: dict[str, str] = {}
    names: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    columns = [place for place in (source, region) if place is not None]
    for row in table.rows():
        if len(row.cells) != len(table.header):
            continue
        missing = [place for place in columns if is_null(row.cells[place], asked.nulls)]
        problems += [
            Problem(row.line, table.header[place].strip(), row.cells[place], "is no name") for place in missing
        ]
        for place in set(columns) - set(missing):
            problems += _one_name(row, place, table, titles)
        who, where = _named(row, source), _named(row, region)
        names.setdefault(_slug(base, who, where), (who, where))
    if problems:
        raise RejectedInput(table.name, problems, "Write one name the same everywhere, and two names not alike.")
    whos = [titles[slug_of(who)] for who, _ in names.values() if who]
    sources = [Source(slug_of(who), who) for who in dict.fromkeys(whos)]
    markets = [_market(described, slug, who, where) for slug, (who, where) in names.items()] if described else []
    return Wholes(sources, markets, lambda row: _slug(base, _named(row, source), _named(row, region)))


def _named(row: Row, place: int | None) -> str:
    return "" if place is None else clean(row.cells[place])


def _one_name(row: Row, place: int, table: Table, titles: dict[str, str]) -> list[Problem]:
    """Refuse two names that would get one slug, unless they differ by case and punctuation only."""
    name = _named(row, place)
    other = titles.setdefault(slug_of(name), name)
    if same_letters(name, other):
        return []
    return [Problem(row.line, table.header[place].strip(), name, f"looks like {other!r}, but is written differently")]


def _market(described: Market, slug: str, who: str, where: str) -> Market:
    measured = slug_of(who) if who else described.source
    return replace(described, slug=slug, source=measured, region=where or described.region)


def _slug(base: str, who: str, where: str) -> str:
    parts = [slug_of(who)] if who else []
    ending = f"{base}-{slug_of(where)}" if where else base
    return "/".join([*parts, ending])
