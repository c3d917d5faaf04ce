"""The schema at head, as SQLAlchemy metadata; a test holds it against what the migrations make.

Every table here is explained in the migration that makes it. Dates are ISO 8601 text, shares are percent.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from tracker.values import CITATION_KINDS, ENTITY_KINDS, FREQUENCIES, HUES, PRECISIONS, REVISES, STATUSES, WHOLES

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, nullable=False)


def _int(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _text(name: str, *, null: bool = True) -> Column[str]:
    return Column(name, Text, nullable=null)


def _key(table: str, *columns: str) -> PrimaryKeyConstraint:
    return PrimaryKeyConstraint(*(columns or ("id",)), name=f"pk_{table}")


def _unique(table: str, *columns: str) -> UniqueConstraint:
    return UniqueConstraint(*columns, name=f"uq_{table}_{columns[0]}")


def _points(table: str, column: str, other: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")


def _check(table: str, what: str, condition: str) -> CheckConstraint:
    return CheckConstraint(condition, name=f"ck_{table}_{what}")


def _one_of(table: str, column: str, words: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return _check(table, column, f"{column} IN ({listed})")


def _day(table: str, column: str) -> CheckConstraint:
    year, month, day = (f"substr({column}, {place}, {size})" for place, size in ((1, 4), (6, 2), (9, 2)))
    return _check(
        table,
        column,
        f"{column} LIKE '____-__-__' AND {year} BETWEEN '1000' AND '9999'"
        f" AND {month} BETWEEN '01' AND '12' AND {day} BETWEEN '01' AND '31'",
    )


def _share(table: str) -> list[SchemaItem]:
    """The columns of a printed share, and what must hold of them."""
    return [
        *(Column(name, Float) for name in ("share", "low", "high")),
        _text("qualifier"),
        _int("decimals", null=True),
        *(_check(table, name, f"{name} BETWEEN 0 AND 100") for name in ("share", "low", "high")),
        _check(table, "low_share", "low <= share"),
        _check(table, "share_high", "share <= high"),
        _check(table, "low_high", "low <= high"),
        _one_of(table, "qualifier", ("<", ">", "~")),
        _check(table, "says_something", "share IS NOT NULL OR low IS NOT NULL OR high IS NOT NULL"),
        _check(table, "decimals", "decimals BETWEEN 0 AND 18"),
    ]


def _observed(table: str) -> list[SchemaItem]:
    """The columns that current and superseded observations have in common."""
    return [
        _int("series_id"),
        _int("period_id"),
        *_share(table),
        _text("status", null=False),
        _int("sample_size", null=True),
        _text("note"),
        _int("citation_id"),
        _int("batch_id"),
        _one_of(table, "status", STATUSES),
        _check(table, "sample_size", "sample_size > 0"),
        *_pointers(table),
    ]


def _pointers(table: str) -> list[SchemaItem]:
    return [_points(table, f"{other}_id", other) for other in ("series", "period", "citation", "batch")]


source = Table(
    "source",
    metadata,
    _id(),
    _text("slug", null=False),
    _text("title", null=False),
    *(_text(name) for name in ("producer", "url", "licence", "licence_url", "credit")),
    _int("may_redistribute", null=True),
    _text("revises"),
    _text("note"),
    _key("source"),
    _unique("source", "slug"),
    _check("source", "may_redistribute", "may_redistribute IN (0, 1)"),
    _one_of("source", "revises", REVISES),
)

market = Table(
    "market",
    metadata,
    _id(),
    _text("slug", null=False),
    _int("source_id"),
    _text("counted", null=False),
    _text("whole", null=False),
    *(_text(name) for name in ("population", "region", "platform", "frequency", "note")),
    _key("market"),
    _unique("market", "slug"),
    _points("market", "source_id", "source"),
    _one_of("market", "whole", WHOLES),
    _one_of("market", "frequency", FREQUENCIES),
)

entity = Table(
    "entity",
    metadata,
    _id(),
    _text("name", null=False),
    _text("kind", null=False),
    _text("hue", null=False),
    _text("note"),
    _key("entity"),
    _unique("entity", "name"),
    _one_of("entity", "kind", ENTITY_KINDS),
    _one_of("entity", "hue", (*HUES, "grey")),
)

alias = Table(
    "alias",
    metadata,
    _id(),
    _int("entity_id"),
    _text("name", null=False),
    _text("folded", null=False),
    _key("alias"),
    _unique("alias", "folded"),
    _points("alias", "entity_id", "entity"),
)

entity_parent = Table(
    "entity_parent",
    metadata,
    _id(),
    _int("child_id"),
    _int("parent_id"),
    _text("from_date"),
    _text("to_date"),
    _key("entity_parent"),
    _unique("entity_parent", "child_id", "parent_id", "from_date"),
    _points("entity_parent", "child_id", "entity"),
    _points("entity_parent", "parent_id", "entity"),
    _check("entity_parent", "itself", "child_id <> parent_id"),
    _check("entity_parent", "order", "from_date <= to_date"),
    _day("entity_parent", "from_date"),
    _day("entity_parent", "to_date"),
)

citation = Table(
    "citation",
    metadata,
    _id(),
    *(_text(name) for name in ("url", "title", "publisher", "published", "place", "quote", "via", "kind")),
    _key("citation"),
    _check("citation", "named", "url IS NOT NULL OR title IS NOT NULL"),
    _day("citation", "published"),
    _one_of("citation", "kind", CITATION_KINDS),
    Index("ix_citation_url", "url"),
)

batch = Table(
    "batch",
    metadata,
    _id(),
    _text("command", null=False),
    _text("recorded_at", null=False),
    *(_text(name) for name in ("file", "sha256", "importer")),
    _text("version", null=False),
    _text("reason"),
    *(_int(name) for name in ("added", "same", "revised", "reported")),
    *(_text(name) for name in ("url", "etag", "last_modified", "asked")),
    _key("batch"),
    _unique("batch", "recorded_at"),
    _check("batch", "recorded_at", "length(recorded_at) = 27"),
)

mapping = Table(
    "mapping",
    metadata,
    _id(),
    _text("name", null=False),
    _text("importer", null=False),
    _text("asked", null=False),
    _text("recorded_at", null=False),
    _key("mapping"),
    _unique("mapping", "name"),
    _check("mapping", "recorded_at", "length(recorded_at) = 27"),
)

period = Table(
    "period",
    metadata,
    _id(),
    *(_text(name, null=False) for name in ("label", "start_date", "end_date", "precision")),
    _key("period"),
    _unique("period", "label"),
    _check("period", "order", "start_date <= end_date"),
    _day("period", "start_date"),
    _day("period", "end_date"),
    _one_of("period", "precision", PRECISIONS),
)

series = Table(
    "series",
    metadata,
    _id(),
    _int("market_id"),
    _int("entity_id"),
    _key("series"),
    _unique("series", "market_id", "entity_id"),
    _points("series", "market_id", "market"),
    _points("series", "entity_id", "entity"),
    Index("ix_series_entity_id", "entity_id"),
)

observation = Table(
    "observation",
    metadata,
    *_observed("observation"),
    _key("observation", "series_id", "period_id"),
    sqlite_with_rowid=False,
)

superseded = Table(
    "superseded",
    metadata,
    *_observed("superseded"),
    _int("closed_by"),
    _key("superseded", "series_id", "period_id", "batch_id"),
    _points("superseded", "closed_by", "batch"),
    _check("superseded", "order", "batch_id < closed_by"),
    sqlite_with_rowid=False,
)

report = Table(
    "report",
    metadata,
    *(_int(f"{name}_id") for name in ("series", "period", "citation", "batch")),
    *_share("report"),
    _text("printed_period"),
    _text("note"),
    _int("closed_by", null=True),
    _key("report", "series_id", "period_id", "citation_id", "batch_id"),
    *_pointers("report"),
    _points("report", "closed_by", "batch"),
    _check("report", "order", "batch_id < closed_by"),
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    metadata,
    _id(),
    _int("period_id"),
    _text("label", null=False),
    _text("url"),
    _text("note"),
    _key("event"),
    _unique("event", "period_id", "label"),
    _points("event", "period_id", "period"),
)

event_entity = Table(
    "event_entity",
    metadata,
    _int("event_id"),
    _int("entity_id"),
    _key("event_entity", "event_id", "entity_id"),
    _points("event_entity", "event_id", "event"),
    _points("event_entity", "entity_id", "entity"),
)

event_tag = Table(
    "event_tag",
    metadata,
    _int("event_id"),
    _text("tag", null=False),
    _key("event_tag", "event_id", "tag"),
    _points("event_tag", "event_id", "event"),
)
