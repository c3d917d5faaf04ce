"""The page is never torn out: what later batches did to earlier ones, and what people said of the data.

A batch can take another back (`undo`), correct what a source printed (`correction`), withdraw it, or move it
when two entities turn out to be one (`entity_merge`). It always does so by new rows. `carried` says of such a
row which batch first stated it, and what the source printed where the share is corrected; rows that came in by
an import have none there, and cost nothing.

Who belongs to whom, and under which names, is closed and not erased: `known_from` and `known_to`. `market_rule`
is the rule by which one of several conflicting reports stands. `waiver` says why a finding of `tracker check`
is no mistake, `claim` keeps a sentence with the verdict on it.

The way down loses nothing: what the older schema cannot hold stays in tables `kept_0003_...`, which it does not
look at, and the way up puts it back.

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Compared byte by byte, as SQLite does."""

WHOLE = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
"""Of 64 bits, as SQLite's."""

COUNTS = ("withdrawn", "restored", "moved")

ADDED = ("undo", "correction", "carried", "entity_merge", "market_rule", "waiver", "claim")
"""Tables that the older schema has not; each after those that it points to."""

VERSIONED = {
    "alias": ("entity_id", "name", "folded", "known_from", "known_to"),
    "entity_parent": ("child_id", "parent_id", "from_date", "to_date", "known_from", "known_to"),
}
"""Tables of whose rows the older schema has the open ones only, and not since when."""


def upgrade() -> None:
    for view in ("reports", "share_history", "shares"):
        op.execute(f"DROP VIEW {view}")
    for name in COUNTS:
        op.add_column("batch", sa.Column(name, WHOLE, nullable=False, server_default="0"))
    _carrying()
    _identity()
    _remarks()
    _put_back()
    for view in (SHARES, SHARE_HISTORY, REPORTS):
        op.execute(view)


def downgrade() -> None:
    for view in ("reports", "share_history", "shares"):
        op.execute(f"DROP VIEW {view}")
    _keep()
    for table in reversed(ADDED):
        op.drop_table(table)
    (_drop_versions if _keeps_names() else _rebuild_without_versions)()
    for name in reversed(COUNTS):
        op.drop_column("batch", name)
    for view in (SHARES_BEFORE, SHARE_HISTORY_BEFORE, REPORTS_BEFORE):
        op.execute(view)


def _keep() -> None:
    """Keep what the older schema cannot hold, where there is anything."""
    kept = dict.fromkeys(ADDED, ("*", "1 = 1"))
    kept["batch"] = (", ".join(("id", *COUNTS)), f"{' + '.join(COUNTS)} > 0")
    kept |= dict.fromkeys(VERSIONED, ("*", "known_from IS NOT NULL OR known_to IS NOT NULL"))
    for table, (columns, where) in kept.items():
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1")).first():
            op.execute(f"CREATE TABLE kept_0003_{table} AS SELECT {columns} FROM {table} WHERE {where}")


def _put_back() -> None:
    """Put back what a way down has kept."""
    steps = dict.fromkeys(ADDED, _whole) | {"batch": _counts} | dict.fromkeys(VERSIONED, _versions)
    for table, step in steps.items():
        if sa.inspect(op.get_bind()).has_table(f"kept_0003_{table}"):
            step(table, f"kept_0003_{table}")
            op.drop_table(f"kept_0003_{table}")


def _whole(table: str, kept: str) -> None:
    names = ", ".join(column["name"] for column in sa.inspect(op.get_bind()).get_columns(kept))
    op.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {kept}")


def _counts(table: str, kept: str) -> None:
    told = ", ".join(f"{name} = (SELECT {name} FROM {kept} WHERE {kept}.id = {table}.id)" for name in COUNTS)
    op.execute(f"UPDATE {table} SET {told} WHERE id IN (SELECT id FROM {kept})")


def _versions(table: str, kept: str) -> None:
    """Closed rows come back, under another id where theirs was given away; open ones know since when again."""
    names = ", ".join(VERSIONED[table])
    closed = f"FROM {kept} WHERE known_to IS NOT NULL AND id"
    op.execute(f"INSERT INTO {table} (id, {names}) SELECT id, {names} {closed} NOT IN (SELECT id FROM {table})")
    op.execute(
        f"INSERT INTO {table} (id, {names}) SELECT (SELECT max(id) FROM {table}) + row_number() OVER (ORDER BY id),"
        f" {names} {closed} IN (SELECT id FROM {table} WHERE known_to IS NULL)"
    )
    same = " AND ".join(f"kept.{name} = {table}.{name}" for name in ("id", *VERSIONED[table][:2]))
    op.execute(
        f"UPDATE {table} SET known_from = (SELECT known_from FROM {kept} AS kept WHERE {same})"
        f" WHERE known_to IS NULL AND EXISTS (SELECT 1 FROM {kept} AS kept WHERE kept.known_to IS NULL AND {same})"
    )


