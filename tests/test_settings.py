from pathlib import Path

import pytest

from tracker.errors import UsageProblem
from tracker.settings import Database, database


def test_the_option_comes_before_the_variable_and_that_before_the_default():
    here = Path.cwd()
    environ = {"TRACKER_DB": "b.db"}
    assert database("a.db", environ) == Database(here / "a.db", "--db")
    assert database(None, environ) == Database(here / "b.db", "$TRACKER_DB")
    assert database(None, {"TRACKER_DB": ""}) == Database(here / "tracker.db", "default")
    assert database() == Database(here / "tracker.db", "default")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sqlite:///a.db", "a.db"),
        ("sqlite+pysqlite:///a.db", "a.db"),
        ("sqlite:////srv/a.db", "/srv/a.db"),
        ("/srv/a b%20#?.db", "/srv/a b%20#?.db"),
        ("a/../b.db", "a/../b.db"),
    ],
)
def test_files_and_urls(text, path):
    assert database(text, {}).path == Path.cwd() / path


def test_the_home_folder(monkeypatch):
    monkeypatch.setenv("HOME", "/home/ada")
    assert database("~/a.db", {}).path == Path("/home/ada/a.db")
    with pytest.raises(UsageProblem, match="Write the whole path"):
        database("~nobody-of-this-name/a.db", {})


@pytest.mark.parametrize(
    "text", ["", ":memory:", "sqlite://", "sqlite:///:memory:", "a\0b", "postgresql://host/name", "mysql://h/n"]
)
def test_what_names_no_file_is_refused_with_who_said_it(text):
    with pytest.raises(UsageProblem, match=r"^--db: ") as refused:
        database(text, {})
    assert "sqlite:///FILE" in refused.value.hint
    if text:
        with pytest.raises(UsageProblem, match=r"^\$TRACKER_DB: "):
            database(None, {"TRACKER_DB": text})


def test_a_database_is_shown_as_its_path():
    assert str(Database(Path("/srv/a.db"), "--db")) == "/srv/a.db"
