"""Somebody's own SQL reads and does nothing else, whatever it is called; and it takes no more than there is."""

import sqlite3

import pytest

import tracker
from tracker.errors import TrackerError

WRITES = [
    "INSERT INTO entity (name, kind, hue) VALUES ('A', 'lab', 'blue')",
    "DELETE FROM observation",
    "UPDATE entity SET name = 'x'",
    "REPLACE INTO entity (name, kind, hue) VALUES ('A', 'lab', 'blue')",
    "DROP TABLE entity",
    "DROP VIEW shares",
    "ALTER TABLE entity RENAME TO e",
    "ALTER TABLE entity ADD COLUMN x",
    "CREATE TABLE t (x)",
    "CREATE TEMP TABLE t (x)",
    "CREATE TEMP TABLE t AS SELECT * FROM entity",
    "CREATE VIEW v AS SELECT 1",
    "CREATE TEMP VIEW v AS SELECT 1",
    "CREATE INDEX i ON entity (name)",
    "CREATE TRIGGER t AFTER INSERT ON entity BEGIN SELECT 1; END",
    "CREATE TEMP TRIGGER t AFTER INSERT ON entity BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE t USING fts5(x)",
    "CREATE VIRTUAL TABLE t USING fts4(x)",
    "CREATE VIRTUAL TABLE t USING rtree(a, b, c)",
    "CREATE VIRTUAL TABLE t USING dbstat",
    "CREATE VIRTUAL TABLE t USING csv(filename='/etc/passwd')",
    "CREATE VIRTUAL TABLE temp.t USING fts5(x)",
    "WITH x AS (SELECT 1) DELETE FROM entity",
    "WITH x AS (SELECT 1) INSERT INTO entity (name, kind, hue) SELECT 'a','lab','blue'",
    "EXPLAIN DELETE FROM entity",
    "EXPLAIN QUERY PLAN DELETE FROM entity",
    "DELETE FROM entity RETURNING *",
    "INSERT INTO sqlite_master VALUES (1,1,1,1,1)",
    "DELETE FROM sqlite_master",
    "UPDATE sqlite_master SET sql = ''",
    "UPDATE sqlite_master SET name = name",
    "INSERT INTO sqlite_sequence VALUES (1,1)",
    "UPDATE alembic_version SET version_num = 1",
    "ATTACH 'x.db' AS x",
    "ATTACH ':memory:' AS x",
    "ATTACH '' AS x",
    "ATTACH 'file:x.db?mode=rwc' AS x",
    "ATTACH DATABASE '/etc/passwd' AS p",
    "DETACH main",
    "DETACH temp",
    "VACUUM",
    "VACUUM INTO 'x.db'",
    "VACUUM main INTO 'x.db'",
    "REINDEX",
    "ANALYZE",
    "ANALYZE entity",
    "BEGIN",
    "BEGIN IMMEDIATE",
    "COMMIT",
    "END",
    "ROLLBACK",
    "SAVEPOINT a",
    "RELEASE a",
    "ROLLBACK TO a",
    "PRAGMA query_only = OFF",
    "PRAGMA query_only(0)",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA journal_mode",
    "PRAGMA user_version = 7",
    "PRAGMA main.user_version = 7",
    "PRAGMA application_id = 7",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA temp_store = FILE",
    "PRAGMA temp_store_directory = '/tmp'",
    "PRAGMA data_store_directory = '/tmp'",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA synchronous = OFF",
    "PRAGMA cache_size = 1",
    "PRAGMA mmap_size = 1",
    "PRAGMA page_size = 512",
    "PRAGMA auto_vacuum = 1",
    "PRAGMA incremental_vacuum",
    "PRAGMA optimize",
    "PRAGMA shrink_memory",
    "PRAGMA hard_heap_limit = 1",
    "PRAGMA soft_heap_limit = 1",
    "PRAGMA threads = 99",
    "PRAGMA trusted_schema = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA schema_version = 1",
    "PRAGMA encoding = 'UTF-16'",
    "PRAGMA secure_delete = ON",
    "PRAGMA key = 'x'",
    "PRAGMA rekey = 'x'",
    "PRAGMA function_list",
    "PRAGMA module_list",
    "PRAGMA integrity_check",
    "SELECT * FROM pragma_user_version(7)",
    "SELECT * FROM pragma_journal_mode('wal')",
    "SELECT * FROM pragma_query_only(0)",
    "SELECT load_extension('x')",
    "SELECT load_extension('x', 'y')",
    "SELECT \"load_extension\"('x')",
    "SELECT LOAD_EXTENSION('x')",
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('x', 'y')",
    "SELECT edit('x')",
    "SELECT * FROM fsdir('/')",
    "SELECT * FROM lsdir('/')",
    "SELECT eval('DELETE FROM entity')",
    "SELECT sqlite_log(1, 'x'), fts3_tokenizer('simple', x'00')",
    "SELECT fts3_tokenizer('x', zeroblob(8))",
    "SELECT shell('id')",
    "SELECT * FROM generate_series(1, 2)",
    "SELECT * FROM sqlite_dbpage",
    "SELECT zipfile('a', 'b')",
    "SELECT 1; DELETE FROM entity",
    "SELECT 1; ATTACH 'x.db' AS x",
    "; ; DROP TABLE entity",
    "/* */ DROP TABLE entity",
    "-- x\nDROP TABLE entity",
    "SELECT * FROM (DELETE FROM entity RETURNING *)",
    "SELECT (INSERT INTO entity VALUES (1))",
    "SELECT * FROM entity INTO OUTFILE 'x'",
    ".shell id",
    ".import x y",
    ".open x.db",
    ".load x",
    "SELECT * FROM 'file:/etc/passwd'",
    "COPY entity TO '/tmp/x'",
    "DO 1",
    "SET x = 1",
]


