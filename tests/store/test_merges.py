"""Two entities turn out to be one: what moves, what stands, what is refused, and how it is taken back."""

from datetime import date

import pytest

from tracker.errors import Conflict
from tracker.importers.base import Parsed
from tracker.importers.policy import Policy
from tracker.importers.run import ingest
from tracker.store.amend.undo import undo
from tracker.store.batches import Batch
from tracker.store.engine import writing
from tracker.store.entities import add_entity, names
from tracker.store.events import add_event, events
from tracker.store.merges import merge
from tracker.store.migrate import create
from tracker.store.parents import children, parents
from tracker.store.plan import Entry
from tracker.store.rules import change_rule
from tracker.values import Citation, Entity, Event, Market, Observation, Parent, Period, Share, Source

MARKETS = [Market(slug, "poe", "messages", "open") for slug in ("poe/a", "poe/b")]
PAGE, OTHER = Citation("https://a.org", kind="secondary"), Citation("https://b.org", kind="secondary")
LATE = Citation("https://late.org", published=date(2025, 6, 1), kind="secondary")
ITSELF = Citation("https://poe.com", kind="primary")


@pytest.fixture
def session(tmp_path):
    create(tmp_path / "tracker.db")
    with writing(tmp_path / "tracker.db") as session:
        ingest(session, "t", Parsed(sources=[Source("poe", "Poe")], markets=MARKETS), Batch("add", "0"), Policy())
        for name in ("R1", "r-1", "V3"):
            add_entity(session, Entity(name, "model"))
        yield session


def entry(entity, share, citation=PAGE, period="2025-02", market="poe/a", *, is_report=False, **more):
    told = Observation(market, entity, Period.parse(period), Share.parse(share), citation, **more)
    return Entry(0, told, is_report)


def put(session, *entries, on_change="refuse"):
    return ingest(session, "t", Parsed(list(entries)), Batch("add", "0"), Policy(on_change)).batch


def join(session, one="r-1", other="R1", when_both="refuse"):
    return merge(session, one, other, Batch("merge", "0", reason="one model"), when_both=when_both)


def current(session):
    return session.rows("SELECT market, entity, period, share, url FROM shares ORDER BY market, entity, period")


def beside(session):
    return session.rows("SELECT entity, period, share, url, stance FROM reports ORDER BY entity, period, url")


def everything(session):
    return current(session), beside(session), names(session)


def test_observations_and_reports_move_and_the_history_says_so(session):
    put(session, entry("r-1", "7", sample_size=90, status="P", note="n"), entry("r-1", "8", OTHER, is_report=True))
    put(session, entry("r-1", "3", market="poe/b"), entry("R1", "1", period="2025-01"))
    done = join(session)
    assert (done.name, done.into, done.batch, done.moved, done.supporting, done.settled) == ("r-1", "R1", 3, 2, 0, [])
    assert current(session) == [
        ("poe/a", "R1", "2025-01", 1, PAGE.url),
        ("poe/a", "R1", "2025-02", 7, PAGE.url),
        ("poe/b", "R1", "2025-02", 3, PAGE.url),
    ]
    moved = "SELECT sample_size, status, note, stated_by, batch FROM shares WHERE share = 7"
    assert session.rows(moved) == [(90, "P", "n", 1, 3)]
    assert beside(session) == [("R1", "2025-02", 8, OTHER.url, "competes")]
    said = "SELECT entity, closed_because FROM share_history WHERE known_to IS NOT NULL"
    assert session.rows(said) == [("r-1", "r-1 was merged into R1: one model")] * 2
    assert session.rows("SELECT command, moved, revised, reported FROM batch WHERE id = 3") == [("merge", 2, 0, 0)]


def test_the_same_share_supports_unless_it_is_the_same_page(session):
    put(session, entry("R1", "7"), entry("r-1", "7.0", OTHER), entry("r-1", "9", ITSELF, is_report=True))
    put(session, entry("R1", "5", period="2025-03"), entry("r-1", "5", period="2025-03"))
    done = join(session)
    assert (done.moved, done.supporting, done.settled) == (0, 2, [])
    assert current(session) == [
        ("poe/a", "R1", "2025-02", 7, PAGE.url),
        ("poe/a", "R1", "2025-03", 5, PAGE.url),
    ]
    assert beside(session) == [
        ("R1", "2025-02", 7, OTHER.url, "supports"),
        ("R1", "2025-02", 9, ITSELF.url, "competes"),
    ]
    assert session.rows("SELECT moved, reported FROM batch WHERE id = :n", n=done.batch) == [(0, 1)]


def test_different_shares_are_refused_with_the_whole_list(session):
    for month in range(1, 10):
        put(session, entry("R1", "7", period=f"2025-0{month}"), entry("r-1", "8", OTHER, period=f"2025-0{month}"))
    before = everything(session)
    with pytest.raises(Conflict) as refused:
        join(session)
    first, *lines = refused.value.message.splitlines()
    assert first == "r-1 and R1 have different shares of the same market and period; nothing was merged"
    assert lines == [f"  poe/a, 2025-0{month}: r-1 8% (https://b.org), R1 7% (https://a.org)" for month in range(1, 10)]
    assert "--when-both compete" in refused.value.hint
    assert everything(session) == before


