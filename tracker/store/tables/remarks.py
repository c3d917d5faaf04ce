"""What people said beside the numbers: events, saved mappings, waivers, claims."""

from __future__ import annotations

from sqlalchemy import Table

from tracker.store.tables.columns import id_, known, metadata, moment, one_of, points, primary, text, unique, whole
from tracker.values import VERDICTS

event = Table(
    "event",
    metadata,
    id_(),
    whole("period_id"),
    text("label", null=False),
    text("url"),
    text("note"),
    primary("event"),
    unique("event", "period_id", "label"),
    points("event", "period_id", "period"),
)

event_entity = Table(
    "event_entity",
    metadata,
    whole("event_id"),
    whole("entity_id"),
    primary("event_entity", "event_id", "entity_id"),
    points("event_entity", "event_id", "event"),
    points("event_entity", "entity_id", "entity"),
)

event_tag = Table(
    "event_tag",
    metadata,
    whole("event_id"),
    text("tag", null=False),
    primary("event_tag", "event_id", "tag"),
    points("event_tag", "event_id", "event"),
)

mapping = Table(
    "mapping",
    metadata,
    id_(),
    text("name", null=False),
    text("importer", null=False),
    text("asked", null=False),
    text("recorded_at", null=False),
    primary("mapping"),
    unique("mapping", "name"),
    moment("mapping", "recorded_at"),
)

waiver = Table(
    "waiver",
    metadata,
    id_(),
    text("finding", null=False),
    whole("market_id", null=True),
    whole("entity_id", null=True),
    text("period"),
    text("reason", null=False),
    whole("batch_id", null=True),
    *known("waiver", null=False),
    primary("waiver"),
    *(points("waiver", f"{name}_id", name) for name in ("market", "entity", "batch")),
)

claim = Table(
    "claim",
    metadata,
    id_(),
    text("text", null=False),
    *(whole(name) for name in ("market_id", "entity_id")),
    *(text(name, null=False) for name in ("asked", "verdict")),
    *known("claim", null=False),
    primary("claim"),
    *(points("claim", f"{name}_id", name) for name in ("market", "entity")),
    one_of("claim", "verdict", VERDICTS),
)
