"""What was withdrawn for good meets an input that says it again."""

import pytest

from importers.databases import export, load, made
from store.changes import FIRST, HEAD, current, everything, mend, row, take_back, withdraw
from store.stored import stored
from tracker.errors import RejectedInput
from tracker.importers.policy import Policy
from tracker.store.engine import reading
from tracker.store.withdrawn import withdrawn

GONE = ("poe/a", "R1", "2025-02")


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    return path


def gone(path):
    with reading(path) as session:
        return {key: (str(one.share), one.withdrawn) for key, one in withdrawn(session, ["poe/a"]).items()}


def test_nothing(path):
    assert gone(path) == {}


def test_withdrawn_with_its_reason(path):
    withdraw(path, "R1", "2025-02")
    assert gone(path) == {GONE: ("7", "misread")}


def test_a_dropped_one_as_it_was_printed(path):
    mend(path, "override", "8", "R1", "2025-02")
    mend(path, "drop", None, "R1", "2025-02", reason="padding")
    assert gone(path) == {GONE: ("7", "padding")}


def test_not_what_was_put_back_or_stated_anew_or_only_undone(path):
    withdraw(path, "R1", "2025-02")
    take_back(path, 2)
    assert gone(path) == {}
    withdraw(path, "R1", "2025-02")
    load(path, HEAD + row("R1", "2025-02", "6"), Policy("revise"))
    assert gone(path) == {}
    take_back(path, 5)
    assert gone(path) == {}


def test_not_where_the_batch_that_stated_it_is_taken_back(path):
    withdraw(path, "R1", "2025-02")
    take_back(path, 1, with_later=True)
    assert gone(path) == {}


def test_the_same_again_stays_withdrawn_with_its_further_pages(path):
    withdraw(path, "R1", "2025-02")
    before = stored(path)
    for text in (FIRST, HEAD + row("R1", "2025-02", "7", page="new.org")):
        outcome = load(path, text)
        assert (outcome.batch, outcome.problems) == (None, [])
        assert {change.entry.key for change in outcome.plan.withheld} == {GONE}
        assert outcome.plan.withheld[0].before.where == "was withdrawn (misread)"
    assert stored(path) == before


def test_what_was_exported_before_stays_withdrawn(path):
    text = export(path)
    withdraw(path, "R1", "2025-02")
    before = stored(path)
    assert load(path, text).batch is None
    assert stored(path) == before


def test_to_revise_brings_it_back_with_its_further_pages(path):
    before = everything(path)
    withdraw(path, "R1", "2025-02")
    outcome = load(path, FIRST, Policy("revise"))
    assert [str(change.before.share) for change in outcome.plan.returned] == ["7"]
    assert everything(path) == before


def test_to_skip_leaves_it_withdrawn(path):
    withdraw(path, "R1", "2025-02")
    assert load(path, HEAD + row("R1", "2025-02", "6"), Policy("skip")).batch is None
    assert ("R1", "2025-02") not in current(path)


@pytest.mark.parametrize("on_change", ["refuse", "compete"])
def test_another_share_is_a_conflict_that_names_the_withdrawal(path, on_change):
    withdraw(path, "R1", "2025-02")
    before = stored(path)
    with pytest.raises(RejectedInput) as refused:
        load(path, HEAD + row("R1", "2025-02", "6", page="new.org"), Policy(on_change))
    assert stored(path) == before
    (problem,) = refused.value.problems
    assert problem.message.startswith("R1 in poe/a, 2025-02: share 7% was withdrawn (misread), 6% is given.")
    # Nothing stands there that it could compete with.
    assert refused.value.hint == (
        "To record the new share, and keep the old one in the history: --on-change revise --reason 'the reason'"
    )
