"""Undoing where further pages rest on what is taken back, and where entities were merged."""

import pytest

from importers.databases import ask, export, load, made
from store.stored import stored
from tracker.errors import Conflict, RejectedInput
from tracker.importers.policy import Policy
from tracker.store.amend.chosen import chosen
from tracker.store.amend.correct import Correcting, correct, overriding
from tracker.store.amend.undo import undo
from tracker.store.batches import Batch
from tracker.store.engine import writing
from tracker.store.entities import add_entity
from tracker.store.merges import merge
from tracker.store.shares import Selection
from tracker.store.witnesses import losers
from tracker.values import Entity, Period, Share

COMPETE = Policy("compete")
SHARES = "SELECT entity, period, share FROM shares ORDER BY 1, 2"
REPORTS = "SELECT share, stance, url FROM reports ORDER BY share"


@pytest.fixture
def path(tmp_path):
    return made(tmp_path)


def says(path, share, page, policy=COMPETE, entity="A"):
    row = f"m/x,{entity},2025-02,{share},https://{page}.org,m,c,open\n"
    return load(path, "market,entity,period,share,url,source,counted,whole\n" + row, policy)


def back(path, batch, **more):
    with writing(path) as session:
        return undo(session, batch, Batch("undo", "0"), **more)


def test_a_further_page_stands_where_the_first_is_taken_back(path):
    says(path, 50, "a")
    says(path, 40, "b")
    says(path, 50, "c")
    done = back(path, 1)
    assert (done.withdrawn, done.succeeded) == (0, 1)
    assert ask(path, SHARES) == [("A", "2025-02", 40.0)]
    assert ask(path, REPORTS) == [(50.0, "competes", "https://c.org")]
    back(path, done.batch)
    assert ask(path, SHARES) == [("A", "2025-02", 50.0)]
    assert ask(path, REPORTS) == [(40.0, "competes", "https://b.org"), (50.0, "supports", "https://c.org")]


def test_what_is_left_can_be_exported_and_read_again(path, tmp_path):
    says(path, 50, "a")
    says(path, 40, "b")
    back(path, 1)
    other = made(tmp_path, "other.db")
    load(other, export(path))
    assert ask(other, SHARES) == ask(path, SHARES)


def test_one_page_says_one_thing(path):
    says(path, 9, "a")
    says(path, ">5", "b")
    with pytest.raises(RejectedInput, match="this citation is recorded already, saying >5%"):
        says(path, 9, "b")


def test_pages_that_agree_with_what_was_printed_still_do_when_that_is_corrected(path):
    says(path, 50, "a")
    says(path, 50, "b")
    says(path, 40, "c")
    with writing(path) as session:
        facts = chosen(session, Selection(["m/x"], ["A"]), (Period.parse("2025-02"),))
        how = Correcting("override", overriding(Share.parse("5")), "open")
        correct(session, facts, how, Batch("correct", "0", reason="a slip"))
        assert [(str(one.says), one.page) for one in losers(session)] == [("40", "https://c.org")]
    assert ask(path, REPORTS) == [(40.0, "competes", "https://c.org"), (50.0, "supports", "https://b.org")]


@pytest.fixture
def two(path):
    with writing(path) as session:
        for name in ("Alpha", "Beta"):
            add_entity(session, Entity(name, "product"))
    return path


def join(path):
    with writing(path) as session:
        return merge(session, "Alpha", "Beta", Batch("merge", "0", reason="r")).batch


def test_a_merge_is_not_made_again_over_shares_of_its_own(two):
    join(two)
    done = back(two, 1)
    assert done.parted == (("Alpha", "Beta"),)
    undone = done.batch
    says(two, 7, "a", entity="Alpha")
    before = stored(two)
    with pytest.raises(Conflict, match="Alpha was given shares of its own since then"):
        back(two, undone)
    assert stored(two) == before


def test_nothing_comes_back_to_an_entity_that_is_merged(two):
    says(two, 7, "a", entity="Alpha")
    back(two, 1)
    join(two)
    with pytest.raises(Conflict, match="which batch 3 merged into Beta"):
        back(two, 2)
