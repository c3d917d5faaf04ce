"""What a source printed, and what that is corrected to, meet an input."""

import pytest

from importers.databases import ask, export, load, made
from store.changes import FIRST, HEAD, current, everything, mend, row
from store.stored import stored
from tracker.errors import RejectedInput
from tracker.importers.policy import Policy
from tracker.store import ledger
from tracker.store.corrected import Printed, printed
from tracker.store.engine import reading
from tracker.values import Correction, Share

PRINTED = (7.0, None, None, None, 0, "A")


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    mend(path, "override", "8", "R1", "2025-02")
    return path


def test_told_apart():
    seven, eight = Share.parse("7"), Share.parse("8")
    assert printed(seven, "A", (*[None] * 6, None, None, None, None)) == Printed(seven, "A", None)
    made = Correction("override", eight, "B", "a slip", "open", None)
    assert printed(eight, "B", (*PRINTED, "override", "a slip", "open", None)) == Printed(seven, "A", made)


def test_what_stands_is_what_was_printed_with_its_correction(path):
    with reading(path) as session:
        found = ledger.standing(session, ["poe/a"])
    one = found["poe/a", "R1", "2025-02"]
    assert (str(one.share), str(one.correction.share), one.correction.reason) == ("7", "8", "a slip")
    assert found["poe/a", "R1", "2025-03"].correction is None


def test_the_file_of_the_source_again_changes_nothing(path):
    before = stored(path)
    for policy in (Policy(), Policy("revise"), Policy("skip"), Policy("compete")):
        assert load(path, FIRST, policy).batch is None
    assert stored(path) == before


def test_what_it_is_corrected_to_is_not_what_the_source_printed(path):
    before = stored(path)
    with pytest.raises(RejectedInput) as refused:
        load(path, HEAD + row("R1", "2025-02", "8"))
    assert refused.value.problems[0].message.startswith("R1 in poe/a, 2025-02: share 7% is recorded, 8% is given.")
    assert stored(path) == before


def test_a_further_page_supports_what_was_printed(path):
    load(path, HEAD + row("R1", "2025-02", "7", page="third.org"))
    assert current(path)["R1", "2025-02"] == 8.0
    assert ask(path, "SELECT count(*) FROM reports WHERE share = 7") == [(2,)]


def test_an_export_takes_the_corrections_along(path, tmp_path):
    mend(path, "flag", "B", "R1")
    other = made(tmp_path, "other.db")
    load(other, export(path))
    assert everything(other) == everything(path)
    # One correction for all that say the same.
    assert ask(other, "SELECT kind, reason FROM correction") == [("flag", "a slip")]
    before = stored(other)
    load(other, FIRST)
    assert stored(other) == before


def test_an_export_over_what_is_corrected_otherwise_is_a_conflict(path, tmp_path):
    other = made(tmp_path, "other.db")
    load(other, FIRST)
    mend(other, "override", "9", "R1", "2025-02")
    with pytest.raises(RejectedInput) as refused:
        load(other, export(path))
    assert "corrected to 9% is recorded, 8% is given" in refused.value.problems[0].message