def _id() -> sa.Column:
    """Where no id is given, it is the next one; SQLite's are so by themselves."""
    return sa.Column("id", WHOLE, sa.Identity(), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=f"pk_{table}")


def _points(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")


def _check(table: str, what: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=f"ck_{table}_{what}")


def _moment(table: str, column: str) -> sa.CheckConstraint:
    return _check(table, column, f"length({column}) = 27")


def _is_day(column: str) -> str:
    year, month, day = (f"substr({column}, {place}, {size})" for place, size in ((1, 4), (6, 2), (9, 2)))
    return (
        f"{column} LIKE '____-__-__' AND {year} BETWEEN '1000' AND '9999'"
        f" AND {month} BETWEEN '01' AND '12' AND {day} BETWEEN '01' AND '31'"
    )


def _carrying() -> None:
    op.create_table(
        "undo",
        sa.Column("batch_id", WHOLE, nullable=False),
        sa.Column("undoes", WHOLE, nullable=False),
        _key("undo", "batch_id"),
        sa.UniqueConstraint("undoes", name="uq_undo_undoes"),
        _points("undo", "batch_id", "batch"),
        _points("undo", "undoes", "batch"),
        _check("undo", "order", "undoes < batch_id"),
    )
    op.create_table(
        "correction",
        _id(),
        sa.Column("batch_id", WHOLE, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("upstream", TEXT, nullable=False),
        sa.Column("upstream_url", TEXT),
        _key("correction"),
        _points("correction", "batch_id", "batch"),
        _check("correction", "kind", "kind IN ('drop', 'override', 'scale', 'flag')"),
        _check("correction", "upstream", "upstream IN ('open', 'reported', 'fixed')"),
    )
    op.create_table(
        "carried",
        sa.Column("series_id", WHOLE, nullable=False),
        sa.Column("period_id", WHOLE, nullable=False),
        sa.Column("batch_id", WHOLE, nullable=False),
        sa.Column("origin_id", WHOLE, nullable=False),
        sa.Column("correction_id", WHOLE),
        sa.Column("printed_share", sa.Float),
        sa.Column("printed_low", sa.Float),
        sa.Column("printed_high", sa.Float),
        sa.Column("printed_qualifier", TEXT),
        sa.Column("printed_decimals", WHOLE),
        sa.Column("printed_status", TEXT),
        _key("carried", "series_id", "period_id", "batch_id"),
        _points("carried", "series_id", "series"),
        _points("carried", "period_id", "period"),
        _points("carried", "batch_id", "batch"),
        _points("carried", "origin_id", "batch"),
        _points("carried", "correction_id", "correction"),
        _check("carried", "order", "origin_id <= batch_id"),
        _check("carried", "printed", "(correction_id IS NULL) = (printed_status IS NULL)"),
        sqlite_with_rowid=False,
    )


def _identity() -> None:
    (_add_versions if _keeps_names() else _rebuild_with_versions)()
    open_ones = {f"{dialect}_where": sa.text("known_to IS NULL") for dialect in ("sqlite", "postgresql")}
    op.create_index("ix_alias_folded", "alias", ["folded"], unique=True, **open_ones)
    op.create_index(
        "ix_entity_parent_child_id",
        "entity_parent",
        ["child_id", "parent_id", "from_date"],
        unique=True,
        **open_ones,
    )
    op.create_table(
        "entity_merge",
        sa.Column("entity_id", WHOLE, nullable=False),
        sa.Column("batch_id", WHOLE, nullable=False),
        sa.Column("into_id", WHOLE, nullable=False),
        sa.Column("closed_by", WHOLE),
        _key("entity_merge", "entity_id", "batch_id"),
        _points("entity_merge", "entity_id", "entity"),
        _points("entity_merge", "batch_id", "batch"),
        _points("entity_merge", "into_id", "entity"),
        _points("entity_merge", "closed_by", "batch"),
        _check("entity_merge", "itself", "entity_id <> into_id"),
        _check("entity_merge", "order", "batch_id < closed_by"),
    )
    op.create_table(
        "market_rule",
        sa.Column("market_id", WHOLE, nullable=False),
        sa.Column("batch_id", WHOLE, nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("closed_by", WHOLE),
        _key("market_rule", "market_id", "batch_id"),
        _points("market_rule", "market_id", "market"),
        _points("market_rule", "batch_id", "batch"),
        _points("market_rule", "closed_by", "batch"),
        _check("market_rule", "rule", "rule IN ('primary', 'latest', 'first')"),
        _check("market_rule", "order", "batch_id < closed_by"),
    )


def _keeps_names() -> bool:
    """Whether the names of constraints are taken in a whole schema: PostgreSQL alters tables in place."""
    return op.get_context().dialect.name == "postgresql"


def _rebuild_with_versions() -> None:
    _alias("alias_after", versioned=True)
    _parent("entity_parent_after", versioned=True)
    op.execute("INSERT INTO alias_after (id, entity_id, name, folded) SELECT id, entity_id, name, folded FROM alias")
    op.execute(
        "INSERT INTO entity_parent_after (id, child_id, parent_id, from_date, to_date)"
        " SELECT id, child_id, parent_id, from_date, to_date FROM entity_parent"
    )
    _replace("alias", "after")
    _replace("entity_parent", "after")


def _rebuild_without_versions() -> None:
    _alias("alias_before", versioned=False)
    _parent("entity_parent_before", versioned=False)
    op.execute(
        "INSERT INTO alias_before (id, entity_id, name, folded)"
        " SELECT id, entity_id, name, folded FROM alias WHERE known_to IS NULL"
    )
    op.execute(
        "INSERT INTO entity_parent_before (id, child_id, parent_id, from_date, to_date)"
        " SELECT id, child_id, parent_id, from_date, to_date FROM entity_parent WHERE known_to IS NULL"
    )
    _replace("alias", "before")
    _replace("entity_parent", "before")


ONCE = {"alias": ["folded"], "entity_parent": ["child_id", "parent_id", "from_date"]}


def _add_versions() -> None:
    for table, columns in ONCE.items():
        op.drop_constraint(f"uq_{table}_{columns[0]}", table)
        for name in ("known_from", "known_to"):
            op.add_column(table, sa.Column(name, TEXT))
            op.create_check_constraint(f"ck_{table}_{name}", table, f"length({name}) = 27")


def _drop_versions() -> None:
    for table, columns in ONCE.items():
        op.execute(f"DELETE FROM {table} WHERE known_to IS NOT NULL")
        op.drop_index(f"ix_{table}_{columns[0]}", table)
        for name in ("known_from", "known_to"):
            op.drop_column(table, name)
        op.create_unique_constraint(f"uq_{table}_{columns[0]}", table, columns)


def _alias(name: str, *, versioned: bool) -> None:
    op.create_table(
        name,
        _id(),
        sa.Column("entity_id", WHOLE, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("folded", TEXT, nullable=False),
        *(_known("alias") if versioned else [sa.UniqueConstraint("folded", name="uq_alias_folded")]),
        _key("alias"),
        _points("alias", "entity_id", "entity"),
    )


def _parent(name: str, *, versioned: bool) -> None:
    unique = sa.UniqueConstraint("child_id", "parent_id", "from_date", name="uq_entity_parent_child_id")
    op.create_table(
        name,
        _id(),
        sa.Column("child_id", WHOLE, nullable=False),
        sa.Column("parent_id", WHOLE, nullable=False),
        sa.Column("from_date", TEXT),
        sa.Column("to_date", TEXT),
        *(_known("entity_parent") if versioned else [unique]),
        _key("entity_parent"),
        _points("entity_parent", "child_id", "entity"),
        _points("entity_parent", "parent_id", "entity"),
        _check("entity_parent", "itself", "child_id <> parent_id"),
        _check("entity_parent", "order", "from_date <= to_date"),
        _check("entity_parent", "from_date", _is_day("from_date")),
        _check("entity_parent", "to_date", _is_day("to_date")),
    )


def _known(table: str) -> list[sa.schema.SchemaItem]:
    names = ("known_from", "known_to")
    return [*(sa.Column(name, TEXT) for name in names), *(_moment(table, name) for name in names)]


def _replace(table: str, which: str) -> None:
    """Put a rebuilt table in the place of the old one; nothing points to either."""
    op.drop_table(table)
    op.rename_table(f"{table}_{which}", table)


def _remarks() -> None:
    op.create_table(
        "waiver",
        _id(),
        sa.Column("finding", TEXT, nullable=False),
        sa.Column("market_id", WHOLE),
        sa.Column("entity_id", WHOLE),
        sa.Column("period", TEXT),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("batch_id", WHOLE),
        sa.Column("known_from", TEXT, nullable=False),
        sa.Column("known_to", TEXT),
        _key("waiver"),
        _points("waiver", "market_id", "market"),
        _points("waiver", "entity_id", "entity"),
        _points("waiver", "batch_id", "batch"),
        _moment("waiver", "known_from"),
        _moment("waiver", "known_to"),
    )
    op.create_table(
        "claim",
        _id(),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("market_id", WHOLE, nullable=False),
        sa.Column("entity_id", WHOLE, nullable=False),
        sa.Column("asked", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("known_from", TEXT, nullable=False),
        sa.Column("known_to", TEXT),
        _key("claim"),
        _points("claim", "market_id", "market"),
        _points("claim", "entity_id", "entity"),
        _check("claim", "verdict", "verdict IN ('supported', 'contradicted', 'cannot tell')"),
        _moment("claim", "known_from"),
        _moment("claim", "known_to"),
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

_CARRIED = """
    LEFT JOIN carried ON carried.series_id = told.series_id AND carried.period_id = told.period_id
        AND carried.batch_id = told.batch_id
    LEFT JOIN correction ON correction.id = carried.correction_id"""

_OBSERVED_BEFORE = f"""{_WORDS},
    told.status AS status,
    told.sample_size AS sample_size,
    told.note AS note,
    citation.url AS url,
    citation.title AS title,
    citation.publisher AS publisher,
    citation.kind AS citation_kind,
    told.batch_id AS batch,
    batch.recorded_at AS known_from"""

_OBSERVED = f"""{_WORDS},
    told.status AS status,
    told.sample_size AS sample_size,
    told.note AS note,
    citation.url AS url,
    citation.title AS title,
    citation.publisher AS publisher,
    citation.published AS published,
    citation.kind AS citation_kind,
    carried.printed_share AS printed_share,
    carried.printed_low AS printed_low,
    carried.printed_high AS printed_high,
    carried.printed_qualifier AS printed_qualifier,
    carried.printed_decimals AS printed_decimals,
    carried.printed_status AS printed_status,
    correction.kind AS correction,
    correction.reason AS corrected_because,
    correction.upstream AS upstream,
    coalesce(carried.origin_id, told.batch_id) AS stated_by,
    told.batch_id AS batch,
    batch.recorded_at AS known_from"""


def _shares(columns: str, joins: str) -> str:
    return f"CREATE VIEW shares AS SELECT{columns}\nFROM observation AS told{joins}"


def _share_history(columns: str, joins: str) -> str:
    return f"""CREATE VIEW share_history AS SELECT{columns},
    NULL AS known_to,
    NULL AS closed_because
FROM observation AS told{joins}
UNION ALL SELECT{columns},
    closing.recorded_at AS known_to,
    closing.reason AS closed_because
FROM superseded AS told{joins}
    JOIN batch AS closing ON closing.id = told.closed_by"""


SHARES = _shares(_OBSERVED, _JOINS + _CARRIED)
SHARES_BEFORE = _shares(_OBSERVED_BEFORE, _JOINS)
SHARE_HISTORY = _share_history(_OBSERVED, _JOINS + _CARRIED)
SHARE_HISTORY_BEFORE = _share_history(_OBSERVED_BEFORE, _JOINS)

REPORTS = f"""CREATE VIEW reports AS SELECT{_WORDS},
    told.printed_period AS printed_period,
    CASE WHEN carried.correction_id IS NULL
        AND coalesce(told.share, -1) = coalesce(observation.share, -1)
        AND coalesce(told.low, -1) = coalesce(observation.low, -1)
        AND coalesce(told.high, -1) = coalesce(observation.high, -1)
        AND coalesce(told.qualifier, '') = coalesce(observation.qualifier, '')
        OR carried.correction_id IS NOT NULL
        AND coalesce(told.share, -1) = coalesce(carried.printed_share, -1)
        AND coalesce(told.low, -1) = coalesce(carried.printed_low, -1)
        AND coalesce(told.high, -1) = coalesce(carried.printed_high, -1)
        AND coalesce(told.qualifier, '') = coalesce(carried.printed_qualifier, '')
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
    LEFT JOIN carried ON carried.series_id = observation.series_id AND carried.period_id = observation.period_id
        AND carried.batch_id = observation.batch_id
WHERE told.closed_by IS NULL"""

REPORTS_BEFORE = f"""CREATE VIEW reports AS SELECT{_WORDS},
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
