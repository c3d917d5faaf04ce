"""What frames cost: a million observations as the tidy frame, one series, and the wide table, beside pandas' own ways.

Run it in an environment where tracker is installed: python benchmarks/reading.py [OBSERVATIONS]
"""

import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import sqlalchemy
from ledger import SERIES, fill

import tracker
from tracker.query.wide import wide

RUNS = 3
ONE = "SELECT * FROM shares WHERE market = 's/m' AND entity = 'E500'"


def seconds(call):
    start = time.perf_counter()
    found = call()
    spent = time.perf_counter() - start
    assert len(found)
    return spent


def compare(name, ours, theirs, bound, runs=RUNS):
    """Run both in turn, so that they meet the same weather; print the medians and their ratio."""
    for call in (ours, theirs):
        call()
    times = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    one, other = (statistics.median(each) for each in zip(*times, strict=True))
    print(f"{name:34} {one * 1000:9.1f} ms {other * 1000:9.1f} ms  {one / other:5.2f}  {bound}")


def main():
    periods = int(sys.argv[1]) // SERIES if len(sys.argv) > 1 else 1000
    print(f"{platform.platform()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    print(f"pandas {pd.__version__}, SQLAlchemy {sqlalchemy.__version__}; {SERIES * periods:,} observations")
    print(f"{'':34} {'tracker':>12} {'pandas':>12}  ratio  bound")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        fill(path, periods, revised=False)
        engine = sqlalchemy.create_engine(f"sqlite:///{path}")
        with tracker.connect(path) as t, engine.connect() as other:
            compare(
                "one series / read_sql",
                lambda: t.shares("E500", "s/m"),
                lambda: pd.read_sql(sqlalchemy.text(ONE), other),
                2,
                50,
            )
            compare("the long frame / read_sql", t.shares, lambda: pd.read_sql("select * from shares", engine), 0.4)
            long = t.shares()
            pivoted = {"index": "period_start", "columns": "entity", "values": "share"}
            compare("long to wide / df.pivot", lambda: wide(long), lambda: long.pivot(**pivoted), 0.3)
            plain = pd.read_sql("select * from shares", engine)
            compare("long to wide / df.pivot of read_sql", lambda: wide(long), lambda: plain.pivot(**pivoted), 0.3)
            compare(
                "wide from the file / read_sql, pivot",
                lambda: t.shares(market="s/m", format="wide"),
                lambda: pd.read_sql("select * from shares", engine).pivot(**pivoted),
                0.3,
            )
        engine.dispose()


if __name__ == "__main__":
    main()
