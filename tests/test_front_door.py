"""`tracker.connect`: what it loads, that it cannot write, and that it sees what others write."""

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import tracker
from importers.databases import load, made
from tracker.errors import DatabaseMissing, SchemaMismatch, TrackerError, UnknownName

HEAD = "market,entity,period,share,url,source,counted,whole\n"
ROWS = HEAD + "poe/a,DeepSeek R1,2025-02,7,https://a.org,poe,messages,open\n"
MORE = HEAD + "poe/a,DeepSeek R1,2025-03,5,https://a.org,poe,messages,open\n"


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, ROWS)
    return path


@pytest.fixture
def t(path):
    with tracker.connect(path) as t:
        yield t


def test_importing_it_loads_nothing_heavy():
    code = (
        "import sys, tracker; print([m for m in ('pandas', 'numpy', 'matplotlib', 'sqlalchemy') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_front_door_names_what_is_behind_it():
    assert {"connect", "Tracker", "TrackerError", "Refused"} <= set(dir(tracker))
    assert tracker.Refused.__name__ == "Refused"
    with pytest.raises(AttributeError, match="no attribute 'write'"):
        _ = tracker.write


def test_the_database_is_found_where_the_command_line_finds_it(path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", str(path))
    assert tracker.connect().path == path


@pytest.mark.parametrize(
    ("content", "kind"), [(None, DatabaseMissing), (b"text", SchemaMismatch), (b"", SchemaMismatch)]
)
def test_what_is_no_database_is_said_at_once(tmp_path, content, kind):
    if content is not None:
        (tmp_path / "x.db").write_bytes(content)
    with pytest.raises(kind):
        tracker.connect(tmp_path / "x.db")


def test_it_works_without_with_and_closes_twice(path):
    t = tracker.connect(path)
    assert len(t.shares()) == 1
    t.close()
    t.close()
    for call in (t.shares, t.markets, lambda: t.sql("SELECT 1"), lambda: t.shares(as_of=1)):
        with pytest.raises(TrackerError, match="closed"):
            call()
    assert "closed" in repr(t)
    assert "closed" in t._repr_html_()


def test_one_that_is_left_open_leaves_no_warning(path):
    code = f"import tracker; t = tracker.connect({str(path)!r}); t.markets()"
    done = subprocess.run([sys.executable, "-W", "error", "-X", "dev", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_each_call_sees_what_was_written_meanwhile(path, t):
    assert len(t.shares()) == 1
    load(path, MORE)
    assert len(t.shares()) == 2
    assert len(t.shares(as_of=1)) == 1
    assert t.sql("SELECT count(*) AS n FROM shares", as_of=1)["n"].tolist() == [1]


def test_a_file_that_was_put_in_its_place_is_read(path, t, tmp_path):
    assert len(t.shares()) == 1
    shutil.copy(path, tmp_path / "other.db")
    load(tmp_path / "other.db", MORE)
    os.replace(tmp_path / "other.db", path)
    assert len(t.shares()) == 2


def test_threads_may_share_it(t):
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: len(t.shares()), range(20))) == [1] * 20


def test_a_read_only_file_in_a_read_only_folder(path):
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with tracker.connect(path) as t:
            assert t.shares()["share"].tolist() == [7.0]
            assert len(t.shares(as_of=1)) == 1
        assert os.listdir(path.parent) == [path.name]
    finally:
        path.parent.chmod(0o755)


WRITES = [
    "INSERT INTO entity (name, kind, hue) VALUES ('x', 'lab', 'blue')",
    "UPDATE observation SET share = 1",
    "DELETE FROM observation",
    "DROP TABLE observation",
    "CREATE TABLE x (y)",
    "CREATE TEMP TABLE x (y)",
    "CREATE TEMP VIEW observation AS SELECT 1",
    "PRAGMA writable_schema = ON",
    "PRAGMA query_only = OFF",
    "PRAGMA journal_mode = WAL",
    "PRAGMA user_version = 7",
    "ATTACH DATABASE 'other.db' AS other",
    "SELECT load_extension('x')",
    "WITH x AS (SELECT 1) INSERT INTO entity (name, kind, hue) VALUES ('x', 'lab', 'blue') RETURNING id",
    "WITH x AS (SELECT 1) DELETE FROM observation RETURNING share",
    "SELECT 1; DELETE FROM observation",
    "SELECT 1; SELECT 2",
    "VACUUM INTO 'copy.db'",
    "VACUUM",
    "REINDEX",
    "ANALYZE",
    "BEGIN IMMEDIATE",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT x",
    "",
]


@pytest.mark.parametrize("statement", WRITES)
def test_nothing_that_writes_is_run(path, t, statement):
    before = hashlib.sha256(path.read_bytes()).digest(), sorted(os.listdir(path.parent))
    for then in (None, 1):
        with pytest.raises(TrackerError):
            t.sql(statement, as_of=then)
    assert (hashlib.sha256(path.read_bytes()).digest(), sorted(os.listdir(path.parent))) == before
    assert t.shares()["share"].tolist() == [7.0]


def test_the_connection_that_stays_open_cannot_write_either(t):
    for statement in WRITES[:-1]:
        with pytest.raises(TrackerError), t._look() as session:
            session.run(statement)
    assert len(t.shares()) == 1


def test_sql_gives_types_and_takes_parameters(t):
    frame = t.sql("SELECT entity, share, low, batch FROM shares WHERE entity = ?", ["DeepSeek R1"])
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "entity": "str",
        "share": "float64",
        "low": "float64",
        "batch": "Int64",
    }
    assert t.sql("SELECT 1 AS a, 2 AS a WHERE 0").columns.tolist() == ["a", "a:1"]


def test_it_says_what_is_in_it_and_escapes_it(tmp_path):
    path = made(tmp_path, "<b>.db")
    with tracker.connect(path) as t:
        assert repr(t).endswith("0 markets, 0 entities, 0 observations; nothing was recorded yet")
        load(path, ROWS)
        assert "1 market, 1 entity, 1 observation, 2025-02-01 to 2025-02-28; last batch 1" in repr(t)
        assert "&lt;b&gt;.db" in t._repr_html_()
        assert "<b>" not in t._repr_html_()


def test_names_are_completed_and_unknown_ones_show_the_nearest(t):
    assert t["poe/a", "DeepSeek R1"]["share"].tolist() == t["poe/a"]["share"].tolist() == [7.0]
    assert t.names.DeepSeek_R1 == t.names["DeepSeek R1"] == "DeepSeek R1"
    assert "DeepSeek_R1" in dir(t.names)
    for call in (lambda: t.names["Deepsek R1"], lambda: t.shares("Deepsek R1")):
        with pytest.raises(UnknownName, match="near it: DeepSeek R1"):
            call()
    with pytest.raises(UnknownName, match="near it: poe/a"):
        t.shares(market="poe/b")


def test_ipython_completes_keys_and_attributes(t):
    ipython = pytest.importorskip("IPython.core.completer")
    completer = ipython.IPCompleter(namespace={"t": t}, use_jedi=False)

    def completed(text):
        with ipython.provisionalcompleter():
            return " ".join(found.text for found in completer.completions(text, len(text)))

    assert "poe/a" in completed('t["po')
    assert "DeepSeek R1" in completed('t["poe/a", "Deep')
    assert "DeepSeek_R1" in completed("t.names.Deep")
