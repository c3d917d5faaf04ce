"""On a PostgreSQL server, too, the migrations make what the metadata says; and all of it, or nothing."""

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect

import postgres_server
from tracker.errors import SchemaMismatch, TrackerError
from tracker.store import migrate
from tracker.store.engine import HEAD, reading, writing
from tracker.store.migrate import config, create, state, upgrade
from tracker.store.tables import metadata


@pytest.fixture
def bare():
    place = postgres_server.new()
    yield place
    postgres_server.drop(place)


@pytest.fixture
def place(bare):
    create(bare)
    return bare


def _engine(place):
    return create_engine(place.url)


def snapshot(place):
    """Everything an inspector sees, in an order of its own."""
    engine = _engine(place)
    found = {}
    with engine.connect() as connection:
        look = inspect(connection)
        for table in sorted(set(look.get_table_names()) - {"alembic_version"}):
            found[table] = {
                "columns": [repr((c["name"], c["type"], c["nullable"], c["default"], c.get("identity")))
                            for c in look.get_columns(table)],
                "collations": [getattr(c["type"], "collation", None) for c in look.get_columns(table)],
                "key": look.get_pk_constraint(table),
                "unique": sorted(map(repr, look.get_unique_constraints(table))),
                "foreign": sorted(map(repr, look.get_foreign_keys(table))),
                "check": sorted(map(repr, look.get_check_constraints(table))),
                "index": sorted(map(repr, look.get_indexes(table))),
            }  # fmt: skip
    engine.dispose()
    return found


def test_the_migrations_make_what_the_metadata_says(place):
    other = postgres_server.new()
    engine = _engine(other)
    metadata.create_all(engine)
    engine.dispose()
    assert snapshot(place) == snapshot(other)
    postgres_server.drop(other)
    assert {name for table in snapshot(place).values() for name in table["collations"]} == {"C", None}


def test_down_to_nothing_and_up_again(place):
    before = snapshot(place)
    for there, back in (("0002", "0003"), ("0001", "0003"), ("base", "head")):
        _alembic(place, command.downgrade, there)
        assert (state(place) or "base") == there
        _alembic(place, command.upgrade, back)
        assert snapshot(place) == before


def _alembic(place, do, revision):
    made = config()
    engine = _engine(place)
    with engine.connect() as connection, connection.begin():
        made.attributes["connection"] = connection
        do(made, revision)
    engine.dispose()
    if revision == "base":
        postgres_server.execute("DROP TABLE alembic_version", place)


def test_rows_of_an_older_schema_are_kept(bare):
    _alembic(bare, command.upgrade, "0001")
    from store.test_upgrade import ROWS

    postgres_server.execute(ROWS, bare)
    with pytest.raises(SchemaMismatch, match="older schema 0001") as refused, reading(bare):
        pass
    assert "tracker db upgrade" in refused.value.hint
    assert upgrade(bare) == ("0001", HEAD)
    assert upgrade(bare) == (HEAD, HEAD)
    with reading(bare) as session:
        assert session.rows("SELECT entity, share, high, batch FROM shares ORDER BY entity") == [
            ("DeepSeek", 7.5, None, 2), ("R1", None, 1.0, 1)]  # fmt: skip
        assert session.rows("SELECT share, stance FROM reports") == [(7.0, "competes")]
    with writing(bare) as session:
        assert session.insert("entity", {"name": "New", "kind": "lab", "hue": "blue"}) == 3


def test_a_newer_schema_is_refused_and_left_alone(place):
    postgres_server.execute("UPDATE alembic_version SET version_num = '9999'", place)
    for use in (upgrade, lambda place: reading(place).__enter__()):
        with pytest.raises(SchemaMismatch, match="newer than this program"):
            use(place)
    assert state(place) == "9999"


def _fail(*_):
    raise RuntimeError("half way")


def test_a_failure_of_the_first_rows_leaves_nothing(bare):
    with pytest.raises(RuntimeError):
        create(bare, _fail)
    assert state(bare) is None
    assert snapshot(bare) == {}


def test_a_migration_that_fails_leaves_the_database_as_it_was(bare):
    _alembic(bare, command.upgrade, "0001")
    before = snapshot(bare)
    postgres_server.execute("CREATE VIEW mapping AS SELECT 1 AS one", bare)  # the migration will meet it half way
    with pytest.raises(TrackerError, match="mapping"):
        upgrade(bare)
    assert state(bare) == "0001"
    assert snapshot(bare) == before


def test_what_is_there_already_stays(place):
    with writing(place) as session:
        session.insert("entity", {"name": "first", "kind": "lab", "hue": "blue"})
    with pytest.raises(TrackerError, match="made by somebody else meanwhile"):
        create(place)
    with reading(place) as session:
        assert session.value("SELECT name FROM entity") == "first"


def test_a_schema_that_this_program_never_had(place):
    postgres_server.execute("UPDATE alembic_version SET version_num = '0000'", place)
    with pytest.raises(SchemaMismatch, match="does not know"):
        upgrade(place)
    assert migrate.state(place) == "0000"
