"""Claims that are kept: with the verdict of their time, closed and never erased."""

import pytest

from claiming import asked
from tracker.errors import UnknownName
from tracker.store.claims import claim, claims, drop, judged, keep_claim
from tracker.store.engine import writing
from tracker.store.entities import add_entity
from tracker.store.markets import add_market
from tracker.store.migrate import create
from tracker.store.sources import add_source
from tracker.values import Entity, Market, Source

QUESTION = asked("2025-02", "2025-04", before="7", after="3.0", percent="-57.1")
ONE = ("Alpha fell", "lab/users", "Alpha", QUESTION)


@pytest.fixture
def session(tmp_path):
    create(tmp_path / "tracker.db")
    with writing(tmp_path / "tracker.db") as session:
        add_source(session, Source("lab", "Lab"))
        add_market(session, Market("lab/users", "lab", "users", "open"))
        for name in ("Alpha", "Beta"):
            add_entity(session, Entity(name))
        yield session


def test_what_is_kept_is_as_it_was_said(session):
    assert keep_claim(session, *ONE, "cannot tell") == (1, None)
    (kept,) = claims(session)
    assert kept[:6] == (1, *ONE, "cannot tell")
    assert len(kept.known_from) == 27
    assert claim(session, 1) == kept
    assert judged(session, kept.market, kept.entity, kept.question).verdict == "cannot tell"


def test_the_same_with_the_same_verdict_is_kept_once(session):
    keep_claim(session, *ONE, "supported")
    assert keep_claim(session, *ONE, "supported") == (1, claim(session, 1))
    assert keep_claim(session, "in other words", *ONE[1:], "supported") == (2, None)
    assert keep_claim(session, *ONE[:2], "Beta", QUESTION, "supported") == (3, None)


def test_another_verdict_closes_the_one_before(session):
    keep_claim(session, *ONE, "supported")
    first = claim(session, 1)
    assert keep_claim(session, *ONE, "contradicted") == (2, first)
    assert [(kept.number, kept.verdict) for kept in claims(session)] == [(2, "contradicted")]
    assert session.rows("SELECT id, verdict, known_to IS NULL FROM claim ORDER BY id") == [
        (1, "supported", 0),
        (2, "contradicted", 1),
    ]


def test_what_is_dropped_is_closed(session):
    keep_claim(session, *ONE, "supported")
    assert drop(session, 1).text == "Alpha fell"
    assert claims(session) == []
    assert session.value("SELECT count(*) FROM claim") == 1
    for look in (claim, drop):
        with pytest.raises(UnknownName, match="no claim 1 is kept"):
            look(session, 1)


def test_a_merged_entity_goes_by_the_name_that_it_has_now(session):
    keep_claim(session, *ONE, "supported")
    alpha, beta = (session.value("SELECT id FROM entity WHERE name = :name", name=name) for name in ("Alpha", "Beta"))
    moment = "2026-01-01T00:00:00.000000Z"
    batch = dict.fromkeys(("added", "same", "revised", "reported"), 0)
    key = session.insert("batch", {"command": "merge", "recorded_at": moment, "version": "0", **batch})
    session.run(
        "INSERT INTO entity_merge (entity_id, batch_id, into_id) VALUES (:alpha, :key, :beta)",
        alpha=alpha,
        key=key,
        beta=beta,
    )
    assert claim(session, 1).entity == "Beta"
    assert keep_claim(session, *ONE[:2], "Beta", QUESTION, "supported")[0] == 1
