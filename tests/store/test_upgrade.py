"""From every older schema to the newest: no row is lost, and what fails changes nothing."""

import hashlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from alembic import command

from store.kinds import of_every_kind, tables, views
from tracker.cli.boundary import run
from tracker.errors import SchemaMismatch, TrackerError
from tracker.importers.exporting import as_csv, records
from tracker.store import backup, migrate
from tracker.store.engine import HEAD, connect, reading
from tracker.store.integrity import damages, file_damages
from tracker.store.migrate import config, create, state, upgrade
from tracker.store.shares import Selection

ROWS = """
INSERT INTO source VALUES (1, 'poe', 'Poe', 'Quora', 'https://poe.com', 'L', 'https://l.org', 'C', 0, 'full', 'n');
INSERT INTO market VALUES (1, 'poe/a', 1, 'messages', 'open', 'all', 'US', 'web', 'monthly', 'n');
INSERT INTO entity VALUES (1, 'DeepSeek', 'lab', 'blue', 'n'), (2, 'R1', 'model', 'blue', NULL);
INSERT INTO alias VALUES (1, 1, 'Deep Seek', 'deep seek');
INSERT INTO entity_parent VALUES (1, 2, 1, '2025-01-01', NULL);
INSERT INTO citation VALUES (1, 'https://a.org', 'T', 'P', '2025-03-01', 'p. 3', 'q', 'v', 'primary');
INSERT INTO citation VALUES (2, NULL, 'A file', NULL, NULL, NULL, NULL, NULL, 'secondary');
INSERT INTO batch VALUES
    (1, 'import', '2025-03-01T12:00:00.000000Z', 'a.csv', 'abc', 'tracker', '0.1.0', NULL, 2, 0, 0, 1),
    (2, 'add', '2025-03-02T12:00:00.000000Z', NULL, NULL, NULL, '0.1.0', 'a slip', 0, 0, 1, 0);
INSERT INTO period VALUES (1, '2025-02', '2025-02-01', '2025-02-28', 'month');
INSERT INTO period VALUES (2, '2025-01-20', '2025-01-20', '2025-01-20', 'day');
INSERT INTO series VALUES (1, 1, 1), (2, 1, 2);
INSERT INTO observation VALUES (1, 1, 7.5, NULL, NULL, NULL, 1, 'P', 1000, 'n', 1, 2);
INSERT INTO observation VALUES (2, 1, NULL, NULL, 1.0, '<', 0, 'A', NULL, NULL, 1, 1);
INSERT INTO superseded VALUES (1, 1, 7.0, 6.0, 8.0, '~', 0, 'A', NULL, NULL, 1, 1, 2);
INSERT INTO report VALUES (1, 1, 2, 1, 7.0, NULL, NULL, NULL, 0, '~2025-02', 'n', NULL);
INSERT INTO event VALUES (1, 2, 'R1 released', 'https://b.org', 'n');
INSERT INTO event_entity VALUES (1, 2);
INSERT INTO event_tag VALUES (1, 'release');
"""
"""Rows of every kind, as the first schema has them."""

VIEWS = ("shares", "share_history", "reports")
TABLES = (
    *("source", "market", "entity", "alias", "entity_parent", "citation", "period", "series"),
    *("observation", "superseded", "report", "event", "event_entity", "event_tag", "batch"),
)


def _alembic(path):
    made = config()
    made.attributes["creator"] = lambda: connect(path, "rw")
    return made


