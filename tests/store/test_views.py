"""The SELECTs that reading the past makes views of are those of the migrations."""

import sqlite3

from tracker.store.migrate import create
from tracker.store.views import SELECTS


def test_the_migrations_make_these_views(tmp_path):
    create(tmp_path / "tracker.db")
    with sqlite3.connect(tmp_path / "tracker.db") as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY rowid").fetchall()
    connection.close()
    assert made == [(name, f"CREATE VIEW {name} AS {select}") for name, select in SELECTS.items()]
