"""A backup comes back at once or not at all; what was there is kept, and what is not sound is refused."""

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.kinds import copy, damaged, of_every_kind, tables
from tracker.errors import DatabaseMissing, SchemaMismatch, TrackerError
from tracker.store import restore as restoring
from tracker.store.backup import back_up
from tracker.store.restore import restore


@pytest.fixture
def whole(tmp_path):
    return of_every_kind(tmp_path / "tracker.db")


@pytest.fixture
def saved(whole):
    """A backup, after which something was recorded that it does not have."""
    made = back_up(whole, "backup")
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute("INSERT INTO source (slug, title) VALUES ('later', 'Later')")
        connection.commit()
    return made


def files(path):
    return {file.name: file.read_bytes() for file in sorted(path.parent.iterdir())}


def test_what_was_there_is_kept(whole, saved, tmp_path):
    now, then = whole.read_bytes(), tables(saved)
    done = restore(saved, whole)
    assert tables(whole) == tables(saved) == then
    assert done.kept == tmp_path / "tracker.db.before-restore"
    assert done.kept.read_bytes() == now
    assert sorted(os.listdir(tmp_path)) == ["tracker.db", "tracker.db.backup", "tracker.db.before-restore"]
    assert restore(done.kept, whole).kept == tmp_path / "tracker.db.before-restore.2"
    assert "later" in str(tables(whole)["source"])


def test_what_was_there_is_given_up_on_request(whole, saved, tmp_path):
    assert restore(saved, whole, keep=False).kept is None
    assert tables(whole) == tables(saved)
    assert sorted(os.listdir(tmp_path)) == ["tracker.db", "tracker.db.backup"]


def test_to_where_nothing_was(whole, tmp_path):
    done = restore(whole, tmp_path / "new" / "place.db")
    assert done.kept is None
    assert tables(tmp_path / "new" / "place.db") == tables(whole)


def test_in_the_place_of_a_damaged_one(whole, saved):
    damaged(whole, 0, bytes(50_000))
    now = whole.read_bytes()
    with pytest.raises(SchemaMismatch, match="not given up unseen"):
        restore(saved, whole, keep=False)
    assert whole.read_bytes() == now
    done = restore(saved, whole)
    assert done.kept.read_bytes() == now
    assert tables(whole) == tables(saved)


def test_a_journal_of_the_old_one_does_not_get_into_the_new_one(whole, saved, tmp_path):
    with closing(sqlite3.connect(whole, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE observation SET note = 'begun only'")
        parts = [(tmp_path / f"tracker.db{ending}").read_bytes() for ending in ("", "-journal")]
        connection.execute("ROLLBACK")
    Path(whole).write_bytes(parts[0])
    (tmp_path / "tracker.db-journal").write_bytes(parts[1])
    done = restore(saved, whole)
    assert tables(whole) == tables(saved)
    assert not (tmp_path / "tracker.db-journal").exists()
    assert "later" in str(tables(done.kept)["source"])
    assert "begun only" not in str(tables(done.kept)["observation"])


class TestRefusals:
    """Each leaves every file as it was, and none more."""

    def refused(self, backup, whole, match, kind=TrackerError):
        before = files(whole)
        with pytest.raises(kind, match=match):
            restore(backup, whole)
        assert files(whole) == before

    @pytest.mark.parametrize("seed", range(10))
    def test_a_damaged_backup(self, whole, saved, seed):
        random_ = random.Random(seed)
        page = random_.randrange(saved.stat().st_size // 4096) * 4096
        damaged(saved, page, random_.randbytes(4096))
        self.refused(saved, whole, "is not restored|is damaged|no SQLite|not a database|schema")

    @pytest.mark.parametrize("cut", [1, 512, 4096, 50_000])
    def test_one_that_is_cut_off(self, whole, saved, cut):
        os.truncate(saved, saved.stat().st_size - cut)
        self.refused(saved, whole, "is not restored|is damaged")

    def test_one_whose_references_are_broken(self, whole, saved):
        with closing(sqlite3.connect(saved)) as connection:
            connection.execute("DELETE FROM citation")
            connection.commit()
        self.refused(saved, whole, "is not restored: .* references of observation to citation")

    def test_what_is_none(self, whole, tmp_path):
        self.refused(tmp_path / "none.db", whole, "there is no database", DatabaseMissing)
        self.refused(tmp_path, whole, "is a folder", DatabaseMissing)
        (tmp_path / "text").write_text("text " * 1000)
        self.refused(tmp_path / "text", whole, "is no SQLite database", SchemaMismatch)
        (tmp_path / "empty").touch()
        self.refused(tmp_path / "empty", whole, "empty file", SchemaMismatch)
        self.refused(whole, whole, "is the database itself")

    def test_one_of_another_program(self, whole, tmp_path):
        with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
            connection.execute("CREATE TABLE t (x)")
        self.refused(tmp_path / "other.db", whole, "not a database of tracker", SchemaMismatch)
        before = files(whole)
        with pytest.raises(SchemaMismatch, match="not a database of tracker"):
            restore(whole, tmp_path / "other.db")
        assert files(whole) == before

    def test_a_newer_one(self, whole, saved):
        with closing(sqlite3.connect(saved)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
        self.refused(saved, whole, "newer than this program", SchemaMismatch)

    @pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN; SELECT * FROM batch"])
    def test_where_somebody_is_at_work(self, whole, saved, begin, monkeypatch):
        monkeypatch.setattr(restoring, "BRIEF", 50)
        with closing(sqlite3.connect(whole, isolation_level=None)) as connection:
            for statement in begin.split(";"):
                connection.execute(statement).fetchone()
            self.refused(saved, whole, "is in use by another program; nothing was changed")

    def test_where_there_is_no_room(self, whole, saved, monkeypatch):
        def full(*_args, **_more):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("tracker.store.backup.apart", full)
        self.refused(saved, whole, "No space left on device")

    def test_where_the_name_cannot_be_given(self, whole, saved, monkeypatch):
        def refuse(*_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "replace", refuse)
        rows = tables(whole)
        with pytest.raises(TrackerError, match="Permission denied"):
            restore(saved, whole)
        assert tables(whole) == rows


def test_an_older_one_is_restored_as_it_is(tmp_path):
    from store.test_upgrade import old_database

    older = old_database(tmp_path / "older.db", "0001")
    before = tables(older)
    assert restore(older, tmp_path / "tracker.db").revision == "0001"
    assert tables(tmp_path / "tracker.db") == before


def test_on_a_disk_without_links(whole, saved, monkeypatch):
    def refuse(*_):
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    now = whole.read_bytes()
    assert restore(saved, whole).kept.read_bytes() == now
    assert tables(whole) == tables(saved)
    copy(whole, whole.with_name("again.db"))
