"""What is left of a damaged database is saved, all of it and nothing else, and what is lost is told."""

import os
import random
import sqlite3
from contextlib import closing

import pytest

from store.kinds import copy, damaged, of_every_kind, tables
from tracker.errors import DatabaseMissing, SchemaMismatch, TrackerError
from tracker.store.integrity import damages
from tracker.store.salvage.pages import Pages
from tracker.store.salvage.records import varint
from tracker.store.salvage.saving import salvage

PAGE = 4096


@pytest.fixture
def whole(tmp_path):
    return of_every_kind(tmp_path / "tracker.db")


def count(rows):
    return sum(map(len, rows.values()))


def root(path, table):
    """The byte at which the tree of a table begins, and its length."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return (page - 1) * PAGE


def test_of_a_sound_one_every_row_is_saved(whole, tmp_path):
    before = whole.read_bytes()
    saved = salvage(whole, tmp_path / "new.db")
    assert tables(tmp_path / "new.db") == tables(whole)
    assert (saved.left, saved.broken, saved.lost, saved.remarks, saved.batches) == ([], 0, [], [], [])
    assert saved.rows == {name: len(rows) for name, rows in tables(whole).items() if name != "alembic_version"}
    assert whole.read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["new.db", "tracker.db"]


@pytest.mark.parametrize("content", [bytes(PAGE), bytes(range(256)) * 16], ids=["zeros", "noise"])
def test_without_the_first_page_every_row_is_found_by_what_it_looks_like(whole, tmp_path, content):
    rows = tables(whole)
    saved = salvage(damaged(whole, 0, content), tmp_path / "new.db")
    assert tables(tmp_path / "new.db") == rows
    assert saved.lost == [1]
    assert any("which schema it had cannot be read" in said for said in saved.remarks)
    assert not list(damages(tmp_path / "new.db"))


def test_without_the_root_of_a_table_its_rows_are_found(whole, tmp_path):
    rows = tables(whole)
    saved = salvage(damaged(whole, root(whole, "observation"), bytes(PAGE)), tmp_path / "new.db")
    assert len(tables(tmp_path / "new.db")["observation"]) >= len(rows["observation"]) - 5
    assert saved.lost == [root(whole, "observation") // PAGE + 1]


def test_what_leads_to_a_lost_row_is_left_out_and_counted(whole, tmp_path):
    rows = tables(whole)
    saved = salvage(damaged(whole, root(whole, "batch"), bytes(PAGE)), tmp_path / "new.db")
    assert saved.rows["batch"] == saved.rows["observation"] == 0
    assert ("observation", "their batch is lost", len(rows["observation"])) in saved.left
    assert not list(damages(tmp_path / "new.db"))


def test_a_lost_row_that_stands_in_an_index_is_read_there(whole, tmp_path):
    rows = tables(whole)
    salvage(damaged(whole, root(whole, "series"), bytes(PAGE)), tmp_path / "new.db")
    assert tables(tmp_path / "new.db") == rows


def test_how_many_facts_of_a_batch_are_missing_is_told(whole, tmp_path):
    with Pages(whole) as pages:
        leaf = next(
            number
            for number in range(2, pages.count + 1)
            if (page := pages.page(number)) and page.kind == 10 and len(page.cells) > 40 and b"A" in page.data
        )
    saved = salvage(damaged(whole, (leaf - 1) * PAGE, bytes(PAGE)), tmp_path / "new.db")
    assert leaf in saved.lost
    now = tables(tmp_path / "new.db")
    assert all(missing <= told for _, told, missing in saved.batches)
    assert (saved.batches != []) == (len(now["observation"]) < len(tables(of_every_kind(whole))["observation"]))


@pytest.mark.parametrize("seed", range(25))
def test_random_damage(whole, tmp_path, seed):
    """No row is made up, none is lost in silence, and the new one is sound."""
    rows, random_ = tables(whole), random.Random(seed)
    place = random_.randrange(whole.stat().st_size // PAGE) * PAGE
    damaged(whole, place, random_.choice([bytes(PAGE), random_.randbytes(PAGE), bytes(512)]))
    before = whole.read_bytes()
    try:
        saved = salvage(whole, tmp_path / "new.db")
    except SchemaMismatch:
        pytest.fail("the schema is told by the tables")
    now = tables(tmp_path / "new.db")
    assert all(set(found) <= set(rows[name]) for name, found in now.items() if name != "alembic_version")
    if count(now) < count(rows):
        assert saved.lost or saved.left or saved.broken
    assert not list(damages(tmp_path / "new.db"))
    assert whole.read_bytes() == before


@pytest.mark.parametrize("length", [PAGE * 20, PAGE * 20 + 7])
def test_a_file_that_is_cut_off(whole, tmp_path, length):
    rows = tables(whole)
    os.truncate(whole, length)
    saved = salvage(whole, tmp_path / "new.db")
    assert "it is cut off: 40 of its 60 pages are missing, whole or in part" in saved.remarks
    assert all(page <= saved.pages for page in saved.lost)
    assert all(set(found) <= set(rows[name]) for name, found in tables(tmp_path / "new.db").items())


def test_each_page_with_rows_is_told_while_it_is_read(whole, tmp_path):
    told = []
    salvage(whole, tmp_path / "new.db", told.append)
    assert told == sorted(told)
    assert len(told) > 40


def test_a_long_text_is_read_over_its_pages(whole, tmp_path):
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute("UPDATE citation SET quote = ? WHERE id = 1", ("long " * 5000,))
        connection.commit()
    salvage(whole, tmp_path / "new.db")
    assert tables(tmp_path / "new.db") == tables(whole)


def test_what_was_deleted_stays_so(whole, tmp_path):
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute("DELETE FROM claim")
        connection.execute("DELETE FROM carried")
        connection.execute("DELETE FROM observation WHERE series_id IN (SELECT max(series_id) FROM observation)")
        connection.commit()
    salvage(whole, tmp_path / "new.db")
    assert tables(tmp_path / "new.db") == tables(whole)


def test_what_a_stopped_program_had_begun_is_left_out(whole, tmp_path):
    rows = tables(whole)
    with closing(sqlite3.connect(whole, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE observation SET note = 'half'")
        copy(whole, tmp_path / "killed.db")
        copy(tmp_path / "tracker.db-journal", tmp_path / "killed.db-journal")
        connection.execute("ROLLBACK")
    before = (tmp_path / "killed.db").read_bytes()
    saved = salvage(tmp_path / "killed.db", tmp_path / "new.db")
    assert tables(tmp_path / "new.db") == rows
    assert saved.remarks == ["a write had been interrupted; what it had not committed is left out"]
    assert (tmp_path / "killed.db").read_bytes() == before
    assert (tmp_path / "killed.db-journal").exists()


class TestRefusals:
    def test_nothing_is_written_over(self, whole, tmp_path):
        (tmp_path / "new.db").write_text("precious")
        (tmp_path / "link").symlink_to("nowhere")
        for name in ("new.db", "link", "tracker.db"):
            with pytest.raises(TrackerError, match="is there already"):
                salvage(whole, tmp_path / name)
        assert (tmp_path / "new.db").read_text() == "precious"
        assert sorted(os.listdir(tmp_path)) == ["link", "new.db", "tracker.db"]

    def test_no_database(self, tmp_path):
        with pytest.raises(DatabaseMissing):
            salvage(tmp_path / "none.db", tmp_path / "new.db")
        (tmp_path / "empty.db").touch()
        with pytest.raises(SchemaMismatch, match="empty file"):
            salvage(tmp_path / "empty.db", tmp_path / "new.db")
        (tmp_path / "text").write_text("no database at all " * 1000)
        with pytest.raises(TrackerError, match="not one row"):
            salvage(tmp_path / "text", tmp_path / "new.db")
        assert not (tmp_path / "new.db").exists()

    def test_one_of_another_program(self, tmp_path):
        with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
            connection.execute("CREATE TABLE t (x)")
        with pytest.raises(SchemaMismatch, match="not a database of tracker"):
            salvage(tmp_path / "other.db", tmp_path / "new.db")

    def test_a_newer_one(self, whole, tmp_path):
        with closing(sqlite3.connect(whole)) as connection:
            connection.execute("CREATE TABLE newer (x)")
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
        with pytest.raises(SchemaMismatch, match="newer than this program"):
            salvage(whole, tmp_path / "new.db")

    def test_a_folder_that_is_not_there(self, whole, tmp_path):
        with pytest.raises(TrackerError, match="No such file"):
            salvage(whole, tmp_path / "no" / "new.db")


@pytest.mark.parametrize(
    ("text", "number"),
    [("00", 0), ("7f", 127), ("8100", 128), ("ff" * 9, 2**64 - 1), ("83" + "80" * 7 + "00", 3 << 57)],
)
def test_numbers_of_one_to_nine_bytes(text, number):
    assert varint(bytes.fromhex(text), 0) == (number, len(text) // 2)
