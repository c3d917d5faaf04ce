"""A session: plain SQL in, tuples out."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]


_MEANING = {
    "interrupted": ("interrupted",),
    "writes": ("authoriz", "prohibited", "readonly"),
    "several": ("one statement at a time",),
    "binding": ("inding",),
}
"""The words by which SQLite's errors are told apart."""


class Cursor(Protocol):
    """A statement that runs."""

    @property
    def description(self) -> Any:
        """A sequence for each column, its name first; None where it has none."""

    def fetchmany(self, size: int) -> list[Row]:
        """Return the next rows."""

    def close(self) -> None:
        """Let go of it."""


class _Asked(dict[str, object]):
    """Values for whatever name is asked for, and the names that were."""

    def __getitem__(self, name: str) -> None:
        self.setdefault(name, None)


class Session:
    """One open connection: plain SQL with ``:named`` parameters in, tuples out."""

    schema = "main"
    """Under which a table itself is named, whatever temporary view stands before it."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)
    """What `cursor`, and fetching from it, fails with."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, /, **values: object) -> list[Row]:
        """Run a statement and return its rows."""
        return self._connection.execute(sql, values).fetchall()

    def each(self, sql: str, /, **values: object) -> Iterator[Row]:
        """Run a statement and hand its rows on one by one, for those that are too many to hold."""
        return self._connection.execute(sql, values)

    def row(self, sql: str, /, **values: object) -> Row | None:
        """Run a statement and return its first row, or None."""
        found: Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, /, **values: object) -> Any:
        """Run a statement and return the first field of its first row, or None."""
        found = self.row(sql, **values)
        return found[0] if found else None

    def run(self, sql: str, /, **values: object) -> int:
        """Run a statement for its effect; return how many rows it changed."""
        return self._connection.execute(sql, values).rowcount

    def run_many(self, sql: str, many: Iterable[Mapping[str, object]]) -> None:
        """Run a statement once for each set of values."""
        self._connection.executemany(sql, many)

    def stand_before(self, views: Mapping[str, str]) -> None:
        """Make temporary views, one after the other, by their SELECTs; each stands before the table of its name."""
        for name, select in views.items():
            self.run(f"CREATE TEMP VIEW {name} AS {select}")

    def mark(self) -> None:
        """Remember this moment of the transaction, for `back`."""
        self._connection.execute("SAVEPOINT marked")

    def back(self) -> None:
        """Undo what was written since the last `mark`."""
        self._connection.execute("ROLLBACK TO marked")

    def insert(self, table: str, values: Mapping[str, object]) -> int:
        """Insert one row, and return its id.

        The names of tables and columns come from this package, never from a person.
        """
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        return int(self.value(f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", **values))

    def renumber(self) -> None:
        """Count ids on from the greatest of each table, after some were given by hand."""

    def cursor(self, sql: str, values: Mapping[str, object] | Sequence[object] = ()) -> Cursor:
        """Start somebody's statement, one that reads; its rows are read as they are asked for."""
        return self._connection.execute(sql, values)

    def stop_when(self, is_enough: Callable[[], bool]) -> None:
        """Ask now and then, during long statements, whether to interrupt them."""
        self._connection.set_progress_handler(is_enough, 1_000)

    def hold_to(self, longest: int) -> None:
        """Let no value, and no row, that somebody's statement makes be longer than so many bytes."""
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)

    def names(self, sql: str) -> list[str] | None:
        """Return the names of the values that a statement asks for; None where running it will say what is wrong."""
        asked = _Asked()
        try:
            self._connection.execute(f"EXPLAIN {sql}", asked).close()
        except sqlite3.Error:
            return None
        return list(asked)

    def why(self, error: Exception) -> tuple[str, str]:
        """Tell what an error of `cursor` means.

        Returns
        -------
        tuple of str
            ``interrupted``, ``writes``, ``several`` (statements), ``unnamed`` (a value is missing), ``binding`` or
            ``other``; and the words of the database, of an unnamed value its name.
        """
        text = str(error)
        if unnamed := re.search(r"binding parameter :(\w+)", text):
            return "unnamed", unnamed[1]
        for kind, words in _MEANING.items():
            if any(word in text for word in words):
                return kind, text
        return "other", text

    def views(self) -> dict[str, list[tuple[str, str]]]:
        """Return the views, in the order in which they were made; of each its columns, with their types ('' for none).

        The types go by SQLite's names: ``TEXT``, ``INTEGER``, ``FLOAT``.
        """
        names = [name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY rowid")]
        return {name: [(row[1], row[2]) for row in self.rows(f"PRAGMA table_xinfo({name})")] for name in names}

    def is_past(self) -> bool:
        """Whether temporary views stand before the tables."""
        return self.row("SELECT 1 FROM temp.sqlite_master WHERE type = 'view'") is not None
