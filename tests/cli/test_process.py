"""The program as a process: what it loads, how it ends, and where it writes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tracker.cli import boundary, market

HEAVY = {"sqlalchemy", "alembic", "pandas", "numpy", "matplotlib"}
SAME = ("add", "DeepSeek R1", "3%", "--market", "poe/text-messages", "--date", "~2025-04-30", "--url")


def _loaded(call, *words):
    """The packages that a call loads."""
    result = call.spawn(*words, python=("-X", "importtime"))
    names = {
        line.rpartition("|")[2].strip().partition(".")[0]
        for line in result.err.splitlines()
        if line.startswith("import time:")
    }
    assert "click" in names
    said = "".join(f"{line}\n" for line in result.err.splitlines() if not line.startswith("import time:"))
    return names, result, said


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("add", "--help"), ("chart", "--help"), ("db", "path")])
def test_help_loads_nothing_heavy(words, call):
    names, result, _ = _loaded(call, *words)
    assert result.code == 0
    assert names & {*HEAVY, "prettytable", "rapidfuzz", "pycountry"} == set()


def test_add_loads_nothing_heavy(call, starter):
    assert call(*SAME, "https://example.org").code == 0
    names, result, said = _loaded(call, *SAME, "https://example.org")
    assert (result.code, result.out) == (0, "")
    assert said.startswith("This fact is recorded already, with this citation; nothing was changed.")
    assert names & HEAVY == set()


@pytest.mark.parametrize("words", [("market", "list"), ("query", "select 1"), ("export",)])
def test_reading_loads_nothing_heavy(words, call, starter):
    assert _loaded(call, *words)[0] & HEAVY == set()


def test_init_loads_no_frames_and_no_charts(call):
    assert _loaded(call, "init")[0] & HEAVY == {"sqlalchemy", "alembic"}


def test_a_whole_life_in_processes(call, tmp_path):
    assert call.spawn("init").err.startswith("Made HERE/tracker.db, with 159 facts")
    assert call.spawn(*SAME, "https://example.org").code == 0
    done = call.spawn("query", "select count(*) as n from reports", "--format", "csv")
    assert (done.code, done.out, done.err) == (0, "n\n8\n", "")
    assert call.spawn("show", "--db", "none.db").code == 3
    assert call.spawn("show", "Nobody").code == 1
    assert call.spawn("frob").code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["tracker.db"]


def test_the_installed_command_is_this_program():
    from importlib.metadata import entry_points

    (script,) = entry_points(group="console_scripts", name="tracker")
    assert script.load() is boundary.main


def test_what_needs_utf8_is_printed_on_any_terminal(call, starter):
    for environ in ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}):
        shown = call.spawn("show", "DeepSeek R1", environ=environ)
        assert (shown.code, shown.err) == (0, "")
        assert "−4 (−5 to −3)" in shown.out
        told = call.spawn("query", "select '█' as bar", "--format", "csv", environ=environ)
        assert (told.code, told.out) == (0, "bar\n█\n")


@pytest.mark.parametrize(
    "words",
    [
        ("export",),
        ("show",),
        ("entity", "list"),
        ("query", "with recursive n(i) as (select 1 union all select i + 1 from n limit 90000) select i from n"),
        (
            "query",
            "with recursive n(i) as (select 1 union all select i + 1 from n limit 90000) select i from n",
            "--format",
            "csv",
        ),
        ("--help",),
    ],
    ids=["export", "show", "list", "query", "query csv", "help"],
)
@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_reader_that_has_gone_is_no_error(words, buffered, starter):
    environ = os.environ | {"PYTHONUNBUFFERED": buffered}
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), err) == (0, b"")


def test_no_reader_at_all(starter):
    closed, end = os.pipe()
    os.close(closed)
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "show"], stdout=end, stderr=subprocess.PIPE, timeout=60, check=False
    )
    os.close(end)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_said(starter):
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tracker", "export"], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.returncode == 1
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_ctrl_c_in_a_command(call, starter, monkeypatch, unchanged):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(market, "emit", interrupted)
    with unchanged(starter):
        result = call("market", "list")
    assert (result.code, result.out) == (130, "")
    assert result.err == "\nStopped; only what is said to be done was stored.\n"


def test_an_unforeseen_error_says_how_to_report_it(call, starter, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("by\x1b[31m zero")

    monkeypatch.setattr(market, "emit", broken)
    result = call("market", "list")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "ZeroDivisionError: by\\x1b[31m zero\nThis is an error of tracker itself. Please report it, with what you"
        " typed; TRACKER_TRACEBACK=1 shows where it happened.\n"
    )
    monkeypatch.setenv("TRACKER_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        call("market", "list")


def test_a_database_that_somebody_else_writes(call, starter, monkeypatch, unchanged):
    monkeypatch.setattr("tracker.store.waiting.PATIENCE", 0)
    other = sqlite3.connect(starter, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert call("show", "DeepSeek R1").code == 0
    result = call("source", "add", "x", "--title", "X")
    other.execute("ROLLBACK")
    other.close()
    assert (result.code, result.out) == (1, "")
    assert "HERE/tracker.db has been in use by another program" in result.err
    assert call("source", "add", "x", "--title", "X").code == 0


def test_a_database_that_is_damaged(call, starter):
    content = bytearray(starter.read_bytes())
    content[4096 * 3 : 4096 * 20] = b"\xff" * (4096 * 17)
    starter.write_bytes(content)
    for words in (("show",), ("export",), ("add", "A", "1", "--market", "poe/video", "--date", "2025", "--url", "x")):
        result = call(*words)
        assert result.code in (1, 3), words
        assert result.out == ""
        assert "error of tracker itself" not in result.err, result.err
        assert "Traceback" not in result.err


def test_a_runaway_query_ends_at_the_first_ctrl_c(starter):
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    command = [sys.executable, "-m", "tracker", "query", "--db", str(starter), endless]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in said
