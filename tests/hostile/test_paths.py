"""Whatever a file is called, it is that file; and no output is written over what is being read."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from hostile.nasty import is_harmless

NAMES = [
    "a b.db",
    "a#b.db",
    "a?mode=ro.db",
    "a%20b.db",
    "a%.db",
    'it\'s "x".db',
    "a\nb.db",
    "-x.db",
    "--db",
    "a;b&c.db",
    "$HOME.db",
    "a\x1b[31m.db",
    "a\u202eb.db",
    "\u6df1.db",
    "file:x.db",
    "a:b.db",
    "a\\b.db",
    " .db",
    "*.db",
    "~x.db",
    os.fsdecode(b"a\xff\xfeb.db"),
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_database_of_any_name(name, templates, call, tmp_path):
    folder = tmp_path / f"{name} folder"
    folder.mkdir()
    for place in (os.path.join(".", name), os.path.join(str(folder), name)):
        shutil.copy(templates["empty"], place)
        add = call("source", "add", "s", "--title", "S", "--db", place)
        assert add.code == 0, add.err
        shown = call("source", "list", f"--db={place}")
        assert (shown.code, "S" in shown.out) == (0, True)
        missing = call("market", "show", "x/y", "--db", place)
        assert missing.code == 1
        assert is_harmless(add.err + shown.err + missing.err)
        made = sqlite3.connect(place)
        assert made.execute("SELECT count(*) FROM source").fetchone() == (1,)
        made.close()
    assert sorted(os.listdir(folder)) == [name]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_inputs_and_outputs_of_any_name(name, empty, call, tmp_path):
    source = os.path.join(".", name.replace(".db", ".csv"))
    with open(source, "w", encoding="utf-8") as file:
        file.write("market,entity,period,share,url,source,counted,whole\ns/m,R1,2025-01,7,https://e.org,s,x,open\n")
        file.write("s/m,R1,2025-02,x,https://e.org,s,x,open\n")
    done = call("import", source, "--skip-bad")
    assert done.code in (0, 1), done.err
    assert "error of tracker itself" not in done.err
    assert is_harmless(done.err + done.out)
    if done.code == 0:
        assert [one for one in os.listdir() if "rejected" in one]
    drawing = [("chart", "R1", "--market", "s/m")] if name in NAMES[::7] else []
    for words in [("export",), ("query", "select 1"), *drawing]:
        out = os.path.join(".", f"{name}.{'png' if words[0] == 'chart' else 'csv'}")
        result = call(*words, "-o", out)
        if done.code == 0:
            assert result.code == 0, result.err
            assert os.path.getsize(out)
        assert is_harmless(result.err)


def _others(starter):
    """Names of the database, and of what SQLite keeps beside it."""
    os.symlink(starter, "link.csv")
    os.link(starter, "hard.csv")
    os.symlink("link.csv", "linked.csv")
    os.symlink(f"{starter}-journal", "journal.csv")
    return [
        "tracker.db",
        "./tracker.db",
        "x/../tracker.db",
        "link.csv",
        "linked.csv",
        "hard.csv",
        "tracker.db-journal",
        "tracker.db-wal",
        "tracker.db-shm",
        "journal.csv",
    ]


WRITING = [
    ("export", "-o"),
    ("export", "--format", "json", "-o"),
    ("query", "select 1", "-o"),
    ("query", "select 1", "--format", "json", "-o"),
    ("query", "select 1", "--format", "parquet", "-o"),
    ("export", "--level", "lab", "-o"),
]


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_no_output_over_the_database(words, starter, call, unchanged):
    os.mkdir("x")
    for name in _others(starter):
        with unchanged(starter):
            result = call(*words, name)
        assert result.code == 1, (name, result)
        assert "database" in result.err


def test_no_chart_over_the_database(starter, call, unchanged, tmp_path):
    shutil.move(starter, "a.png")
    os.symlink("a.png", "b.png")
    os.mkdir("bundle")
    os.link("a.png", "bundle/chart.png")
    words = ("chart", "DeepSeek R1", "--market", "poe/text-messages", "--db")
    with unchanged(tmp_path / "a.png"):
        for name in ("a.png", "b.png", "./a.png"):
            assert call(*words, "a.png", "-o", name).code == 1
            assert call(*words, "b.png", "-o", name).code == 1
        assert call(*words, "a.png", "--bundle", "bundle").code == 1


def test_no_output_over_the_sql(starter, call, tmp_path):
    (tmp_path / "a.sql").write_text("select 1")
    os.symlink("a.sql", "b.csv")
    for name in ("a.sql", "b.csv"):
        result = call("query", "@a.sql", "-o", name)
        assert (result.code, "is the file that the SQL is read from" in result.err) == (2, True)
    assert (tmp_path / "a.sql").read_text() == "select 1"


def test_a_database_behind_a_link_stays_behind_it(starter, call, tmp_path):
    (tmp_path / "real").mkdir()
    shutil.move(starter, "real/x.db")
    os.symlink("real/x.db", "tracker.db")
    assert call("source", "add", "s", "--title", "S").code == 0
    assert os.path.islink("tracker.db")
    assert os.listdir("real") == ["x.db"]
    assert call("export", "-o", "real/x.db-journal").code == 1


def test_rejected_rows_follow_no_link(empty, call, tmp_path):
    (tmp_path / "precious").mkdir()
    for name in ("a.csv", f"{'n' * 250}.csv"):
        with open(name, "w", encoding="utf-8") as file:
            file.write("market,entity,period,share,url,source,counted,whole\ns/m,R1,2025-01,7,https://e.org,s,x,open\n")
            file.write("s/m,R1,2025-02,x,https://e.org,s,x,open\n")
    os.symlink("precious/made.csv", "a.rejected.csv")
    for name in ("a.csv", f"{'n' * 250}.csv"):
        result = call("import", name, "--skip-bad")
        assert result.code in (0, 1), result.err
        assert "Wrote the rejected rows to" in result.err
    assert os.listdir("precious") == []
    assert os.path.exists("a.rejected-2.csv")


def test_a_name_that_is_no_text_on_any_terminal(templates):
    name = b"a\xff\x1b[31m.db"
    shutil.copy(templates["starter"], os.fsdecode(name))
    for words in ((b"show",), (b"market", b"show", b"x"), (b"export", b"-o", b"o\xff.csv"), (b"db", b"path")):
        done = subprocess.run(
            [sys.executable, b"-m", b"tracker", *words, b"--db", name], capture_output=True, check=False, timeout=60
        )
        assert done.returncode in (0, 1), done.stderr
        assert b"\x1b" not in done.stderr
        assert b"Traceback" not in done.stderr
    assert os.path.exists(b"o\xff.csv")
