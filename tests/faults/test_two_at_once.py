"""Several programs on one file: who writes waits and says so, nobody loses a row, who reads sees whole batches."""

import sqlite3
import subprocess
import sys
import time

import pytest

from faults.crowd import crowd
from faults.disturbed import command
from tracker.cli.boundary import run
from tracker.errors import TrackerError
from tracker.store import waiting
from tracker.store.engine import HEAD, reading, writing

ADD = ("source", "add", "x", "--title", "X")

FILL = (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)"
    " INSERT INTO entity (name, kind, hue) SELECT printf('%0900d', i), 'lab', 'blue' FROM n"
)


def fill(session, many):
    """Change many pages."""
    session.run(FILL, many=many)


def others_may(database, statement):
    """Whether another process may do something now. Locks are of processes, so this one cannot tell."""
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None);"
        " print(c.execute(sys.argv[2]).fetchall())"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, database, statement], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0 or "locked" in ended.stderr, ended.stderr
    return ended.returncode == 0


def test_who_writes_keeps_others_from_it_to_the_end(database):
    """What opens the file by other means than SQLite, and closes it, would end the lock."""
    with writing(database) as session:
        session.run("INSERT INTO entity (name, kind, hue) VALUES ('A', 'lab', 'blue')")
        assert not others_may(database, "BEGIN IMMEDIATE")
        assert others_may(database, "SELECT count(*) FROM entity")
    assert others_may(database, "BEGIN IMMEDIATE")


def test_who_reads_is_let_in_while_much_is_written(database):
    with writing(database) as session:
        fill(session, 4000)
        # Twice, for there is an index; SQLite's own cache would hold 2 MB of it.
        assert session.value("SELECT sum(length(name)) FROM entity") * 2 > 7_000_000
        assert others_may(database, "SELECT count(*) FROM entity")


@pytest.mark.parametrize("ends", [True, False])
def test_who_reads_is_let_in_while_very_much_is_written(database, ends):
    """More than the cache holds; and then it is one file again."""
    before = database.read_bytes()[18:20]
    with writing(database, many=True, dry_run=not ends) as session:
        session.run("PRAGMA cache_size = 10")
        fill(session, 4000)
        assert others_may(database, "SELECT count(*) FROM entity")
        assert database.with_name("tracker.db-wal").stat().st_size > 1_000_000
        with reading(database) as other:
            assert other.value("SELECT count(*) FROM entity WHERE length(name) > 800") == 0
    assert [file.name for file in database.parent.iterdir()] == [database.name]
    assert database.read_bytes()[18:20] == before == b"\1\1"


def test_the_log_of_a_long_write_is_tidied_up_by_the_next_when_others_look(database, monkeypatch):
    monkeypatch.setattr("tracker.store.engine.journals.ALONE_SECONDS", 0.0)
    other = sqlite3.connect(database)
    with writing(database, many=True) as session:
        fill(session, 10)
        assert other.execute("SELECT count(*) FROM entity WHERE length(name) > 800").fetchone() == (0,)
    assert other.execute("SELECT count(*) FROM entity WHERE length(name) > 800").fetchone() == (10,)
    other.close()
    assert run([*ADD, "--db", str(database)]) == 0
    assert [file.name for file in database.parent.iterdir()] == [database.name]
    assert database.read_bytes()[18:20] == b"\1\1"


