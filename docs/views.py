"""Writes views.md beside it: `python docs/views.py`. A test holds the page against a new database."""

from __future__ import annotations

import tempfile
from pathlib import Path

PAGE = Path(__file__).with_name("views.md")

HEAD = """# The views

A database of tracker is one SQLite file. Its tables are an affair of the program; its views are for you. They resolve
every id to words, open in any SQLite client, and keep their columns when the tables change. This page is written from
a database with the starter data, by `python docs/views.py`; the examples are from there.

An empty field is NULL: nobody said. A zero is a zero. Days are text as in ISO 8601, so they sort and compare as they
are; `date(period_start, '-1 year')` and the like work on them.

"""

TAIL = """## From other programs

`tracker query` runs one statement that reads, whatever is in it, and nothing that writes:

```console
$ tracker query "select period, share from shares where entity = :who and market = 'poe/text-messages'" \\
    --param "who=DeepSeek R1"
$ tracker query "select * from shares" --as-of 1 -o shares.parquet
$ tracker query @report.sql --format ndjson
```

As of a moment, write the plain names: `shares`, for `main.shares` is what is there now, and refused. `json_each`,
`json_tree` and `pragma_table_info` can be read like tables.

Any other SQLite client reads the same views. Open the file for reading only: what is written past tracker has no batch,
and nobody can take it back.

```console
$ sqlite3 -readonly tracker.db "select entity, share from shares where market = 'poe/text-messages'"
$ datasette -i tracker.db
```

pandas, through Python's own `sqlite3`:

```python
import sqlite3
import pandas as pd

connection = sqlite3.connect("file:tracker.db?mode=ro", uri=True)
frame = pd.read_sql("select * from shares", connection, parse_dates=["period_start", "period_end"])
connection.close()
```

DuckDB reads frames of pandas by their name, and Parquet by that of the file; neither needs the network:

```python
import duckdb

counts = duckdb.sql("select market, count(*) as n from frame group by market order by n desc").df()
peaks = duckdb.sql("select entity, max(share) as peak from 'shares.parquet' group by entity").df()
```

Its own SQLite extension, which DuckDB fetches once from the network, reads the file as it is:

```sql
INSTALL sqlite;
LOAD sqlite;
ATTACH 'tracker.db' AS tracker (TYPE sqlite, READ_ONLY);
SELECT entity, period, share FROM tracker.shares WHERE market = 'poe/text-messages';
```
"""


def page(database: Path) -> str:
    """Return the page, from a database with the starter data."""
    from tracker.store.documentation import tables
    from tracker.store.engine import reading

    with reading(database) as session:
        return f"{HEAD}{tables(session)}\n{TAIL}"


def main() -> None:
    """Write the page."""
    from tracker.cli.boundary import run

    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "tracker.db"
        if run(["init", "--db", str(database)]) == 0:
            PAGE.write_text(page(database), encoding="utf-8")


if __name__ == "__main__":
    main()
