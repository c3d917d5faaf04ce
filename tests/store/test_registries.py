"""Sources, markets and events: recorded once, agreed with later."""

import pytest

from tracker.errors import Conflict, UnknownName
from tracker.store.contents import contents
from tracker.store.engine import writing
from tracker.store.entities import add_entity
from tracker.store.events import add_event, events
from tracker.store.markets import add_market, extent, find_market, market, markets, sizes
from tracker.store.migrate import create
from tracker.store.sources import add_source, markets_by, source, sources
from tracker.values import Entity, Event, Market, Period, Source

POE = Source("poe", "Poe", url="https://poe.com", may_redistribute=False, revises="full")
MESSAGES = Market("poe/messages", "poe", "messages", "open", region="worldwide")


@pytest.fixture
def session(tmp_path):
    create(tmp_path / "tracker.db")
    with writing(tmp_path / "tracker.db") as session:
        yield session


def test_a_source_is_recorded_once(session):
    assert add_source(session, POE)
    assert not add_source(session, POE)
    assert not add_source(session, Source("poe", "Poe"))
    assert not add_source(session, Source("poe", "poe"))
    assert sources(session) == [POE] == [source(session, "poe")]


@pytest.mark.parametrize("other", [Source("poe", "Quora"), Source("poe", "Poe", may_redistribute=True)])
def test_a_source_is_not_described_anew(session, other):
    add_source(session, POE)
    with pytest.raises(Conflict, match="with other words"):
        add_source(session, other)


def test_an_unknown_source_shows_the_nearest_and_how_to_make_it(session):
    add_source(session, Source("similarweb", "Similarweb"))
    with pytest.raises(UnknownName) as refused:
        source(session, "similar-web")
    assert str(refused.value) == (
        "there is no source 'similar-web'; near it: similarweb\n"
        "Make it: tracker source add similar-web --title '...' --url https://..."
    )


def test_a_market_is_recorded_once_and_has_a_source(session):
    with pytest.raises(UnknownName, match="there is no source 'poe'"):
        add_market(session, MESSAGES)
    add_source(session, POE)
    assert add_market(session, MESSAGES)
    assert not add_market(session, MESSAGES)
    assert not add_market(session, Market("poe/messages", "poe", "messages", "open"))
    with pytest.raises(Conflict, match="whole is 'open'"):
        add_market(session, Market("poe/messages", "poe", "messages", "closed"))
    assert markets(session) == [MESSAGES] == [market(session, "poe/messages")]
    assert markets_by(session, "poe") == ["poe/messages"]
    assert find_market(session, "poe/images") is None
    assert (sizes(session), extent(session, "poe/messages")) == ({}, (0, None, None, []))


def test_an_unknown_market_shows_the_nearest_and_how_to_make_it(session):
    add_source(session, POE)
    add_market(session, MESSAGES)
    with pytest.raises(UnknownName, match="near it: poe/messages") as refused:
        market(session, "poe/message")
    assert "tracker market add poe/message " in refused.value.hint


def test_an_event_is_recorded_once_and_added_to(session):
    add_entity(session, Entity("R1", aliases=("r-1",)))
    add_entity(session, Entity("V3"))
    given = Event(Period.parse("2025-01-20"), "R1 released", "https://a.org", None, ("R1",), ("release",))
    assert add_event(session, given)
    assert not add_event(session, given)
    assert not add_event(session, Event(given.period, given.label, entities=("r-1",)))
    assert add_event(session, Event(given.period, given.label, entities=("V3",), tags=("big",)))
    assert events(session) == [
        Event(given.period, given.label, "https://a.org", None, ("R1", "V3"), ("big", "release"))
    ]
    with pytest.raises(Conflict, match="url is"):
        add_event(session, Event(given.period, given.label, "https://b.org"))
    with pytest.raises(UnknownName):
        add_event(session, Event(given.period, "other", entities=("Nobody",)))


def test_an_empty_database_holds_nothing(session):
    assert set(contents(session).values()) == {0}