@pytest.mark.parametrize("sql", WRITES)
def test_nothing_is_written_attached_loaded_or_set(sql, call, starter, unchanged):
    with unchanged(starter):
        result = call("query", sql)
    assert result.code in (1, 2), (sql, result)
    assert not result.out
    assert "error of tracker itself" not in result.err
    with unchanged(starter), tracker.connect(starter) as t:
        with pytest.raises(TrackerError):
            t.sql(sql)
        # The connection still only reads, and still works.
        with pytest.raises(TrackerError):
            t.sql("DELETE FROM entity")
        assert len(t.sql("SELECT count(*) AS n FROM shares")) == 1


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
LONG = ENDLESS.replace(")", ") ", 1).replace("FROM c)", "FROM c LIMIT 200)")
BOMBS = [
    "SELECT zeroblob(1e9)",
    "SELECT randomblob(1000000000)",
    "SELECT hex(zeroblob(50000000))",
    "SELECT quote(zeroblob(50000000))",
    "SELECT replace(hex(zeroblob(10000)), '0', hex(zeroblob(10000)))",
    "SELECT zeroblob(9223372036854775807)",
    "WITH RECURSIVE c(x) AS (SELECT 'aaaaaaaa' UNION ALL SELECT x || x FROM c) SELECT length(x) FROM c",
    f"{LONG} SELECT group_concat(printf('%.*c', 200000, 'a')) FROM c",
    f"{LONG} SELECT json_group_array(hex(zeroblob(100000))) FROM c",
    "SELECT " + "(" * 5000 + "1" + ")" * 5000,
    "SELECT " + "+".join("1" * 5000),
    "SELECT " + ", ".join("1" * 5000),
    "SELECT * FROM " + ", ".join(f"shares a{n}" for n in range(70)),
    "SELECT " + "CASE WHEN 1 THEN " * 2000 + "1" + " END" * 2000,
    "SELECT sum(9223372036854775807) FROM shares",
    "SELECT abs(-9223372036854775808)",
    "SELECT json_group_array(zeroblob(1)) FROM shares",
]


