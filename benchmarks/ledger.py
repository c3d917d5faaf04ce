"""What revisions cost those who read: a million observations in one market, each revised twice, beside the same
million that were never revised.

Run it in an environment where tracker is installed: python benchmarks/ledger.py [OBSERVATIONS]
"""

import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from tracker.store.engine import reading
from tracker.store.migrate import create
from tracker.store.past.asof import reading_as_of
from tracker.values.asof import AsOf

RUNS = 5
SERIES = 1000
BATCHES = 3

QUERIES = {
    "three columns": "SELECT entity, period, share FROM shares WHERE market = 's/m'",
    "every column": "SELECT * FROM shares WHERE market = 's/m'",
    "the mean": "SELECT avg(share), count(*) FROM shares WHERE market = 's/m'",
    "by entity": "SELECT entity, max(share) FROM shares WHERE market = 's/m' GROUP BY entity",
    "sorted": "SELECT entity, period, share FROM shares WHERE market = 's/m' ORDER BY entity, period_start",
    "one series": "SELECT period, share FROM shares WHERE market = 's/m' AND entity = 'E500'",
    "one period": "SELECT entity, share FROM shares WHERE market = 's/m' AND period = '2020-06-01'",
}

COLUMNS = "series_id, period_id, share, decimals, status, citation_id, batch_id"


def fill(path, periods, revised):
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


def rows(periods, batch):
    for series in range(1, SERIES + 1):
        for period in range(1, periods + 1):
            yield series, period, (series * 7 + period * 3 + batch) % 1000 / 10, 1, "A", 1, batch


def seconds(session, sql):
    start = time.perf_counter()
    assert session.rows(sql)
    return time.perf_counter() - start


def compare(name, sql, plain, others):
    """Run one query on all in turn, so that they meet the same weather."""
    times = [[] for _ in range(1 + len(others))]
    for _ in range(RUNS):
        for place, session in enumerate((plain, *others)):
            times[place].append(seconds(session, sql))
    base = statistics.median(times[0])
    said = (f"{statistics.median(each) / base:6.2f}" for each in times[1:])
    print(f"{name:16} {base * 1000:9.1f} ms  {'  '.join(said)}")


def main():
    periods = int(sys.argv[1]) // SERIES if len(sys.argv) > 1 else 1000
    print(f"{platform.platform()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; {RUNS} runs")
    print(f"{SERIES * periods:,} observations, each revised twice; ratios of medians to the same never revised")
    print(f"{'':16} {'unrevised':>12}  {'now':>6}  {'as of 1':>6}  {'as of 2':>6}")
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder) / "plain.db", Path(folder) / "revised.db"
        fill(one, periods, revised=False)
        fill(two, periods, revised=True)
        with (
            reading(one) as plain,
            reading(two) as now,
            reading_as_of(two, AsOf.parse("1")) as first,
            reading_as_of(two, AsOf.parse("2")) as second,
        ):
            for name, sql in QUERIES.items():
                compare(name, sql, plain, (now, first, second))


if __name__ == "__main__":
    main()
