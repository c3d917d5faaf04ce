"""`tracker init` and `tracker db`: making, finding and mending a database."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tracker.store.engine import HEAD

HELD = "with 159 facts from 32 pages: 152 observations in 27 markets, and 7 further reports of them"


def _stamped(path: Path, revision: str) -> Path:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()
    return path


def test_init_makes_a_database_and_says_what_to_type_next(call, tmp_path):
    result = call("init")
    assert (result.code, result.out) == (0, "")
    assert result.err == (
        f"Made HERE/tracker.db, {HELD}.\n"
        "Next: tracker show, or tracker chart 'DeepSeek R1' --market poe/text-messages\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["tracker.db"]


def test_init_gives_the_usual_rights(call, tmp_path):
    call("init", "--empty")
    (tmp_path / "usual").touch()
    assert (tmp_path / "tracker.db").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize("words", [(), ("--empty",)])
def test_init_twice_changes_nothing(words, call, starter, unchanged):
    with unchanged(starter):
        result = call("init", *words)
    assert (result.code, result.out) == (0, "")
    assert result.err == "HERE/tracker.db is there already, and up to date; nothing was changed.\n"


def test_init_empty_then_init_fills(call, tmp_path, unchanged):
    result = call("init", "--empty")
    assert result.err == "Made HERE/tracker.db, empty.\nNext: tracker import FILE, or tracker source add --help\n"
    with unchanged(tmp_path / "tracker.db"):
        assert call("init", "--empty").code == 0
    assert call("init").err.startswith(f"Made HERE/tracker.db, {HELD}.\n")
    assert call("query", "select count(*) from shares", "--format", "csv").out == "count(*)\n152\n"


def test_init_leaves_what_somebody_recorded(call, empty, unchanged):
    assert call("source", "add", "mine", "--title", "Mine").code == 0
    with unchanged(empty):
        assert call("init").err == "HERE/tracker.db is there already, and up to date; nothing was changed.\n"


def test_an_empty_file_becomes_a_database(call, tmp_path):
    (tmp_path / "tracker.db").touch()
    refused = call("show")
    assert refused.code == 3
    assert refused.err == (
        "HERE/tracker.db is an empty file, not yet a database\n"
        "Make one: tracker init --db HERE/tracker.db   (or name another with --db or $TRACKER_DB)\n"
    )
    assert call("init", "--empty").code == 0
    assert call("show").code == 0


@pytest.mark.parametrize("words", [("init", "--empty", "--db", "{}"), ("--db", "{}", "init", "--empty")])
@pytest.mark.parametrize(
    ("given", "file"),
    [
        ("other.db", "other.db"),
        ("a folder/of mine.db", "a folder/of mine.db"),
        ("p q#%3F?mode=ro&x%.db", "p q#%3F?mode=ro&x%.db"),
        ("sqlite:///other.db", "other.db"),
        ("sqlite:///{here}/abs.db", "abs.db"),
        ("ünï/データ.db", "ünï/データ.db"),
    ],
)
def test_any_place(words, given, file, call, tmp_path):
    given = given.replace("{here}", str(tmp_path))
    result = call(*(word.replace("{}", given) for word in words))
    assert result.code == 0, result.err
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.db")] == [file]
    assert call("market", "list", "--db", given, "--format", "csv").out.count("\n") == 1
    assert call("show", "--db", given).code == 0


def test_the_hint_names_the_database_that_was_named(call):
    result = call("init", "--db", "a b.db")
    assert result.err.endswith(
        "Next: tracker show --db 'HERE/a b.db', or tracker chart --db 'HERE/a b.db' 'DeepSeek R1'"
        " --market poe/text-messages\n"
    )


def test_the_option_behind_the_command_prevails(call, tmp_path):
    call("--db", "first.db", "init", "--empty", "--db", "second.db")
    assert [path.name for path in tmp_path.iterdir()] == ["second.db"]


def test_the_environment_chooses_and_the_option_prevails(call, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", "from environment.db")
    assert call("init", "--empty").code == 0
    assert call("init", "--empty", "--db", "named.db").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["from environment.db", "named.db"]


@pytest.mark.parametrize(
    ("words", "variable", "path", "who"),
    [
        ((), None, "tracker.db", "default"),
        ((), "", "tracker.db", "default"),
        ((), "x.db", "x.db", "$TRACKER_DB"),
        ((), "sqlite:///x.db", "x.db", "$TRACKER_DB"),
        (("--db", "y.db"), "x.db", "y.db", "--db"),
    ],
)
def test_db_path_says_which_and_who_chose(words, variable, path, who, call, monkeypatch, tmp_path):
    if variable is not None:
        monkeypatch.setenv("TRACKER_DB", variable)
    result = call("db", "path", *words)
    assert (result.code, result.out) == (0, f"HERE/{path}\n")
    assert result.err == f"chosen by {who}; there is no file yet\n"
    (tmp_path / path).touch()
    assert call("db", "path", *words).err == f"chosen by {who}\n"
    assert call("db", "path", *words, "--format", "csv").out == f"path,chosen_by,exists\nHERE/{path},{who},yes\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "--db: '' names no file"),
        (":memory:", "--db: ':memory:' names no file"),
        ("sqlite://", "--db: 'sqlite://' names no file"),
        ("sqlite:///:memory:", "--db: 'sqlite:///:memory:' names no file"),
        ("mysql://me@there/x", "--db: mysql:// is not supported; SQLite and PostgreSQL are"),
    ],
)
def test_a_database_that_cannot_be_meant(given, said, call, tmp_path):
    result = call("init", "--db", given)
    assert (result.code, result.out, result.err.splitlines()[0]) == (2, "", said)
    assert list(tmp_path.iterdir()) == []


# Each command that needs a database, in a call that is well-formed.
COMMANDS = [
    ("show",),
    ("query", "select 1"),
    ("export",),
    ("chart", "DeepSeek"),
    ("import", "facts.csv"),
    ("market", "list"),
    ("market", "show", "x"),
    ("market", "add", "x", "--source", "y", "--counted", "z", "--whole", "open"),
    ("entity", "list"),
    ("entity", "show", "x"),
    ("entity", "add", "x"),
    ("source", "list"),
    ("source", "show", "x"),
    ("source", "add", "x", "--title", "X"),
    ("event", "list"),
    ("event", "add", "2025", "x"),
    ("add", "x", "1", "--market", "y", "--date", "2025", "--url", "https://example.org"),
    ("db", "upgrade"),
]

PLACES = {
    "missing": ("there is no database at {}", "Make one: tracker init --db {} "),
    "empty file": ("{} is an empty file, not yet a database", "Make one: tracker init --db {} "),
    "folder": ("{} is a folder, not a database", "Make one: tracker init --db {}/tracker.db "),
    "text": ("{} is no SQLite database (file is not a database)", "Name another with --db."),
    "foreign": ("{} is not a database of tracker", "Name another with --db, or make one: tracker init."),
    "older": (
        f"{{}} has the older schema 0000; this program reads {HEAD}",
        "Bring it up to date: tracker db upgrade --db {}",
    ),
    "newer": (
        f"{{}} has the schema 9999, which is newer than this program ({HEAD})",
        "Upgrade the program: pip install --upgrade usage-share-tracker",
    ),
}


def _place(kind: str, path: Path, templates: dict[str, Path]) -> None:
    match kind:
        case "empty file":
            path.touch()
        case "folder":
            path.mkdir()
        case "text":
            path.write_text("market,entity,period,share\n" * 100)
        case "foreign":
            connection = sqlite3.connect(path)
            connection.execute("CREATE TABLE bookmarks (url TEXT)")
            connection.close()
        case "older" | "newer":
            shutil.copy(templates["starter"], path)
            _stamped(path, {"older": "0000", "newer": "9999"}[kind])


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("words", [*COMMANDS, ("init",), ("init", "--empty")], ids=" ".join)
def test_no_command_works_on_what_is_not_a_database_of_this_schema(words, kind, call, tmp_path, templates):
    path = tmp_path / "thing"
    _place(kind, path, templates)
    (tmp_path / "facts.csv").write_text("market,entity,period,share,url\nx,y,2025,1,https://example.org\n")
    if words[0] == "init" and kind in ("missing", "empty file"):
        pytest.skip("init makes these")
    before = path.read_bytes() if path.is_file() else sorted(tmp_path.rglob("*"))
    result = call(*words, "--db", path)
    assert (result.code, result.out) == (3, "")
    if (kind, words) == ("older", ("db", "upgrade")):
        return  # there never was a schema 0000 to come from
    message, hint = (text.replace("{}", "HERE/thing") for text in PLACES[kind])
    first, second = result.err.splitlines()[:2]
    assert first == message
    assert second.startswith(hint)
    assert (path.read_bytes() if path.is_file() else sorted(tmp_path.rglob("*"))) == before


def test_upgrade_of_what_is_up_to_date(call, starter, unchanged):
    with unchanged(starter):
        result = call("db", "upgrade")
    assert (result.code, result.out, result.err) == (0, "", f"HERE/tracker.db is at schema {HEAD} already.\n")


def test_upgrade_from_an_unknown_schema(call, starter, unchanged):
    _stamped(starter, "0000")
    with unchanged(starter):
        result = call("db", "upgrade")
    assert result.code == 3
    assert result.err.startswith("HERE/tracker.db has a schema that this program does not know")


def test_init_where_nothing_can_be_made(call, tmp_path):
    (tmp_path / "file").touch()
    result = call("init", "--db", "file/tracker.db")
    assert (result.code, result.out) == (1, "")
    assert result.err.endswith("Choose a folder that you can write to.\n")
    assert "Traceback" not in result.err