@pytest.mark.parametrize("sql", BOMBS, ids=[sql[:60] for sql in BOMBS])
def test_what_would_burst_is_stopped_with_a_reason(sql, call, starter):
    result = call("query", sql, "--timeout", "20")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(
        ("stopped: this statement makes", "stopped: this statement needs", "this SQL cannot be run:")
    ), result.err[:300]


BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1500 * 2**20,) * 2)
from tracker.cli.boundary import run
from tracker.store import memory
from tracker.cli import query
memory.HEAP, query.MOST_CELLS = 100 * 2**20, 20_000
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("sql", "form", "said"),
    [
        (f"{ENDLESS} SELECT x FROM c", "json", "20,000 cells"),
        (f"{ENDLESS} SELECT x, x, x, x, x, x, x, x, x, x FROM c", "table", "20,000 cells"),
        (f"{ENDLESS} SELECT x, hex(randomblob(3000)) AS b FROM c ORDER BY b", "csv", "needs more memory"),
    ],
)
def test_an_endless_result_is_not_held(sql, form, said, starter):
    import subprocess
    import sys

    words = ["query", sql, "--format", form, "--db", str(starter)]
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    "sql",
    [
        f"{ENDLESS} SELECT max(b) FROM (SELECT x, randomblob(100000) AS b FROM c ORDER BY b)",
        "WITH RECURSIVE c(x) AS (SELECT randomblob(90000) UNION SELECT randomblob(90000) FROM c) SELECT max(x) FROM c",
        f"{ENDLESS} SELECT x FROM c",
    ],
    ids=["sorted", "distinct", "rows"],
)
def test_a_program_is_not_filled_by_a_statement(sql, starter, monkeypatch):
    from tracker.store import memory

    monkeypatch.setattr(memory, "HEAP", 50 * 2**20)
    monkeypatch.setattr(memory, "_machine", lambda: 0)
    with tracker.connect(starter) as t:
        with pytest.raises(TrackerError, match="needs more memory than there is for one"):
            t.sql(sql)
        assert len(t.sql("SELECT count(*) AS n FROM shares")) == 1


def test_a_step_that_no_clock_interrupts_is_ended_all_the_same(starter, monkeypatch):
    from threading import Event

    from tracker.store import select
    from tracker.store.engine import reading

    monkeypatch.setattr(select, "GRACE", 0.05)
    ended = Event()
    # One call of one function: SQLite asks nobody until it returns.
    sql = "SELECT instr(hex(zeroblob(80000)), hex(zeroblob(40000)) || '1')"
    with reading(starter) as session:
        select.start(session, sql, seconds=0.01, at_worst=lambda error: ended.set())
    assert ended.is_set()


def test_large_rows_are_held_a_few_at_a_time(starter):
    from tracker.store.engine import reading
    from tracker.store.select import ROOM, start

    sql = f"{ENDLESS} SELECT zeroblob(4000000) FROM c LIMIT 200"
    with reading(starter) as session:
        sizes = [len(rows) for rows in start(session, sql).chunks()]
    assert sum(sizes) == 200
    assert max(sizes) * 4_000_000 < 3 * ROOM


def test_what_reads_still_does(call, starter):
    for sql in (
        "SELECT value FROM json_each('[1, 2]')",
        "SELECT * FROM pragma_table_info('entity')",
        "VALUES (1)",
        "SELECT length(zeroblob(1000000))",
        "SELECT printf('%1000d', 1)",
        "EXPLAIN SELECT 1",
    ):
        assert call("query", sql).code == 0, sql


def test_a_function_of_ours_is_none_of_theirs(starter):
    with tracker.connect(starter) as t, pytest.raises(TrackerError):
        t.sql("SELECT * FROM shares WHERE entity = ?", [sqlite3.connect])
