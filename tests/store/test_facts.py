"""What checks read: series in the order of time, and who belongs to whom in a market."""

from datetime import date

import pytest

from importers.databases import load, made
from tracker.store.engine import reading, writing
from tracker.store.entities import add_entity
from tracker.store.facts import Above, lines, periods, series_of
from tracker.values import Entity, Parent, Period, Share

TABLE = """market,entity,period,share,url,source,counted,whole
s/m,R1,2025-02,<1,https://s.org/,s,things,open
s/m,R1,~2025-01,7.0,https://s.org/,s,things,open
s/m,DeepSeek,2025-02,9,https://s.org/,s,things,open
s/m,R1,2024,6..8,https://s.org/,s,things,open
"""


@pytest.fixture
def path(tmp_path):
    load(made(tmp_path), TABLE)
    return tmp_path / "tracker.db"


def test_a_series_comes_whole_and_in_the_order_of_time(path):
    with reading(path) as session:
        found = list(series_of(session, "s/m", periods(session)))
    assert [(one.entity, one.kind) for one in found] == [("DeepSeek", "product"), ("R1", "product")]
    assert [(str(fact.period), str(fact.share), fact.status, fact.batch) for fact in found[1].facts] == [
        ("2024", "6..8", "A", 1),
        ("~2025-01", "7.0", "A", 1),
        ("2025-02", "<1", "A", 1),
    ]
    assert found[0].facts[0].share == Share.parse("9")


def test_belonging_is_followed_over_steps_while_all_of_them_hold(path):
    with writing(path) as session:
        add_entity(session, Entity("Lab"))
        add_entity(session, Entity("Chat", parents=(Parent("DeepSeek", None, date(2025, 6, 30)),)))
        add_entity(session, Entity("R1", parents=(Parent("Chat", date(2025, 1, 20)), Parent("Lab"))))
    (found,) = above(path)
    assert found == Above("R1", "DeepSeek", date(2025, 1, 20), date(2025, 6, 30))
    held = {label: found.holds(Period.parse(label)) for label in ("2024", "2025-01", "2025-06", "2025-07", "2025")}
    assert held == {"2024": False, "2025-01": True, "2025-06": True, "2025-07": False, "2025": True}


def test_a_parent_that_was_taken_back_is_none(path):
    with writing(path) as session:
        add_entity(session, Entity("R1", parents=(Parent("DeepSeek"),)))
        session.run("UPDATE entity_parent SET known_to = '2026-01-01T00:00:00.000000Z'")
    assert above(path) == ()


def above(path):
    """Who belongs to whom in the one market."""
    with reading(path) as session:
        (market,) = lines(session)
    return market.above


def test_a_market_without_a_share_has_no_series(path):
    with writing(path) as session:
        session.run("INSERT INTO market (slug, source_id, counted, whole) VALUES ('s/none', 1, 'x', 'open')")
    with reading(path) as session:
        assert [one.market.slug for one in lines(session)] == ["s/m"]
        assert list(series_of(session, "s/none", periods(session))) == []
