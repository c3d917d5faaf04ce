"""What revisions cost those who read: a million observations in one market, each revised twice, beside the same
million that were never revised.

Run it in an environment where tracker is installed: python benchmarks/ledger.py [--rows OBSERVATIONS]
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from measure import Asked, Line, in_turn, main, ratio, seconds

from tracker.store.engine import Session, reading
from tracker.store.migrate import create
from tracker.store.past.asof import reading_as_of
from tracker.values.asof import AsOf

NOW, PAST = 1.2, 5.0
"""Bounds: of what is current, and of a past moment."""

RUNS = 5
SERIES = 1000
BATCHES = 3

QUERIES = {
    "three columns of the market": "SELECT entity, period, share FROM shares WHERE market = 's/m'",
    "every column": "SELECT * FROM shares WHERE market = 's/m'",
    "the mean": "SELECT avg(share), count(*) FROM shares WHERE market = 's/m'",
    "the greatest share of each entity": "SELECT entity, max(share) FROM shares WHERE market = 's/m' GROUP BY entity",
    "three columns, sorted": "SELECT entity, period, share FROM shares WHERE market = 's/m'"
    " ORDER BY entity, period_start",
    "one series": "SELECT period, share FROM shares WHERE market = 's/m' AND entity = 'E500'",
    "one period": "SELECT entity, share FROM shares WHERE market = 's/m' AND period = '2020-06-01'",
}

COLUMNS = "series_id, period_id, share, decimals, status, citation_id, batch_id"


def fill(path: Path, periods: int, revised: bool) -> None:
    """Make a database of SERIES series; where it is revised, each observation has been two others before."""
    create(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("INSERT INTO source (id, slug, title) VALUES (1, 's', 'S')")
        connection.execute(
            "INSERT INTO market (id, slug, source_id, counted, whole) VALUES (1, 's/m', 1, 'users', 'overlapping')"
        )
        connection.execute("INSERT INTO citation (id, url) VALUES (1, 'https://example.org')")
        for batch in range(1, BATCHES + 1):
            connection.execute(
                "INSERT INTO batch (id, command, recorded_at, version, added, same, revised, reported)"
                " VALUES (?, 'import', ?, '0', 0, 0, 0, 0)",
                (batch, f"2026-01-0{batch}T00:00:00.000000Z"),
            )
        numbers = range(1, SERIES + 1)
        connection.executemany(
            "INSERT INTO entity (id, name, kind, hue) VALUES (?, ?, 'product', 'blue')", [(n, f"E{n}") for n in numbers]
        )
        connection.executemany(
            "INSERT INTO series (id, market_id, entity_id) VALUES (?, 1, ?)", [(n, n) for n in numbers]
        )
        days = [(n, str(date(2020, 1, 1) + timedelta(n))) for n in range(1, periods + 1)]
        connection.executemany(
            "INSERT INTO period (id, label, start_date, end_date, precision) VALUES (?, ?, ?, ?, 'day')",
            [(n, day, day, day) for n, day in days],
        )
        last = BATCHES if revised else 1
        connection.executemany(f"INSERT INTO observation ({COLUMNS}) VALUES (?,?,?,?,?,?,?)", rows(periods, last))
        for batch in range(1, last):
            closed = ((*row, batch + 1) for row in rows(periods, batch))
            connection.executemany(f"INSERT INTO superseded ({COLUMNS}, closed_by) VALUES (?,?,?,?,?,?,?,?)", closed)
        connection.commit()


def rows(periods: int, batch: int) -> Iterator[tuple[object, ...]]:
    for series in range(1, SERIES + 1):
        for period in range(1, periods + 1):
            yield series, period, (series * 7 + period * 3 + batch) % 1000 / 10, 1, "A", 1, batch


def lines(asked: Asked) -> Iterator[Line]:
    """Run each query on all in turn, so that they meet the same weather."""
    periods = max(200, asked.observations(1_000_000) // SERIES)
    with asked.place() as folder:
        one, two = Path(folder) / "plain.db", Path(folder) / "revised.db"
        fill(one, periods, revised=False)
        fill(two, periods, revised=True)
        with (
            reading(one) as plain,
            reading(two) as now,
            reading_as_of(two, AsOf.parse("1")) as first,
            reading_as_of(two, AsOf.parse("2")) as second,
        ):
            sessions = {"plain": plain, "now": now, "as of batch 1": first, "as of batch 2": second}
            for name, sql in QUERIES.items():
                yield from compared(name, sql, sessions, asked.times(RUNS))


def compared(name: str, sql: str, sessions: Mapping[str, Session], runs: int) -> Iterator[Line]:
    """Compare one query on the revised with the same on what never was."""

    def asking(session: Session) -> Callable[[], float]:
        assert session.rows(sql)
        return lambda: seconds(lambda: session.rows(sql))

    found = in_turn({each: asking(session) for each, session in sessions.items()}, runs)
    for each in list(sessions)[1:]:
        bound = NOW if each == "now" else PAST
        yield ratio(f"{name}, {each}", "the same, never revised", found[each], found["plain"], bound)


if __name__ == "__main__":
    raise SystemExit(main(lines, __doc__))
