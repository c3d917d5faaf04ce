"""On a server, too, the way down keeps what the older schema cannot hold, and the way up puts it back."""

import shlex

import psycopg
import pytest
from alembic import command

import postgres_server
from store.kinds import ROWS, STEPS
from store.postgres.test_schema import _alembic, snapshot
from tracker.cli.boundary import run
from tracker.store.migrate import create, state

BEFORE = (
    *("source add zz --title Zed", "source add yy --title Y", "entity add DeepSeek --kind lab"),
    "event add 2025-01-20 'R1 released'",
)
"""As `tracker init` makes the first batch of a file; on a server the import is the first."""


@pytest.fixture
def place():
    made = postgres_server.new()
    create(made)
    yield made
    postgres_server.drop(made)


def rows(place):
    with psycopg.connect(place.conninfo) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for (name,) in names}


def test_down_and_up_with_rows_that_the_older_schema_cannot_hold(place, tmp_path):
    (tmp_path / "kinds.csv").write_text(ROWS)
    for words in (*BEFORE, *STEPS):
        typed = ["3" if word == "4" else str(tmp_path / "kinds.csv") if word == "FILE" else word
                 for word in shlex.split(words)]  # fmt: skip
        assert run([*typed, "--db", place.url]) in (0, 1), words
    before, made = rows(place), snapshot(place)
    new = ("undo", "correction", "carried", "entity_merge", "market_rule", "waiver", "claim", "mapping")
    assert [name for name in (*new, "alias", "entity_parent") if not before[name]] == []
    for revision in ("0002", "0003", "0001", "0003", "0002", "0001", "0002", "0003"):
        _alembic(place, command.downgrade if revision < str(state(place)) else command.upgrade, revision)
        if revision == "0003":
            assert (rows(place), snapshot(place)) == (before, made)
