"""Python reads the same frames from a server as from a file, and a person's own SQL can only read there, too."""

import pandas as pd
import pytest

import postgres_server
import tracker
from importers.databases import load
from store.postgres.scripted import FILES, Clock
from tracker.cli.boundary import run
from tracker.errors import TrackerError, UsageProblem
from tracker.importers.policy import Policy
from tracker.store import batches


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """The same session on both."""
    file, server = tmp_path_factory.mktemp("places") / "tracker.db", postgres_server.new()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "datetime", Clock)
        for place, named in ((file, str(file)), (server, server.url)):
            Clock.minutes = 0
            assert run(["init", "--db", named]) == 0
            Clock.minutes = 1
            load(place, FILES["first.csv"], Policy(new_entities=True))
            Clock.minutes = 2
            load(place, FILES["second.csv"], Policy("revise"))
    yield str(file), server.url
    postgres_server.drop(server)


@pytest.fixture
def here(places):
    with tracker.connect(places[0]) as t:
        yield t


@pytest.fixture
def there(places):
    with tracker.connect(places[1]) as t:
        yield t


FRAMES = {
    "shares": lambda t: t.shares(),
    "of one": lambda t: t.shares("R1", "poe/a"),
    "of some days": lambda t: t.shares(start="2025-02", end="2025-04"),
    "as of a batch": lambda t: t.shares("R1", as_of=2),
    "as published": lambda t: t.shares(market="poe/a", as_published="2025-05-31"),
    "both": lambda t: t.shares(market="poe/a", as_of=3, as_published="2025-06-30"),
    "summed": lambda t: t.shares(level="lab"),
    "wide": lambda t: t.shares(market="poe/text-messages", format="wide"),
    "first release": lambda t: t.get_series_first_release("R1", market="poe/a").to_frame(),
    "all releases": lambda t: t.get_series_all_releases("R1", market="poe/a"),
    "search": lambda t: t.search("poe"),
    "history": lambda t: t.history("R1", "poe/a"),
    "diff": lambda t: t.diff(2, 3),
    "markets": lambda t: t.markets(),
    "entities": lambda t: t.entities(),
    "sources": lambda t: t.sources(),
    "events": lambda t: t.events(),
    "sql": lambda t: t.sql("SELECT * FROM share_history ORDER BY market, entity, period, known_from"),
    "sums in sql": lambda t: t.sql(
        "SELECT market, count(*) AS n, sum(decimals) AS digits, avg(share) AS mean, min(period_start) AS first"
        " FROM shares WHERE share > :least GROUP BY market ORDER BY market",
        {"least": 1},
    ),
    "marks in sql": lambda t: t.sql("SELECT entity FROM shares WHERE share > ? AND market = ?", [7, "poe/a"]),
    "nothing in sql": lambda t: t.sql("SELECT share, note, batch FROM shares WHERE market = 'none'"),
    "then in sql": lambda t: t.sql("SELECT market, entity, period, share FROM shares ORDER BY 1, 2, 3", as_of=2),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_is_the_same(here, there, name):
    found = FRAMES[name](there)
    assert isinstance(found, pd.DataFrame)
    pd.testing.assert_frame_equal(found, FRAMES[name](here))


def test_it_says_where_it_reads(there):
    assert repr(there).startswith("Tracker('postgresql+psycopg://")


WRITES = """
UPDATE observation SET share = 1
DELETE FROM report
TRUNCATE batch
DROP VIEW shares
INSERT INTO source (slug, title) VALUES ('x', 'y')
CREATE TABLE mine (a int)
CREATE TEMP TABLE mine (a int)
COPY shares TO '/tmp/x'
COPY source FROM PROGRAM 'id'
SET default_transaction_read_only = off
RESET ALL
COMMIT
ROLLBACK
DO $$ BEGIN DELETE FROM report; END $$
CALL nothing()
VACUUM
LOCK batch
WITH gone AS (DELETE FROM report RETURNING *) SELECT * FROM gone
SELECT * INTO mine FROM shares
PREPARE mine AS SELECT 1
LISTEN mine
/* a word */ DELETE FROM report
(DELETE FROM report)
EXPLAIN ANALYZE DELETE FROM report
"""


@pytest.mark.parametrize("statement", [*WRITES.strip().splitlines(), "-- a word\nDELETE FROM report"])
def test_sql_cannot_write(there, statement):
    with pytest.raises(TrackerError, match=r"^refused: this statement would write, attach, load or set something"):
        there.sql(statement)


@pytest.mark.parametrize(
    "statement",
    ["SELECT nextval('batch_id_seq')", "SELECT set_config('transaction_read_only', 'off', false)"],
)
def test_functions_cannot_write(there, statement):
    with pytest.raises(TrackerError):
        there.sql(statement)


def test_what_a_function_makes_all_the_same_is_gone_with_its_look(there):
    assert there.sql("SELECT lo_create(0) > 0 AS made")["made"].tolist() == [1]
    assert there.sql("SELECT count(*) AS kept FROM pg_largeobject_metadata")["kept"].tolist() == [0]


@pytest.mark.parametrize("statement", ["SELECT 1; SELECT 2", "SELECT 1; COMMIT; DELETE FROM report"])
def test_sql_is_one_statement(there, statement):
    with pytest.raises(TrackerError, match="more than one statement"):
        there.sql(statement)


def test_values_are_named(here, there):
    for t in (here, there):
        with pytest.raises(UsageProblem, match="has :b, and no value for it"):
            t.sql("SELECT :a AS a, :b AS b", {"a": 1})
        with pytest.raises(UsageProblem, match="no :c in the statement"):
            t.sql("SELECT :a AS a", {"a": 1, "c": 2})


def test_the_present_is_not_read_past_a_moment(there):
    for name in ("public.shares", '"public" . shares', "public.observation"):
        with pytest.raises(TrackerError, match="names what is there now"):
            there.sql(f"SELECT * FROM {name}", as_of=2)
    assert there.sql("SELECT count(*) AS n FROM public.shares")["n"].tolist() > [0]


def test_a_slow_statement_is_stopped(places, capsys):
    slow = "select count(*) from shares as a, shares as b, shares as c, shares as d, shares as e"
    assert run(["query", slow, "--timeout", "0.3", "--db", places[1]]) == 1
    assert "took longer than 0.3 seconds" in capsys.readouterr().err
