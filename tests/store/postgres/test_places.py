"""A server that is not there, has something else, or lets us do less."""

import re
import subprocess
import sys
from urllib.parse import quote
from uuid import uuid4

import pytest

import postgres_server
from store.postgres.test_engine import LAB, names
from tracker.errors import DatabaseMissing, SchemaMismatch, TrackerError, UnknownName
from tracker.settings import Server
from tracker.store.engine import reading, writing
from tracker.store.held import Held
from tracker.store.migrate import create, state
from tracker.store.past.asof import reading_as_of
from tracker.store.select import select
from tracker.values.asof import AsOf


def test_nobody_answers():
    server = Server("postgresql+psycopg://ada:secret@127.0.0.1:1/shares")
    for use in (state, create, Held):
        with pytest.raises(DatabaseMissing) as refused:
            use(server)
        assert "secret" not in str(refused.value)
        assert len(refused.value.message.splitlines()) == 1
        assert refused.value.hint


def test_no_such_database(made):
    place = postgres_server.database("not_there")
    with pytest.raises(DatabaseMissing, match='database "not_there" does not exist') as refused:
        state(place)
    assert "createdb not_there" in refused.value.hint


def test_nobody_of_this_name(made):
    place = Server(made.url.replace("tracker@", "somebody:secret@"))
    assert place != made
    with pytest.raises(DatabaseMissing, match="somebody") as refused:
        state(place)
    assert "secret" not in str(refused.value)
    assert "password" in refused.value.hint


def test_nothing_in_it_yet(bare):
    assert state(bare) is None
    with pytest.raises(DatabaseMissing, match="nothing in it yet") as refused, reading(bare):
        pass
    assert "tracker init --db" in refused.value.hint


def test_tables_of_somebody_else(bare):
    postgres_server.execute("CREATE TABLE t (x int)", bare)
    for use in (state, create):
        with pytest.raises(SchemaMismatch, match="is not a database of tracker") as refused:
            use(bare)
        assert "CREATE SCHEMA" in refused.value.hint


def test_a_schema_of_its_own(bare):
    own = Server(f"{bare.url}&options=-csearch_path%3Dours")
    with pytest.raises(DatabaseMissing, match="none of the schemas"):
        create(own)
    postgres_server.execute("CREATE TABLE t (x int)", bare)
    postgres_server.execute("CREATE SCHEMA ours", bare)
    create(own)
    with writing(own) as session:
        assert (session.schema, session.run(LAB)) == ("ours", 1)
    assert names(own) == ["A"]
    with pytest.raises(SchemaMismatch):
        state(bare)


def test_a_schema_of_the_environment(bare, monkeypatch):
    postgres_server.execute("CREATE SCHEMA ours", bare)
    monkeypatch.setenv("PGOPTIONS", "-c search_path=ours -c standard_conforming_strings=off -c jit=on")
    create(bare)
    with reading(bare) as session:
        asked = ("jit", "standard_conforming_strings", "random_page_cost")
        assert (session.schema, *(session.value(f"SHOW {one}") for one in asked)) == ("ours", "on", "on", "1.1")
    monkeypatch.delenv("PGOPTIONS")
    assert state(bare) is None


@pytest.mark.parametrize("words", ["'show'", "'undo', '1'", "'init'"])
def test_without_psycopg(words):
    program = (
        "import sys; sys.modules['psycopg'] = None; from tracker.cli.boundary import run;"
        f"sys.exit(run([{words}, '--db', 'postgresql://ada:secret@localhost/shares']))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert told.returncode == 1
    assert "PostgreSQL needs psycopg" in told.stderr
    assert "Install it: pip install 'usage-share-tracker[postgres]'" in told.stderr
    assert "secret" not in told.stderr
    assert len(told.stderr.splitlines()) == 2


@pytest.mark.parametrize("name", ["Up Per", "select", 'a"b'])
def test_a_schema_whose_name_needs_quotes(bare, name):
    quoted = '"' + name.replace('"', '""') + '"'
    postgres_server.execute(f"CREATE SCHEMA {quoted}", bare)
    own = Server(f"{bare.url}&options=-csearch_path%3D{quote(quoted.replace(' ', chr(92) + ' '))}")
    create(own)
    with writing(own) as session:
        session.mark()
        session.run(LAB)
        session.back()
        assert session.insert("entity", {"name": "B", "kind": "lab", "hue": "blue"}) == 1
    with pytest.raises(UnknownName), reading_as_of(own, AsOf.parse("1")):
        pass
    with reading_as_of(own, AsOf.parse("2030-01-01")) as session:
        assert session.value("SELECT count(*) FROM shares") == 0
        assert list(session.views()) == ["shares", "share_history", "reports"]
        for written in (quoted, f"U&{quoted}"):
            with pytest.raises(TrackerError, match="names what is there now"):
                select(session, f"SELECT * FROM {written}.shares")


@pytest.fixture
def reader(made):
    name = f"reader_{uuid4().hex}"
    postgres_server.execute(f"CREATE ROLE {name} LOGIN")
    postgres_server.execute(f"GRANT USAGE ON SCHEMA public TO {name}", made)
    postgres_server.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}", made)
    yield Server(re.sub(r"(?<=://)[^@]*@", f"{name}@", made.url))
    postgres_server.execute(f"DROP OWNED BY {name}", made)
    postgres_server.execute(f"DROP ROLE {name}")


def test_a_user_who_may_only_read(place, reader):
    with writing(place) as session:
        session.run(LAB)
    assert names(reader) == ["A"]
    refusal = pytest.raises(TrackerError, match="cannot be written by this user: permission denied")
    with refusal as refused, writing(reader) as session:
        session.run(LAB)
    assert "GRANT ALL ON ALL TABLES" in refused.value.hint
