"""What a row of each table looks like as it is stored, and whether a record can be one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from tracker.store.salvage.pages import INDEX_LEAF, TABLE_LEAF
from tracker.store.salvage.records import Record, Value


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

    @property
    def strictness(self) -> int:
        """How much a record must fulfil to be a row of it."""
        return sum(column.must for column in self.columns)

    def row(self, record: Record) -> dict[str, Value] | None:
        """Return a record as a row by names; None where it cannot be one."""
        if len(record.values) > len(self.columns) or (record.rowid is None) != (self.leaf == INDEX_LEAF):
            return None
        found: dict[str, Value] = {}
        for place, column in enumerate(self.columns):
            if place >= len(record.values):
                if not column.can_lack:
                    return None
                continue
            value = record.values[place]
            if place == self.alias:
                if value is not None:
                    return None
                value = record.rowid
            if not isinstance(value, column.takes) and (column.must or value is not None):
                return None
            found[column.name] = value
        return found


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
