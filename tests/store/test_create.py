import os
import sqlite3
import stat

import pytest

from tracker.errors import DatabaseMissing, SchemaMismatch, TrackerError
from tracker.store.contents import contents
from tracker.store.engine import HEAD, reading, writing
from tracker.store.migrate import create, state, upgrade


def _fail(*_):
    raise RuntimeError("half way")


@pytest.mark.parametrize(
    "name", ["a b.db", "100%.db", "a#b.db", "a?mode=memory.db", "Türkiye.db", "a/b/c.db", "%41.db"]
)
def test_any_name_of_a_file(tmp_path, name):
    create(tmp_path / name)
    with writing(tmp_path / name) as session:
        session.insert("entity", {"name": "A", "kind": "lab", "hue": "blue"})
    with reading(tmp_path / name) as session:
        assert contents(session)["entity"] == 1
    assert [file.name for file in (tmp_path / name).parent.iterdir()] == [(tmp_path / name).name]


def test_a_name_that_is_not_utf8(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.db")
    create(path)
    assert state(path) == HEAD


def test_two_slashes_at_the_start_name_no_host(tmp_path):
    path = type(tmp_path)("/" + str(tmp_path / "tracker.db"))
    create(path)
    assert state(path) == HEAD


def test_the_file_has_the_usual_rights(tmp_path):
    create(tmp_path / "tracker.db")
    (tmp_path / "other").touch()
    assert stat.S_IMODE((tmp_path / "tracker.db").stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


@pytest.mark.parametrize("broken", ["migrate._migrate", "engine.file_making._move"])
def test_a_failure_leaves_nothing(tmp_path, monkeypatch, broken):
    monkeypatch.setattr(f"tracker.store.{broken}", _fail)
    with pytest.raises(RuntimeError):
        create(tmp_path / "tracker.db")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_of_the_first_rows_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError):
        create(tmp_path / "tracker.db", _fail)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_database(tmp_path):
    (tmp_path / "tracker.db").touch()
    create(tmp_path / "tracker.db")
    assert state(tmp_path / "tracker.db") == HEAD


def test_what_is_there_already_stays(tmp_path):
    path = tmp_path / "tracker.db"
    path.write_text("precious")
    with pytest.raises(TrackerError, match="made by somebody else meanwhile"):
        create(path)
    assert path.read_text() == "precious"
    assert list(tmp_path.iterdir()) == [path]


def test_of_two_that_create_at_once_the_first_wins(tmp_path):
    path = tmp_path / "tracker.db"

    def meanwhile(_session):
        create(path)
        with writing(path) as session:
            session.insert("entity", {"name": "first", "kind": "lab", "hue": "blue"})

    with pytest.raises(TrackerError, match="made by somebody else meanwhile"):
        create(path, meanwhile)
    with reading(path) as session:
        assert session.value("SELECT name FROM entity") == "first"


def test_a_disk_without_links(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    create(tmp_path / "tracker.db")
    assert state(tmp_path / "tracker.db") == HEAD


def test_a_folder_that_cannot_be(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(TrackerError, match="Choose a folder that you can write to"):
        create(tmp_path / "file" / "tracker.db")


def test_upgrading_what_is_up_to_date_changes_nothing(tmp_path):
    path = tmp_path / "tracker.db"
    create(path)
    before = path.read_bytes()
    assert upgrade(path) == (HEAD, HEAD)
    assert path.read_bytes() == before


def _sql(path, *statements):
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def test_there_is_no_state_of_nothing(tmp_path):
    assert state(tmp_path / "no.db") is None
    (tmp_path / "empty.db").touch()
    assert state(tmp_path / "empty.db") is None


@pytest.mark.parametrize("use", [state, upgrade])
def test_files_of_others_are_refused(tmp_path, use):
    (tmp_path / "text.db").write_text("not a database, but long enough to have the header of one" * 20)
    with pytest.raises(SchemaMismatch, match="is no SQLite database"):
        use(tmp_path / "text.db")
    with pytest.raises(SchemaMismatch, match="is not a database of tracker"):
        use(_sql(tmp_path / "foreign.db", "CREATE TABLE t (x)"))
    with pytest.raises(DatabaseMissing, match="is a folder"):
        use(tmp_path)


def test_upgrading_nothing(tmp_path):
    with pytest.raises(DatabaseMissing, match="tracker init --db"):
        upgrade(tmp_path / "no.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(SchemaMismatch, match="tracker init --db"):
        upgrade(tmp_path / "empty.db")
    create(tmp_path / "newer.db")
    with pytest.raises(SchemaMismatch, match="pip install --upgrade"):
        upgrade(_sql(tmp_path / "newer.db", "UPDATE alembic_version SET version_num = '9999'"))
