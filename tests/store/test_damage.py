"""Damage is recognised and told, with the commands that help; nothing is written to a damaged file."""

import os
import random
import sqlite3
from contextlib import closing

import pytest

from store.kinds import copy, damaged, of_every_kind, tables
from tracker.cli.boundary import run
from tracker.errors import DatabaseMissing, SchemaMismatch
from tracker.store.damage import beginnings
from tracker.store.engine import reading, writing
from tracker.store.readable import parts

PAGE = 4096
READ = (
    "show",
    "log",
    "export",
    "check",
    "history R1 --market poe/kinds",
    "market list",
    "entity list",
    "event list",
    "alias list",
    "db check",
    "query 'SELECT * FROM share_history'",
    "query 'SELECT * FROM reports'",
)
WRITE = (
    "add R1 6.5% --market poe/kinds --date 2025-06-01 --url https://p.org/x",
    "retract R1 --market poe/kinds --date 2025-05 --reason x",
    "undo 9",
    "source add yy --title Y",
    "db vacuum",
    "db upgrade",
    "init",
)


@pytest.fixture
def whole(tmp_path):
    return of_every_kind(tmp_path / "tracker.db")


def findings(path):
    return [part.finding for part in parts(path) if part.finding]


def test_a_sound_one(whole):
    assert findings(whole) == []
    assert {part.part: part.rows for part in parts(whole)}.items() >= {
        name: len(rows) for name, rows in tables(whole).items() if name != "alembic_version"
    }.items()


@pytest.mark.parametrize(
    ("place", "content", "said"),
    [
        (3, b"!", "its first bytes are not those"),
        (16, b"\x03\x03", "no size of pages"),
        (18, b"\x09", "the version for writing cannot be 9"),
        (21, b"\0", "the largest part cannot be 0"),
        (44, b"\0\0\0\x09", "the format of the schema cannot be 9"),
        (28, b"\0\0\xff\xff", "pages are missing"),
    ],
)
def test_a_damaged_header(whole, place, content, said):
    assert said in "; ".join(beginnings(damaged(whole, place, content)))
    assert said in "; ".join(findings(whole))


@pytest.mark.parametrize("cut", [1, 100, 512, PAGE, PAGE + 1, 10 * PAGE])
def test_a_file_that_is_cut_off_is_told_and_not_written(whole, cut):
    os.truncate(whole, whole.stat().st_size - cut)
    before = whole.read_bytes()
    assert any("ends within a page" in said or "cut off" in said for said in findings(whole))
    with pytest.raises(SchemaMismatch, match="is damaged"), writing(whole) as session:
        session.run("UPDATE batch SET version = 'x'")
    assert whole.read_bytes() == before


def test_a_damage_elsewhere_is_seen_before_a_write(whole):
    with closing(sqlite3.connect(whole)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'citation'").fetchone()
    damaged(whole, (page - 1) * PAGE, bytes(PAGE))
    with pytest.raises(SchemaMismatch, match="is damaged") as caught, writing(whole) as session:
        session.run("UPDATE batch SET version = 'x'")
    for command in ("tracker db check", "tracker db salvage -o NEW", "tracker db restore FILE"):
        assert f"{command} --db {whole}" in str(caught.value)
    with reading(whole) as session:
        assert session.value("SELECT count(*) FROM batch WHERE version = 'x'") == 0


def test_of_a_large_file_the_small_tables_are_looked_through_before_a_write(whole, monkeypatch):
    """Those of the shares are not: that would take too long."""
    monkeypatch.setattr("tracker.store.damage.SMALL", 0)
    monkeypatch.setattr("tracker.store.damage.LARGE", 0)
    monkeypatch.setattr("tracker.store.damage.FEW", 50)
    with closing(sqlite3.connect(whole)) as connection:
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"))
        many = {name for name in roots if connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] > 50}
    assert "observation" in many
    sound = whole.read_bytes()
    for name, page in roots.items():
        if name in many | {"alembic_version", "batch"}:
            continue
        whole.write_bytes(sound)
        before = damaged(whole, (page - 1) * PAGE, bytes(PAGE)).read_bytes()
        with pytest.raises(SchemaMismatch, match="is damaged"), writing(whole) as session:
            session.run("UPDATE batch SET version = 'x'")
        assert whole.read_bytes() == before, name
    whole.write_bytes(sound)
    with writing(whole) as session:
        session.run("UPDATE batch SET version = 'x'")


def test_who_reads_a_damaged_one_is_told_once_and_shown_what_can_be_read(whole, capsys):
    """A row that has lost what it points to is in no view: without a word the figures would be short."""
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute("UPDATE observation SET citation_id = 99 WHERE share = 3")
        connection.commit()
    before = whole.read_bytes()
    for number, words in enumerate(("export", "market list", "log")):
        assert run([words, "--db", str(whole)] if " " not in words else [*words.split(), "--db", str(whole)]) == 0
        said = capsys.readouterr().err
        told = f"{whole} is damaged (a reference of observation to citation leads nowhere): what is read of it may be"
        assert said.count(told) == (number == 0)
        assert (f"tracker db check --db {whole}" in said) == (number == 0)
    with pytest.raises(SchemaMismatch, match="is damaged"), writing(whole) as session:
        session.run("UPDATE batch SET version = 'x'")
    assert whole.read_bytes() == before


