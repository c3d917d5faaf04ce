"""What a row of each table looks like as it is stored, and whether a record can be one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from tracker.store.salvage.pages import INDEX_LEAF, TABLE_LEAF
from tracker.store.salvage.records import Record, Value

NONE = type(None)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the kinds of values it takes, and what it has where a record ends before it."""

    name: str
    takes: tuple[type, ...]
    must: bool
    can_lack: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A table, its columns in the order in which they are stored.

    Parameters
    ----------
    table : str
        The table.
    leaf : int
        The kind of page on which its rows stand.
    columns : tuple of Column
        In stored order: where there is no rowid, the key comes first.
    alias : int or None
        The place of the column that is the rowid, and is stored as nothing.
    """

    table: str
    leaf: int
    columns: tuple[Column, ...]
    alias: int | None
    known: dict[tuple[tuple[type, ...], bool], tuple[str, ...] | None] = field(default_factory=dict, compare=False)
    """What was found of records, by the kinds of their values."""

    @property
    def strictness(self) -> int:
        """How much a record must fulfil to be a row of it."""
        return sum(column.must for column in self.columns)

    def row(self, record: Record) -> dict[str, Value] | None:
        """Return a record as a row by names; None where it cannot be one."""
        names = self._names(tuple(map(type, record.values)), record.rowid is None)
        if names is None:
            return None
        found = dict(zip(names, record.values, strict=True))
        if self.alias is not None and self.alias < len(names):
            found[names[self.alias]] = record.rowid
        return found

    def _names(self, kinds: tuple[type, ...], is_keyed: bool) -> tuple[str, ...] | None:
        """The columns of a record whose values are of these kinds; asked once for all that are alike."""
        alike = (kinds, is_keyed)
        if alike not in self.known:
            fits = self._fits(kinds, is_keyed)
            self.known[alike] = tuple(column.name for column in self.columns[: len(kinds)]) if fits else None
        return self.known[alike]

    def _fits(self, kinds: tuple[type, ...], is_keyed: bool) -> bool:
        if len(kinds) > len(self.columns) or is_keyed != (self.leaf == INDEX_LEAF):
            return False
        if not all(column.can_lack for column in self.columns[len(kinds) :]):
            return False
        return all(
            kind is NONE if place == self.alias else kind in column.takes or (kind is NONE and not column.must)
            for place, (column, kind) in enumerate(zip(self.columns, kinds, strict=False))
        )


def shapes(connection: sqlite3.Connection) -> dict[str, Shape]:
    """Return the shapes of the tables of an undamaged database, by their names."""
    tables = connection.execute(
        "SELECT name, sql LIKE '%WITHOUT ROWID%' FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
    )
    return {name: _shape(connection, name, bool(keyed)) for name, keyed in tables.fetchall()}


def _shape(connection: sqlite3.Connection, table: str, keyed: bool) -> Shape:
    stated = connection.execute('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (table,))
    found = stated.fetchall()
    if keyed:
        found = sorted(found, key=lambda one: one[4] or len(found) + 1)
    key = [place for place, one in enumerate(found) if one[4]]
    is_alias = not keyed and len(key) == 1 and found[key[0]][1].upper() == "INTEGER"
    columns = tuple(
        Column(name, _takes(declared), bool(must), not must or default is not None)
        for name, declared, must, default, _ in found
    )
    return Shape(table, INDEX_LEAF if keyed else TABLE_LEAF, columns, key[0] if is_alias else None)


def _takes(declared: str) -> tuple[type, ...]:
    word = declared.upper()
    if "INT" in word:
        return (int,)
    return (int, float) if word in ("FLOAT", "REAL", "DOUBLE", "DOUBLE PRECISION") else (str,)


class Guess:
    """Which table rows belong to whose page nothing leads to: the one that takes them all, by all its rules.

    Parameters
    ----------
    scratch : sqlite3.Connection
        An empty database of the schema, in which rows are tried.
    """

    def __init__(self, scratch: sqlite3.Connection, known: dict[str, Shape]) -> None:
        self._scratch = scratch
        self._shapes = sorted(known.values(), key=lambda shape: shape.strictness, reverse=True)

    def shape(self, leaf: int, found: list[Record]) -> Shape | None:
        """Return the shape of some rows of one page; None where no table takes them."""
        return next((shape for shape in self._shapes if shape.leaf == leaf and self._takes(shape, found)), None)

    def _takes(self, shape: Shape, found: list[Record]) -> bool:
        rows = [shape.row(record) for record in found]
        self._scratch.execute(f"DELETE FROM {shape.table}")
        try:
            for row in rows:
                if row is None:
                    return False
                self._scratch.execute(*insertion(shape.table, row))
        except sqlite3.IntegrityError:
            return False
        return True


def insertion(table: str, row: dict[str, Value]) -> tuple[str, tuple[Value, ...]]:
    """Return the statement that inserts a row, and its values; the names are those of the schema."""
    marks = ", ".join("?" * len(row))
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
