"""A session on PostgreSQL: the same methods, and the same types in the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import chain
from threading import Event, Thread
from typing import Any

import psycopg
from psycopg import ClientCursor, ServerCursor, errors
from psycopg.client_cursor import ClientCursorMixin

from tracker.store.engine.parameters import translated, with_marks
from tracker.store.engine.session import Row, Session
from tracker.store.tokens import first_word

FETCHED = 20_000
"""Rows that `Session.each` holds at a time."""

AHEAD = 2_000
"""Rows of somebody's own statement that are held at a time."""

_WRITING = {
    *("abort", "alter", "analyze", "attach", "begin", "call", "checkpoint", "close", "cluster"),
    *("comment", "commit", "copy", "create", "deallocate", "declare", "delete", "detach", "discard"),
    *("do", "drop", "end", "execute", "explain", "fetch", "grant", "import", "insert", "listen"),
    *("load", "lock", "merge", "move", "notify", "pragma", "prepare", "reassign", "refresh"),
    *("reindex", "release", "replace", "reset", "revoke", "rollback", "savepoint", "security", "set"),
    *("show", "start", "truncate", "unlisten", "update", "vacuum"),
}
"""Statements that no cursor can be opened on."""


_KINDS = {"text": "TEXT", "bigint": "INTEGER", "integer": "INTEGER", "double precision": "FLOAT"}
"""What SQLite calls the types of our columns."""

_VIEWS = """SELECT view.relname, cell.attname, format_type(cell.atttypid, NULL)
    FROM pg_catalog.pg_class AS view JOIN pg_catalog.pg_attribute AS cell ON cell.attrelid = view.oid
    WHERE view.relkind = 'v' AND view.relnamespace = to_regnamespace(:schema) AND cell.attnum > 0
    ORDER BY view.oid, cell.attnum"""


class _Reading(ClientCursorMixin[Any], ServerCursor[Any]):
    """A cursor on the server whose values stand in the statement, and which takes one statement only."""

    def __del__(self, *_: object) -> None:
        """Let it go with its transaction."""


