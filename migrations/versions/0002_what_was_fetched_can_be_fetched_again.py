"""What was fetched can be fetched again: where a batch is from, and how its file was to be read.

A batch that was read from a url keeps the url (without secrets), and what the server said of the file's
state (`etag`, `last_modified`), so that a refresh asks only for what has changed. `asked` is what the
person said of how to read the file, as JSON. `mapping` holds the same under a name, to be used again.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FETCHED = ("url", "etag", "last_modified", "asked")


def upgrade() -> None:
    # SQLite adds and drops columns in place: nothing that points to a batch is touched.
    for name in FETCHED:
        op.add_column("batch", sa.Column(name, sa.Text))
    op.create_table(
        "mapping",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("importer", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mapping"),
        sa.UniqueConstraint("name", name="uq_mapping_name"),
        sa.CheckConstraint("length(recorded_at) = 27", name="ck_mapping_recorded_at"),
    )


def downgrade() -> None:
    op.drop_table("mapping")
    for name in reversed(FETCHED):
        op.drop_column("batch", name)