def test_how_much_is_asked_of_the_database(database):
    with writing(database, many=lambda session: session.value("SELECT count(*) > 5 FROM entity")) as session:
        assert session.value("PRAGMA journal_mode") == "wal"
    with writing(database, many=lambda session: session.value("SELECT count(*) < 5 FROM entity")) as session:
        assert session.value("PRAGMA journal_mode") == "delete"


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_who_waits_is_told_why_and_then_goes_on(database, lock):
    other = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    other.execute(f"BEGIN {lock}")
    with subprocess.Popen(command(*ADD, "--db", database), stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.readline()
        other.execute("ROLLBACK")
        other.close()
        assert said == f"Waiting for another program that writes to {database} ...\n"
        assert process.wait(60) == 0


def test_who_waits_for_a_reader_is_told_so(database):
    with reading(database) as session:
        session.value("SELECT count(*) FROM entity")
        with subprocess.Popen(command(*ADD, "--db", database), stderr=subprocess.PIPE, text=True) as process:
            said = process.stderr.readline()
            session.value("SELECT count(*) FROM entity")
            assert said == f"Waiting for another program that reads {database} ...\n"
            process.kill()
    with reading(database) as session:
        assert session.value("SELECT count(*) FROM source WHERE slug = 'x'") == 0


def test_who_does_not_end_is_not_waited_for_for_ever(database, monkeypatch):
    monkeypatch.setattr(waiting, "PATIENCE", 0)
    with (
        writing(database),
        pytest.raises(TrackerError, match="has been in use by another program for 0 seconds"),
        writing(database),
    ):
        pass


def test_a_wait_is_told_once(capsys, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    wait = waiting.Waiting("a.db", waiting.WRITER, 100)
    wait.on()
    assert capsys.readouterr().err == ""
    for now[0] in (1, 2, 99):
        wait.on()
    assert capsys.readouterr().err == "Waiting for another program that writes to a.db ...\n"
    now[0] = 100
    with pytest.raises(TrackerError, match="for 100 seconds"):
        wait.on()


@pytest.mark.slow
def test_many_at_once(tmp_path):
    found = crowd(tmp_path, adders=4, adds=5, rows=2000, readers=2)
    assert found.rows == 4 * 5 + 2000
    assert found.sound
    assert found.beside == []
    assert {one.code for one in [*found.adders, found.importer, *found.readers]} == {0}
    assert not [one.said for one in [*found.adders, found.importer] if "locked" in one.said]
    assert [one.said for one in found.readers] == [""] * 2


def journals(monkeypatch):
    """Tell which journal each writing transaction keeps."""
    from tracker.store.engine import files

    seen, prepare = [], files.prepare_journal

    def looked(connection, path, *, many):
        prepare(connection, path, many=many)
        seen.append(connection.execute("PRAGMA journal_mode").fetchone()[0])

    monkeypatch.setattr(files, "prepare_journal", looked)
    return seen


LONG_COMMANDS = {
    "rule": ("market", "rule", "poe/text-messages", "latest", "--reason", "r"),
    "merge": ("entity", "merge", "DeepSeek", "OpenAI", "--reason", "r", "--dry-run"),
    "correct": (
        *("correct", "drop", "--market", "ramp/paid-adoption", "--date", "2023-01", "--entity", "DeepSeek"),
        *("--reason", "r", "--dry-run"),
    ),
}


@pytest.mark.parametrize("words", LONG_COMMANDS.values(), ids=list(LONG_COMMANDS))
def test_what_may_change_very_much_lets_others_read(database, monkeypatch, words):
    seen = journals(monkeypatch)
    run([*words, "--db", str(database)])
    monkeypatch.setattr("tracker.store.batches.MANY", 10)
    run([*words, "--db", str(database)])
    assert seen == ["delete", "wal"]
    assert [file.name for file in database.parent.iterdir()] == [database.name]


@pytest.fixture
def waits():
    """Run a command while another holds a lock; what it says first, and then how it ends when the lock is let go."""

    def wait(database, lock, *words):
        other = sqlite3.connect(database, isolation_level=None)
        other.execute(f"BEGIN {lock}")
        other.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with subprocess.Popen(command(*words, "--db", database), stderr=subprocess.PIPE, text=True) as process:
            said = process.stderr.readline()
            other.execute("ROLLBACK")
            other.close()
            said += process.stderr.read()
        assert process.returncode == 0, said
        return said

    return wait


@pytest.mark.parametrize(
    ("lock", "of", "words"),
    [
        ("EXCLUSIVE", waiting.WRITER, ("db", "check")),
        ("EXCLUSIVE", waiting.WRITER, ("db", "upgrade")),
        ("EXCLUSIVE", waiting.WRITER, ("db", "backup")),
        ("EXCLUSIVE", waiting.WRITER, ("db", "salvage", "-o", "HERE/new.db")),
        ("IMMEDIATE", waiting.USER, ("db", "vacuum")),
        ("DEFERRED", waiting.USER, ("db", "vacuum")),
    ],
)
def test_commands_of_the_whole_file_wait_and_say_so(database, waits, lock, of, words):
    said = waits(database, lock, *(word.replace("HERE", str(database.parent)) for word in words))
    assert said.splitlines()[0] == f"Waiting for {of} {database} ..."
    assert said.count("Waiting") == 1


@pytest.mark.parametrize(("lock", "of"), [("IMMEDIATE", waiting.WRITER), ("DEFERRED", waiting.READER)])
def test_an_upgrade_waits_for_who_writes_and_who_reads_and_says_so(tmp_path, waits, lock, of):
    from store.test_upgrade import old_database

    path = old_database(tmp_path / "old.db", "0001")
    said = waits(path, lock, "db", "upgrade", "--no-backup")
    assert said == f"Waiting for {of} {path} ...\n{path} went from 0001 to {HEAD}.\n"


def test_a_lock_is_no_damage(database, monkeypatch):
    from tracker.store.integrity import file_damages

    monkeypatch.setattr(waiting, "PATIENCE", 0)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(TrackerError, match="in use by another program"):
        list(file_damages(database))
    other.close()
