-- The shell of SQLite as fast as we know to make it: no check of what is imported, rows in the order of the key.
-- A staging table in a file of its own, and the usual page cache, were the fastest of six ways.
CREATE TABLE IF NOT EXISTS share (
  entity TEXT NOT NULL, date TEXT NOT NULL, share REAL NOT NULL, PRIMARY KEY (entity, date)
) WITHOUT ROWID;
CREATE TEMP TABLE staging (date TEXT, entity TEXT, share REAL);
.import --csv --skip 1 input.csv staging
INSERT INTO share (entity, date, share) SELECT entity, date, share FROM staging WHERE true ORDER BY entity, date
ON CONFLICT (entity, date) DO UPDATE SET share = excluded.share WHERE excluded.share <> share.share;
