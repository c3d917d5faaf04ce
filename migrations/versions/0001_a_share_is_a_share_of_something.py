"""A share is always a share of something: the first schema.

How conflicting reports stay side by side: `observation` holds the one current share of a series and
period, with the citation it was read from. What further pages say of the same fact stands in `report`,
each with its own citation: where the share is the same the page supports the observation, where it
differs it competes with it. `report` also keeps how the page dates the fact (`printed_period`), because
retellers are often vaguer than what they retell.

How history is kept: a row is never overwritten. A new share moves the old row to `superseded` and names
the batch that closed it; a share was known from its batch's `recorded_at` to that of the closing batch.

Revision ID: 0001
Revises:
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Compared byte by byte, as SQLite does."""

WHOLE = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
"""Of 64 bits, as SQLite's."""


def upgrade() -> None:
    _sources_and_markets()
    _entities()
    _evidence()
    _ledger()
    _events()
    for view in (SHARES, SHARE_HISTORY, REPORTS):
        op.execute(view)


TABLES = (
    "event_tag", "event_entity", "event",
    "report", "superseded", "observation", "series", "period",
    "batch", "citation",
    "entity_parent", "alias", "entity",
    "market", "source",
)  # fmt: skip
"""Each before those that it points to."""


def downgrade() -> None:
    _refuse_where_rows_are()
    for view in ("reports", "share_history", "shares"):
        op.execute(f"DROP VIEW {view}")
    for table in TABLES:
        op.drop_table(table)


def _refuse_where_rows_are() -> None:
    """Before the first schema there is none that could hold a row."""
    connection = op.get_bind()
    kept = [name for name in sa.inspect(connection).get_table_names() if name.startswith("kept_")]
    held = [
        name
        for name in sorted((*TABLES, *kept))
        if connection.execute(sa.text(f"SELECT 1 FROM {name} LIMIT 1")).first()
    ]
    if held:
        raise RuntimeError(f"nothing is taken down: all rows would be lost that are in {', '.join(held)}")


def _id() -> sa.Column:
    """Where no id is given, it is the next one; SQLite's are so by themselves."""
    return sa.Column("id", WHOLE, sa.Identity(), nullable=False)


def _is_day(column: str) -> str:
    year, month, day = (f"substr({column}, {place}, {size})" for place, size in ((1, 4), (6, 2), (9, 2)))
    return (
        f"{column} LIKE '____-__-__' AND {year} BETWEEN '1000' AND '9999'"
        f" AND {month} BETWEEN '01' AND '12' AND {day} BETWEEN '01' AND '31'"
    )


