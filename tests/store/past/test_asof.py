"""What a database knew at other moments: one row a series and period, in every view and in our own queries."""

from datetime import date

import pytest

from importers.databases import load, made
from store.stored import stored
from tracker.errors import TrackerError, UnknownName
from tracker.importers.policy import Policy
from tracker.query import shares
from tracker.store.aliases import add_aliases
from tracker.store.engine import reading, writing
from tracker.store.past.asof import reading_as_of
from tracker.store.past.moments import LONG_AFTER, moment, undated
from tracker.store.select import select
from tracker.store.shares import Selection
from tracker.values.asof import AsOf

HEAD = "market,entity,period,share,role,url,published,citation_kind,source,counted,whole\n"
FIRST = (
    HEAD + "poe/a,R1,2025-02,7,,https://press.org,2025-05-13,secondary,poe,messages,open\n"
    "poe/a,R1,2025-03,5,,https://press.org,2025-05-13,secondary,poe,messages,open\n"
    "poe/a,R1,2025-02,7.2,report,https://late.org,2025-07-01,secondary,poe,messages,open\n"
)
SECOND = (
    HEAD + "poe/a,R1,2025-02,7.5,,https://poe.com,2025-06-01,primary,poe,messages,open\n"
    "poe/a,V3,2025-02,2,,https://poe.com,,primary,poe,messages,open\n"
)
SHARES = "SELECT entity, period, share FROM shares ORDER BY 1, 2"
BEFORE = [("R1", "2025-02", 7.0), ("R1", "2025-03", 5.0)]
AFTER = [("R1", "2025-02", 7.5), ("R1", "2025-03", 5.0), ("V3", "2025-02", 2.0)]


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    load(path, SECOND, Policy("revise"))
    return path


def at(path, when, published=None, sql=SHARES):
    with reading_as_of(path, when and AsOf.parse(when), published and date.fromisoformat(published)) as session:
        return session.rows(sql)


def times(path):
    with reading(path) as session:
        return [time for (time,) in session.rows("SELECT recorded_at FROM batch ORDER BY id")]


def test_by_batch(path):
    assert (at(path, "1"), at(path, "2"), at(path, None)) == (BEFORE, AFTER, AFTER)


def test_by_time_and_by_day(path):
    first, second = times(path)
    assert (at(path, first), at(path, second)) == (BEFORE, AFTER)
    assert (at(path, first[:10]), at(path, "2000-01-01")) == (AFTER, [])


def test_one_row_a_series_and_period_at_every_moment(path):
    for when in ("1", "2", *times(path), "2030-01-01"):
        counted = "SELECT max(n) FROM (SELECT count(*) AS n FROM shares GROUP BY entity, period) AS counted"
        assert at(path, when, sql=counted) == [(1,)]


def test_our_own_queries_read_the_past(path):
    with reading_as_of(path, AsOf.parse("1")) as session:
        frame = shares(session, Selection(["poe/a"]))
    assert frame["printed"].tolist() == ["7", "5"]


def test_the_history_of_then_had_not_closed_anything_yet(path):
    history = "SELECT share, known_to IS NULL, closed_because FROM share_history ORDER BY share"
    assert at(path, "1", sql=history) == [(5.0, 1, None), (7.0, 1, None)]
    assert at(path, "2", sql=history) == [(2.0, 1, None), (5.0, 1, None), (7.0, 0, None), (7.5, 1, None)]


def test_reports_of_then(path):
    assert at(path, "1", sql="SELECT share, stance FROM reports") == [(7.2, "competes")]
    assert at(path, "2000-01-01", sql="SELECT count(*) FROM reports") == [(0,)]


def test_by_what_the_sources_had_published(path):
    assert at(path, None, "2025-05-12") == []
    assert at(path, None, "2025-05-13") == [("R1", "2025-02", 7.0), ("R1", "2025-03", 5.0)]
    assert at(path, None, "2025-06-01") == [("R1", "2025-02", 7.5), ("R1", "2025-03", 5.0)]
    # The source itself prevails over what was retold later.
    assert at(path, None, "2025-07-02")[0] == ("R1", "2025-02", 7.5)
    # A page without a date cannot be younger than its recording.
    assert at(path, None, times(path)[0][:10]) == AFTER


def test_reports_that_were_published_later_are_left_out(path):
    reports = "SELECT share, url FROM reports ORDER BY share"
    assert at(path, None, "2025-05-12", sql=reports) == []
    assert at(path, None, "2025-06-30", sql=reports) == []
    assert at(path, None, "2025-07-01", sql=reports) == [(7.2, "https://late.org")]


