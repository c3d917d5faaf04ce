"""The views in the hands of other programs: plain SQLite, pandas, DuckDB, Datasette."""

import asyncio
import re
import shlex
import sqlite3
import warnings
from pathlib import Path

import duckdb
import pytest

from tracker.cli.boundary import run

PAGE = Path(__file__).parents[1] / "docs" / "views.md"
VIEWS = {"shares": 152, "share_history": 152, "reports": 7}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("clients") / "tracker.db"
    assert run(["init", "--db", str(path)]) == 0
    return path


@pytest.fixture
def database(template, tmp_path):
    """A database at the place where it is looked for, byte for byte the same when the test ends."""
    path = tmp_path / "tracker.db"
    path.write_bytes(template.read_bytes())
    yield path
    assert path.read_bytes() == template.read_bytes()


@pytest.mark.parametrize("view", VIEWS)
def test_plain_sqlite(view, database):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    assert connection.execute(f"select count(*) from {view}").fetchone() == (VIEWS[view],)
    connection.close()


def test_the_python_of_the_page(database, tmp_path):
    """Each block is run as it is printed, one after the other, in a folder that has the files they name."""
    assert run(["query", "select * from shares", "-o", "shares.parquet"]) == 0
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    names: dict = {}
    for block in blocks:
        exec(block, names)
    assert len(names["frame"]) == 152
    assert str(names["frame"]["period_start"].dtype).startswith("datetime64")
    assert names["counts"]["n"].sum() == 152
    peaks = names["peaks"].set_index("entity")["peak"]
    assert peaks["GPT-4o"] == names["frame"].groupby("entity")["share"].max()["GPT-4o"]


def test_the_commands_of_the_page(database):
    console = "".join(re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))
    Path("report.sql").write_text("select 1 as one")
    commands = [line for line in console.replace("\\\n", "").splitlines() if line.startswith("$ tracker ")]
    assert len(commands) == 3
    for command in commands:
        assert run(shlex.split(command)[2:]) == 0


def test_duckdb_knows_the_types_of_our_parquet(database):
    assert run(["query", "select * from shares", "-o", "shares.parquet"]) == 0
    found = duckdb.sql(
        "select typeof(share), typeof(period_start), typeof(decimals), typeof(known_from) from 'shares.parquet'"
    )
    assert found.fetchall()[0] == ("DOUBLE", "DATE", "BIGINT", "TIMESTAMP WITH TIME ZONE")


def test_duckdb_attaches_the_file(database):
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        connection.execute("LOAD sqlite")
    except duckdb.Error as error:
        pytest.skip(
            f"DuckDB's SQLite extension is not installed, and is fetched from the network: {type(error).__name__}"
        )
    connection.execute(f"ATTACH '{database}' AS tracker (TYPE sqlite, READ_ONLY)")
    for view, count in VIEWS.items():
        assert connection.execute(f"select count(*) from tracker.{view}").fetchone() == (count,)
    connection.close()


@pytest.fixture(scope="module")
def datasette(template):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its libraries deprecate is not ours to mend
        from datasette.app import Datasette

        server = Datasette(immutables=[str(template)])
    yield server
    for opened in server.databases.values():
        opened.close()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("view", VIEWS)
def test_datasette(view, datasette):
    response = asyncio.run(datasette.client.get(f"/tracker/{view}.json?_shape=objects&_size=max"))
    assert response.status_code == 200
    assert len(response.json()["rows"]) == VIEWS[view]


@pytest.mark.filterwarnings("ignore")
def test_datasette_shows_a_page_and_runs_sql(datasette):
    page = asyncio.run(datasette.client.get("/tracker/shares?entity=DeepSeek+R1"))
    assert page.status_code == 200
    assert "poe/text-messages" in page.text
    sql = "select share from shares where market='poe/text-messages' and entity='DeepSeek R1' order by period_start"
    told = asyncio.run(datasette.client.get("/tracker.json", params={"sql": sql, "_shape": "arrayfirst"}))
    assert told.json() == [7.0, 3.0]