def _sources_and_markets() -> None:
    op.create_table(
        "source",
        _id(),
        sa.Column("slug", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("producer", TEXT),
        sa.Column("url", TEXT),
        sa.Column("licence", TEXT),
        sa.Column("licence_url", TEXT),
        sa.Column("credit", TEXT),
        sa.Column("may_redistribute", WHOLE),
        sa.Column("revises", TEXT),
        sa.Column("note", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("slug", name="uq_source_slug"),
        sa.CheckConstraint("may_redistribute IN (0, 1)", name="ck_source_may_redistribute"),
        sa.CheckConstraint("revises IN ('full', 'window', 'current-only')", name="ck_source_revises"),
    )
    op.create_table(
        "market",
        _id(),
        sa.Column("slug", TEXT, nullable=False),
        sa.Column("source_id", WHOLE, nullable=False),
        sa.Column("counted", TEXT, nullable=False),
        sa.Column("whole", TEXT, nullable=False),
        sa.Column("population", TEXT),
        sa.Column("region", TEXT),
        sa.Column("platform", TEXT),
        sa.Column("frequency", TEXT),
        sa.Column("note", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_market"),
        sa.UniqueConstraint("slug", name="uq_market_slug"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_market_source_id"),
        sa.CheckConstraint("whole IN ('closed', 'open', 'overlapping', 'index')", name="ck_market_whole"),
        sa.CheckConstraint(
            "frequency IN ('daily', 'weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly', 'irregular')",
            name="ck_market_frequency",
        ),
    )


def _entities() -> None:
    op.create_table(
        "entity",
        _id(),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("hue", TEXT, nullable=False),
        sa.Column("note", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
        sa.UniqueConstraint("name", name="uq_entity_name"),
        sa.CheckConstraint("kind IN ('lab', 'product', 'model', 'residual', 'group')", name="ck_entity_kind"),
        sa.CheckConstraint(
            "hue IN ('blue', 'teal', 'orange', 'sky', 'plum', 'violet', 'olive', 'umber', 'grey')",
            name="ck_entity_hue",
        ),
    )
    op.create_table(
        "alias",
        _id(),
        sa.Column("entity_id", WHOLE, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("folded", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alias"),
        sa.UniqueConstraint("folded", name="uq_alias_folded"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_alias_entity_id"),
    )
    op.create_table(
        "entity_parent",
        _id(),
        sa.Column("child_id", WHOLE, nullable=False),
        sa.Column("parent_id", WHOLE, nullable=False),
        sa.Column("from_date", TEXT),
        sa.Column("to_date", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_entity_parent"),
        sa.UniqueConstraint("child_id", "parent_id", "from_date", name="uq_entity_parent_child_id"),
        sa.ForeignKeyConstraint(["child_id"], ["entity.id"], name="fk_entity_parent_child_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["entity.id"], name="fk_entity_parent_parent_id"),
        sa.CheckConstraint("child_id <> parent_id", name="ck_entity_parent_itself"),
        sa.CheckConstraint("from_date <= to_date", name="ck_entity_parent_order"),
        sa.CheckConstraint(_is_day("from_date"), name="ck_entity_parent_from_date"),
        sa.CheckConstraint(_is_day("to_date"), name="ck_entity_parent_to_date"),
    )


def _evidence() -> None:
    op.create_table(
        "citation",
        _id(),
        sa.Column("url", TEXT),
        sa.Column("title", TEXT),
        sa.Column("publisher", TEXT),
        sa.Column("published", TEXT),
        sa.Column("place", TEXT),
        sa.Column("quote", TEXT),
        sa.Column("via", TEXT),
        sa.Column("kind", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_citation"),
        sa.CheckConstraint("url IS NOT NULL OR title IS NOT NULL", name="ck_citation_named"),
        sa.CheckConstraint(_is_day("published"), name="ck_citation_published"),
        sa.CheckConstraint("kind IN ('primary', 'secondary')", name="ck_citation_kind"),
    )
    op.create_index("ix_citation_url", "citation", ["url"])
    op.create_table(
        "batch",
        _id(),
        sa.Column("command", TEXT, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("file", TEXT),
        sa.Column("sha256", TEXT),
        sa.Column("importer", TEXT),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("reason", TEXT),
        sa.Column("added", WHOLE, nullable=False),
        sa.Column("same", WHOLE, nullable=False),
        sa.Column("revised", WHOLE, nullable=False),
        sa.Column("reported", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
        sa.UniqueConstraint("recorded_at", name="uq_batch_recorded_at"),
        sa.CheckConstraint("length(recorded_at) = 27", name="ck_batch_recorded_at"),
    )


def _share_columns() -> list[sa.Column]:
    return [
        sa.Column("share", sa.Float),
        sa.Column("low", sa.Float),
        sa.Column("high", sa.Float),
        sa.Column("qualifier", TEXT),
        sa.Column("decimals", WHOLE),
    ]


def _share_checks(table: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint("share BETWEEN 0 AND 100", name=f"ck_{table}_share"),
        sa.CheckConstraint("low BETWEEN 0 AND 100", name=f"ck_{table}_low"),
        sa.CheckConstraint("high BETWEEN 0 AND 100", name=f"ck_{table}_high"),
        sa.CheckConstraint("low <= share", name=f"ck_{table}_low_share"),
        sa.CheckConstraint("share <= high", name=f"ck_{table}_share_high"),
        sa.CheckConstraint("low <= high", name=f"ck_{table}_low_high"),
        sa.CheckConstraint("qualifier IN ('<', '>', '~')", name=f"ck_{table}_qualifier"),
        sa.CheckConstraint(
            "share IS NOT NULL OR low IS NOT NULL OR high IS NOT NULL", name=f"ck_{table}_says_something"
        ),
        sa.CheckConstraint("decimals BETWEEN 0 AND 18", name=f"ck_{table}_decimals"),
    ]


def _status_checks(table: str) -> list[sa.CheckConstraint]:
    codes = ", ".join(f"'{code}'" for code in "ABDEFGIKLMNOPQSUVW")
    return [
        sa.CheckConstraint(f"status IN ({codes})", name=f"ck_{table}_status"),
        sa.CheckConstraint("sample_size > 0", name=f"ck_{table}_sample_size"),
    ]


def _ledger() -> None:
    op.create_table(
        "period",
        _id(),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("start_date", TEXT, nullable=False),
        sa.Column("end_date", TEXT, nullable=False),
        sa.Column("precision", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period"),
        sa.UniqueConstraint("label", name="uq_period_label"),
        sa.CheckConstraint("start_date <= end_date", name="ck_period_order"),
        sa.CheckConstraint(_is_day("start_date"), name="ck_period_start_date"),
        sa.CheckConstraint(_is_day("end_date"), name="ck_period_end_date"),
        sa.CheckConstraint(
            "precision IN ('day', 'week', 'month', 'quarter', 'half', 'year', 'range', 'approx')",
            name="ck_period_precision",
        ),
    )
    op.create_table(
        "series",
        _id(),
        sa.Column("market_id", WHOLE, nullable=False),
        sa.Column("entity_id", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
        sa.UniqueConstraint("market_id", "entity_id", name="uq_series_market_id"),
        sa.ForeignKeyConstraint(["market_id"], ["market.id"], name="fk_series_market_id"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_series_entity_id"),
    )
    op.create_index("ix_series_entity_id", "series", ["entity_id"])
    op.create_table(
        "observation",
        sa.Column("series_id", WHOLE, nullable=False),
        sa.Column("period_id", WHOLE, nullable=False),
        *_share_columns(),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("sample_size", WHOLE),
        sa.Column("note", TEXT),
        sa.Column("citation_id", WHOLE, nullable=False),
        sa.Column("batch_id", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("series_id", "period_id", name="pk_observation"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_observation_series_id"),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_observation_period_id"),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name="fk_observation_citation_id"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_observation_batch_id"),
        *_share_checks("observation"),
        *_status_checks("observation"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "superseded",
        sa.Column("series_id", WHOLE, nullable=False),
        sa.Column("period_id", WHOLE, nullable=False),
        *_share_columns(),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("sample_size", WHOLE),
        sa.Column("note", TEXT),
        sa.Column("citation_id", WHOLE, nullable=False),
        sa.Column("batch_id", WHOLE, nullable=False),
        sa.Column("closed_by", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("series_id", "period_id", "batch_id", name="pk_superseded"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_superseded_series_id"),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_superseded_period_id"),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name="fk_superseded_citation_id"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_superseded_batch_id"),
        sa.ForeignKeyConstraint(["closed_by"], ["batch.id"], name="fk_superseded_closed_by"),
        sa.CheckConstraint("batch_id < closed_by", name="ck_superseded_order"),
        *_share_checks("superseded"),
        *_status_checks("superseded"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report",
        sa.Column("series_id", WHOLE, nullable=False),
        sa.Column("period_id", WHOLE, nullable=False),
        sa.Column("citation_id", WHOLE, nullable=False),
        sa.Column("batch_id", WHOLE, nullable=False),
        *_share_columns(),
        sa.Column("printed_period", TEXT),
        sa.Column("note", TEXT),
        sa.Column("closed_by", WHOLE),
        sa.PrimaryKeyConstraint("series_id", "period_id", "citation_id", "batch_id", name="pk_report"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_report_series_id"),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_report_period_id"),
        sa.ForeignKeyConstraint(["citation_id"], ["citation.id"], name="fk_report_citation_id"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_report_batch_id"),
        sa.ForeignKeyConstraint(["closed_by"], ["batch.id"], name="fk_report_closed_by"),
        sa.CheckConstraint("batch_id < closed_by", name="ck_report_order"),
        *_share_checks("report"),
        sqlite_with_rowid=False,
    )


def _events() -> None:
    op.create_table(
        "event",
        _id(),
        sa.Column("period_id", WHOLE, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("url", TEXT),
        sa.Column("note", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("period_id", "label", name="uq_event_period_id"),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_event_period_id"),
    )
    op.create_table(
        "event_entity",
        sa.Column("event_id", WHOLE, nullable=False),
        sa.Column("entity_id", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("event_id", "entity_id", name="pk_event_entity"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_entity_event_id"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_event_entity_entity_id"),
    )
    op.create_table(
        "event_tag",
        sa.Column("event_id", WHOLE, nullable=False),
        sa.Column("tag", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("event_id", "tag", name="pk_event_tag"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_tag_event_id"),
    )


_WORDS = """
    source.title AS source,
    market.slug AS market,
    market.counted AS counted,
    market.population AS population,
    market.region AS region,
    market.platform AS platform,
    market.frequency AS frequency,
    market.whole AS whole,
    entity.name AS entity,
    entity.kind AS kind,
    period.label AS period,
    period.start_date AS period_start,
    period.end_date AS period_end,
    period.precision AS precision,
    told.share AS share,
    told.low AS low,
    told.high AS high,
    told.qualifier AS qualifier,
    told.decimals AS decimals"""

_JOINS = """
    JOIN series ON series.id = told.series_id
    JOIN market ON market.id = series.market_id
    JOIN source ON source.id = market.source_id
    JOIN entity ON entity.id = series.entity_id
    JOIN period ON period.id = told.period_id
    JOIN citation ON citation.id = told.citation_id
    JOIN batch ON batch.id = told.batch_id"""

_OBSERVED = f"""{_WORDS},
    told.status AS status,
    told.sample_size AS sample_size,
    told.note AS note,
    citation.url AS url,
    citation.title AS title,
    citation.publisher AS publisher,
    citation.kind AS citation_kind,
    told.batch_id AS batch,
    batch.recorded_at AS known_from"""

SHARES = f"CREATE VIEW shares AS SELECT{_OBSERVED}\nFROM observation AS told{_JOINS}"

SHARE_HISTORY = f"""CREATE VIEW share_history AS SELECT{_OBSERVED},
    NULL AS known_to,
    NULL AS closed_because
FROM observation AS told{_JOINS}
UNION ALL SELECT{_OBSERVED},
    closing.recorded_at AS known_to,
    closing.reason AS closed_because
FROM superseded AS told{_JOINS}
    JOIN batch AS closing ON closing.id = told.closed_by"""

REPORTS = f"""CREATE VIEW reports AS SELECT{_WORDS},
    told.printed_period AS printed_period,
    CASE WHEN coalesce(told.share, -1) = coalesce(observation.share, -1)
        AND coalesce(told.low, -1) = coalesce(observation.low, -1)
        AND coalesce(told.high, -1) = coalesce(observation.high, -1)
        AND coalesce(told.qualifier, '') = coalesce(observation.qualifier, '')
        THEN 'supports' ELSE 'competes' END AS stance,
    told.note AS note,
    citation.url AS url,
    citation.title AS title,
    citation.publisher AS publisher,
    citation.kind AS citation_kind,
    told.batch_id AS batch,
    batch.recorded_at AS known_from
FROM report AS told{_JOINS}
    LEFT JOIN observation ON observation.series_id = told.series_id AND observation.period_id = told.period_id
WHERE told.closed_by IS NULL"""