def old_database(path, revision):
    """A database of an older schema, with rows of every kind that it has."""
    path.touch()
    command.upgrade(_alembic(path), "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.executescript(ROWS)
    command.upgrade(_alembic(path), revision)
    return path


@pytest.fixture
def older(tmp_path):
    """A database of schema 0001."""
    return old_database(tmp_path / "tracker.db", "0001")


@cache
def first_columns():
    """What the tables and views of the first schema have, in the order of theirs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "first.db"
        path.touch()
        command.upgrade(_alembic(path), "0001")
        with closing(sqlite3.connect(path)) as connection:
            return {
                name: ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
                for name in (*VIEWS, *TABLES)
            }


OPEN = {"alias": " WHERE known_to IS NULL", "entity_parent": " WHERE known_to IS NULL"}
"""What the older schemas hold of two tables."""


def digest(path, *, open_only=False):
    """Everything that the first schema can tell, through the views and from the tables.

    How reports compare with corrected shares is not, where `open_only`: it cannot tell corrected ones.
    """
    with closing(sqlite3.connect(path)) as connection:
        found = []
        for name, columns in first_columns().items():
            has = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
            columns = columns.replace("stance, ", "") if open_only else columns
            where = OPEN.get(name, "") if open_only and "known_to" in has else ""
            found.append(sorted(map(repr, connection.execute(f"SELECT {columns} FROM {name}{where}"))))
    assert all(found)
    return hashlib.sha256(repr(found).encode()).hexdigest()


def test_every_row_is_kept(older):
    before = digest(older)
    assert upgrade(older) == ("0001", HEAD)
    assert digest(older) == before
    with reading(older) as session:
        assert session.rows("SELECT url, etag, last_modified, asked FROM batch") == [(None,) * 4] * 2
        assert session.rows("SELECT * FROM mapping") == []
        assert "R1" in as_csv(records(session, Selection()))


def test_down_and_up_again(older):
    before = digest(older)
    upgrade(older)
    connection = sqlite3.connect(older)
    connection.execute("UPDATE batch SET url = 'https://a.org', asked = '{}' WHERE id = 1")
    connection.execute("INSERT INTO mapping VALUES (1, 'm', 'table', '{}', '2025-03-01T12:00:00.000000Z')")
    connection.commit()
    connection.close()
    held = tables(older)
    command.downgrade(_alembic(older), "0001")
    assert state(older) == "0001"
    assert digest(older) == before
    assert upgrade(older) == ("0001", HEAD)
    assert tables(older) == held


def test_an_upgraded_schema_is_the_one_that_a_new_database_has(older, tmp_path):
    from store.test_schema import snapshot

    upgrade(older)
    create(tmp_path / "new.db")
    assert snapshot(older) == snapshot(tmp_path / "new.db")


def test_a_migration_that_fails_leaves_the_file_byte_for_byte(older, monkeypatch):
    connection = sqlite3.connect(older)
    connection.execute("CREATE TABLE mapping (id)")  # the migration will meet it half way
    connection.close()
    before = older.read_bytes()
    with pytest.raises(Exception, match="mapping already exists"):
        upgrade(older)
    assert older.read_bytes() == before


class TestCommand:
    def test_a_copy_is_kept_and_named(self, older, tmp_path, capsys):
        before, rows = older.read_bytes(), digest(older)
        os.chmod(older, 0o600)
        assert run(["db", "upgrade", "--db", str(older)]) == 0
        copy = tmp_path / f"tracker.db.before-{HEAD}"
        assert capsys.readouterr() == (
            "",
            f"As it was, it is kept in {copy}\n{older} went from 0001 to {HEAD}.\n",
        )
        assert sorted(os.listdir(tmp_path)) == [older.name, copy.name]
        assert (state(copy), digest(copy), digest(older)) == ("0001", rows, rows)
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert len(copy.read_bytes()) <= len(before)
        assert run(["db", "upgrade", "--db", str(older)]) == 0
        assert capsys.readouterr().err == f"{older} is at schema {HEAD} already.\n"
        assert len(os.listdir(tmp_path)) == 2

    def test_no_copy_where_none_is_wanted(self, older, tmp_path, capsys):
        assert run(["db", "upgrade", "--no-backup", "--db", str(older)]) == 0
        assert capsys.readouterr().err == f"{older} went from 0001 to {HEAD}.\n"
        assert os.listdir(tmp_path) == [older.name]

    def test_a_copy_is_never_made_over_a_file(self, older, tmp_path):
        first = tmp_path / f"tracker.db.before-{HEAD}"
        first.write_text("precious")
        (tmp_path / f"tracker.db.before-{HEAD}.2").symlink_to("nowhere")
        assert run(["db", "upgrade", "--db", str(older)]) == 0
        assert first.read_text() == "precious"
        assert state(tmp_path / f"tracker.db.before-{HEAD}.3") == "0001"

    def test_no_upgrade_without_the_copy(self, older, monkeypatch, capsys):
        def full(*_args, **_more):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(backup, "apart", full)
        before = older.read_bytes()
        assert run(["db", "upgrade", "--db", str(older)]) == 1
        assert "no copy of the database can be made there: No space left on device" in capsys.readouterr().err
        assert older.read_bytes() == before

    @pytest.mark.parametrize("words", [["show"], ["market", "list"], ["refresh", "--all"], ["db", "path"]])
    def test_the_others_ask_for_it(self, older, words, capsys):
        before = older.read_bytes()
        code = run([*words, "--db", str(older)])
        if words != ["db", "path"]:
            assert code == 3
            assert capsys.readouterr().err == (
                f"{older} has the older schema 0001; this program reads {HEAD}\n"
                f"Bring it up to date: tracker db upgrade --db {older}\n"
            )
        assert older.read_bytes() == before


@pytest.mark.parametrize("name", ["a b.db", "100%.db", "a#b?c.db", "file:x.db", os.fsdecode(b"\xff.db"), "a'b.db"])
def test_a_copy_of_a_database_of_any_name(tmp_path, name):
    create(tmp_path / name)
    copy = backup.back_up(tmp_path / name, "before-x")
    assert copy == tmp_path / f"{name}.before-x"
    assert state(copy) == HEAD
    assert sorted(os.listdir(tmp_path)) == sorted([name, copy.name])


def test_a_copy_on_a_disk_without_links(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    create(tmp_path / "tracker.db")
    (tmp_path / "tracker.db.before-x").write_text("precious")
    assert backup.back_up(tmp_path / "tracker.db", "before-x").name == "tracker.db.before-x.2"
    assert (tmp_path / "tracker.db.before-x").read_text() == "precious"


def test_a_copy_that_fails_leaves_nothing(tmp_path, monkeypatch):
    create(tmp_path / "tracker.db")
    monkeypatch.setattr(backup, "quote", lambda _: "/nowhere/at/all")
    with pytest.raises(TrackerError):
        backup.back_up(tmp_path / "tracker.db", "before-x")
    assert os.listdir(tmp_path) == ["tracker.db"]


def test_every_revision_up_and_down_with_rows_of_every_kind(tmp_path):
    """What a schema can hold is in it after each step; at the newest again it is all there, in every table and view."""
    path = of_every_kind(tmp_path / "tracker.db")
    assert [name for name, rows in tables(path).items() if not rows] == []
    before, held, told = digest(path, open_only=True), tables(path), views(path)
    for revision in ("0002", "0003", "0001", "0003", "0002", "0001", "0002", "0003"):
        step = command.downgrade if revision < str(state(path)) else command.upgrade
        step(_alembic(path), revision)
        assert state(path) == revision
        assert digest(path, open_only=True) == before, revision
        assert list(file_damages(path)) == []
        if revision == HEAD:
            assert (tables(path), views(path)) == (held, told)
            assert list(damages(path)) == []
    assert run(["show", "--db", str(path)]) == 0


def test_what_the_older_schema_cannot_hold_comes_back_beside_what_was_written_meanwhile(tmp_path):
    """An older program knows nothing of closed names, and gives their ids away."""
    path = of_every_kind(tmp_path / "tracker.db")
    command.downgrade(_alembic(path), "0002")
    with closing(sqlite3.connect(path)) as connection:
        closed = "SELECT id FROM {} WHERE known_to IS NOT NULL"
        for table in ("alias", "entity_parent"):
            assert connection.execute(closed.format(f"kept_0003_{table}")).fetchall()
        taken = connection.execute(closed.format("kept_0003_alias")).fetchone()[0]
        connection.execute("INSERT INTO alias VALUES (?, 1, 'Meanwhile', 'meanwhile')", [taken])
        connection.commit()
    assert run(["db", "upgrade", "--no-backup", "--db", str(path)]) == 0
    with closing(sqlite3.connect(path)) as connection:
        found = dict(
            connection.execute("SELECT name, known_to IS NULL FROM alias WHERE name IN ('Meanwhile', 'arr-one')")
        )
        assert connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'kept%'").fetchall() == []
    assert found == {"Meanwhile": 1, "arr-one": 0}
    assert list(damages(path)) == []


def test_nothing_is_taken_down_below_the_first_schema_while_there_are_rows(older):
    before = older.read_bytes()
    with pytest.raises(
        RuntimeError, match=r"would be lost that are in alias, batch, citation, entity, .*, superseded$"
    ):
        command.downgrade(_alembic(older), "base")
    assert older.read_bytes() == before


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_step_that_fails_leaves_the_old_one_and_the_same_command_completes(tmp_path, revision, monkeypatch):
    """After each statement of the migration it fails once."""
    path = old_database(tmp_path / "tracker.db", revision)
    before, rows = path.read_bytes(), digest(path)
    statements = 0

    def failing(at):
        def look(statement):
            nonlocal statements
            statements += 1
            if statements == at:
                raise RuntimeError("stopped here")

        return look

    for at in (1, 5, 12, 20):
        statements = 0
        with monkeypatch.context() as context:
            stopping(context, failing(at))
            with pytest.raises(RuntimeError, match="stopped here"):
                upgrade(path)
        assert path.read_bytes() == before
        assert state(path) == revision
    assert run(["db", "upgrade", "--no-backup", "--db", str(path)]) == 0
    assert digest(path) == rows
    assert list(damages(path)) == []


def stopping(context, look):
    """Have every statement that a migration runs looked at first."""
    from alembic.ddl.impl import DefaultImpl

    run_it = DefaultImpl._exec

    def looked(self, *about, **more):
        look(about)
        return run_it(self, *about, **more)

    context.setattr(DefaultImpl, "_exec", looked)


@pytest.mark.slow
def test_killed_in_the_middle_the_same_command_completes(tmp_path):
    """The process is killed while statements of the migration are behind it, and others before it."""
    script = (
        "import os, signal, sys; from alembic.ddl.impl import DefaultImpl as D; run = D._exec; n = [0]\n"
        "def looked(self, *a, **m):\n"
        "    n[0] += 1\n"
        "    if n[0] == int(sys.argv[1]): os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return run(self, *a, **m)\n"
        "D._exec = looked\n"
        "from tracker.cli.boundary import run as main; sys.exit(main(sys.argv[2:]))"
    )
    for at in (3, 14, 20):
        path = old_database(tmp_path / f"{at}.db", "0001")
        rows = digest(path)
        words = ["db", "upgrade", "--no-backup", "--db", str(path)]
        done = subprocess.run([sys.executable, "-c", script, str(at), *words], capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert state(path) in ("0001", None)
        assert run(words) == 0
        assert digest(path) == rows
        assert list(damages(path)) == []


def test_a_newer_one_is_refused_by_every_command_unharmed(tmp_path, capsys):
    path = of_every_kind(tmp_path / "tracker.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = path.read_bytes()
    for words in ("show", "undo 3", "db upgrade", "db backup", "db vacuum", "init", "source add z --title Z"):
        assert run([*words.split(), "--db", str(path)]) == 3, words
        assert "has the schema 9999, which is newer than this program" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["tracker.db"]


def test_nothing_is_copied_where_nothing_can_be_done(older, monkeypatch):
    called = []
    connection = sqlite3.connect(older)
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.commit()
    connection.close()
    with pytest.raises(SchemaMismatch, match="does not know"):
        migrate.upgrade(older, lambda: called.append(1))
    assert not called
