"""DuckDB: input.csv into a table of its own in peer.db, with a primary key, as an upsert."""

import duckdb

with duckdb.connect("peer.db") as connection:
    connection.execute(
        "CREATE TABLE share (entity VARCHAR NOT NULL, date DATE NOT NULL, share DOUBLE NOT NULL,"
        " PRIMARY KEY (entity, date))"
    )
    connection.execute(
        "INSERT INTO share (entity, date, share) SELECT entity, date, share FROM read_csv('input.csv')"
        " ON CONFLICT (entity, date) DO UPDATE SET share = excluded.share"
    )
