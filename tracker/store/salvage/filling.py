"""Putting what was read into a fresh database: what keeps the rules of its table, and whose references are there."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from tracker.store.salvage.records import Record, Value
from tracker.store.salvage.shapes import Shape, insertion

Row = dict[str, Value]

NO_ROW = "values that no row of it can have"
RULE = "a rule of the table is broken"
TAKEN = "another row stands under the same key"
NOTE = "what they are a note on is lost"

AT_ONCE = 500


class Filling:
    """A fresh database that is being filled.

    Parameters
    ----------
    connection : sqlite3.Connection
        It, with a transaction of its own open, and without the references enforced.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.left: Counter[tuple[str, str]] = Counter()
        """Rows that were read and are not kept, by table and reason."""

    def take(self, shape: Shape, found: Iterable[Record]) -> None:
        """Insert records; those that cannot be rows of the table are counted."""
        rows = self._rows(shape, found)
        while chunk := list(islice(rows, AT_ONCE)):
            for _, alike in groupby(chunk, key=len):
                self._insert(shape.table, list(alike))

    def add(self, table: str, row: Row) -> None:
        """Insert a row that was read in another way, unless its key is there."""
        self.connection.execute(insertion(table, row)[0].replace("INSERT", "INSERT OR IGNORE", 1), tuple(row.values()))

    def copy_schema(self, other: sqlite3.Connection) -> None:
        """Make the tables in another database, too, with their rules and without rows."""
        for (sql,) in self.connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'").fetchall():
            other.execute(sql)

    def _rows(self, shape: Shape, found: Iterable[Record]) -> Iterator[Row]:
        for record in found:
            row = shape.row(record)
            if row is None:
                self.left[shape.table, NO_ROW] += 1
            else:
                yield row

    def _insert(self, table: str, rows: list[Row]) -> None:
        statement, _ = insertion(table, rows[0])
        self.connection.execute("SAVEPOINT several")
        try:
            self.connection.executemany(statement, [tuple(row.values()) for row in rows])
        except sqlite3.IntegrityError:
            self.connection.execute("ROLLBACK TO several")
            for row in rows:
                self._insert_one(table, row)
        self.connection.execute("RELEASE several")

    def _insert_one(self, table: str, row: Row) -> None:
        try:
            self.connection.execute(*insertion(table, row))
        except sqlite3.IntegrityError as error:
            if "UNIQUE" not in str(error):
                self.left[table, RULE] += 1
            elif not self._has(table, row):
                self.left[table, TAKEN] += 1

    def _has(self, table: str, row: Row) -> bool:
        """Whether this very row is there: pages that were given up may still hold copies."""
        same = " AND ".join(f"{name} IS ?" for name in row)
        found = self.connection.execute(f"SELECT 1 FROM {table} WHERE {same}", tuple(row.values()))
        return found.fetchone() is not None

    def drop_dangling(self, tables: Iterable[str]) -> None:
        """Take out again, until nothing dangles, the rows that lead to a row that is not there."""
        references = [
            (table, other, column)
            for table in tables
            for _, _, other, column, *_ in self.connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        ]
        while sum([self._drop(*reference) for reference in references]):
            pass

    def drop_notes(self) -> None:
        """Take out the notes on carried rows that are lost."""
        found = self.connection.execute(
            "DELETE FROM carried WHERE NOT EXISTS (SELECT 1 FROM observation AS told"
            " WHERE told.series_id = carried.series_id AND told.period_id = carried.period_id"
            " AND told.batch_id = carried.batch_id) AND NOT EXISTS (SELECT 1 FROM superseded AS told"
            " WHERE told.series_id = carried.series_id AND told.period_id = carried.period_id"
            " AND told.batch_id = carried.batch_id)"
        ).rowcount
        if found:
            self.left["carried", NOTE] += found

    def _drop(self, table: str, other: str, column: str) -> int:
        found = self.connection.execute(
            f"DELETE FROM {table} WHERE {column} IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM {other} AS whole WHERE whole.id = {table}.{column})"
        ).rowcount
        if found:
            self.left[table, f"their {other} is lost"] += found
        return found
