"""What changed between two states."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from importers.databases import data, export, load, made
from store.changes import FIRST, HEAD, join, mend, row, take_back, withdraw
from tracker.importers.policy import Policy
from tracker.starter import __file__ as starter
from tracker.store.engine import reading
from tracker.store.past.diff import across, between
from tracker.store.past.moments import Moment

SECOND = HEAD + row("R1", "2025-02", "7.5", page="poe.com", kind="primary") + row("V3", "2025-02", "2", page="poe.com")


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    load(path, SECOND, Policy("revise"))
    return path


def changes(path, one, other):
    with reading(path) as session:
        return between(session, Moment(one, ""), Moment(other, ""))


def brief(found):
    return [
        (one.change, one.entity, one.period, one.before and str(one.before), one.after and str(one.after), one.batch)
        for one in found
    ]


def test_added_and_changed_with_their_sizes(path):
    changed, added = changes(path, 1, 2)
    assert brief([changed, added]) == [
        ("changed", "R1", "2025-02", "7", "7.5", 2),
        ("added", "V3", "2025-02", None, "2", 2),
    ]
    assert (changed.points, changed.percent) == (0.5, 7.142857142857)
    assert changed.beside == (("page", "https://press.org", "https://poe.com"),)
    assert (added.points, added.percent, added.beside) == (None, None, ())


def test_backwards_it_is_the_other_way_round(path):
    changed, withdrawn = changes(path, 2, 1)
    assert brief([changed, withdrawn]) == [
        ("changed", "R1", "2025-02", "7.5", "7", 2),
        ("withdrawn", "V3", "2025-02", "2", None, 2),
    ]
    assert changed.points == -0.5


def test_from_nothing(path):
    assert brief(changes(path, 0, 1)) == [
        ("added", "R1", "2025-02", None, "7", 1),
        ("added", "R1", "2025-03", None, "5", 1),
    ]
    assert changes(path, 2, 2) == []


def test_what_came_and_went_meanwhile_is_no_change(path):
    withdraw(path, "R1", "2025-03")
    take_back(path, 3)
    assert changes(path, 2, 4) == []
    assert brief(changes(path, 2, 3)) == [("withdrawn", "R1", "2025-03", "5", None, 3)]
    assert brief(changes(path, 3, 4)) == [("added", "R1", "2025-03", None, "5", 4)]


def test_the_reason_is_told_but_not_that_of_an_input_for_what_it_only_adds(path):
    withdraw(path, "R1", "2025-03")
    assert [one.reason for one in changes(path, 2, 3)] == ["misread"]
    assert [one.reason for one in changes(path, 1, 2)] == [None, None]


def test_a_flag_is_a_change_beside_the_share(path):
    mend(path, "flag", "B", "R1", "2025-03")
    (changed,) = changes(path, 2, 3)
    assert (changed.points, changed.percent, changed.beside) == (0.0, 0.0, (("status", "A", "B"),))


def test_sizes_are_of_numbers_only(path):
    mend(path, "override", "<3", "R1", "2025-03")
    mend(path, "override", "0", "V3", "2025-02")
    assert [(one.points, one.percent) for one in changes(path, 2, 4)] == [(None, None), (-2.0, -100.0)]
    assert [(one.points, one.percent) for one in changes(path, 4, 2)] == [(None, None), (2.0, None)]


def test_a_merge_moves(path):
    withdraw(path, "R1", "2025-02")
    merged = join(path, "V3", "R1")
    (moved,) = changes(path, merged - 1, merged)
    assert (moved.change, moved.entity, moved.to, str(moved.before), str(moved.after)) == (
        "moved",
        "V3",
        "R1",
        "2",
        "2",
    )
    (back,) = changes(path, merged, merged - 1)
    assert (back.change, back.entity, back.to) == ("moved", "R1", "V3")


def test_two_databases(path, tmp_path):
    other = made(tmp_path, "other.db")
    load(other, export(path))
    with reading(path) as one, reading(other) as two:
        assert across(one, two) == []
    mend(other, "scale", Decimal("0.1"), "R1", "2025-03")
    withdraw(other, "V3", "2025-02")
    with reading(path) as one, reading(other) as two:
        assert brief(across(one, two)) == [
            ("changed", "R1", "2025-03", "5", "0.5", None),
            ("withdrawn", "V3", "2025-02", "2", None, None),
        ]
        assert brief(across(two, one))[1] == ("added", "V3", "2025-02", None, "2", None)


STATCOUNTER = "statcounter_ai_chatbot-ww-monthly-202301-202609.csv"
NAMES = {"Deepseek": "DeepSeek"}


def test_the_export_of_statcounter_over_the_starter_facts(tmp_path):
    """Held against readings of the two files that know nothing of ours."""
    file, market, path = data(STATCOUNTER), "statcounter/ai-chatbot-ww", made(tmp_path)
    facts = Path(starter).with_name("facts.csv")
    load(path, facts)
    load(path, file, Policy(primary_prevails=True))
    was = {}
    with facts.open(encoding="utf-8", newline="") as text:
        for line in csv.DictReader(text):
            if line["market"] == market and not line.get("role"):
                was[NAMES.get(line["entity"], line["entity"]), line["period"]] = Decimal(line["share"])
    now = {}
    with file.open(encoding="utf-8-sig", newline="") as text:
        for line in csv.DictReader(text):
            month = line.pop("Date")
            if any(Decimal(cell) for cell in line.values()):
                now |= {(NAMES.get(name, name), month): Decimal(cell) for name, cell in line.items()}
    found = {(one.entity, one.period): one for one in changes(path, 1, 2)}
    assert {one.market for one in found.values()} == {market}
    assert {key for key, one in found.items() if one.change == "added"} == now.keys() - was.keys()
    differing = {key for key in now.keys() & was.keys() if now[key] != was[key]}
    assert {key for key, one in found.items() if one.change == "changed"} == differing
    assert {one.change for one in found.values()} == {"added", "changed"}
    for key in differing:
        assert Decimal(str(found[key].points)) == now[key] - was[key]
    assert ("ChatGPT", "2025-07") in differing