def test_a_connection_that_stays_open_tells_it_too(whole, capsys):
    import tracker

    damaged(whole, _root(whole, "waiver"), bytes(PAGE))
    with tracker.connect(whole) as opened:
        assert len(opened.shares())
    assert capsys.readouterr().err.count("is damaged") == 1


def test_a_view_whose_statement_is_no_text_any_more(whole, capsys):
    place = whole.read_bytes().index(b"CREATE VIEW shares AS") + 40
    damaged(whole, place, b"\xe4")
    code = run(["query", "SELECT count(*) FROM shares", "--db", str(whole)])
    said = capsys.readouterr().err
    assert (code, "the statement that made shares is no text" in said) == (3, True), said
    assert run(["db", "check", "--db", str(whole)]) == 1


def _root(path, table):
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return (page - 1) * PAGE


def test_one_of_middle_size_is_looked_through_but_for_its_rules_before_a_write(whole, monkeypatch):
    monkeypatch.setattr("tracker.store.damage.SMALL", 0)
    before = damaged(whole, _root(whole, "observation"), bytes(PAGE)).read_bytes()
    with pytest.raises(SchemaMismatch, match="is damaged"), writing(whole) as session:
        session.run("UPDATE batch SET version = 'x'")
    assert whole.read_bytes() == before


@pytest.mark.parametrize("table", ["batch", "citation", "alembic_version"])
def test_no_upgrade_of_a_damaged_one(tmp_path, table, capsys):
    from store.test_upgrade import old_database

    path = old_database(tmp_path / "tracker.db", "0001")
    before = damaged(path, _root(path, table), bytes(PAGE)).read_bytes()
    assert run(["db", "upgrade", "--no-backup", "--db", str(path)]) == 3
    assert "damaged" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_how_many_rows_can_be_read_before_and_behind_a_damage(whole):
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                           " INSERT INTO citation (url, title) SELECT 'https://c.org/' || i, 't' FROM n")  # fmt: skip
        connection.commit()
        everything = connection.execute("SELECT count(*) FROM citation").fetchone()[0]
    data = whole.read_bytes()
    damaged(whole, data.index(b"https://c.org/1000t") // PAGE * PAGE, bytes(PAGE))
    (part,) = [part for part in parts(whole) if part.part == "citation"]
    assert "not all of its rows can be read" in part.finding
    assert everything * 0.9 < part.rows < everything


def test_an_interrupted_write_is_told_and_left_alone(whole, tmp_path):
    with closing(sqlite3.connect(whole, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE observation SET note = 'half'")
        copy(whole, tmp_path / "killed.db")
        copy(tmp_path / "tracker.db-journal", tmp_path / "killed.db-journal")
        connection.execute("ROLLBACK")
    before = [(tmp_path / name).read_bytes() for name in ("killed.db", "killed.db-journal")]
    seen = list(parts(tmp_path / "killed.db"))
    assert [part.finding for part in seen if part.finding] == [
        "a write to it was interrupted; what that had begun is taken back at the next use"
    ]
    assert {part.part: part.rows for part in seen}["observation"] == len(tables(whole)["observation"])
    assert [(tmp_path / name).read_bytes() for name in ("killed.db", "killed.db-journal")] == before


def test_no_database(tmp_path):
    with pytest.raises(DatabaseMissing):
        list(parts(tmp_path / "none.db"))
    (tmp_path / "empty.db").touch()
    with pytest.raises(SchemaMismatch, match="empty file"):
        list(parts(tmp_path / "empty.db"))
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(SchemaMismatch, match="not a database of tracker"):
        list(parts(tmp_path / "other.db"))


def _damage(path, random_):
    size = path.stat().st_size
    kind = random_.choice(["cut", "bit", "zeros", "noise"])
    if kind == "cut":
        os.truncate(path, random_.choice([random_.randrange(size // 512) * 512, random_.randrange(size)]))
    elif kind == "bit":
        place = random_.randrange(size)
        damaged(path, place, bytes([path.read_bytes()[place] ^ 1 << random_.randrange(8)]))
    else:
        content = bytes(PAGE) if kind == "zeros" else random_.randbytes(PAGE)
        damaged(path, random_.randrange(size // PAGE) * PAGE, content)


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 20))])
def test_every_command_on_a_damaged_file(whole, seed, capsys, monkeypatch):
    """No command shows an error of ours, none that reads or fails writes, and what is seen to be damaged is said so."""
    import shlex

    monkeypatch.delenv("TRACKER_TRACEBACK", raising=False)
    random_ = random.Random(seed)
    _damage(whole, random_)
    before = whole.read_bytes()
    for words in (*READ, *random_.sample(WRITE, 3)):
        whole.write_bytes(before)
        code = run([*shlex.split(words), "--db", str(whole)])
        said = capsys.readouterr().err
        assert code in (0, 1, 3), (words, said)
        assert "error of tracker itself" not in said, (words, said)
        if (words in READ or code) and "empty file" not in said:
            assert whole.read_bytes() == before, words
        if code == 3 and before:
            assert "damaged" in said or "no SQLite database" in said or "schema" in said, (words, said)
