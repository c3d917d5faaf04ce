"""Dated parents: recorded, changed and ended, and nothing erased."""

from datetime import date

import pytest

from tracker.errors import Conflict, InvalidValue, UnknownName
from tracker.store.engine import reading, writing
from tracker.store.entities import add_entity, recorded
from tracker.store.lineage import lineage
from tracker.store.migrate import create
from tracker.store.parents import children, overlap, parents, remove_parent, rivals, set_parent
from tracker.values import Entity, Parent

KINDS = {"Lab": "lab", "Owner": "lab", "App": "product", "R1": "model", "V3": "model", "Rest": "residual"}


@pytest.fixture
def session(tmp_path):
    create(tmp_path / "tracker.db")
    with writing(tmp_path / "tracker.db") as session:
        for name, kind in KINDS.items():
            add_entity(session, Entity(name, kind))
        yield session


def parent(text):
    return Parent.parse(text)


def of(session, name="R1"):
    return [str(one) for one in parents(session).get(name, ())]


def rows(session):
    return session.rows(
        "SELECT from_date, to_date, known_to IS NULL, coalesce(known_from <= known_to, 1 = 1)"
        " FROM entity_parent ORDER BY id"
    )


def test_a_parent_is_recorded_once(session):
    assert set_parent(session, "R1", parent("Lab")) == (None, Parent("Lab"))
    assert set_parent(session, "R1", parent("Lab")) == (Parent("Lab"), Parent("Lab"))
    assert rows(session) == [(None, None, 1, 1)]
    assert (of(session), children(session, "Lab"), recorded(session, "R1").parents) == (
        ["Lab"],
        ["R1"],
        (Parent("Lab"),),
    )


def test_an_end_closes_the_row_and_writes_a_new_one(session):
    set_parent(session, "R1", parent("Lab@2025-01-20/"))
    told = set_parent(session, "R1", parent("Lab@/2025-06-30"))
    assert told == (parent("Lab@2025-01-20/"), parent("Lab@2025-01-20/2025-06-30"))
    assert rows(session) == [("2025-01-20", None, 0, 1), ("2025-01-20", "2025-06-30", 1, 1)]
    assert of(session) == ["Lab@2025-01-20/2025-06-30"]


@pytest.mark.parametrize(
    ("before", "given", "after"),
    [
        (["Lab"], "Lab@2025-01-20/", ["Lab@2025-01-20/"]),
        (["Lab"], "Lab@2025-01-20/2025-02-01", ["Lab@2025-01-20/2025-02-01"]),
        (["Lab@2025-03-10/"], "Lab@2025-03-01/", ["Lab@2025-03-01/"]),
        (["Lab@/2025-06-30"], "Lab@/2025-05-31", ["Lab@/2025-05-31"]),
        (["Lab@/2025-06-30"], "Lab", ["Lab@/2025-06-30"]),
        (["Lab@2025-01-01/"], "Lab", ["Lab@2025-01-01/"]),
        (["Lab@/2024-12-31"], "Lab@2025-06-01/", ["Lab@/2024-12-31", "Lab@2025-06-01/"]),
        (["Lab@/2024-12-31", "Lab@2025-06-01/"], "Lab@/2025-07-31", ["Lab@/2024-12-31", "Lab@2025-06-01/2025-07-31"]),
        (["Lab@/2024-12-31", "Lab@2025-06-01/"], "Lab", ["Lab@/2024-12-31", "Lab@2025-06-01/"]),
        (["Lab"], "App", ["App", "Lab"]),
    ],
)
def test_what_is_not_given_stays_as_it_was(before, given, after, session):
    for text in before:
        set_parent(session, "R1", parent(text))
    set_parent(session, "R1", parent(given))
    assert of(session) == after


def test_the_same_days_twice_are_refused(session):
    for text in ("Lab@/2024-12-31", "Lab@2025-06-01/"):
        set_parent(session, "R1", parent(text))
    with pytest.raises(Conflict, match=r"R1 belongs to Lab until 2024-12-31 already\nTake .* parent R1 Lab --remove$"):
        set_parent(session, "R1", parent("Lab@2024-01-01/2025-07-01"))
    with pytest.raises(InvalidValue, match="ends"):
        set_parent(session, "R1", parent("Lab@/2025-01-01"))
    assert of(session) == ["Lab@/2024-12-31", "Lab@2025-06-01/"]


def test_what_is_taken_back_is_closed(session):
    for text in ("Lab@/2024-12-31", "Lab@2025-06-01/"):
        set_parent(session, "R1", parent(text))
    assert remove_parent(session, "R1", "Lab", date(2025, 6, 1)) == [parent("Lab@2025-06-01/")]
    assert of(session) == ["Lab@/2024-12-31"]
    assert remove_parent(session, "R1", "Lab") == [parent("Lab@/2024-12-31")]
    assert (of(session), children(session, "Lab"), len(rows(session))) == ([], [], 2)
    with pytest.raises(UnknownName, match="R1 does not belong to Lab; it belongs to nobody"):
        remove_parent(session, "R1", "Lab")
    set_parent(session, "R1", parent("Lab"))
    assert of(session) == ["Lab"]


