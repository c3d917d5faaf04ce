"""SQLite files: one for reading, or for one writing transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.store.damage import UNFORESEEN, blamed, look_along, look_first
from tracker.store.engine.journals import open_to_read, tidy
from tracker.store.engine.journals import prepare as prepare_journal
from tracker.store.engine.session import Session
from tracker.store.engine.sqlite import check_schema, connect, explain, only_reads
from tracker.store.waiting import READER, SAY_AFTER, patiently


@contextmanager
def reading(path: Path, prepare: Callable[[Session], None] | None = None) -> Iterator[Session]:
    """Open a file that cannot be written through this connection: see `opening.reading`."""
    connection = open_to_read(path)
    try:
        connection.execute("PRAGMA temp_store=MEMORY")
        # All that is read here is of one moment, whoever writes meanwhile; after the first look nothing is waited for.
        connection.execute("BEGIN")
        check_schema(connection, path)
        look_along(connection, path)
        if prepare is not None:
            prepare(Session(connection))
        connection.execute("PRAGMA query_only=ON")
        connection.set_authorizer(only_reads)
        # Now and then a long statement lets Python look whether somebody pressed Ctrl-C.
        connection.set_progress_handler(lambda: 0, 100_000)
        yield Session(connection)
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    except UNFORESEEN as error:
        found = blamed(path, error)
        if found is None:
            raise
        raise found from error
    finally:
        connection.close()


@contextmanager
def writing(
    path: Path, *, dry_run: bool = False, many: bool | Callable[[Session], bool] = False, bulk: bool = False
) -> Iterator[Session]:
    """Open a file for one transaction: see `opening.writing`."""
    connection = connect(path, "rw", shared=bulk, wait=SAY_AFTER)
    long = False
    try:
        check_schema(connection, path)
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute(f"PRAGMA foreign_keys = {'OFF' if bulk else 'ON'}")
        if bulk:
            # To look up four references and a dozen rules for each of a million rows costs more than all the rest.
            connection.execute("PRAGMA ignore_check_constraints = ON")
        long = many if isinstance(many, bool) else patiently(path, lambda: many(Session(connection)))
        prepare_journal(connection, path, many=long)
        if bulk and long:
            # What is sorted is sorted in fewer parts.
            connection.execute("PRAGMA cache_size = -32000")
        # A transaction that reads first and then writes fails at once when another writer is at work.
        patiently(path, lambda: connection.execute("BEGIN IMMEDIATE"))
        try:
            look_first(connection, path)
            yield Session(connection)
        except BaseException:
            # SQLite has rolled back by itself where the disk was full.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        end = "ROLLBACK" if dry_run else "COMMIT"
        patiently(path, lambda: connection.execute(end), of=READER)
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    except UNFORESEEN as error:
        found = blamed(path, error)
        if found is None:
            raise
        raise found from error
    finally:
        tidy(connection, many=long)
        connection.close()
