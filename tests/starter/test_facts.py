"""The starter data say what the facts table says, row by row, and nothing else."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tracker.importers.asked import Asked
from tracker.importers.long_csv import LongCsv
from tracker.importers.policy import Policy
from tracker.importers.run import ingest
from tracker.importers.table import Table
from tracker.starter import FACTS
from tracker.store.batches import Batch
from tracker.store.contents import contents
from tracker.store.engine import reading, writing
from tracker.store.entities import find_entity, recorded
from tracker.store.events import events
from tracker.store.markets import markets
from tracker.store.migrate import create
from tracker.store.shares import Selection, observations, reports_on
from tracker.values import Event, Parent, Period

TABLE = Path(__file__).parents[2] / "../shared/data/ai_usage_facts.csv"
MARKS = {"exact": "", "approx": "~", "lower bound": ">"}


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    path = tmp_path_factory.mktemp("starter") / "tracker.db"
    create(path)
    table = Table.open(FACTS)
    with writing(path) as session:
        ingest(session, table.name, LongCsv().read(table, Asked()), Batch("init", "0"), Policy())
    with reading(path) as session:
        yield session


def _days(period):
    return (str(period.start), str(period.end))


def _stored(session):
    everything = Selection()
    for told in [*observations(session, everything), *reports_on(session, everything)]:
        period = Period.parse(told.printed_period or told.period)
        yield told.entity, _days(period), str(told.share), told.citation.url, told.citation.title


def _stated(session):
    if not TABLE.exists():
        pytest.skip("the shared data are not here")
    with TABLE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            share = MARKS[row["value_qualifier"]] + row["share_percent"] if row["share_percent"] else ""
            share = share or f"{row['share_low']}..{row['share_high']}"
            days = (row["period_start"], row["period_end"])
            yield find_entity(session, row["entity"]), days, share, row["source_url"], row["source_title"]


def test_each_row_of_the_facts_table_is_there_and_nothing_else(session):
    stated, stored = Counter(_stated(session)), Counter(_stored(session))
    assert sum(stated.values()) == 159
    assert stored == stated


def test_every_fact_has_one_of_32_pages(session):
    counts = contents(session)
    assert (counts["observation"] + counts["report"], counts["url"]) == (159, 32)


def test_the_fall_of_deepseek_on_poe(session):
    sql = "SELECT entity, period_start, share FROM shares WHERE market = :market AND entity = 'DeepSeek R1'"
    assert session.rows(sql + " ORDER BY 2", market="poe/text-messages") == [
        ("DeepSeek R1", "2025-02-15", 7.0),
        ("DeepSeek R1", "2025-04-30", 3.0),
    ]
    assert session.rows(sql, market="poe/reasoning-messages") == [("DeepSeek R1", "2025-05-15", 12.2)]


def test_r1_belongs_to_deepseek(session):
    r1, lab = recorded(session, "DeepSeek R1"), recorded(session, "DeepSeek")
    assert (r1.kind, r1.parents, r1.hue) == ("model", (Parent("DeepSeek"),), lab.hue)
    assert (lab.kind, "Deepseek" in lab.aliases) == ("lab", True)


def test_adoption_rates_overlap(session):
    wholes = {market.slug: market.whole for market in markets(session)}
    assert {slug: whole for slug, whole in wholes.items() if "adoption" in slug} == {
        "a16z/adoption": "overlapping",
        "etr/enterprise-adoption": "overlapping",
        "ramp/paid-adoption": "overlapping",
        "rps/adoption-outside-work": "overlapping",
    }
    above = session.rows("SELECT market FROM shares GROUP BY market, period HAVING sum(share) > 101")
    assert {wholes[market] for (market,) in above} == {"overlapping"}


def test_two_events(session):
    assert events(session) == [
        Event(Period.parse("2025-01-20"), "R1 released", entities=("DeepSeek", "DeepSeek R1"), tags=("release",)),
        Event(Period.parse("2025-04-29"), "Qwen3 released", entities=("Qwen",), tags=("release",)),
    ]


def test_what_may_be_passed_on_has_a_licence(session):
    assert session.rows("SELECT slug FROM source WHERE may_redistribute AND licence IS NULL") == []
