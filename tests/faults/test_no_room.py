"""The disk is full: it is said, the database is as before, and nothing half written stands under its name."""

import os
import resource
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from faults.disturbed import beside, digest, sound, table
from faults.kill import _older
from tracker.cli.boundary import run

PAGE = 4096
NO_ROOM = ("no room", "the disk refused", "No space left", "File too large")

OUTPUTS = {
    "csv": ("export", "-o", "out.csv"),
    "json": ("export", "-o", "out.json"),
    "query": ("query", "select * from shares", "-o", "out.csv"),
    "parquet": ("query", "select * from shares", "-o", "out.parquet"),
    "png": ("chart", "DeepSeek R1", "--market", "poe/text-messages", "-o", "out.png"),
    "svg": ("chart", "DeepSeek R1", "--market", "poe/text-messages", "-o", "out.svg"),
    "pdf": ("chart", "DeepSeek R1", "--market", "poe/text-messages", "-o", "out.pdf"),
    "bundle": ("chart", "DeepSeek R1", "--market", "poe/text-messages", "--bundle", "out"),
}


def slowly(*values):
    """Points that are looked at where there is time."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]


@contextmanager
def at_most(size):
    """Let no file of this process grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def refused(capsys, words):
    """Run a command for which there is no room."""
    capsys.readouterr()
    code = run([str(word) for word in words])
    said = capsys.readouterr().err
    assert code == 1, (words, said)
    assert any(text in said for text in NO_ROOM), said
    assert "Traceback" not in said
    assert "error of tracker itself" not in said


@pytest.fixture
def room(small_disk):
    """Leave so many bytes on the small disk."""

    def leave(size):
        filler = small_disk / "filler"
        filler.unlink(missing_ok=True)
        free = shutil.disk_usage(small_disk).free
        filler.write_bytes(bytes(max(0, free - size)))

    return leave


@pytest.fixture
def rows(tmp_path):
    return table(tmp_path / "rows.csv", 3000)


@pytest.mark.parametrize("part", [0.02, 0.5, 0.98, *slowly(0.2, 0.4, 0.6, 0.8)])
def test_an_import_into_a_file_that_may_not_grow(database, rows, capsys, part):
    before, held, size = database.read_bytes(), digest(database), database.stat().st_size
    whole = Path(shutil.copy(database, database.with_name("whole.db")))
    assert run(["import", str(rows), "--db", str(whole)]) == 0
    grown = whole.stat().st_size - size
    whole.unlink()
    with at_most(size + int(grown * part)):
        refused(capsys, ["import", rows, "--db", database])
    assert sound(database)
    assert digest(database) == held
    assert database.read_bytes() == before
    assert beside(database) == []
    assert run(["import", str(rows), "--db", str(database)]) == 0


@pytest.mark.parametrize("pages", [0, 3, *slowly(1, 2, 5, 9, 20)])
def test_an_import_on_a_disk_that_fills(small_disk, room, starters, rows, capsys, pages):
    database = Path(shutil.copy(starters, small_disk / "tracker.db"))
    before = database.read_bytes()
    room(pages * PAGE)
    refused(capsys, ["import", rows, "--db", database])
    assert database.read_bytes() == before
    assert sound(database)
    assert beside(database) == ["filler"]
    (small_disk / "filler").unlink()
    assert run(["import", str(rows), "--db", str(database)]) == 0


def test_temporary_files_without_room(database, small_disk, room, rows, capsys, monkeypatch):
    """Whether an import needs them or not, nothing is half stored and nothing is left there."""
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(small_disk))
    monkeypatch.setattr(tempfile, "tempdir", None)
    room(0)
    before = database.read_bytes()
    for words in (["import", str(rows)], ["query", "select * from shares", "-o", "out.parquet"]):
        code = run([*words, "--db", str(database)])
        said = capsys.readouterr().err
        assert code == 0 or any(text in said for text in NO_ROOM), said
        assert code in (0, 1)
        assert code == 0 or database.read_bytes() == before
    assert os.listdir(small_disk) == ["filler"]


@pytest.mark.parametrize("what", ["csv", "parquet", *slowly("json", "query", "png", "svg", "pdf", "bundle")])
def test_an_output_into_a_folder_that_fills(small_disk, room, database, capsys, what, monkeypatch):
    monkeypatch.chdir(small_disk)
    words = [*OUTPUTS[what], "--db", database]
    name = words[words.index("-o" if "-o" in words else "--bundle") + 1]
    assert run([str(word) for word in words]) == 0
    stood = _content(Path(name))
    for size in (0, PAGE, 2 * PAGE):
        room(size)
        refused(capsys, words)
        assert _content(Path(name)) == stood
        assert sorted(os.listdir()) == sorted(["filler", name])
    Path("filler").unlink()
    _remove(Path(name))
    room(PAGE)
    refused(capsys, words)
    assert os.listdir() == ["filler"]


def _content(path):
    return {file.name: file.read_bytes() for file in path.iterdir()} if path.is_dir() else path.read_bytes()


def _remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


@pytest.mark.parametrize("pages", [0, 40, *slowly(1, 10, 60)])
def test_a_database_is_made_whole_or_not_at_all(small_disk, room, capsys, pages):
    room(pages * PAGE)
    refused(capsys, ["init", "--db", small_disk / "tracker.db"])
    assert os.listdir(small_disk) == ["filler"]


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    return _older(tmp_path_factory.mktemp("older") / "older.db", 2000)


@pytest.mark.parametrize("copy", [(), ("--no-backup",)])
@pytest.mark.parametrize("pages", [0, *slowly(1, 8)])
def test_an_upgrade_on_a_disk_that_fills(small_disk, room, older, capsys, pages, copy):
    database = Path(shutil.copy(older, small_disk / "tracker.db"))
    before = database.read_bytes()
    room(pages * PAGE)
    refused(capsys, ["db", "upgrade", *copy, "--db", database])
    assert database.read_bytes() == before
    assert beside(database) == ["filler"]
    assert len(os.listdir(small_disk)) <= 3
    (small_disk / "filler").unlink()
    assert run(["db", "upgrade", *copy, "--db", str(database)]) == 0


def test_standard_output_that_is_full(database, capsys):
    import subprocess
    import sys

    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "tracker", "export", "--db", database],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert "No space left on device" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


@pytest.mark.parametrize("size", [0, 3 * PAGE, 30 * PAGE])
def test_a_salvage_on_a_disk_that_fills(small_disk, room, database, capsys, size):
    room(size)
    refused(capsys, ["db", "salvage", "-o", small_disk / "new.db", "--db", database])
    assert os.listdir(small_disk) == ["filler"]


@pytest.mark.parametrize("size", [500, 9 * PAGE, 40 * PAGE])
def test_a_salvage_under_a_limit_of_the_size_of_files(database, capsys, size):
    with at_most(size):
        refused(capsys, ["db", "salvage", "-o", database.parent / "new.db", "--db", database])
    assert os.listdir(database.parent) == [database.name]
