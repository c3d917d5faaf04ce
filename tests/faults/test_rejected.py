"""The rows that `--skip-bad` leaves out are written whole or not at all; where that fails, nothing is stored."""

import os
import shutil
from pathlib import Path

import pytest

from faults.disturbed import digest
from tracker.cli.boundary import run
from tracker.errors import TrackerError

LINES = ["market,entity,period,share,url,source,counted,whole,note"]
LINES += ["a/b,R1,2025-01,7,https://a.org,a,x,open,"]
LINES += [f"a/b,R1,2025-{month},x,https://a.org,a,x,open,{'n' * 3000}" for month in range(10, 13)]


@pytest.fixture
def bad(small_disk, monkeypatch):
    """A file with three long bad rows on a small disk, where nothing else can be written."""
    monkeypatch.chdir(small_disk)
    file = small_disk / "bad.csv"
    file.write_text("\n".join(LINES) + "\n")
    free = shutil.disk_usage(small_disk).free
    (small_disk / "filler").write_bytes(bytes(free - 4096))
    return file


def test_without_room_for_them_nothing_is_stored(bad, database, capsys):
    before = database.read_bytes()
    assert run(["import", str(bad), "--skip-bad", "--db", str(database)]) == 1
    assert capsys.readouterr().err == (
        f"{bad}: the rejected rows can be written neither beside it nor here (No space left on device);"
        " nothing was stored\nFree some room, or run it in a folder that you can write to.\n"
    )
    assert database.read_bytes() == before
    assert sorted(os.listdir()) == ["bad.csv", "filler"]
    assert os.listdir(database.parent) == [database.name]


def test_beside_it_or_else_here(bad, database, tmp_path, monkeypatch, capsys):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert run(["import", str(bad), "--skip-bad", "--db", str(database)]) == 1
    assert "Wrote the rejected rows to bad.rejected.csv" in capsys.readouterr().err
    assert sorted(os.listdir(bad.parent)) == ["bad.csv", "filler"]
    assert os.listdir() == ["bad.rejected.csv"]
    assert len(Path("bad.rejected.csv").read_text().splitlines()) == 4
    assert os.stat("bad.rejected.csv").st_mode & 0o777 == 0o666 & ~_umask()


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_where_the_rest_cannot_be_stored_they_are_gone_again(tmp_path, database, monkeypatch, capsys):
    def refuse(path, do, *, of=None):
        if of is not None:
            raise TrackerError("no commit today")
        return do()

    file = tmp_path / "bad.csv"
    file.write_text("\n".join(LINES) + "\n")
    before = digest(database)
    monkeypatch.setattr("tracker.store.engine.files.patiently", refuse)
    assert run(["import", str(file), "--skip-bad", "--db", str(database)]) == 1
    assert "no commit today" in capsys.readouterr().err
    assert [one for one in os.listdir(tmp_path) if "rejected" in one] == []
    monkeypatch.undo()
    assert digest(database) == before
