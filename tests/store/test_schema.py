"""The migrations and `tables.metadata` make one schema; Alembic's own comparison does not see CHECK constraints."""

import ast
import sqlite3

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from tracker.errors import SchemaMismatch
from tracker.store import migrate
from tracker.store.engine import HEAD, connect
from tracker.store.migrate import config, create, scripts, state, upgrade
from tracker.store.tables import metadata


def snapshot(path):
    """Everything an inspector sees, in an order of its own."""
    engine = create_engine(f"sqlite:///{path}")
    found = {}
    with engine.connect() as connection:
        look = inspect(connection)
        for table in sorted(set(look.get_table_names()) - {"alembic_version"}):
            found[table] = {
                "columns": [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)],
                "key": look.get_pk_constraint(table),
                "unique": sorted(look.get_unique_constraints(table), key=_name),
                "foreign": sorted(look.get_foreign_keys(table), key=_name),
                "check": sorted(look.get_check_constraints(table), key=_name),
                "index": [_plain(one) for one in sorted(look.get_indexes(table), key=_name)],
                "rowid": "WITHOUT ROWID" in _sql(connection, table),
            }
    engine.dispose()
    return found


def _plain(index):
    """An index whose condition is text, which can be compared."""
    return index | {"dialect_options": {name: str(value) for name, value in index["dialect_options"].items()}}


def _name(constraint):
    return constraint["name"] or ""


def _sql(connection, table):
    return connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).scalar_one()


@pytest.fixture
def database(tmp_path):
    create(tmp_path / "tracker.db")
    return tmp_path / "tracker.db"


def test_the_migrations_make_what_the_metadata_says(database, tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'metadata.db'}")
    metadata.create_all(engine)
    engine.dispose()
    assert snapshot(database) == snapshot(tmp_path / "metadata.db")


def test_every_constraint_has_a_name(database):
    for table, found in snapshot(database).items():
        assert found["key"]["name"] == f"pk_{table}"
        for kind in ("unique", "foreign", "check", "index"):
            assert all(one["name"] for one in found[kind]), (table, kind)


def _alembic(path):
    made = config()
    made.attributes["creator"] = lambda: connect(path, "rw")
    return made


def test_down_to_nothing_and_up_again(database):
    before = snapshot(database)
    views = "SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY name"
    connection = sqlite3.connect(database)
    seen = connection.execute(views).fetchall()
    command.downgrade(_alembic(database), "base")
    left = connection.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    assert left == [("alembic_version",)]
    command.upgrade(_alembic(database), "head")
    assert snapshot(database) == before
    assert connection.execute(views).fetchall() == seen
    connection.close()


def test_the_head_of_the_scripts_is_the_one_that_the_program_reads(database):
    assert ScriptDirectory.from_config(config()).get_heads() == [HEAD]
    assert state(database) == HEAD


def test_migrations_import_nothing_from_tracker():
    for file in scripts().rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.partition(".")[0] == "tracker"], file


NEXT = """
from alembic import op
revision = "9999"
down_revision = "{before}"
def upgrade():
    op.execute("CREATE TABLE half (id INTEGER)")
    op.execute("INSERT INTO entity (name, kind, hue) VALUES ('A', 'lab', 'blue')")
    {last}
"""


@pytest.fixture
def a_later_program(tmp_path, monkeypatch):
    """Give the program one more migration."""

    def install(last):
        folder = tmp_path / "later"
        (folder / "versions").mkdir(parents=True)
        for file in scripts().rglob("*.*"):
            if file.suffix in (".py", ".mako"):
                (folder / file.relative_to(scripts())).write_text(file.read_text())
        (folder / "versions" / "9999_later.py").write_text(NEXT.format(before=HEAD, last=last))
        monkeypatch.setattr(migrate, "scripts", lambda: folder)
        monkeypatch.setattr(migrate, "HEAD", "9999")

    return install


def test_an_older_database_is_brought_up_to_date(database, a_later_program):
    a_later_program("pass")
    assert upgrade(database) == (HEAD, "9999")
    assert upgrade(database) == ("9999", "9999")
    assert state(database) == "9999"


@pytest.mark.parametrize(
    "last",
    [
        "raise RuntimeError('half way')",
        "op.execute('CREATE TABLE half (id INTEGER)')",
        "op.execute(\"INSERT INTO alias (entity_id, name, folded) VALUES (99, 'b', 'b')\")",
    ],
)
def test_a_migration_that_fails_leaves_the_database_as_it_was(database, a_later_program, last):
    a_later_program(last)
    before = database.read_bytes()
    with pytest.raises(Exception, match=r"half way|already exists|would break 1 references"):
        upgrade(database)
    assert database.read_bytes() == before


def test_a_schema_that_this_program_never_had(database):
    connection = sqlite3.connect(database)
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.commit()
    connection.close()
    with pytest.raises(SchemaMismatch, match="does not know"):
        upgrade(database)
