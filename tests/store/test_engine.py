import os
import sqlite3

import pytest

from tracker.errors import DatabaseMissing, SchemaMismatch, TrackerError
from tracker.store import engine
from tracker.store.engine import reading, writing
from tracker.store.migrate import create
from tracker.store.select import select

LAB = "INSERT INTO entity (name, kind, hue) VALUES ('A', 'lab', 'blue')"


@pytest.fixture
def database(tmp_path):
    create(tmp_path / "tracker.db")
    return tmp_path / "tracker.db"


def _rewrite(path, sql):
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("opened", [reading, writing])
@pytest.mark.parametrize(
    ("spoil", "error", "said"),
    [
        (lambda path: path.unlink(), DatabaseMissing, "tracker init --db {path} "),
        (lambda path: (path.unlink(), path.mkdir()), DatabaseMissing, "is a folder"),
        (lambda path: path.write_bytes(b""), SchemaMismatch, "tracker init --db {path} "),
        (lambda path: path.write_bytes(b"text" * 999), SchemaMismatch, "is no SQLite database"),
        (lambda path: path.write_bytes(path.read_bytes()[:50]), SchemaMismatch, "is damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:9000]), SchemaMismatch, "is damaged"),
        (lambda path: _rewrite(path, "DROP TABLE alembic_version"), SchemaMismatch, "not a database of tracker"),
        (lambda path: _rewrite(path, "DELETE FROM alembic_version"), SchemaMismatch, "not a database of tracker"),
        (lambda path: _rewrite(path, "UPDATE alembic_version SET version_num = '0000'"), SchemaMismatch,
         "tracker db upgrade --db {path}"),
        (lambda path: _rewrite(path, "UPDATE alembic_version SET version_num = '9999'"), SchemaMismatch,
         "pip install --upgrade"),
    ],
)  # fmt: skip
def test_what_is_no_database_of_ours_is_refused_with_what_to_do(database, opened, spoil, error, said):
    spoil(database)
    with pytest.raises(error) as refused, opened(database):
        pass
    assert said.format(path=database) in str(refused.value)
    assert refused.value.exit_code == 3


@pytest.mark.parametrize("opened", [reading, writing])
def test_a_database_damaged_behind_its_head_is_refused_when_that_is_read(database, opened):
    pages = database.read_bytes()
    database.write_bytes(pages[:4096] + b"\xff" * (len(pages) - 4096))
    with pytest.raises(SchemaMismatch, match=r"damaged|no SQLite database"), opened(database) as session:
        session.rows("SELECT * FROM entity")


@pytest.mark.parametrize(
    "sql",
    [
        LAB,
        LAB + " RETURNING id",
        "REPLACE INTO entity (name, kind, hue) VALUES ('A', 'lab', 'blue')",
        "WITH new AS (SELECT 'A' AS name) INSERT INTO entity (name, kind, hue) SELECT name, 'lab', 'blue' FROM new"
        " RETURNING id",
        "UPDATE entity SET name = 'B'",
        "DELETE FROM entity",
        "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t (x)",
        "CREATE TEMP VIEW v AS SELECT 1",
        "DROP VIEW shares",
        "ALTER TABLE entity ADD COLUMN x",
        "PRAGMA writable_schema = ON",
        "PRAGMA query_only = OFF",
        "PRAGMA journal_mode = WAL",
        "PRAGMA user_version = 7",
        "PRAGMA user_version",
        "ATTACH ':memory:' AS other",
        "DETACH main",
        "VACUUM",
        "VACUUM INTO 'copy.db'",
        "BEGIN IMMEDIATE",
        "COMMIT",
        "SAVEPOINT s",
        "REINDEX",
        "ANALYZE",
        "SELECT load_extension('x')",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE entity",
        "SELECT :name",
        "SELECT ?",
        "SELEC 1",
        "SELECT * FROM nothing",
        "-- nothing",
        "",
        "\0",
    ],
)
def test_reading_refuses_all_that_is_not_one_reading_statement(database, tmp_path, sql):
    before = database.read_bytes()
    with reading(database) as session, pytest.raises(TrackerError) as refused:
        select(session, sql)
    assert refused.value.hint
    assert database.read_bytes() == before
    assert list(tmp_path.iterdir()) == [database]


def test_reading_refuses_a_write_by_any_method(database):
    with pytest.raises(TrackerError), reading(database) as session:
        session.run(LAB)
    with pytest.raises(TrackerError), reading(database) as session:
        session.insert("entity", {"name": "A", "kind": "lab", "hue": "blue"})


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT 1 AS one", [(1,)]),
        ("WITH RECURSIVE n (i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 3) SELECT sum(i) FROM n", [(6,)]),
        ("SELECT max(x) OVER () FROM (SELECT 2 AS x)", [(2,)]),
        ("SELECT count(*) FROM shares", [(0,)]),
        ("PRAGMA index_info(ix_citation_url)", [(0, 1, "url")]),
        ("SELECT x'00ff'", [("00ff",)]),
        ("SELECT 1;", [(1,)]),
        ("SELECT 1;; -- nothing\n;", [(1,)]),
        ("SELECT value FROM json_each('[5, 6]')", [(5,), (6,)]),
        ("SELECT key, atom FROM json_tree('{\"a\": 5}') WHERE atom", [("a", 5)]),
        ("SELECT name FROM pragma_table_info('alembic_version')", [("version_num",)]),
        ("SELECT count(*) FROM main.shares", [(0,)]),
        ("SELECT strftime('%Y', '2025-02-15'), round(7.04, 1)", [("2025", 7.0)]),
    ],
)
def test_what_reads_is_run(database, sql, rows):
    with reading(database) as session:
        assert select(session, sql)[1] == rows


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sqlite_master SET sql = ''",
        "UPDATE main.sqlite_master SET sql = '' RETURNING sql",
        "UPDATE sqlite_temp_master SET sql = ''",
        "INSERT INTO sqlite_master VALUES (1, 2, 3, 4, 5)",
        "DELETE FROM sqlite_master",
        "CREATE VIRTUAL TABLE t USING json_each",
        "CREATE VIRTUAL TABLE t USING fts5(x)",
        "CREATE VIRTUAL TABLE temp.t USING fts5(x)",
        "SELECT * FROM pragma_journal_mode('delete')",
        "SELECT * FROM pragma_writable_schema(1)",
        "SELECT * FROM pragma_user_version",
        "INSERT INTO json_each VALUES (1)",
    ],
)
def test_table_functions_open_no_way_to_write(database, sql):
    before = database.read_bytes()
    with reading(database) as session:
        assert session.rows("SELECT value FROM json_each('[5]')") == [(5,)]
        with pytest.raises(TrackerError, match=r"refused|cannot be run|no rows"):
            select(session, sql)
    assert database.read_bytes() == before


