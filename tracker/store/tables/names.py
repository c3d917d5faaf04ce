"""Who measured, what is a whole, who has a share, and under which names."""

from __future__ import annotations

from sqlalchemy import Index, Table
from sqlalchemy import text as sql

from tracker.store.tables.columns import check, day, id_, known, metadata, one_of, points, primary, text, unique, whole
from tracker.values import ENTITY_KINDS, FREQUENCIES, HUES, REVISES, RULES, WHOLES

OPEN = sql("known_to IS NULL")
"""Which rows an index is over: those that hold now."""

source = Table(
    "source",
    metadata,
    id_(),
    text("slug", null=False),
    text("title", null=False),
    *(text(name) for name in ("producer", "url", "licence", "licence_url", "credit")),
    whole("may_redistribute", null=True),
    text("revises"),
    text("note"),
    primary("source"),
    unique("source", "slug"),
    check("source", "may_redistribute", "may_redistribute IN (0, 1)"),
    one_of("source", "revises", REVISES),
)

market = Table(
    "market",
    metadata,
    id_(),
    text("slug", null=False),
    whole("source_id"),
    text("counted", null=False),
    text("whole", null=False),
    *(text(name) for name in ("population", "region", "platform", "frequency", "note")),
    primary("market"),
    unique("market", "slug"),
    points("market", "source_id", "source"),
    one_of("market", "whole", WHOLES),
    one_of("market", "frequency", FREQUENCIES),
)

market_rule = Table(
    "market_rule",
    metadata,
    *(whole(name) for name in ("market_id", "batch_id")),
    text("rule", null=False),
    whole("closed_by", null=True),
    primary("market_rule", "market_id", "batch_id"),
    points("market_rule", "market_id", "market"),
    points("market_rule", "batch_id", "batch"),
    points("market_rule", "closed_by", "batch"),
    one_of("market_rule", "rule", RULES),
    check("market_rule", "order", "batch_id < closed_by"),
)

entity = Table(
    "entity",
    metadata,
    id_(),
    text("name", null=False),
    text("kind", null=False),
    text("hue", null=False),
    text("note"),
    primary("entity"),
    unique("entity", "name"),
    one_of("entity", "kind", ENTITY_KINDS),
    one_of("entity", "hue", (*HUES, "grey")),
)

alias = Table(
    "alias",
    metadata,
    id_(),
    whole("entity_id"),
    text("name", null=False),
    text("folded", null=False),
    *known("alias"),
    primary("alias"),
    points("alias", "entity_id", "entity"),
    Index("ix_alias_folded", "folded", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
)

entity_parent = Table(
    "entity_parent",
    metadata,
    id_(),
    whole("child_id"),
    whole("parent_id"),
    text("from_date"),
    text("to_date"),
    *known("entity_parent"),
    primary("entity_parent"),
    points("entity_parent", "child_id", "entity"),
    points("entity_parent", "parent_id", "entity"),
    check("entity_parent", "itself", "child_id <> parent_id"),
    check("entity_parent", "order", "from_date <= to_date"),
    day("entity_parent", "from_date"),
    day("entity_parent", "to_date"),
    Index(
        "ix_entity_parent_child_id",
        *("child_id", "parent_id", "from_date"),
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    ),
)

entity_merge = Table(
    "entity_merge",
    metadata,
    *(whole(name) for name in ("entity_id", "batch_id", "into_id")),
    whole("closed_by", null=True),
    primary("entity_merge", "entity_id", "batch_id"),
    points("entity_merge", "entity_id", "entity"),
    points("entity_merge", "batch_id", "batch"),
    points("entity_merge", "into_id", "entity"),
    points("entity_merge", "closed_by", "batch"),
    check("entity_merge", "itself", "entity_id <> into_id"),
    check("entity_merge", "order", "batch_id < closed_by"),
)
