"""Who belongs to whom, on which days."""

from datetime import date

import pytest

from tracker.analysis.ancestry import Ancestry, Lineage, Link
from tracker.values import Period

KINDS = {"Lab": "lab", "Owner": "lab", "App": "product", "R1": "model", "Other": "residual", "Both": "group"}
MARCH = Period.parse("2025-03")


def family(*links, **kinds):
    return Lineage(KINDS | kinds, links)


def heads(level, name, *links, period=MARCH):
    return set(Ancestry(family(*links), level).place(name, period).heads)


CHAIN = (Link("R1", "App"), Link("App", "Lab"))


@pytest.mark.parametrize(
    ("level", "name", "found"),
    [
        ("lab", "R1", {"Lab"}),
        ("product", "R1", {"App"}),
        ("model", "R1", {"R1"}),
        ("lab", "App", {"Lab"}),
        ("product", "App", {"App"}),
        ("product", "Lab", {"Lab"}),
        ("model", "App", {"App"}),
        ("lab", "Other", set()),
        ("lab", "Both", {"Both"}),
        ("lab", "Owner", {"Owner"}),
    ],
)
def test_whom_of_a_level_an_entity_belongs_to(level, name, found):
    assert heads(level, name, *CHAIN) == found


def test_a_model_of_a_lab_has_no_product():
    assert heads("product", "R1", Link("R1", "Lab")) == set()


def test_a_lab_of_a_lab_is_the_end_of_the_way():
    assert heads("lab", "R1", Link("R1", "Lab"), Link("Lab", "Owner")) == {"Lab"}
    assert heads("lab", "Lab", Link("Lab", "Owner")) == {"Lab"}


def test_two_ways_to_one_lab_are_one_lab_and_two_labs_are_two():
    assert heads("lab", "R1", *CHAIN, Link("R1", "Lab")) == {"Lab"}
    assert heads("lab", "R1", *CHAIN, Link("R1", "Owner")) == {"Lab", "Owner"}


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (date(2025, 3, 1), date(2025, 3, 31), {"Lab"}),
        (None, date(2025, 3, 31), {"Lab"}),
        (date(2025, 4, 1), None, set()),
        (None, date(2025, 2, 28), set()),
        (None, date(9999, 12, 31), {"Lab"}),
    ],
)
def test_a_parent_holds_on_its_days(start, end, found):
    place = Ancestry(family(Link("R1", "Lab", start, end)), "lab").place("R1", MARCH)
    assert (set(place.heads), len(place.turns)) == (found, 1)


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2025, 3, 2), None), (None, date(2025, 3, 30)), (date(2025, 3, 10), date(2025, 3, 11))],
)
def test_a_parent_for_a_part_of_the_period_is_a_change(start, end):
    place = Ancestry(family(Link("R1", "Lab", start, end)), "lab").place("R1", MARCH)
    assert {"Lab"} in [set(found) for _, found in place.turns]
    assert len(place.turns) > 1
    assert place.above == {"Lab"}


def test_from_one_lab_to_the_next():
    until, since = Link("R1", "Lab", None, date(2025, 3, 14)), Link("R1", "Owner", date(2025, 3, 15))
    place = Ancestry(family(until, since), "lab").place("R1", MARCH)
    assert place.turns == ((date(2025, 3, 1), frozenset({"Lab"})), (date(2025, 3, 15), frozenset({"Owner"})))
    assert Ancestry(family(until, since), "lab").ever("R1") == {"Lab", "Owner"}


def test_what_changes_on_the_way_but_not_at_the_end_is_no_change():
    links = (
        Link("R1", "App", None, date(2025, 3, 14)),
        Link("R1", "New", date(2025, 3, 15)),
        Link("App", "Lab"),
        Link("New", "Lab"),
    )
    ancestry = Ancestry(family(*links, New="product"), "lab")
    assert [set(found) for _, found in ancestry.place("R1", MARCH).turns] == [{"Lab"}]
    assert ancestry.place("R1", MARCH).above == {"App", "New", "Lab"}
    joined = Link("R1", "Lab", None, date(2025, 3, 14)), Link("R1", "Lab", date(2025, 3, 15))
    assert len(Ancestry(family(*joined), "lab").place("R1", MARCH).turns) == 1


def test_a_circle_has_an_end():
    circle = (Link("R1", "App"), Link("App", "R1"))
    assert heads("lab", "R1", *circle) == set()
    assert family(*circle).below(["R1"]) == {"R1", "App"}


def test_a_group_is_passed_through():
    assert heads("lab", "R1", Link("R1", "Both"), Link("Both", "Lab")) == {"Lab"}


def test_everybody_below_at_any_time():
    assert family(*CHAIN, Link("Old", "Lab", None, date(2020, 1, 1))).below(["Lab"]) == {"Lab", "App", "R1", "Old"}
    assert family().below([]) == set()