def test_what_is_asked_about_while_a_table_function_is_met_changes_nothing(database):
    """Even where SQLite would let the table of tables be written."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA writable_schema=ON")
    connection.set_authorizer(engine.only_reads)
    connection.execute("UPDATE sqlite_master SET sql = ''")
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE sql = ''").fetchone() == (0,)
    connection.close()


def test_all_that_is_read_in_one_go_is_of_one_moment(database, monkeypatch):
    monkeypatch.setattr("tracker.store.waiting.PATIENCE", 0)
    with reading(database) as session:
        before = session.value("SELECT count(*) FROM entity")
        with pytest.raises(TrackerError, match="in use by another program"), writing(database) as other:
            other.run(LAB)
        assert session.value("SELECT count(*) FROM entity") == before == 0
    with writing(database) as other:
        other.run(LAB)


def test_a_file_and_a_folder_that_cannot_be_written_can_be_read(database):
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    database.chmod(0o444)
    database.parent.chmod(0o555)
    try:
        with reading(database) as session:
            assert session.value("SELECT count(*) FROM entity") == 0
        with pytest.raises(TrackerError, match="cannot be written"), writing(database):
            pass
    finally:
        database.parent.chmod(0o755)


def test_a_block_is_one_transaction(database):
    with writing(database) as session:
        session.run(LAB)
    with reading(database) as session:
        assert session.rows("SELECT name FROM entity") == [("A",)]


def _stop_half_way(session):
    session.run(LAB)
    raise KeyboardInterrupt


def test_an_error_leaves_the_file_as_it_was_byte_for_byte(database):
    before = database.read_bytes()
    with pytest.raises(KeyboardInterrupt), writing(database) as session:
        _stop_half_way(session)
    assert database.read_bytes() == before


def test_a_dry_run_leaves_the_file_as_it_was_byte_for_byte(database):
    before = database.read_bytes()
    with writing(database, dry_run=True) as session:
        session.run(LAB)
        assert session.value("SELECT count(*) FROM entity") == 1
    assert database.read_bytes() == before


def _rolled_back_by_sqlite_itself(session):
    session.run("ROLLBACK")
    raise ValueError("the first error")


def test_the_first_error_is_the_one_that_is_told(database):
    with pytest.raises(ValueError, match="the first error"), writing(database) as session:
        _rolled_back_by_sqlite_itself(session)


def _write_past_the_end_of_the_disk(session):
    session.run(f"PRAGMA max_page_count = {session.value('PRAGMA page_count')}")
    for length in range(999):
        session.insert("entity", {"name": "x" * length, "kind": "lab", "hue": "blue"})


def test_a_full_disk_is_called_that(database):
    before = database.read_bytes()
    with pytest.raises(TrackerError, match="no room is left on the disk"), writing(database) as session:
        _write_past_the_end_of_the_disk(session)
    assert database.read_bytes() == before


def test_a_second_writer_waits_and_then_says_so(database, monkeypatch):
    monkeypatch.setattr("tracker.store.waiting.PATIENCE", 0)
    with (
        writing(database),
        pytest.raises(TrackerError, match="in use by another program"),
        writing(database),
    ):
        pass


@pytest.mark.parametrize(
    ("table", "values", "constraint"),
    [
        ("entity", {"kind": "company"}, "ck_entity_kind"),
        ("entity", {"hue": "red"}, "ck_entity_hue"),
        ("market", {"whole": "half"}, "ck_market_whole"),
        ("market", {"source_id": 9}, "FOREIGN KEY"),
        ("source", {"may_redistribute": 2}, "ck_source_may_redistribute"),
        ("citation", {"url": None}, "ck_citation_named"),
        ("citation", {"published": "13.05.2025"}, "ck_citation_published"),
        ("batch", {"recorded_at": "2025-01-01"}, "ck_batch_recorded_at"),
        ("period", {"start_date": "2025-03-01"}, "ck_period_order"),
        ("period", {"precision": "decade"}, "ck_period_precision"),
        ("observation", {"share": 101}, "ck_observation_share"),
        ("observation", {"share": -0.5}, "ck_observation_share"),
        ("observation", {"share": "seven"}, "ck_observation_share"),
        ("observation", {"share": None}, "ck_observation_says_something"),
        ("observation", {"share": float("nan")}, "ck_observation_says_something"),
        ("observation", {"low": 8, "high": 6, "share": None}, "ck_observation_low_high"),
        ("observation", {"low": 8}, "ck_observation_low_share"),
        ("observation", {"high": 6}, "ck_observation_share_high"),
        ("observation", {"qualifier": "?"}, "ck_observation_qualifier"),
        ("observation", {"decimals": 19}, "ck_observation_decimals"),
        ("observation", {"status": "X"}, "ck_observation_status"),
        ("observation", {"sample_size": 0}, "ck_observation_sample_size"),
        ("observation", {"series_id": 9}, "FOREIGN KEY"),
        ("superseded", {"closed_by": 1}, "ck_superseded_order"),
        ("report", {"closed_by": 1}, "ck_report_order"),
        ("entity_parent", {"parent_id": 1}, "ck_entity_parent_itself"),
        ("entity_parent", {"to_date": "2019-01-01"}, "ck_entity_parent_order"),
        ("alias", {"entity_id": 9}, "FOREIGN KEY"),
    ],
)
def test_the_schema_itself_refuses(database, table, values, constraint):
    with pytest.raises(TrackerError, match=constraint), writing(database) as session:
        _fill(session, _good() | {table: _good()[table] | values})


def test_what_the_schema_is_tried_with_is_good_but_for_that(database):
    with writing(database) as session:
        _fill(session, _good())


def _fill(session, rows):
    for name, row in rows.items():
        session.run(
            f"INSERT INTO {name.removeprefix('another ')} ({', '.join(row)})"
            f" VALUES ({', '.join(f':{column}' for column in row)})",
            **row,
        )


def _good():
    told = {"series_id": 1, "period_id": 1, "share": 7.0, "low": None, "high": None, "qualifier": None, "decimals": 0}
    observed = told | {"status": "A", "sample_size": None, "citation_id": 1, "batch_id": 1}
    counts = {"version": "1", "added": 0, "same": 0, "revised": 0, "reported": 0}
    return {
        "another entity": {"id": 2, "name": "B", "kind": "lab", "hue": "blue"},
        "another batch": {"id": 2, "command": "add", "recorded_at": "2025-01-02T00:00:00.000000Z"} | counts,
        "source": {"id": 1, "slug": "poe", "title": "Poe", "may_redistribute": 1},
        "market": {"id": 1, "slug": "poe/a", "source_id": 1, "counted": "messages", "whole": "open"},
        "entity": {"id": 1, "name": "A", "kind": "lab", "hue": "blue"},
        "alias": {"id": 1, "entity_id": 1, "name": "a", "folded": "a"},
        "entity_parent": {"id": 1, "child_id": 1, "parent_id": 2, "from_date": "2020-01-01", "to_date": "2021-01-01"},
        "citation": {"id": 1, "url": "https://a.org", "published": "2025-01-01"},
        "batch": {"id": 1, "command": "add", "recorded_at": "2025-01-01T00:00:00.000000Z"} | counts,
        "period": {
            "id": 1,
            "label": "2025-02",
            "start_date": "2025-02-01",
            "end_date": "2025-02-28",
            "precision": "month",
        },
        "series": {"id": 1, "market_id": 1, "entity_id": 1},
        "observation": observed,
        "superseded": observed | {"closed_by": 2},
        "report": told | {"citation_id": 1, "batch_id": 1, "closed_by": 2},
    }


def test_an_old_sqlite_is_refused(database, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 37, 2))
    with pytest.raises(TrackerError, match=r"needs 3\.39 or newer"), reading(database):
        pass
