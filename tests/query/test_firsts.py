"""What was first stated of a fact: not what was corrected, taken back or moved."""

import pytest

from importers.databases import load, made
from store.changes import take_back
from tracker.errors import UsageProblem
from tracker.frames import COLUMNS
from tracker.importers.policy import Policy
from tracker.query.firsts import first_and_now
from tracker.store.amend.chosen import chosen
from tracker.store.amend.correct import Correcting, correct, overriding
from tracker.store.amend.retract import retract
from tracker.store.batches import Batch
from tracker.store.engine import reading, writing
from tracker.store.merges import merge
from tracker.store.past.asof import reading_as_of
from tracker.store.shares import Selection
from tracker.values import Period, Share
from tracker.values.asof import AsOf

HEAD = "market,entity,period,share,url,source,whole,counted,published,citation_kind\n"


def rows(*cells):
    return HEAD + "".join(
        f"m/a,{entity},{period},{share},https://{page}.org,s,open,users,{published},{kind}\n"
        for entity, period, share, page, published, kind in cells
    )


FIRST = rows(
    ("A", "2025-01", "40", "a", "2025-02-03", "primary"),
    ("A", "2025-02", "41.0", "a", "2025-03-03", "primary"),
    ("B", "2025-01", "10", "a", "", "primary"),
)
SECOND = rows(
    ("A", "2025-01", "42", "b", "2025-06-01", "primary"),
    ("B", "2025-02", "11", "b", "2025-06-01", "primary"),
)
REVISE = Policy("revise")


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    load(path, SECOND, REVISE)
    return path


def pairs(path, clock="published", as_of=None, **wanted):
    with reading_as_of(path, as_of) as session:
        first, now = first_and_now(session, Selection(**wanted), clock)
    assert first[["market", "entity", "period"]].equals(now[["market", "entity", "period"]])
    assert list(first.columns) == list(now.columns) == [*COLUMNS, "editions"]
    return [
        (e, p, f, n) for e, p, f, n in zip(now["entity"], now["period"], first["printed"], now["printed"], strict=True)
    ]


def test_first_and_now_are_the_same_facts(path):
    assert pairs(path) == [
        ("A", "2025-01", "40", "42"),
        ("A", "2025-02", "41.0", "41.0"),
        ("B", "2025-01", "10", "10"),
        ("B", "2025-02", "11", "11"),
    ]
    assert pairs(path, entities=["A"], markets=["m/a"]) == pairs(path)[:2]


def test_the_first_has_its_own_page_and_day(path):
    with reading(path) as session:
        first, now = first_and_now(session, Selection(entities=["A"]))
    assert (first["url"].iloc[0], now["url"].iloc[0]) == ("https://a.org", "https://b.org")
    assert str(first["published"].iloc[0].date()) == "2025-02-03"
    assert first["known_from"].iloc[0] < now["known_from"].iloc[0]
    assert first["hue"].tolist() == now["hue"].tolist()
    assert first.iloc[1].astype(str).tolist() == now.iloc[1].astype(str).tolist()


def test_as_of_the_first_batch_nothing_was_revised(path):
    assert [(first, now) for *_, first, now in pairs(path, as_of=AsOf.parse("1"))] == [
        *(("40", "40"), ("41.0", "41.0"), ("10", "10")),
    ]


def test_the_two_clocks(tmp_path):
    path = made(tmp_path)
    load(path, rows(("A", "2025-01", "42", "late", "2025-06-01", "primary")))
    load(path, rows(("A", "2025-01", "40", "early", "2025-02-01", "primary")), REVISE)
    assert pairs(path, "recorded") == [("A", "2025-01", "42", "40")]
    assert pairs(path, "published") == [("A", "2025-01", "40", "40")]


def test_no_such_clock(path):
    with reading(path) as session, pytest.raises(UsageProblem, match="there is no clock 'wall'"):
        first_and_now(session, Selection(), "wall")