def test_a_page_of_unknown_date_gives_way_to_one_of_known_date(path):
    row = "poe/a,R1,2025-03,6,report,https://undated.org,,secondary,poe,messages,open\n"
    load(path, HEAD + row)
    assert at(path, None, "2099-01-01")[1] == ("R1", "2025-03", 5.0)


def test_aliases_of_then(path):
    with writing(path) as session:
        add_aliases(session, "R1", ["R one"])
    load(path, FIRST.replace("2025-03,5", "2025-05,5"), Policy("skip"))
    aliases = "SELECT name FROM alias WHERE known_to IS NULL"
    assert (at(path, "1", sql=aliases), at(path, "3", sql=aliases)) == ([], [("R one",)])


def test_both_clocks_at_once(path):
    assert at(path, "1", "2025-06-01") == BEFORE
    assert at(path, "1", "2025-07-01") == [("R1", "2025-02", 7.2), ("R1", "2025-03", 5.0)]


def test_pages_of_unknown_date_are_counted(path):
    with reading_as_of(path, None, date(2030, 1, 1)) as session:
        assert undated(session) == (1, 1)


def test_a_batch_that_is_not_there(path):
    with reading(path) as session, pytest.raises(UnknownName, match="no batch 3; they are 1 to 2"):
        moment(session, AsOf.parse("3"))


def test_no_batch_at_all(tmp_path):
    path = made(tmp_path)
    with reading(path) as session, pytest.raises(UnknownName, match="there is none yet"):
        moment(session, AsOf.parse("1"))
    assert at(path, "2025-01-01") == []


def test_what_is_known_by_time_belongs_to_the_batch_before_it(path):
    with reading(path) as session:
        first, last = moment(session, AsOf.parse("1")), moment(session, AsOf.parse("2"))
    assert times(path)[0] <= first.at < times(path)[1]
    assert last.at == LONG_AFTER


def test_a_parent_that_came_with_a_batch_is_known_from_that_batch_on(path):
    load(
        path,
        HEAD.replace("whole", "whole,parents") + "poe/a,R1,2025-04,4,,https://poe.com,,primary,poe,messages,open,Lab\n"
        ",Lab,,,entity,,,,,,,\n",
    )
    parents = "SELECT count(*) FROM entity_parent WHERE known_to IS NULL"
    assert [at(path, when, sql=parents) for when in ("1", "2", "3")] == [[(0,)], [(0,)], [(1,)]]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP VIEW shares",
        "DROP VIEW temp.shares",
        "CREATE TEMP TABLE t (a)",
        "INSERT INTO observation DEFAULT VALUES",
        "DELETE FROM main.observation",
    ],
)
def test_the_past_cannot_be_written(path, sql):
    with reading_as_of(path, AsOf.parse("1")) as session, pytest.raises(TrackerError):
        select(session, sql)


def test_nothing_is_written_to_the_file(path):
    before = stored(path)
    at(path, "1", "2026-01-01")
    assert stored(path) == before


@pytest.mark.files
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM main.shares",
        "SELECT 1 FROM MAIN . observation",
        'SELECT share FROM "main".[observation]',
        "SELECT share FROM 'main'.share_history",
        "WITH observation AS (SELECT * FROM main/**/.observation) SELECT * FROM observation",
        "EXPLAIN SELECT * FROM main.reports",
    ],
)
@pytest.mark.parametrize(("when", "published"), [("1", None), (None, "2025-05-31")])
def test_nobody_passes_by_the_past(path, sql, when, published):
    with (
        reading_as_of(path, when and AsOf.parse(when), published and date.fromisoformat(published)) as session,
        pytest.raises(TrackerError, match=r"main\. names what is there now") as refused,
    ):
        select(session, sql)
    assert "Write the plain name" in refused.value.hint


@pytest.mark.files
def test_other_schemas_are_the_past_itself(path):
    with reading_as_of(path, AsOf.parse("1")) as session:
        assert select(session, "SELECT count(*) FROM temp.shares")[1] == [(2,)]
        assert select(session, "SELECT count(*), 'main.shares' FROM shares")[1] == [(2, "main.shares")]
        for sql in ("SELECT * FROM other.shares", "SELECT * FROM file.shares"):
            with pytest.raises(TrackerError, match="no such table"):
                select(session, sql)
    with reading_as_of(path) as session:
        assert select(session, "SELECT count(*) FROM main.shares")[1] == [(3,)]
