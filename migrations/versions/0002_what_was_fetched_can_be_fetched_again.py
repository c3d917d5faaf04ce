"""What was fetched can be fetched again: where a batch is from, and how its file was to be read.

A batch that was read from a url keeps the url (without secrets), and what the server said of the file's
state (`etag`, `last_modified`), so that a refresh asks only for what has changed. `asked` is what the
person said of how to read the file, as JSON. `mapping` holds the same under a name, to be used again.

The way down loses nothing: what the older schema cannot hold stays in tables `kept_0002_...`, which it does not
look at, and the way up puts it back.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Compared byte by byte, as SQLite does."""

WHOLE = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
"""Of 64 bits, as SQLite's."""

FETCHED = ("url", "etag", "last_modified", "asked")
MAPPED = ("id", "name", "importer", "asked", "recorded_at")


def upgrade() -> None:
    # SQLite adds and drops columns in place: nothing that points to a batch is touched.
    for name in FETCHED:
        op.add_column("batch", sa.Column(name, TEXT))
    op.create_table(
        "mapping",
        _id(),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("importer", TEXT, nullable=False),
        sa.Column("asked", TEXT, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mapping"),
        sa.UniqueConstraint("name", name="uq_mapping_name"),
        sa.CheckConstraint("length(recorded_at) = 27", name="ck_mapping_recorded_at"),
    )
    _put_back()


def downgrade() -> None:
    is_fetched = " OR ".join(f"{name} IS NOT NULL" for name in FETCHED)
    for table, columns, where in (("mapping", MAPPED, "1 = 1"), ("batch", ("id", *FETCHED), is_fetched)):
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1")).first():
            op.execute(f"CREATE TABLE kept_0002_{table} AS SELECT {', '.join(columns)} FROM {table} WHERE {where}")
    op.drop_table("mapping")
    for name in reversed(FETCHED):
        op.drop_column("batch", name)


def _put_back() -> None:
    """Put back what a way down has kept."""
    told = ", ".join(
        f"{name} = (SELECT {name} FROM kept_0002_batch AS kept WHERE kept.id = batch.id)" for name in FETCHED
    )
    names = ", ".join(MAPPED)
    for table, statement in (
        ("mapping", f"INSERT INTO mapping ({names}) SELECT {names} FROM kept_0002_mapping"),
        ("batch", f"UPDATE batch SET {told} WHERE id IN (SELECT id FROM kept_0002_batch)"),
    ):
        if sa.inspect(op.get_bind()).has_table(f"kept_0002_{table}"):
            op.execute(statement)
            op.drop_table(f"kept_0002_{table}")


def _id() -> sa.Column:
    """Where no id is given, it is the next one; SQLite's are so by themselves."""
    return sa.Column("id", WHOLE, sa.Identity(), nullable=False)
