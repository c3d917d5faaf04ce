-- The same, into tables of the shape that tracker keeps: each entity and period told once, a share by their numbers.
PRAGMA cache_size = -200000;
CREATE TABLE IF NOT EXISTS entity (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS period (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS share (
  entity_id INTEGER NOT NULL, period_id INTEGER NOT NULL, share REAL NOT NULL, PRIMARY KEY (entity_id, period_id)
) WITHOUT ROWID;
CREATE TEMP TABLE staging (date TEXT, entity TEXT, share REAL);
.import --csv --skip 1 input.csv staging
INSERT OR IGNORE INTO entity (name) SELECT DISTINCT entity FROM staging ORDER BY 1;
INSERT OR IGNORE INTO period (label) SELECT DISTINCT date FROM staging ORDER BY 1;
INSERT INTO share (entity_id, period_id, share)
SELECT entity.id, period.id, share FROM staging JOIN entity ON name = entity JOIN period ON label = date
WHERE true ORDER BY 1, 2
ON CONFLICT (entity_id, period_id) DO UPDATE SET share = excluded.share WHERE excluded.share <> share.share;
