"""pandas: input.csv in chunks, each sorted by key, to peer.db with `DataFrame.to_sql`. It can insert, not upsert."""

import sqlite3

import pandas as pd

KEY = ["entity", "date"]

connection = sqlite3.connect("peer.db")
connection.execute("PRAGMA cache_size = -200000")
connection.execute(
    "CREATE TABLE share (entity TEXT NOT NULL, date TEXT NOT NULL, share REAL NOT NULL, PRIMARY KEY (entity, date))"
    " WITHOUT ROWID"
)
for chunk in pd.read_csv("input.csv", chunksize=100_000):
    ordered = chunk.sort_values(KEY)
    ordered.to_sql("share", connection, if_exists="append", index=False, method="multi", chunksize=300)
connection.commit()
connection.close()