@pytest.mark.parametrize("when_both", ["refuse", "compete"])
def test_two_different_shares_on_one_page_are_two(session, when_both):
    put(session, entry("R1", "7"), entry("r-1", "8"))
    with pytest.raises(Conflict, match="two on the same page") as refused:
        join(session, when_both=when_both)
    assert "poe/a, 2025-02: r-1 8%, R1 7%, both from https://a.org" in refused.value.message
    assert refused.value.hint.endswith("tracker retract r-1 --market poe/a --date 2025-02 --reason '...'")


@pytest.mark.parametrize(
    ("rule", "kept", "gone", "stands"),
    [
        ("primary", PAGE, OTHER, "7"),
        ("primary", PAGE, LATE, "8"),
        ("primary", LATE, ITSELF, "8"),
        ("latest", LATE, ITSELF, "7"),
        ("first", PAGE, LATE, "7"),
    ],
)
def test_what_competes_is_decided_by_the_rule(session, rule, kept, gone, stands):
    put(session, entry("R1", "7", kept))
    put(session, entry("r-1", "8", gone))
    change_rule(session, "poe/a", rule, Batch("rule", "0", reason="r"))
    done = join(session, when_both="compete")
    (settled,) = done.settled
    assert (settled.prevails, settled.rule) == (stands == "8", rule)
    assert [row[1:4] for row in current(session)] == [("R1", "2025-02", float(stands))]
    loser, page = ("7", kept) if stands == "8" else ("8", gone)
    assert beside(session) == [("R1", "2025-02", float(loser), page.url, "competes")]
    counts = session.rows("SELECT moved, revised, reported FROM batch WHERE id = :n", n=done.batch)
    assert counts == ([(1, 1, 1)] if stands == "8" else [(0, 0, 1)])


def test_pages_that_support_one_side_count_for_it(session):
    put(session, entry("R1", "7"), entry("R1", "7", ITSELF, is_report=True), entry("r-1", "8", LATE))
    assert not join(session, when_both="compete").settled[0].prevails


def test_a_merge_can_be_taken_back_and_put_back(session):
    put(session, entry("R1", "7"), entry("r-1", "8", LATE), entry("r-1", "9", OTHER, is_report=True))
    put(session, entry("r-1", "3", market="poe/b"), entry("r-1", "1", period="2025-01"))
    before = everything(session)
    done = join(session, when_both="compete")
    after = everything(session)
    assert after[2] == ["R1", "V3"]
    back = undo(session, done.batch, Batch("undo", "0")).batch
    assert everything(session) == before
    undo(session, back, Batch("undo", "0"))
    assert everything(session) == after


def test_the_same_inputs_again_are_no_news(session):
    inputs = [entry("R1", "7"), entry("r-1", "8", LATE), entry("r-1", "5", period="2025-01")]
    for one in inputs:
        put(session, one)
    join(session, when_both="compete")
    for one in inputs:
        assert put(session, one) is None


def test_merges_follow_each_other(session):
    put(session, entry("r-1", "7"), entry("R1", "8", OTHER, period="2025-01"))
    join(session)
    done = join(session, "r-1", "V3")
    assert (done.name, done.into, done.moved) == ("R1", "V3", 2)
    assert {row[1] for row in current(session)} == {"V3"}
    assert session.rows("SELECT DISTINCT stated_by FROM shares") == [(1,)]
    assert names(session) == ["V3"]


def test_events_and_what_belongs_to_it_follow(session):
    add_entity(session, Entity("Lab", "lab"))
    add_entity(session, Entity("lab co", "lab"))
    add_entity(session, Entity("R1", parents=(Parent("lab co"),)))
    add_event(session, Event(Period.parse("2025-02-01"), "founded", entities=("lab co", "Lab")))
    merge(session, "lab co", "Lab", Batch("merge", "0", reason="one"))
    assert children(session, "Lab") == ["R1"]
    assert parents(session) == {"R1": [Parent("Lab")]}
    assert events(session)[0].entities == ("Lab",)


REFUSED = {
    ("R1", "R1"): "'R1': this is one entity already, R1",
    ("Others", "R1"): "Others is the rest of each market, and R1 is somebody: they cannot be one",
    ("R1", "Others"): "Others is the rest of each market, and R1 is somebody: they cannot be one",
    ("R1", "Lab"): "R1 is a model and Lab a lab: what belongs to another is not the same",
    ("V3", "R1"): "V3 belongs to R1: nothing can belong to itself",
    ("R1", "V3"): "V3 belongs to R1: nothing can belong to itself",
}


@pytest.mark.parametrize("pair", REFUSED, ids=" into ".join)
def test_what_cannot_be_one(session, pair):
    add_entity(session, Entity("Others"))
    add_entity(session, Entity("Lab", "lab"))
    add_entity(session, Entity("V3", parents=(Parent("R1"),)))
    before = session.value("SELECT count(*) FROM batch")
    with pytest.raises(Conflict) as refused:
        join(session, *pair)
    assert refused.value.message == REFUSED[pair]
    assert session.value("SELECT count(*) FROM batch") == before


def test_two_names_for_the_rest_are_one(session):
    for name in ("Others", "Rest"):
        add_entity(session, Entity(name))
    put(session, entry("Rest", "7"))
    assert join(session, "Rest", "Others").moved == 1


def test_what_is_merged_already_is_said_with_its_batch(session):
    number = join(session).batch
    with pytest.raises(Conflict, match=f"'r-1' and 'R1': this is one entity already, R1, since batch {number}"):
        join(session)
