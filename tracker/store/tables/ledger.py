"""The ledger: where a number was read, in which batch it came, and what it was before."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from tracker.store.tables.columns import (
    WHOLE,
    check,
    day,
    id_,
    metadata,
    moment,
    observed,
    one_of,
    pointers,
    points,
    primary,
    real,
    share_columns,
    text,
    unique,
    whole,
)
from tracker.values import CITATION_KINDS, CORRECTIONS, PRECISIONS, UPSTREAM

citation = Table(
    "citation",
    metadata,
    id_(),
    *(text(name) for name in ("url", "title", "publisher", "published", "place", "quote", "via", "kind")),
    primary("citation"),
    check("citation", "named", "url IS NOT NULL OR title IS NOT NULL"),
    day("citation", "published"),
    one_of("citation", "kind", CITATION_KINDS),
    Index("ix_citation_url", "url"),
)

batch = Table(
    "batch",
    metadata,
    id_(),
    text("command", null=False),
    text("recorded_at", null=False),
    *(text(name) for name in ("file", "sha256", "importer")),
    text("version", null=False),
    text("reason"),
    *(whole(name) for name in ("added", "same", "revised", "reported")),
    *(text(name) for name in ("url", "etag", "last_modified", "asked")),
    *(Column(name, WHOLE, nullable=False, server_default="0") for name in ("withdrawn", "restored", "moved")),
    primary("batch"),
    unique("batch", "recorded_at"),
    moment("batch", "recorded_at"),
)

period = Table(
    "period",
    metadata,
    id_(),
    *(text(name, null=False) for name in ("label", "start_date", "end_date", "precision")),
    primary("period"),
    unique("period", "label"),
    check("period", "order", "start_date <= end_date"),
    day("period", "start_date"),
    day("period", "end_date"),
    one_of("period", "precision", PRECISIONS),
)

series = Table(
    "series",
    metadata,
    id_(),
    whole("market_id"),
    whole("entity_id"),
    primary("series"),
    unique("series", "market_id", "entity_id"),
    points("series", "market_id", "market"),
    points("series", "entity_id", "entity"),
    Index("ix_series_entity_id", "entity_id"),
)

observation = Table(
    "observation",
    metadata,
    *observed("observation"),
    primary("observation", "series_id", "period_id"),
    sqlite_with_rowid=False,
)

superseded = Table(
    "superseded",
    metadata,
    *observed("superseded"),
    whole("closed_by"),
    primary("superseded", "series_id", "period_id", "batch_id"),
    points("superseded", "closed_by", "batch"),
    check("superseded", "order", "batch_id < closed_by"),
    sqlite_with_rowid=False,
)

report = Table(
    "report",
    metadata,
    *(whole(f"{name}_id") for name in ("series", "period", "citation", "batch")),
    *share_columns("report"),
    text("printed_period"),
    text("note"),
    whole("closed_by", null=True),
    primary("report", "series_id", "period_id", "citation_id", "batch_id"),
    *pointers("report"),
    points("report", "closed_by", "batch"),
    check("report", "order", "batch_id < closed_by"),
    sqlite_with_rowid=False,
)

undo = Table(
    "undo",
    metadata,
    whole("batch_id"),
    whole("undoes"),
    primary("undo", "batch_id"),
    unique("undo", "undoes"),
    points("undo", "batch_id", "batch"),
    points("undo", "undoes", "batch"),
    check("undo", "order", "undoes < batch_id"),
)

correction = Table(
    "correction",
    metadata,
    id_(),
    whole("batch_id"),
    *(text(name, null=False) for name in ("kind", "reason", "upstream")),
    text("upstream_url"),
    primary("correction"),
    points("correction", "batch_id", "batch"),
    one_of("correction", "kind", CORRECTIONS),
    one_of("correction", "upstream", UPSTREAM),
)

carried = Table(
    "carried",
    metadata,
    *(whole(name) for name in ("series_id", "period_id", "batch_id", "origin_id")),
    whole("correction_id", null=True),
    *(real(f"printed_{name}") for name in ("share", "low", "high")),
    text("printed_qualifier"),
    whole("printed_decimals", null=True),
    text("printed_status"),
    primary("carried", "series_id", "period_id", "batch_id"),
    *(points("carried", f"{name}_id", name) for name in ("series", "period", "batch", "correction")),
    points("carried", "origin_id", "batch"),
    check("carried", "order", "origin_id <= batch_id"),
    check("carried", "printed", "(correction_id IS NULL) = (printed_status IS NULL)"),
    sqlite_with_rowid=False,
)