@pytest.mark.parametrize(
    ("child", "above"),
    [("Lab", "Owner"), ("Lab", "App"), ("App", "R1"), ("R1", "V3"), ("Rest", "Lab"), ("R1", "Rest")],
)
def test_a_parent_is_of_a_wider_kind(child, above, session):
    with pytest.raises(Conflict, match=rf"(?s){child} is a .*, and {above} a .*tracker entity change {child} --kind"):
        set_parent(session, child, Parent(above))
    assert rows(session) == []


def test_nothing_belongs_to_itself_over_any_number_of_steps(session):
    add_entity(session, Entity("App", parents=(Parent("Lab"),)))
    add_entity(session, Entity("R1", parents=(Parent("App"),)))
    with pytest.raises(Conflict, match="R1 belongs to Lab already"):
        set_parent(session, "Lab", Parent("R1"))
    with pytest.raises(Conflict, match="its own parent"):
        set_parent(session, "R1", Parent("R1"))
    remove_parent(session, "R1", "App")
    add_entity(session, Entity("Lab", parents=(Parent("R1"),)))


def test_an_input_that_is_read_again_opens_nothing_that_was_changed(session):
    given = Entity("R1", parents=(Parent("Lab"),))
    assert add_entity(session, given)
    assert not add_entity(session, given)
    set_parent(session, "R1", parent("Lab@/2025-06-30"))
    assert not add_entity(session, given)
    assert of(session) == ["Lab@/2025-06-30"]
    remove_parent(session, "R1", "Lab")
    assert add_entity(session, given)


def test_an_input_with_another_last_day_is_refused_in_words(session):
    add_entity(session, Entity("R1", parents=(parent("Lab@2025-01-01/"),)))
    with pytest.raises(Conflict, match="Lab is recorded as a parent from 2025-01-01 on, not from 2025-01-01 to"):
        add_entity(session, Entity("R1", parents=(parent("Lab@2025-01-01/2025-02-01"),)))


def test_other_parents_of_the_same_kind_on_the_same_days(session):
    for text in ("Lab@/2024-12-31", "App"):
        set_parent(session, "R1", parent(text))
    set_parent(session, "R1", parent("Owner@2025-01-01/"))
    assert rivals(session, "R1", parent("Owner@2025-01-01/")) == []
    assert rivals(session, "R1", parent("Owner@2024-12-31/")) == [parent("Lab@/2024-12-31")]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("A", "B", True),
        ("A@/2025-01-31", "B@2025-02-01/", False),
        ("A@/2025-02-01", "B@2025-02-01/", True),
        ("A@2025-01-01/2025-12-31", "B@2025-03-01/2025-03-31", True),
    ],
)
def test_days_that_two_have_in_common(one, other, both):
    assert overlap(parent(one), parent(other)) is overlap(parent(other), parent(one)) is both


def test_parents_of_merged_entities_are_those_of_what_they_are_now(session):
    add_entity(session, Entity("R-1", "model", parents=(Parent("Lab"),)))
    add_entity(session, Entity("Labo", "lab"))
    set_parent(session, "V3", Parent("Labo"))
    batch = {"command": "merge", "recorded_at": "2026-01-01T00:00:00.000000Z", "version": "0"}
    key = session.insert("batch", batch | dict.fromkeys(("added", "same", "revised", "reported"), 0))
    ids = dict(session.rows("SELECT name, id FROM entity"))
    for old, new in (("R-1", "R1"), ("Labo", "Lab")):
        session.run(
            "INSERT INTO entity_merge (entity_id, batch_id, into_id) VALUES (:old, :key, :new)",
            old=ids[old],
            key=key,
            new=ids[new],
        )
    assert (of(session), of(session, "V3"), children(session, "Lab")) == (["Lab"], ["Lab"], ["R1", "V3"])
    assert set_parent(session, "R1", Parent("Lab")).before == Parent("Lab")
    assert set_parent(session, "V3", parent("Lab@2025-01-01/")).before == Parent("Lab")
    assert {link.parent for link in lineage(session).links} == {"Lab"}
    with pytest.raises(Conflict, match="already"):
        add_entity(session, Entity("Lab", parents=(Parent("R1"),)))


def test_the_lineage_has_the_kinds_and_only_what_holds(tmp_path):
    create(tmp_path / "tracker.db")
    with writing(tmp_path / "tracker.db") as session:
        for name, kind in KINDS.items():
            add_entity(session, Entity(name, kind))
        set_parent(session, "R1", parent("Lab"))
        set_parent(session, "V3", parent("Lab@2025-01-01/"))
        remove_parent(session, "R1", "Lab")
    with reading(tmp_path / "tracker.db") as session:
        found = lineage(session)
    assert found.kinds == KINDS
    assert found.links == (("V3", "Lab", date(2025, 1, 1), None),)
