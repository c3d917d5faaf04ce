from pathlib import Path

import pytest

from tracker.errors import UsageProblem
from tracker.settings import Database, Server, database


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
    "text", ["", ":memory:", "sqlite://", "sqlite:///:memory:", "a\0b", "mysql://h/n", "postgresql+asyncpg://h/n"]
)
def test_what_names_no_file_is_refused_with_who_said_it(text):
    with pytest.raises(UsageProblem, match=r"^--db: ") as refused:
        database(text, {})
    assert "sqlite:///FILE" in refused.value.hint
    if text:
        with pytest.raises(UsageProblem, match=r"^\$TRACKER_DB: "):
            database(None, {"TRACKER_DB": text})


@pytest.mark.parametrize("text", ["postgresql://", "postgresql+psycopg://", "postgresql://h/a\0b", "postgresql://h/\n"])
def test_what_names_no_server_is_refused(text):
    with pytest.raises(UsageProblem, match=r"^--db: .* names no server") as refused:
        database(text, {})
    assert "postgresql+psycopg://USER@HOST/NAME" in refused.value.hint


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql+psycopg://ada:pa%40ss@host:5433/shares", "postgresql+psycopg://ada:***@host:5433/shares"),
        ("postgresql://[::1]:5433/d?user=a@b", "postgresql://[::1]:5433/d?user=a@b"),
        ("postgresql://h1:1,h2:2/d?user=a@b", "postgresql://h1:1,h2:2/d?user=a@b"),
        ("postgresql://ada@host/shares", "postgresql://ada@host/shares"),
        ("postgresql://h/d?user=u&password=pass&x=1", "postgresql://h/d?user=u&password=***&x=1"),
        ("postgresql:///d?host=/run/a@b:c", "postgresql:///d?host=/run/a@b:c"),
    ],
)
def test_a_server_is_shown_without_its_password(url, shown):
    found = database(url, {}).path
    assert isinstance(found, Server)
    assert found.url == url
    assert str(found) == shown
    assert repr(found) == f"Server({shown!r})"


@pytest.mark.parametrize("password", ["pa@ss", "pa/ss", "pa?ss", "pa#ss", "12/ss", "@", "/"])
def test_a_password_that_ends_too_early_is_told_and_not_shown(password):
    with pytest.raises(UsageProblem, match="the password in the url has a mark that ends it") as refused:
        database(f"postgresql+psycopg://ada:{password}@host/shares", {})
    assert "ss" not in refused.value.message.replace("password", "")
    assert "%40 for @" in refused.value.hint


def test_a_password_is_left_out_of_a_message():
    server = Server("postgresql://ada:p%40ss@host/d?sslpassword=other")
    told = server.hide(f'bad "{server.url}", {server.conninfo}: p@ss, p%40ss, other, another')
    assert told == f'bad "{server}", {server}: ***, ***, ***, another'


def test_a_database_is_shown_as_its_path():
    assert str(Database(Path("/srv/a.db"), "--db")) == "/srv/a.db"
