"""The rule of a market: changed, decided again, and taken back."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import UnknownName
from tracker.importers.base import Parsed
from tracker.importers.policy import Policy
from tracker.importers.run import ingest
from tracker.store.amend.undo import undo
from tracker.store.batches import Batch
from tracker.store.contested import contested
from tracker.store.engine import writing
from tracker.store.migrate import create
from tracker.store.plan import Entry
from tracker.store.rules import Rule, change_rule, rule_of, rules
from tracker.values import RULES, Citation, Market, Observation, Period, Share, Source

MARKET = Parsed(sources=[Source("poe", "Poe")], markets=[Market("poe/a", "poe", "messages", "open")])


def page(url, day=None, kind="secondary"):
    return Citation(f"https://{url}.org", published=day and date.fromisoformat(day), kind=kind)


EARLY, LATE, UNDATED = page("early", "2025-03-01"), page("late", "2025-04-01"), page("undated")
ITSELF = page("poe", "2025-02-01", "primary")


@pytest.fixture
def session(tmp_path):
    create(tmp_path / "tracker.db")
    with writing(tmp_path / "tracker.db") as session:
        yield session


def put(session, share, citation, on_change="compete", entity="R1", is_report=False, **more):
    told = Observation("poe/a", entity, Period.parse("2025-02"), Share.parse(share), citation, **more)
    parsed = Parsed([Entry(0, told, is_report)], MARKET.sources, MARKET.markets)
    return ingest(session, "test", parsed, Batch("add", "0"), Policy(on_change)).batch


def change(session, rule, reason="why"):
    return change_rule(session, "poe/a", rule, Batch("rule", "0", reason=reason))


def stands(session):
    return session.rows("SELECT share, url FROM shares ORDER BY entity")


def beside(session):
    return session.rows("SELECT share, url, stance FROM reports ORDER BY url")


def test_nobody_set_a_rule(session):
    put(session, "7", EARLY)
    assert rule_of(session, "poe/a") == Rule("primary")
    assert rules(session) == {}
    with pytest.raises(UnknownName, match="near it: poe/a"):
        rule_of(session, "poe/aa")


def test_a_change_is_a_batch_and_closes_the_rule_before(session):
    put(session, "7", EARLY)
    assert change(session, "latest") == (2, [])
    assert change(session, "latest") is None
    assert change(session, "first", "again") == (3, [])
    assert rules(session) == {"poe/a": "first"}
    found = rule_of(session, "poe/a")
    assert (found.rule, found.batch, found.reason) == ("first", 3, "again")
    assert session.rows("SELECT rule, batch_id, closed_by FROM market_rule") == [("latest", 2, 3), ("first", 3, None)]
    assert session.rows("SELECT command, revised FROM batch WHERE id > 1") == [("rule", 0), ("rule", 0)]


def test_the_default_said_aloud_is_no_change(session):
    put(session, "7", EARLY)
    assert change(session, "primary") is None


def test_every_contested_fact_is_decided_again(session):
    put(session, "7", ITSELF)
    put(session, "8", LATE)
    put(session, "9", EARLY)
    put(session, "1", ITSELF, entity="V3")
    put(session, "1", LATE, entity="V3")
    assert stands(session) == [(7, ITSELF.url), (1, ITSELF.url)]
    number, (turned,) = change(session, "latest", "they corrected it")
    assert (turned.fact.entity, turned.stands.share, turned.fact.stands.share) == (
        "R1",
        Share.parse("8"),
        Share.parse("7"),
    )
    assert stands(session) == [(8, LATE.url), (1, ITSELF.url)]
    assert beside(session) == [
        (9, EARLY.url, "competes"),
        (1, LATE.url, "supports"),
        (7, ITSELF.url, "competes"),
    ]
    assert session.rows("SELECT revised, reported, reason FROM batch WHERE id = :n", n=number) == [
        (1, 1, "they corrected it")
    ]
    history = "SELECT share, closed_because FROM share_history WHERE entity = 'R1' ORDER BY batch"
    assert session.rows(history) == [(7, "they corrected it"), (8, None)]


def test_what_was_recorded_first_is_known_through_any_number_of_decisions(session):
    put(session, "7", EARLY, status="P", sample_size=900, note="n")
    put(session, "8", LATE)
    put(session, "9", UNDATED)
    assert stands(session) == [(8, LATE.url)]
    change(session, "first")
    assert session.rows("SELECT share, status, sample_size, note, stated_by FROM shares") == [(7, "P", 900, "n", 1)]
    change(session, "latest")
    assert session.rows("SELECT share, url, stated_by FROM shares") == [(8, LATE.url, 2)]
    change(session, "first")
    assert session.rows("SELECT share, sample_size, stated_by FROM shares") == [(7, 900, 1)]
    assert [url for _, url, _ in beside(session)] == [LATE.url, UNDATED.url]


def test_a_report_that_never_stood_can_stand(session):
    put(session, "7", ITSELF)
    put(session, "8", LATE)
    change(session, "latest")
    assert session.rows("SELECT share, url, status, stated_by FROM shares") == [(8, LATE.url, "A", 2)]


def test_a_share_that_the_winning_page_says_too_stays(session):
    put(session, "7", EARLY)
    put(session, "7.0", ITSELF, is_report=True)
    put(session, "8", page("other", "2025-01-01"))
    (fact,) = contested(session, "poe/a")
    assert fact.turned("primary") is None
    assert fact.turned("latest") is None
    assert fact.turned("first") is None


def test_a_page_that_is_only_repeated_contests_nothing(session):
    put(session, "7", EARLY)
    put(session, "7", LATE)
    assert contested(session, "poe/a") == []


def test_taking_a_rule_back_brings_back_what_stood(session):
    put(session, "7", ITSELF)
    put(session, "8", LATE)
    before = stands(session), beside(session)
    number, _ = change(session, "latest")
    assert (stands(session), beside(session)) != before
    undo(session, number, Batch("undo", "0"))
    assert (stands(session), beside(session)) == before
    assert rules(session) == {}


def test_an_input_is_decided_by_the_rule_that_holds(session):
    put(session, "7", ITSELF)
    change(session, "latest")
    put(session, "8", LATE)
    assert stands(session) == [(8, LATE.url)]
    assert session.value("SELECT reason FROM batch WHERE id = 3") == "another page stands by the rule of its market"
    assert put(session, "7", ITSELF, "refuse") is None
    assert put(session, "8", LATE, "refuse") is None


SAYS = {EARLY: "7", LATE: "8", UNDATED: "9", ITSELF: "10"}
steps = st.lists(st.one_of(st.sampled_from(tuple(SAYS)), st.sampled_from(RULES)), min_size=2, max_size=8)


@settings(max_examples=40)
@given(steps)
def test_whatever_comes_in_and_whatever_the_rule_what_stands_stands_by_it(steps):
    with TemporaryDirectory() as folder:
        create(Path(folder) / "tracker.db")
        with writing(Path(folder) / "tracker.db") as session:
            put(session, "1", page("start", "2025-03-15"))
            seen = {}
            for step in steps:
                if isinstance(step, Citation):
                    put(session, SAYS[step], step)
                    seen[step] = SAYS[step]
                elif (done := change(session, step)) is not None and len(steps) % 2:
                    undo(session, done[0], Batch("undo", "0"))
                assert _holds_together(session, 1 + len(seen))
            for citation, share in seen.items():
                assert put(session, share, citation, "refuse") is None


def _holds_together(session, pages):
    """One page stands, by the rule; each other one is open beside it, once."""
    cited = "SELECT citation_id FROM observation UNION ALL SELECT citation_id FROM report WHERE closed_by IS NULL"
    ids = [key for (key,) in session.rows(cited)]
    assert session.value("SELECT count(*) FROM observation") == 1
    assert len(ids) == len(set(ids)) == pages
    return all(fact.turned(rule_of(session, "poe/a").rule) is None for fact in contested(session, "poe/a"))
