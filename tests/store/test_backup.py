"""A copy is whole or not there, and never over anything that nobody gave up."""

import os
import sqlite3
import stat
import threading
from contextlib import closing

import pytest

from store.kinds import of_every_kind, tables
from tracker.errors import TrackerError
from tracker.store import backup
from tracker.store.backup import back_up_to
from tracker.store.vacuum import vacuum


@pytest.fixture
def whole(tmp_path):
    return of_every_kind(tmp_path / "tracker.db")


def test_every_row_is_in_it(whole, tmp_path):
    os.chmod(whole, 0o600)
    back_up_to(whole, tmp_path / "copy.db")
    assert tables(tmp_path / "copy.db") == tables(whole)
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert sorted(os.listdir(tmp_path)) == ["copy.db", "tracker.db"]


def test_while_others_write(whole, tmp_path):
    """A copy made in the middle of somebody's transaction has none of it."""
    rows = tables(whole)
    with closing(sqlite3.connect(whole, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM claim")
        back_up_to(whole, tmp_path / "copy.db")
        connection.execute("COMMIT")
    assert tables(tmp_path / "copy.db") == rows
    assert tables(whole)["claim"] == []


def test_copies_and_writes_in_turns(whole, tmp_path):
    done = threading.Event()

    def write():
        with closing(sqlite3.connect(whole, timeout=60, isolation_level=None)) as connection:
            for number in range(60):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO source (slug, title) VALUES (?, 'one')", (f"a{number}",))
                connection.execute("INSERT INTO source (slug, title) VALUES (?, 'two')", (f"b{number}",))
                connection.execute("COMMIT")
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(5):
        back_up_to(whole, tmp_path / f"{number}.db")
    writer.join()
    assert done.is_set()
    for number in range(5):
        with closing(sqlite3.connect(tmp_path / f"{number}.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            one, two = (
                connection.execute("SELECT count(*) FROM source WHERE title = ?", (title,)).fetchone()[0]
                for title in ("one", "two")
            )
            assert one == two


class TestOver:
    def test_a_file_is_replaced_only_by_force(self, whole, tmp_path):
        (tmp_path / "copy.db").write_text("precious")
        with pytest.raises(TrackerError, match="is there already"):
            back_up_to(whole, tmp_path / "copy.db")
        assert (tmp_path / "copy.db").read_text() == "precious"
        back_up_to(whole, tmp_path / "copy.db", force=True)
        assert tables(tmp_path / "copy.db") == tables(whole)

    def test_what_is_in_the_place_stays_where_the_copy_fails(self, whole, tmp_path, monkeypatch):
        (tmp_path / "copy.db").write_text("precious")
        monkeypatch.setattr(backup, "quote", lambda _: "/nowhere/at/all")
        with pytest.raises(TrackerError):
            back_up_to(whole, tmp_path / "copy.db", force=True)
        assert (tmp_path / "copy.db").read_text() == "precious"
        assert sorted(os.listdir(tmp_path)) == ["copy.db", "tracker.db"]

    @pytest.mark.parametrize("force", [True, False])
    def test_the_database_itself_never(self, whole, tmp_path, force):
        before = whole.read_bytes()
        (tmp_path / "link.db").symlink_to("tracker.db")
        os.link(whole, tmp_path / "hard.db")
        for name in ("tracker.db", "link.db", "hard.db"):
            with pytest.raises(TrackerError, match="is the database itself"):
                back_up_to(whole, tmp_path / name, force=force)
        assert whole.read_bytes() == before

    def test_no_folder(self, whole, tmp_path):
        (tmp_path / "folder").mkdir()
        with pytest.raises(TrackerError, match="is no file"):
            back_up_to(whole, tmp_path / "folder", force=True)


def test_compacting(whole):
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute("UPDATE citation SET quote = ?", ("x" * 4000,))
        connection.execute("UPDATE citation SET quote = NULL")
        connection.commit()
    rows, size = tables(whole), whole.stat().st_size
    before, after = vacuum(whole)
    assert (before, after) == (size, whole.stat().st_size)
    assert after < before
    assert tables(whole) == rows
