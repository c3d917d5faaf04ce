"""A batch is taken back by new entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.databases import ask, load, made
from store.changes import FIRST, HEAD, current, everything, join, mend, row, take_back, withdraw
from store.stored import stored
from tracker.errors import Conflict, UnknownName
from tracker.importers.policy import Policy
from tracker.store.amend.undo import undo
from tracker.store.batches import Batch
from tracker.store.engine import writing
from tracker.store.rules import change_rule

SECOND = HEAD + row("R1", "2025-02", "7.5", page="poe.com", kind="primary") + row("V3", "2025-02", "2", page="poe.com")


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    return path


def revised(path):
    return load(path, SECOND, Policy("revise")).batch


def test_an_import_that_revised(path):
    before = everything(path)
    undone = take_back(path, revised(path))
    assert (undone.batch, undone.withdrawn, undone.restored, undone.reports, undone.later) == (3, 1, 1, 0, [])
    assert everything(path) == before
    assert ask(path, "SELECT stated_by, batch FROM shares WHERE share = 7") == [(1, 3)]
    assert ask(path, "SELECT command, withdrawn, restored, reason FROM batch WHERE id = 3") == [
        ("undo", 1, 1, "undo of batch 2")
    ]


def test_the_first_batch_leaves_nothing_but_names(path):
    undone = take_back(path, 1)
    assert (undone.withdrawn, undone.restored, undone.reports) == (2, 0, 1)
    assert everything(path) == ([], [])
    assert ask(path, "SELECT name FROM entity") == [("R1",)]


def test_an_undo_of_an_undo_of_an_undo(path):
    before = everything(path)
    revised(path)
    after = everything(path)
    for batch, expected in ((2, before), (3, after), (4, before), (5, after)):
        take_back(path, batch)
        assert everything(path) == expected


def test_a_retraction_with_its_reports(path):
    before = everything(path)
    take_back(path, withdraw(path, "R1", "2025-02"))
    assert everything(path) == before


@pytest.mark.parametrize(("kind", "to"), [("override", "8"), ("flag", "B"), ("drop", None)])
def test_a_correction(path, kind, to):
    before = everything(path)
    take_back(path, mend(path, kind, to, "R1", "2025-02"))
    assert everything(path) == before


def test_a_correction_of_a_correction(path):
    mend(path, "override", "8", "R1", "2025-02")
    once = everything(path)
    take_back(path, mend(path, "override", "9", "R1", "2025-02"))
    assert everything(path) == once


def test_a_merge(path):
    revised(path)
    withdraw(path, "R1", "2025-02")
    before = everything(path)
    take_back(path, join(path, "V3", "R1"))
    assert everything(path) == before


def test_there_is_none(path):
    with writing(path) as session, pytest.raises(UnknownName, match="there is no batch 7; the last is 1"):
        undo(session, 7, Batch("undo", "0"))


def refused(path, batch, **options):
    before = stored(path)
    with pytest.raises(Conflict) as refusal:
        take_back(path, batch, **options)
    assert stored(path) == before
    return refusal.value


def test_only_once(path):
    take_back(path, 1)
    error = refused(path, 1)
    assert (error.message, error.hint) == (
        "batch 1 is taken back already, by batch 2",
        "To put it back: tracker undo 2",
    )


def test_what_was_put_back_is_taken_back_by_its_last_undo(path):
    take_back(path, 1)
    take_back(path, 2)
    error = refused(path, 1)
    assert (error.message, error.hint) == (
        "batch 1 was put back by batch 3",
        "Take that back instead: tracker undo 3",
    )
    take_back(path, 3)
    assert current(path) == {}


def test_later_changes_are_shown_and_refuse(path):
    revised(path)
    withdraw(path, "R1", "2025-03")
    error = refused(path, 1)
    assert error.message.splitlines() == [
        "batch 1 cannot be taken back: later batches changed 2 of its facts",
        "  R1, poe/a, 2025-02: 7% then, 7.5% now (batch 2, import)",
        "  R1, poe/a, 2025-03: 5% then, nothing now (batch 3, retract)",
    ]
    assert error.hint == "To take these back, too: tracker undo 1 --with-later"


def test_later_changes_are_taken_back_on_request(path):
    revised(path)
    undone = take_back(path, 1, with_later=True)
    assert [(one.entity, one.period, str(one.now), one.batch) for one in undone.later] == [("R1", "2025-02", "7.5", 2)]
    assert current(path) == {("V3", "2025-02"): 2.0}
    take_back(path, undone.batch)
    assert current(path) == {("R1", "2025-02"): 7.5, ("R1", "2025-03"): 5.0, ("V3", "2025-02"): 2.0}


def test_what_came_and_went_meanwhile_is_no_later_change(path):
    take_back(path, revised(path))
    undone = take_back(path, 1)
    assert (undone.later, current(path)) == ([], {})


def test_a_fact_and_its_reports_are_told_once(path):
    withdraw(path, "R1", "2025-02")
    assert refused(path, 1).message.splitlines() == [
        "batch 1 cannot be taken back: later batches changed one of its facts",
        "  R1, poe/a, 2025-02: 7% then, nothing now (batch 2, retract)",
    ]


def test_a_merge_on_top(path):
    revised(path)
    withdraw(path, "R1", "2025-02")
    merged = join(path, "V3", "R1")
    for options in ({}, {"with_later": True}):
        error = refused(path, 2, **options)
        assert "  V3, poe/a, 2025-02: 2% then, nothing now (batch 4, merge)" in error.message.splitlines()
        assert error.hint == f"Take that back first: tracker undo {merged}"
    take_back(path, merged)
    take_back(path, 2, with_later=True)
    assert current(path) == {("R1", "2025-02"): 7.0, ("R1", "2025-03"): 5.0}


def test_a_rule_on_top(path):
    with writing(path) as session:
        change_rule(session, "poe/a", "latest", Batch("rule", "0", reason="r"))
    with writing(path) as session:
        change_rule(session, "poe/a", "first", Batch("rule", "0", reason="r"))
    error = refused(path, 2)
    assert (error.message, error.hint) == (
        "batch 2 set the rule of a market, which batch 3 changed again",
        "Take that back first: tracker undo 3",
    )


steps = st.lists(
    st.tuples(st.sampled_from(("override", "flag", "drop", "retract")), st.sampled_from(("2025-02", "2025-03"))),
    max_size=5,
)


@pytest.mark.slow
@given(steps)
def test_whatever_was_done_the_way_back_leads_to_the_start(tmp_path_factory, done):
    path = made(tmp_path_factory.mktemp("steps"))
    load(path, FIRST)
    states = [everything(path)]
    for number, (kind, period) in enumerate(done):
        if ("R1", period) not in current(path):
            continue
        if kind == "retract":
            withdraw(path, "R1", period)
        else:
            mend(path, kind, {"override": str(number + 10), "flag": "BEPFD"[number], "drop": None}[kind], "R1", period)
        states.append(everything(path))
    for batch in range(len(states), 1, -1):
        states.pop()
        take_back(path, batch)
        assert everything(path) == states[-1]
