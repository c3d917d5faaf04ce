"""Every value that was ever known of a fact."""

import pytest

from importers.databases import load, made, parse
from store.changes import FIRST, HEAD, join, mend, row, take_back, withdraw
from tracker.importers.policy import Policy
from tracker.importers.run import ingest
from tracker.store.batches import Batch
from tracker.store.engine import reading, writing
from tracker.store.past.history import history, markets_known
from tracker.values import Period

SECOND = HEAD + row("R1", "2025-02", "7.5", page="poe.com", kind="primary") + row("V3", "2025-02", "2", page="poe.com")


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    return path


def told(path, *entities, period=None):
    with reading(path) as session:
        found = history(session, "poe/a", entities or ["R1"], period and Period.parse(period))
    assert all((one.known_to is None) == (one.closed_by is None) for one in found)
    return [(one.entity, one.period, str(one.share), one.role, one.batch, one.closed_by) for one in found]


def reasons(path, *entities):
    with reading(path) as session:
        found = history(session, "poe/a", entities or ["R1"], Period.parse("2025-02"))
    return [(str(one.share), one.command, one.because, one.closed_because) for one in found]


def test_what_stands_and_what_supports_it(path):
    assert told(path) == [
        ("R1", "2025-02", "7", "observation", 1, None),
        ("R1", "2025-02", "7", "supports", 1, None),
        ("R1", "2025-03", "5", "observation", 1, None),
    ]
    assert told(path, period="2025-03") == [("R1", "2025-03", "5", "observation", 1, None)]
    assert told(path, period="2025-04") == []


def test_a_revision_and_the_page_that_competes_with_it_since(path):
    load(path, SECOND, Policy("revise"))
    assert told(path, period="2025-02") == [
        ("R1", "2025-02", "7", "observation", 1, 2),
        ("R1", "2025-02", "7", "competes", 1, None),
        ("R1", "2025-02", "7.5", "observation", 2, None),
    ]


def test_what_a_page_said_of_a_fact_that_is_gone_is_held_against_what_stood_then(path):
    withdraw(path, "R1", "2025-02")
    assert told(path, period="2025-02") == [
        ("R1", "2025-02", "7", "observation", 1, 2),
        ("R1", "2025-02", "7", "supports", 1, 2),
    ]
    assert reasons(path)[0] == ("7", "import", None, "misread")


def test_a_correction_is_told_with_what_was_printed(path):
    mend(path, "override", "8", "R1", "2025-02")
    mend(path, "override", "9", "R1", "2025-02", reason="again")
    with reading(path) as session:
        found = history(session, "poe/a", ["R1"], Period.parse("2025-02"))
    assert [(str(one.share), one.printed and str(one.printed), one.role, one.because) for one in found] == [
        ("7", None, "observation", None),
        ("7", None, "supports", None),
        ("8", "7", "observation", "a slip"),
        ("9", "7", "observation", "again"),
    ]


def test_the_file_is_the_one_that_stated_it(path):
    mend(path, "flag", "B", "R1", "2025-02")
    take_back(path, 2)
    with reading(path) as session:
        found = history(session, "poe/a", ["R1"], Period.parse("2025-02"))
    assert {one.file for one in found} == {"t"}
    assert [one.command for one in found] == ["import", "import", "correct", "undo"]


def revising(path, text, reason):
    with writing(path) as session:
        return ingest(session, "t", parse(text), Batch("import", "0", "t", reason=reason), Policy("revise"))


def test_the_reason_of_an_import_is_that_of_what_it_revised(path):
    revising(path, SECOND, "restated")
    assert reasons(path) == [
        ("7", "import", None, "restated"),
        ("7", "import", None, None),
        ("7.5", "import", "restated", None),
    ]
    assert reasons(path, "V3") == [("2", "import", None, None)]


def test_why_a_withdrawn_fact_was_brought_back(path):
    withdraw(path, "R1", "2025-02")
    revising(path, FIRST, "seen again")
    assert reasons(path) == [
        ("7", "import", None, "misread"),
        ("7", "import", None, "misread"),
        ("7", "import", "seen again", None),
        ("7", "import", None, None),
    ]


def test_after_a_merge_the_values_under_the_other_name_are_told(path):
    load(path, HEAD + row("V3", "2025-06", "2"))
    join(path, "V3", "R1")
    assert told(path, "R1", "V3", period="2025-06") == [
        ("V3", "2025-06", "2", "observation", 2, 3),
        ("R1", "2025-06", "2", "observation", 3, None),
    ]
    take_back(path, 3)
    assert told(path, "V3") == [
        ("V3", "2025-06", "2", "observation", 2, 3),
        ("V3", "2025-06", "2", "observation", 4, None),
    ]


def test_markets_with_nothing_left_are_known(path):
    load(path, HEAD + row("R1", "2025-02", "1", market="poe/b"))
    take_back(path, 2)
    with reading(path) as session:
        assert markets_known(session, ["R1"]) == ["poe/a", "poe/b"]
        assert markets_known(session, ["nobody"]) == []
