"""A disk, a folder, a file that cannot be written: all that reads works, and what writes says so."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from faults.disturbed import digest
from tracker.cli.boundary import run

HALF_WRITTEN = """
import os, signal, sqlite3, sys
path, journal = sys.argv[1:]
connection = sqlite3.connect(path, isolation_level=None)
connection.execute(f"PRAGMA journal_mode = {journal}")
connection.execute("PRAGMA cache_size = 5")
connection.execute("BEGIN IMMEDIATE")
connection.execute(
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
    " INSERT INTO entity (name, kind, hue) SELECT 'half ' || i, 'lab', 'blue' FROM n"
)
os.kill(os.getpid(), signal.SIGKILL)
"""

READS = [
    ("show",),
    ("export",),
    ("query", "select count(*) from shares"),
    ("log",),
    ("history", "DeepSeek R1", "--market", "poe/text-messages"),
    ("market", "list"),
    ("entity", "list"),
    ("source", "list"),
    ("check",),
    ("export", "--as-of", "2100-01-01"),
    ("db", "path"),
]

WRITES = [
    ("add", "A", "1", "--market", "poe/video", "--date", "2025", "--url", "https://a.org", "--new-entities"),
    ("undo", "1"),
    ("source", "add", "x", "--title", "X"),
    ("market", "rule", "poe/video", "latest", "--reason", "r"),
]


def kill_half_way(path, journal="delete"):
    """Leave a database as a program does that is killed when half of its changes are in the file."""
    ended = subprocess.run([sys.executable, "-c", HALF_WRITTEN, path, journal], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert any(name.endswith(("-journal", "-wal")) for name in os.listdir(path.parent))


@pytest.fixture
def locked(small_disk, starters, lock_disk):
    """A database on a disk that is locked when `prepare` has done its work."""

    def lock(prepare=lambda path: None):
        path = Path(shutil.copy(starters, small_disk / "tracker.db"))
        prepare(path)
        lock_disk(small_disk)
        return path

    return lock


def _to_log(path):
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    connection.close()


def _log_without_index(path):
    kill_half_way(path, "wal")
    path.with_name(f"{path.name}-shm").unlink()


@pytest.mark.parametrize(
    "prepare",
    [lambda path: None, _to_log, kill_half_way, lambda path: kill_half_way(path, "wal"), _log_without_index],
    ids=["plain", "log", "half written", "half a log", "half a log without its index"],
)
def test_all_that_reads_works_on_a_disk_that_cannot_be_written(locked, starters, capsys, prepare):
    path = locked(prepare)
    lay = sorted(os.listdir(path.parent))
    for words in READS:
        capsys.readouterr()
        expected = run([*words, "--db", str(starters)]), capsys.readouterr().out.replace(str(starters), "PATH")
        found = run([*words, "--db", str(path)]), capsys.readouterr().out.replace(str(path), "PATH")
        assert found == expected, words
    assert sorted(os.listdir(path.parent)) == lay


@pytest.mark.parametrize("words", WRITES, ids=lambda words: words[0])
def test_what_writes_says_that_it_cannot(locked, capsys, words):
    path = locked()
    assert run([*words, "--db", str(path)]) == 1
    said = capsys.readouterr()
    assert said.err == f"{path} cannot be written\nLook at the rights of the file and of its folder.\n"
    assert said.out == ""


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)])
def test_somebody_without_the_right_to_write(starters, file, folder):
    """A user of one's own meets rights, which the administrator does not."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    # Not below the folder of the tests, into which nobody else may look.
    with tempfile.TemporaryDirectory() as place:
        database = Path(shutil.copy(starters, place)).rename(Path(place) / "tracker.db")
        _looked_at_by_nobody(database, file, folder)


def _looked_at_by_nobody(database, file, folder):
    held = digest(database)
    os.chown(database, 65534, 65534)
    os.chown(database.parent, 65534, 65534)
    database.chmod(file)
    database.parent.chmod(folder)
    program = (
        "import os, sys, tracker.cli.show, tracker.cli.source, tracker.cli.lazy\n"
        "from tracker.cli.boundary import run\n"
        "import sqlite3, encodings.idna, pandas, prettytable, rapidfuzz.fuzz\n"
        "run(['show', '--help']); run(['show', '--db', sys.argv[1]])\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "show = run(['show', '--db', sys.argv[1]])\n"
        "add = run(['source', 'add', 'x', '--title', 'X', '--db', sys.argv[1]])\n"
        "print('ENDED', show, add)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, database], capture_output=True, text=True, check=False)
    assert "ENDED 0 1" in ended.stdout, ended.stderr
    assert "Traceback" not in ended.stderr
    assert f"{database}" in ended.stderr
    assert digest(database) == held


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_what_was_killed_half_way_is_taken_back_by_the_next_look(database, starters, capsys, journal):
    kill_half_way(database, journal)
    assert run(["query", "select count(*) from shares", "--db", str(database)]) == 0
    said = capsys.readouterr()
    assert said.out.split() == ["count(*)", "152"]
    assert ("was stopped half way; what it had begun was taken back" in said.err) == (journal == "delete")
    assert run(["source", "add", "x", "--title", "X", "--db", str(database)]) == 0
    assert os.listdir(database.parent) == [database.name]


def test_a_look_that_is_held_goes_on_after_a_kill(database):
    import tracker

    with tracker.connect(database) as held:
        before = len(held.shares())
        kill_half_way(database)
        assert len(held.shares()) == before
