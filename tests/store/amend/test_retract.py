"""What should never have been recorded is closed, and stays in the history."""

import pytest

from importers.databases import ask, load, made
from store.changes import FIRST, current, pick, take_back, withdraw
from tracker.errors import TrackerError
from tracker.store.amend.retract import meant, taken_back, withdrawing
from tracker.store.engine import reading, writing


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    return path


def test_it_goes_with_what_further_pages_say(path):
    assert withdraw(path, "R1", "2025-02") == 2
    assert current(path) == {("R1", "2025-03"): 5.0}
    assert ask(path, "SELECT count(*) FROM reports") == [(0,)]
    assert ask(path, "SELECT share, batch_id, closed_by FROM superseded") == [(7.0, 1, 2)]
    assert ask(path, "SELECT command, withdrawn, reason FROM batch WHERE id = 2") == [("retract", 1, "misread")]


def test_several_at_once(path):
    withdraw(path, "R1")
    assert current(path) == {}
    assert ask(path, "SELECT withdrawn FROM batch WHERE id = 2") == [(2,)]


def test_nothing_fits_and_the_nearest_in_time_are_shown(path):
    with writing(path) as session, pytest.raises(TrackerError) as refused:
        pick(session, "R1", "2025-02", "2024-01", "2026-Q1")
    assert refused.value.message == ("nothing is recorded of R1 in poe/a, 2024-01, 2026-Q1; there is: 2025-02, 2025-03")
    assert refused.value.hint == "See what there is: tracker show R1 --market poe/a"


def test_what_withdraws_is_known_through_undos(path):
    withdraw(path, "R1", "2025-02")
    take_back(path, 2)
    with reading(path) as session:
        assert (withdrawing(session), taken_back(session)) == ({2}, {2})
    take_back(path, 3)
    with reading(path) as session:
        assert (withdrawing(session), taken_back(session)) == ({2, 4}, {3})


def test_the_undo_of_an_undo_does_the_first_again():
    assert [meant(batch, {3: 2, 4: 3, 5: 4}) for batch in (2, 3, 4, 5)] == [2, 3, 2, 3]