def test_a_revision_that_was_taken_back_is_none(path):
    take_back(path, 2)
    assert pairs(path) == [
        ("A", "2025-01", "40", "40"),
        ("A", "2025-02", "41.0", "41.0"),
        ("B", "2025-01", "10", "10"),
    ]


def corrected(path, period):
    with writing(path) as session:
        how = Correcting("override", overriding(Share.parse("39")), "open")
        facts = chosen(session, Selection(["m/a"], ["A"]), (Period.parse(period),))
        correct(session, facts, how, Batch("correct", "0", reason="a slip"))
    with reading(path) as session:
        first, now = first_and_now(session, Selection(entities=["A"]))
    row = now["period"].tolist().index(period)
    return [(one["printed"].iloc[row], one["corrected_from"].iloc[row]) for one in (first, now)]


def test_of_a_correction_the_first_is_what_was_printed(path):
    assert corrected(path, "2025-02") == [("41.0", "41.0"), ("39", "41.0")]
    (first, none), now = corrected(path, "2025-01")
    assert (first, now) == ("40", ("39", "42"))
    assert none is None or none != none


def test_what_is_withdrawn_is_in_neither(path):
    with writing(path) as session:
        retract(session, chosen(session, Selection(["m/a"], ["A"]), ()), Batch("retract", "0", reason="misread"))
    assert [row[0] for row in pairs(path)] == ["B", "B"]


def test_a_merged_entity_keeps_its_first_figures(tmp_path):
    path = made(tmp_path)
    load(path, rows(("Old", "2025-01", "40", "a", "", "primary"), ("New", "2025-02", "1", "a", "", "primary")))
    load(path, rows(("Old", "2025-01", "42", "b", "", "primary")), REVISE)
    with writing(path) as session:
        merge(session, "Old", "New", Batch("merge", "0", reason="the same"))
    assert pairs(path) == [("New", "2025-01", "40", "42"), ("New", "2025-02", "1", "1")]


def editions(path, clock="published", as_of=None):
    with reading_as_of(path, as_of) as session:
        first, now = first_and_now(session, Selection(), clock)
    assert first["editions"].tolist() == now["editions"].tolist()
    assert str(now["editions"].dtype) == "Int64"
    return dict(zip(zip(now["entity"], now["period"], strict=True), now["editions"].tolist(), strict=True))


def test_editions_are_counted(path):
    assert set(editions(path, as_of=AsOf.parse("1")).values()) == {1}
    assert editions(path) == {("A", "2025-01"): 2, ("A", "2025-02"): 1, ("B", "2025-01"): 1, ("B", "2025-02"): 1}
    take_back(path, 2)
    assert set(editions(path).values()) == {1}


def test_what_a_later_page_says_again_is_in_two_editions(path):
    load(path, rows(("A", "2025-02", "41.0", "c", "2025-07-01", "primary")))
    assert editions(path)["A", "2025-02"] == 2


def test_what_a_later_batch_found_the_same_is_in_two_editions_where_that_was_everything(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    new = ("A", "2025-03", "43", "a", "", "primary")
    load(path, FIRST + rows(new).removeprefix(HEAD))
    assert editions(path) == {("A", "2025-01"): 2, ("A", "2025-02"): 2, ("B", "2025-01"): 2, ("A", "2025-03"): 1}
    part = rows(("A", "2025-01", "40", "a", "2025-02-03", "primary"), ("A", "2025-04", "44", "a", "", "primary"))
    load(path, part)
    assert editions(path)["A", "2025-01"] == 2, "which figures these are is not recorded"


def test_retellings_are_of_one_edition(tmp_path):
    path = made(tmp_path)
    for day, page in (("2025-02-03", "a"), ("2025-03-03", "b")):
        load(path, rows(("A", "2025-01", "40", page, day, "secondary"), ("B", "2025-01", "1", page, day, "secondary")))
    assert set(editions(path).values()) == {1}
    load(path, rows(("A", "2025-01", "40", "c", "2025-06-03", "primary")), REVISE)
    assert editions(path) == {("A", "2025-01"): 2, ("B", "2025-01"): 1}
