"""`tracker db`: copies, damage and size, as a person sees them."""

import os
import re
import sqlite3
from contextlib import closing

import pytest

COMMANDS = (
    ("backup",),
    ("backup", "-o", "copy.db"),
    ("restore", "copy.db"),
    ("check",),
    ("salvage", "-o", "new.db"),
    ("vacuum",),
)


def dated(text):
    return re.sub(r"\d{4}-\d\d-\d\d", "DAY", text)


def zeroed(path, table):
    """Put zeros where a table begins."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with path.open("rb+") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))


class TestBackup:
    def test_named_by_the_day(self, call, starter, tmp_path):
        size = f"{starter.stat().st_size:,}"
        result = call("db", "backup")
        assert (result.code, result.out) == (0, "")
        assert dated(result.err) == f"Copied HERE/tracker.db to HERE/tracker.db.backup-DAY: {size} bytes, 1 batch.\n"
        assert dated(call("db", "backup").err).startswith("Copied HERE/tracker.db to HERE/tracker.db.backup-DAY.2: ")
        assert len(os.listdir(tmp_path)) == 3

    def test_to_a_name(self, call, starter, tmp_path):
        assert call("db", "backup", "-o", "copy.db").code == 0
        again = call("db", "backup", "-o", "copy.db")
        assert (again.code, again.err) == (
            1,
            "HERE/copy.db is there already\nChoose another name, or replace it with --force.\n",
        )
        assert call("db", "backup", "-o", "copy.db", "--force").code == 0
        assert call("show", "--db", tmp_path / "copy.db").out == call("show").out

    def test_of_nothing(self, call):
        assert call("db", "backup").code == 3


class TestRestore:
    def test_there_and_back(self, call, starter, tmp_path):
        call("db", "backup", "-o", "copy.db")
        before = call("log").out
        call("source", "add", "later", "--title", "Later")
        result = call("db", "restore", "copy.db")
        assert (result.code, result.out, result.err) == (
            0,
            "",
            "As it was, it is kept in HERE/tracker.db.before-restore\nHERE/tracker.db is now what copy.db is.\n",
        )
        assert call("log").out == before
        assert "later" not in call("source", "list").out
        assert "later" in call("source", "list", "--db", tmp_path / "tracker.db.before-restore").out

    def test_a_damaged_one(self, call, starter, unchanged):
        call("db", "backup", "-o", "copy.db")
        os.truncate("copy.db", 100_000)
        with unchanged(starter):
            result = call("db", "restore", "copy.db")
        assert result.code == 3
        assert result.err.startswith("copy.db is damaged (database disk image is malformed)\n")

    def test_an_older_one(self, call, tmp_path):
        from store.test_upgrade import old_database

        old_database(tmp_path / "old.db", "0002")
        result = call("db", "restore", "old.db")
        assert (result.code, result.err) == (
            0,
            "HERE/tracker.db is now what old.db is.\n"
            "It has the older schema 0002; bring it up to date: tracker db upgrade\n",
        )
        assert call("db", "upgrade").code == 0
        assert call("show").code == 0


class TestCheck:
    def test_sound(self, call, starter, unchanged):
        with unchanged(starter):
            result = call("db", "check")
        assert result.code == 0
        assert "observation     152\n" in result.out
        assert result.err == "HERE/tracker.db is whole: 26 tables and views can be read.\n"

    def test_damaged(self, call, starter, unchanged):
        zeroed(starter, "observation")
        with unchanged(starter):
            result = call("db", "check", "--format", "csv")
        assert result.code == 1
        assert "\nobservation,0,not all of its rows can be read: database disk image is malformed\n" in result.out
        assert "\ncitation,33,\n" in result.out
        for command in ("check", "restore FILE", "salvage -o NEW"):
            assert f"tracker db {command} --db HERE/tracker.db" in result.err

    def test_an_older_one(self, call, tmp_path):
        from store.test_upgrade import old_database

        old_database(tmp_path / "tracker.db", "0001")
        result = call("db", "check")
        assert (result.code, result.err.splitlines()[0]) == (0, "It has the schema 0001; this program reads 0003.")

    @pytest.mark.parametrize("content", [None, b"", b"text " * 100])
    def test_none(self, call, tmp_path, content):
        if content is not None:
            (tmp_path / "tracker.db").write_bytes(content)
        result = call("db", "check")
        assert result.code == (1 if content else 3)


class TestSalvage:
    def test_what_is_lost_is_told(self, call, starter, unchanged):
        before = call("show").out
        zeroed(starter, "batch")
        result = call("db", "salvage", "-o", "new.db")
        assert (result.code, result.out) == (0, "")
        assert "  observation: 152 rows left out: their batch is lost\n" in result.err
        assert "  1 of 56 pages are lost, or something on them: " in result.err
        assert call("show", "--db", "new.db").out != before
        assert call("db", "check", "--db", "new.db").code == 0

    def test_nothing_is_lost(self, call, starter):
        result = call("db", "salvage", "-o", "new.db")
        assert "Nothing is missing that the file tells of.\n" in result.err
        assert call("export", "--db", "new.db").out == call("export").out
        again = call("db", "salvage", "-o", "new.db")
        assert (again.code, again.err) == (1, "new.db is there already\nName a file that is not there yet.\n")


class TestVacuum:
    def test_it_says_the_sizes(self, call, starter):
        with closing(sqlite3.connect(starter)) as connection:
            connection.execute("UPDATE citation SET quote = ?", ("x" * 9000,))
            connection.execute("UPDATE citation SET quote = NULL")
            connection.commit()
        before = starter.stat().st_size
        result = call("db", "vacuum")
        assert result.err == f"HERE/tracker.db had {before:,} bytes, and has {starter.stat().st_size:,} bytes.\n"
        assert starter.stat().st_size < before

    def test_a_damaged_one_is_left(self, call, starter, unchanged):
        zeroed(starter, "citation")
        with unchanged(starter):
            result = call("db", "vacuum")
        assert result.code == 3
        assert "is damaged" in result.err


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_server_has_programs_of_its_own_for_that(call, words):
    result = call("db", *words, "--db", "postgresql+psycopg://ada:secret@localhost/shares")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "postgresql+psycopg://ada:***@localhost/shares: this is PostgreSQL, not a file\n"
        "Use what the server has for that: pg_dump, pg_restore, VACUUM.\n"
    )
