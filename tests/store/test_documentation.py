"""The page of the views: all of it is described, and it says what the database has."""

import runpy
import shutil
from pathlib import Path

import pytest

from tracker.cli.boundary import run
from tracker.store.documentation import COLUMNS, ELSEWHERE, STORED, VIEWS, column, views
from tracker.store.engine import reading

SCRIPT = Path(__file__).parents[2] / "docs" / "views.py"


@pytest.fixture(scope="module")
def database(tmp_path_factory, engine):
    path = tmp_path_factory.mktemp("documented") / "tracker.db"
    assert run(["init", "--db", str(path)]) == 0
    return path


@pytest.fixture
def found(database):
    with reading(database) as session:
        return views(session)


def test_every_view_and_every_column_is_described(found):
    assert set(found) == set(VIEWS)
    for view, columns in found.items():
        for name, kind in columns:
            known = column(view, name)
            assert known.holds
            assert kind in ("", STORED[known.kind]), f"{view}.{name} is {kind}, and described as {known.kind}"
            assert known.unit or known.kind == "text"


def test_nothing_is_described_that_is_not_there(found):
    there = {(view, name) for view, columns in found.items() for name, _ in columns}
    assert set(COLUMNS) == {name for _, name in there}
    assert set(ELSEWHERE) <= there


def test_the_page_is_of_this_schema(database):
    made = runpy.run_path(str(SCRIPT))
    assert made["page"](database) == made["PAGE"].read_text(encoding="utf-8"), "write it again: python docs/views.py"


def test_every_column_has_an_example(database):
    page = runpy.run_path(str(SCRIPT))["page"](database)
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    assert [line for line in lines if line.endswith("|  |")] == []


@pytest.mark.files
def test_a_new_column_without_a_description_is_noticed(database, tmp_path):
    import sqlite3

    other = shutil.copy(database, tmp_path / "other.db")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE VIEW more AS SELECT 1 AS unheard_of")
    connection.close()
    with pytest.raises(KeyError):
        runpy.run_path(str(SCRIPT))["page"](Path(other))
