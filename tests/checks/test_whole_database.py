"""The checks that look at the database at once: retellings, conflicts, orphans, twins, integrity."""

import sqlite3

import pytest

from checks.watching import checked
from importers.databases import load, made
from tracker.checks.registry import CHECKS
from tracker.store.engine import writing
from tracker.store.entities import add_entity
from tracker.store.markets import add_market
from tracker.store.sources import add_source
from tracker.values import Entity, Market, Source

HEADER = "market,entity,period,share,url,citation_kind,role,source,counted,whole"


def table(*rows):
    """Our own long CSV, of one market of a source; a row is entity, period, share, page, kind and role."""
    return "\n".join([HEADER, *(f"s/m,{','.join(row)},s,things,open" for row in rows)]) + "\n"


@pytest.fixture
def path(tmp_path):
    return made(tmp_path)


def told(found):
    return [(one.market, one.entity, one.period, one.message) for one in found]


def observed(entity, period, share, page="https://s.org/", kind="primary", role=""):
    return entity, period, share, page, kind, role


def test_an_empty_database_is_clean(path):
    assert checked(path, *(check.name for check in CHECKS)) == []


def test_retellings_are_counted_by_market(path):
    load(
        path,
        table(
            observed("A", "2025-01", "7", "https://press.org/", "secondary"),
            observed("A", "2025-02", "8", "https://press.org/", "secondary"),
            observed("A", "2025-02", "8", "https://s.org/", "primary", "report"),
            observed("A", "2025-03", "9"),
            observed("B", "2025-03", "9", "https://press.org/", "secondary"),
            observed("B", "2025-03", "9.5", "https://s.org/2", "primary", "report"),
        ),
    )
    (found,) = checked(path, "retellings")
    said = "2 of 4 observations rest on retellings only: the source's own page is not cited"
    assert told([found]) == [("s/m", "", "", said)]
    assert (found.remedy, found.batch) == ("tracker waive retellings --market s/m --reason '...'", 1)
    assert checked(path, "retellings", markets=("s/other",)) == []


def test_conflicts_name_the_losers_and_the_rule(path):
    load(
        path,
        table(
            observed("A", "2025-01", "7"),
            observed("A", "2025-01", "7.0", "https://same.org/", "secondary", "report"),
            observed("A", "2025-01", "8", "https://press.org/", "secondary", "report"),
            observed("A", "2025-01", "~9", "https://blog.org/", "secondary", "report"),
        ),
    )
    rule = "the source's own page stands before a retelling, and then what was published last"
    said = "2 other pages say otherwise: 8% at https://press.org/; ~9% at https://blog.org/"
    (found,) = checked(path, "conflicts")
    assert told([found]) == [("s/m", "A", "2025-01", f"7% stands, {said}. By the rule primary: {rule}")]
    assert found.remedy == "tracker waive conflicts --market s/m --entity A --period 2025-01 --reason '...'"


def test_a_rule_of_the_market_is_named(path):
    load(path, table(observed("A", "2025-01", "7"), observed("A", "2025-01", "8", "https://b.org/", role="report")))
    with writing(path) as session:
        session.run("INSERT INTO market_rule (market_id, batch_id, rule) SELECT id, 1, 'first' FROM market")
    (found,) = checked(path, "conflicts")
    assert found.message.endswith("By the rule first: what was recorded first stands")


def test_orphans_are_named_one_by_one(path):
    load(path, table(observed("A", "2025-01", "7")))
    with writing(path) as session:
        add_source(session, Source("lonely", "Lonely"))
        add_market(session, Market("s/empty", "s", "things", "open"))
        add_entity(session, Entity("Nobody"))
        session.run("INSERT INTO series (market_id, entity_id) SELECT 1, id FROM entity WHERE name = 'Nobody'")
        add_entity(session, Entity("Nobody else"))
        session.run("INSERT INTO citation (url) VALUES ('https://unread.org/')")
        session.run(
            "INSERT INTO period (label, start_date, end_date, precision) VALUES ('2030', '2030-01-01', '2030-12-31',"
            " 'year')"
        )
    assert told(checked(path, "orphans")) == [
        ("", "", "", "unused source lonely: no market is of this source"),
        (
            "",
            "Nobody else",
            "",
            "unused entity: it has no share, nothing belongs to it, and no event names it",
        ),
        ("", "", "", "unused citation https://unread.org/: nothing is cited from this page"),
        ("", "", "2030", "unused period: nothing is dated so"),
        ("s/empty", "", "", "unused market: no share is recorded in this market"),
        ("s/m", "Nobody", "", "unused series: no share of it is or was recorded here"),
    ]
    remedies = [one.remedy for one in checked(path, "orphans")]
    assert remedies.count("") == 2
    assert "tracker waive orphans --market s/m --entity Nobody --reason '...'" in remedies
    assert len(checked(path, "orphans", markets=("s/empty",))) == 1


def test_a_market_that_was_imported_twice(path):
    rows = [observed("A", f"2025-0{month}", f"{month}.5") for month in range(1, 5)]
    load(path, table(*rows))
    load(path, table(*rows).replace("s/m,", "s/twin,"))
    (found,) = checked(path, "duplicates")
    said = "its 4 readings are those of s/m, of the same source: imported twice?"
    assert told([found]) == [("s/twin", "", "", said)]
    assert found.batch == 2
    load(path, table(observed("A", "2025-05", "5")).replace("s/m,", "s/twin,"))
    assert checked(path, "duplicates") == []


def test_markets_that_differ_in_one_share_are_no_twins(path):
    rows = [observed("A", f"2025-0{month}", f"{month}.5") for month in range(1, 5)]
    load(path, table(*rows))
    load(path, table(*rows).replace("4.5", "4.6").replace("s/m,", "s/twin,"))
    assert checked(path, "duplicates") == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE observation SET batch_id = 99", "1 reference of observation to batch leads nowhere"),
        ("UPDATE observation SET batch_id = 99", "the view shares shows 0 rows, of 1 in its tables"),
        (
            "INSERT INTO report (series_id, period_id, citation_id, batch_id, share)"
            " SELECT series_id, period_id, citation_id, batch_id, share FROM observation",
            "citations that are the observation and a report on it at once: 1",
        ),
        (
            "INSERT INTO superseded SELECT *, batch_id + 1 FROM observation",
            "rows that were current and superseded at one time: 1",
        ),
        (
            "INSERT INTO carried (series_id, period_id, batch_id, origin_id) VALUES (1, 1, 2, 1)",
            "notes on rows that were carried on, and are not there: 1",
        ),
    ],
)
def test_what_contradicts_the_ledger(path, damage, said):
    load(path, table(observed("A", "2025-01", "7")))
    load(path, table(observed("B", "2025-01", "7")))
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM observation WHERE batch_id = 2")
        connection.execute(damage)
    connection.close()
    messages = [one.message for one in checked(path, "integrity")]
    assert f"{said}; take a copy from before the damage" in messages


def test_a_damaged_page(path):
    load(path, table(observed("A", "2025-01", "7")))
    connection = sqlite3.connect(path)
    ((page,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_citation_url'").fetchall()
    ((size,),) = connection.execute("PRAGMA page_size").fetchall()
    connection.close()
    content = bytearray(path.read_bytes())
    content[page * size - 40 : page * size] = b"\xff" * 40
    path.write_bytes(content)
    found = checked(path, "integrity")
    assert found
    assert found[0].message.startswith("the file ")
