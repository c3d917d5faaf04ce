"""What our tables are made of: columns and constraints, each constraint with a name."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Identity,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import SchemaItem

from tracker.values import STATUSES

metadata = MetaData()

TEXT = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Compared byte by byte, as SQLite does."""

WHOLE = Integer().with_variant(BigInteger(), "postgresql")
"""Of 64 bits, as SQLite's."""


def id_() -> Column[int]:
    """The number that other tables point to."""
    return Column("id", WHOLE, Identity(), nullable=False)


def whole(name: str, *, null: bool = False) -> Column[int]:
    """A whole number."""
    return Column(name, WHOLE, nullable=null)


def text(name: str, *, null: bool = True) -> Column[str]:
    """A text."""
    return Column(name, TEXT, nullable=null)


def primary(table: str, *columns: str) -> PrimaryKeyConstraint:
    """The primary key."""
    return PrimaryKeyConstraint(*(columns or ("id",)), name=f"pk_{table}")


def unique(table: str, *columns: str) -> UniqueConstraint:
    """What stands once, named after its first column."""
    return UniqueConstraint(*columns, name=f"uq_{table}_{columns[0]}")


def points(table: str, column: str, other: str) -> ForeignKeyConstraint:
    """A foreign key to the id of another table."""
    return ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")


def check(table: str, what: str, condition: str) -> CheckConstraint:
    """A condition."""
    return CheckConstraint(condition, name=f"ck_{table}_{what}")


def one_of(table: str, column: str, words: tuple[str, ...]) -> CheckConstraint:
    """A choice of words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return check(table, column, f"{column} IN ({listed})")


def day(table: str, column: str) -> CheckConstraint:
    """A date in ISO 8601."""
    year, month, day = (f"substr({column}, {place}, {size})" for place, size in ((1, 4), (6, 2), (9, 2)))
    return check(
        table,
        column,
        f"{column} LIKE '____-__-__' AND {year} BETWEEN '1000' AND '9999'"
        f" AND {month} BETWEEN '01' AND '12' AND {day} BETWEEN '01' AND '31'",
    )


def share_columns(table: str) -> list[SchemaItem]:
    """The columns of a printed share, and what must hold of them."""
    return [
        *(Column(name, Float) for name in ("share", "low", "high")),
        text("qualifier"),
        whole("decimals", null=True),
        *(check(table, name, f"{name} BETWEEN 0 AND 100") for name in ("share", "low", "high")),
        check(table, "low_share", "low <= share"),
        check(table, "share_high", "share <= high"),
        check(table, "low_high", "low <= high"),
        one_of(table, "qualifier", ("<", ">", "~")),
        check(table, "says_something", "share IS NOT NULL OR low IS NOT NULL OR high IS NOT NULL"),
        check(table, "decimals", "decimals BETWEEN 0 AND 18"),
    ]


def observed(table: str) -> list[SchemaItem]:
    """The columns that current and superseded observations have in common."""
    return [
        whole("series_id"),
        whole("period_id"),
        *share_columns(table),
        text("status", null=False),
        whole("sample_size", null=True),
        text("note"),
        whole("citation_id"),
        whole("batch_id"),
        one_of(table, "status", STATUSES),
        check(table, "sample_size", "sample_size > 0"),
        *pointers(table),
    ]


def pointers(table: str) -> list[SchemaItem]:
    """The foreign keys of what is observed."""
    return [points(table, f"{other}_id", other) for other in ("series", "period", "citation", "batch")]


def real(name: str) -> Column[float]:
    """A number."""
    return Column(name, Float)


def moment(table: str, column: str) -> CheckConstraint:
    """A time in UTC to the microsecond: 2026-11-23T08:00:00.000000Z."""
    return check(table, column, f"length({column}) = 27")


def known(table: str, *, null: bool = True) -> list[SchemaItem]:
    """From when to when a row holds; rows from before schema 0003 have no beginning."""
    return [
        text("known_from", null=null),
        text("known_to"),
        *(moment(table, name) for name in ("known_from", "known_to")),
    ]
