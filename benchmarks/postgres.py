"""What a server costs those who read: the queries of ledger.py on PostgreSQL, beside the same rows in a file.

Run it where tracker is installed with its extra postgres, and a server answers on which databases may be made:
TRACKER_TEST_POSTGRES=postgresql+psycopg://USER@HOST/NAME python benchmarks/postgres.py [--rows OBSERVATIONS]
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from ledger import QUERIES, RUNS, SERIES, fill
from measure import Asked, Line, in_turn, main, ratio, seconds

from tracker.settings import Server
from tracker.store.engine import Session, reading
from tracker.store.migrate import create
from tracker.store.past.asof import reading_as_of
from tracker.values.asof import AsOf

BOUND = 3.0
NAMED = "TRACKER_TEST_POSTGRES"
DATABASE = "tracker_benchmark"
TABLES = ("source", "market", "citation", "batch", "entity", "series", "period", "observation", "superseded")


@contextmanager
def served() -> Iterator[Server]:
    """Make a database with our tables on the server, and drop it in the end."""
    url = os.environ.get(NAMED)
    if not url:
        raise SystemExit(f"Say which server: {NAMED}=postgresql+psycopg://USER@HOST/NAME")
    drop = f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"
    with psycopg.connect(Server(url).conninfo, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(f"CREATE DATABASE {DATABASE}")
        try:
            place = Server(urlsplit(url)._replace(path=f"/{DATABASE}").geturl())
            create(place)
            yield place
        finally:
            connection.execute(drop)


def copy(path: Path, server: Server) -> None:
    """Copy the rows of a file to a server, and let that count them, as it does by itself after a while."""
    with closing(sqlite3.connect(path)) as file, psycopg.connect(server.conninfo, autocommit=True) as connection:
        for table in TABLES:
            found = file.execute(f"SELECT * FROM {table}")
            columns = ", ".join(column[0] for column in found.description)
            with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as there:
                for row in found:
                    there.write_row(row)
        connection.execute("VACUUM ANALYZE")


def lines(asked: Asked) -> Iterator[Line]:
    """Run each query on both in turn: as it is now, and as it was after the first batch and the second."""
    periods = max(200, asked.observations(1_000_000) // SERIES)
    with asked.place() as folder, served() as server:
        path = Path(folder) / "revised.db"
        fill(path, periods, revised=True)
        copy(path, server)
        for when in (None, "1", "2"):
            as_of = None if when is None else AsOf.parse(when)
            with (
                reading(path) if as_of is None else reading_as_of(path, as_of) as file,
                reading(server) if as_of is None else reading_as_of(server, as_of) as there,
            ):
                for name, sql in QUERIES.items():
                    yield compared(
                        f"{name}, {'now' if when is None else f'as of batch {when}'}", sql, file, there, asked
                    )


def compared(name: str, sql: str, file: Session, server: Session, asked: Asked) -> Line:
    """Compare one query; that both find the same is looked at first."""

    def asking(session: Session) -> Callable[[], float]:
        return lambda: seconds(lambda: session.rows(sql))

    assert sorted(file.rows(sql), key=str) == sorted(server.rows(sql), key=str)
    found = in_turn({"file": asking(file), "server": asking(server)}, asked.times(RUNS))
    return ratio(name, "the same rows in a file of SQLite", found["server"], found["file"], BOUND)


if __name__ == "__main__":
    raise SystemExit(main(lines, __doc__))