class PostgresSession(Session):
    """One open connection to a server: plain SQL with ``:named`` parameters in, tuples out."""

    errors = (psycopg.Error,)

    prepares = False
    """Whether the server keeps the plan of a statement that is asked again. What it keeps goes by the tables that it
    met then: a temporary view made later would stand before none."""

    def __init__(self, connection: psycopg.Connection[Any], schema: str) -> None:
        self.connection = connection
        self.schema = schema
        self._is_enough: Callable[[], bool] | None = None
        self._names = 0

    def _ask(self, sql: str, values: Mapping[str, object]) -> psycopg.Cursor[Any]:
        text, names = translated(sql)
        cursor: ClientCursor[Any] = ClientCursor(self.connection)
        told = {name: _plain(values[name]) for name in names}
        with self.watched():
            if self.prepares:
                # With its values in it: those that are sent beside a statement have no types of their own.
                return psycopg.Cursor(self.connection).execute(cursor.mogrify(text, told))
            return cursor.execute(text, told)

    def rows(self, sql: str, /, **values: object) -> list[Row]:
        """Run a statement and return its rows."""
        return self._ask(sql, values).fetchall()

    def each(self, sql: str, /, **values: object) -> Iterator[Row]:
        """Run a statement and hand its rows on one by one, for those that are too many to hold."""
        cursor = self._declared(sql, values)
        return chain.from_iterable(iter(lambda: cursor.fetchmany(FETCHED), []))

    def row(self, sql: str, /, **values: object) -> Row | None:
        """Run a statement and return its first row, or None."""
        found: Row | None = self._ask(sql, values).fetchone()
        return found

    def run(self, sql: str, /, **values: object) -> int:
        """Run a statement for its effect; return how many rows it changed."""
        return self._ask(sql, values).rowcount

    def run_many(self, sql: str, many: Iterable[Mapping[str, object]]) -> None:
        """Run a statement once for each set of values."""
        text, names = translated(sql)
        # All at once: what makes the values may ask this very session.
        told = [{name: _plain(values[name]) for name in names} for values in many]
        with self.connection.cursor() as cursor:
            cursor.executemany(text, told)

    def stand_before(self, views: Mapping[str, str]) -> None:
        """Make temporary views, all of them in one message: see `Session.stand_before`."""
        self.connection.execute("; ".join(f"CREATE TEMP VIEW {name} AS {select}" for name, select in views.items()))

    def copy(self, sql: str) -> AbstractContextManager[psycopg.Copy]:
        """Begin a COPY: rows go in by the `write_row` or `write` of what it gives."""
        return ClientCursor(self.connection).copy(sql)

    def mark(self) -> None:
        """Remember this moment of the transaction, for `back`."""
        self.connection.execute("SAVEPOINT marked")

    def back(self) -> None:
        """Undo what was written since the last `mark`; the ids that it took are free again."""
        self.connection.execute("ROLLBACK TO marked")
        number_from_last(self.connection, self.schema)

    def renumber(self) -> None:
        """Count ids on from the greatest of each table, after some were given by hand."""
        number_from_last(self.connection, self.schema)

    def cursor(self, sql: str, values: Mapping[str, object] | Sequence[object] = ()) -> Any:
        """Start somebody's statement, one that reads; its rows are read as they are asked for."""
        first = first_word(sql)
        if first in _WRITING:
            raise errors.ReadOnlySqlTransaction(f"cannot run {first} here")
        self.connection.execute("SAVEPOINT asked")
        try:
            return _Ahead(self, self._declared(sql, values))
        except psycopg.Error:
            self.connection.execute("ROLLBACK TO asked")
            raise

    def _declared(self, sql: str, values: Mapping[str, object] | Sequence[object]) -> _Reading:
        self._names += 1
        cursor = _Reading(self.connection, f"reading_{self._names}")
        with self.watched():
            if isinstance(values, Mapping):
                text, names = translated(sql)
                missing = next((name for name in names if name not in values), None)
                if missing is not None:
                    raise errors.ProgrammingError(f"did not supply a value for binding parameter :{missing}")
                return cursor.execute(text, {name: _plain(values[name]) for name in names})
            return cursor.execute(with_marks(sql), [_plain(value) for value in values])

    def stop_when(self, is_enough: Callable[[], bool]) -> None:
        """Ask now and then, during long statements, whether to interrupt them."""
        self._is_enough = is_enough

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Cancel what runs when it is enough."""
        if self._is_enough is None:
            yield
            return
        done = Event()
        watcher = Thread(target=_watch, args=(done, self._is_enough, self.connection), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def hold_to(self, longest: int) -> None:
        """Leave it to the server, which holds to a gigabyte."""

    def names(self, sql: str) -> list[str] | None:
        """Return the names of the values that a statement asks for."""
        return list(translated(sql)[1])

    def why(self, error: Exception) -> tuple[str, str]:
        """Tell what an error of `cursor` means, as `Session.why` does."""
        text = getattr(getattr(error, "diag", None), "message_primary", None) or str(error)
        if isinstance(error, errors.QueryCanceled):
            return "interrupted", text
        if isinstance(error, errors.ReadOnlySqlTransaction) or "data-modifying" in text or "INTO" in text:
            return "writes", text
        if "multiple commands" in text:
            return "several", text
        if "binding parameter :" in text:
            return "unnamed", text.rpartition(":")[2]
        return ("binding" if "placeholder" in text else "other"), text

    def views(self) -> dict[str, list[tuple[str, str]]]:
        """Return the views, as `Session.views` does."""
        found: dict[str, list[tuple[str, str]]] = {}
        for view, column, kind in self.rows(_VIEWS, schema=self.schema):
            found.setdefault(view, []).append((column, _KINDS.get(kind, "")))
        return found

    def is_past(self) -> bool:
        """Whether temporary views stand before the tables."""
        found = self.row("SELECT 1 FROM pg_catalog.pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'v'")
        return found is not None


class _Ahead:
    """A cursor that asks the server for many rows at a time, which can be stopped, and hands on some of them."""

    def __init__(self, session: PostgresSession, cursor: _Reading) -> None:
        self._session, self._cursor = session, cursor
        self._rows: list[Row] = []
        self._all_read = False
        self.description = cursor.description

    def fetchmany(self, size: int) -> list[Row]:
        """Return the next rows."""
        if not self._rows and not self._all_read:
            asked = max(size, AHEAD)
            with self._session.watched():
                self._rows = self._cursor.fetchmany(asked)
            self._all_read = len(self._rows) < asked
        some, self._rows = self._rows[:size], self._rows[size:]
        return some

    def close(self) -> None:
        """Let go of it."""
        self._cursor.close()


def number_from_last(connection: psycopg.Connection[Any], schema: str) -> None:
    """Let new rows take the ids after the last ones there are: what was undone leaves no gap, as in SQLite."""
    found = connection.execute(
        "SELECT c.relname FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid"
        " WHERE a.attidentity = 'd' AND a.attname = 'id' AND c.relnamespace = to_regnamespace(%s)",
        (schema,),
    ).fetchall()
    numbered = ", ".join(
        f"setval(pg_get_serial_sequence('{table}', 'id'), coalesce((SELECT max(id) FROM {table}), 0) + 1, false)"
        for (table,) in found
    )
    connection.execute(f"SELECT {numbered}")  # type: ignore[arg-type, unused-ignore]  # names of our own tables


def _plain(value: object) -> object:
    """A truth is a whole number in our columns."""
    return int(value) if isinstance(value, bool) else value


def _watch(done: Event, is_enough: Callable[[], bool], connection: psycopg.Connection[Any]) -> None:
    while not done.wait(0.05):
        if is_enough():
            connection.cancel_safe(timeout=5)
            return
