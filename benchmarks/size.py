"""What an observation takes on disk after an import from one page, provenance included, and what each column costs.

A row of the table is a record: a byte that says how long its head is, in the head a byte for each column (two for a
text of more than 57 bytes), then the values. What that comes to is added up from the values, and must be what SQLite's
own account of its pages says, where it keeps one.

Run it in an environment where tracker is installed: python benchmarks/size.py [--rows 1000000]
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from contenders import Ground
from measure import Asked, Line, main

BOUND = 40.0

BYTES = """CASE typeof({0}) WHEN 'null' THEN 1 WHEN 'text' THEN length(CAST({0} AS BLOB)) + 1 + (length({0}) > 57)
    ELSE 1 + CASE WHEN {0} <> CAST({0} AS INTEGER) THEN 8 WHEN {0} IN (0, 1) THEN 0
        WHEN {0} BETWEEN -0x80 AND 0x7f THEN 1 WHEN {0} BETWEEN -0x8000 AND 0x7fff THEN 2
        WHEN {0} BETWEEN -0x800000 AND 0x7fffff THEN 3 WHEN {0} BETWEEN -0x80000000 AND 0x7fffffff THEN 4
        WHEN {0} BETWEEN -0x800000000000 AND 0x7fffffffffff THEN 6 ELSE 8 END END"""
"""What a value takes in a record; a number without a fraction is kept as a whole number, whatever the column is."""

PAGES = "SELECT sum(pgsize), sum(payload), sum(unused) FROM dbstat WHERE name = 'observation'"


def lines(asked: Asked) -> Iterator[Line]:
    """Import once, and look at the file."""
    rows = asked.observations(1_000_000)
    with asked.place() as folder:
        ground = Ground(Path(folder), rows, asked.series, asked.seed)
        ground.first()
        path = ground.at("long") / "tracker.db"
        whole = path.stat().st_size
        yield _line(f"a file of {rows:,} observations", whole / rows, BOUND if rows >= 100_000 else None)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            yield from _columns(connection, rows, whole)


def _columns(connection: sqlite3.Connection, rows: int, whole: int) -> Iterator[Line]:
    names = [name for _, name, *_ in connection.execute("PRAGMA table_info(observation)")]
    asking = ", ".join(f"total({BYTES.format(name)})" for name in names)
    costs = dict(zip(names, connection.execute(f"SELECT {asking} FROM observation").fetchone(), strict=True))
    for name, cost in costs.items():
        yield _line(f"column `{name}`", cost / rows)
    try:
        pages, payload, unused = connection.execute(PAGES).fetchone()
    except sqlite3.OperationalError:  # this SQLite keeps no account of its pages
        yield _line("all else", (whole - sum(costs.values())) / rows)
        return
    if payload != sum(costs.values()) + rows:
        raise SystemExit(f"the columns were made out to take {sum(costs.values()) + rows:.0f} bytes, not {payload}")
    yield _line("each row: how long it is, where it is, how long its head is", (pages - unused - payload) / rows + 1)
    yield _line("room that is free in the pages", unused / rows)
    yield _line("all else: series, periods, names, page, batch, empty tables", (whole - pages) / rows)


def _line(what: str, value: float, bound: float | None = None) -> Line:
    return Line(what, "", "", value, value, value, bound, "bytes")


if __name__ == "__main__":
    raise SystemExit(main(lines, __doc__))
