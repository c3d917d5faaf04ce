"""Models added up to products and labs: within one market and one period, and never twice."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.ancestry import Ancestry, Lineage, Link
from tracker.analysis.decimals import exact
from tracker.analysis.rollup import Stated, roll_up
from tracker.analysis.rollup_words import notes
from tracker.errors import Conflict
from tracker.values import Period, Share

KINDS = {"Lab": "lab", "App": "product", "M1": "model", "M2": "model", "Lone": "product", "Rest": "residual"}
FAMILY = Lineage(KINDS, (Link("App", "Lab"), Link("M1", "App"), Link("M2", "Lab")))


def told(*rows, market="x/a", whole="open"):
    """Rows from texts: entity, month, share."""
    return [
        Stated(market, whole, entity, Period.parse(f"2025-{month}"), Share.parse(share), "A", number)
        for number, (entity, month, share) in enumerate(rows)
    ]


def rolled(rows, level="lab", family=FAMILY, **more):
    return roll_up(rows, family, level, **more)


def brief(made):
    return [(row.entity, str(row.period), str(row.share)) for row in made.rows]


def test_models_and_products_of_a_lab_are_added_and_the_rest_stays():
    made = rolled(told(("M1", "01", "7"), ("M2", "01", "2.5"), ("Lone", "01", "20"), ("Rest", "01", "30")))
    assert brief(made) == [("Lab", "2025-01", "9.5"), ("Lone", "2025-01", "20"), ("Rest", "2025-01", "30")]
    lab, lone, rest = made.rows
    assert (lab.kind, lab.share.interval(), [part.entity for part in lab.parts]) == ("lab", (8.95, 10.05), ["M1", "M2"])
    assert (lone.kind, lone.is_computed, rest.kind) == ("product", False, "residual")
    assert (made.apart, made.above) == (("Lone", "Rest"), ())


def test_markets_and_periods_are_never_mixed():
    rows = told(("M1", "01", "1"), ("M2", "02", "2")) + told(("M2", "01", "4"), market="x/b")
    assert brief(rolled(rows)) == [("Lab", "2025-01", "1"), ("Lab", "2025-02", "2"), ("Lab", "2025-01", "4")]


def test_periods_are_the_same_only_if_they_are_written_the_same():
    rows = [
        Stated("x/a", "open", name, Period.parse(period), Share.parse("1"))
        for name, period in (("M1", "2025-01"), ("M2", "~2025-01"), ("M2", "2025-01-01/2025-01-30"))
    ]
    assert len(rolled(rows).rows) == 3


def test_what_is_above_the_level_stays_and_is_named():
    made = rolled(told(("M1", "01", "1"), ("Lab", "01", "9"), ("M2", "01", "2")), "product")
    assert brief(made) == [("App", "2025-01", "1"), ("Lab", "2025-01", "9"), ("M2", "2025-01", "2")]
    assert (made.apart, made.above) == (("M2",), ("Lab",))


def test_the_level_of_models_adds_nothing():
    rows = told(("M1", "01", "1"), ("App", "01", "2"), ("Lab", "01", "3"))
    made = rolled(rows, "model")
    assert [row.share for row in sorted(made.rows, key=lambda row: row.parts[0].row)] == [one.share for one in rows]
    assert made.above == ("App", "Lab")


def test_what_is_missing_from_a_sum_is_named_and_is_not_zero():
    made = rolled(told(("M1", "01", "7"), ("M2", "01", "3"), ("M1", "02", "6"), ("Lab", "03", "8")))
    assert [(str(row.share), row.missing) for row in made.rows] == [("10", ()), ("6", ("M2",)), ("8", ())]
    assert notes(made) == (
        "x/a: Lab itself is reported in 2025-03, and is a sum of its parts else.",
        "x/a: missing from Lab, which is the sum of its other parts: M2 (2025-02).",
    )


def test_another_market_misses_nothing():
    rows = told(("M1", "01", "7"), ("M2", "01", "3")) + told(("M1", "01", "6"), market="x/b")
    assert [row.missing for row in rolled(rows).rows] == [(), ()]


def test_a_part_of_a_part_that_is_reported_is_not_missing():
    made = rolled(told(("M1", "01", "1"), ("App", "02", "2")))
    assert [row.missing for row in made.rows] == [("App",), ()]


def test_what_did_not_belong_to_the_lab_then_is_not_missing():
    family = Lineage(KINDS, (Link("M1", "Lab"), Link("M2", "Lab", date(2025, 2, 1))))
    made = rolled(told(("M1", "01", "7"), ("M1", "02", "7"), ("M2", "03", "3"), ("M1", "03", "1")), family=family)
    assert [row.missing for row in made.rows] == [(), ("M2",), ()]


DOUBLE = (("Lab", "01", "10"), ("App", "01", "7"), ("M1", "01", "3"), ("M2", "01", "<1"), ("M1", "02", "4"))


def test_a_whole_and_its_parts_are_refused_with_everything_listed():
    with pytest.raises(Conflict) as refused:
        rolled(told(*DOUBLE) + told(("Lab", "03", "5"), ("M2", "03", "4"), market="x/b"))
    assert str(refused.value) == (
        "3 things stand in the way of adding shares up to labs:\n"
        "  x/a, 2025-01: Lab (10%) and its parts App (7%), M1 (3%), M2 (<1%) are all reported\n"
        "  x/a, 2025-01: App (7%) and its part M1 (3%) are both reported\n"
        "  x/b, 2025-03: Lab (5%) and its part M2 (4%) are both reported\n"
        "Where a whole and its parts are both reported, take what is reported of the whole: --when-both whole;"
        " or add up the parts: --when-both parts."
    )


def test_the_whole_is_taken():
    made = rolled(told(*DOUBLE), when_both="whole")
    assert brief(made) == [("Lab", "2025-01", "10"), ("Lab", "2025-02", "4")]
    assert [one.entity for one in made.beside] == ["App", "M1", "M2"]
    assert "x/a: left out, for it would count twice: App (2025-01); M1 (2025-01); M2 (2025-01)." in notes(made)


def test_the_parts_are_taken():
    made = rolled(told(*DOUBLE), when_both="parts")
    assert brief(made) == [("Lab", "2025-01", "2.5..4.5"), ("Lab", "2025-02", "4")]
    assert [one.entity for one in made.beside] == ["Lab", "App"]
    assert [row.missing for row in made.rows] == [(), ("M2",)]


def test_a_whole_at_a_lower_level_is_no_conflict():
    assert len(rolled(told(("Lab", "01", "10"), ("M1", "01", "7")), "product").rows) == 2


def test_two_labs_at_once_and_a_change_within_a_period_are_refused_together():
    links = (Link("M1", "Lab"), Link("M1", "Else"), Link("M2", "Lab", date(2025, 1, 10)))
    family = Lineage(KINDS | {"Else": "lab"}, links)
    with pytest.raises(Conflict) as refused:
        rolled(told(("M1", "01", "7"), ("M2", "01", "3")), family=family, when_both="whole")
    assert str(refused.value) == (
        "2 things stand in the way of adding shares up to labs:\n"
        "  x/a, 2025-01: M1 (7%) belongs to several labs at once: Else, Lab\n"
        "  x/a, 2025-01: M2 (3%) belongs to no lab until 2025-01-09, to Lab from 2025-01-10 on\n"
        "End the parent that is no more: tracker entity parent CHILD PARENT --to DATE\n"
        "A share of a period cannot be divided: let the change be on its first day, tracker entity parent CHILD PARENT"
        " --from DATE; or choose other periods with --from and --to."
    )


def test_parts_that_are_more_than_the_whole_are_refused():
    with pytest.raises(Conflict, match=r"Lab would be 101% at least, of M1 \(60%\), M2 \(42%\)"):
        rolled(told(("M1", "01", "60"), ("M2", "01", "42")))


@pytest.mark.parametrize("whole", ["overlapping", "index"])
def test_shares_that_overlap_are_never_added(whole):
    rows = told(("M1", "01", "7"), market="x/b", whole=whole) + told(("M1", "01", "6"))
    made = rolled(rows)
    assert (brief(made), made.left_out) == ([("Lab", "2025-01", "6")], ("x/b",))
    assert notes(made) == ("Left out, for overlapping shares and indices are never added up: x/b.",)
    with pytest.raises(Conflict, match=rf"x/b: its shares are not added up to labs, .* \({whole}\)"):
        rolled(rows, asked=["x/b"])


def test_shares_that_overlap_pass_where_nothing_is_to_add():
    rows = told(("Lab", "01", "70"), ("Rest", "01", "60"), whole="overlapping")
    assert brief(rolled(rows, asked=["x/a"])) == [("Lab", "2025-01", "70"), ("Rest", "2025-01", "60")]
    both = told(("Lab", "01", "70"), ("M1", "01", "60"), whole="overlapping")
    assert rolled(both).left_out == ("x/a",)
    with pytest.raises(Conflict, match=r"(?s)\(60%\) are both reported\nWhere a whole"):
        rolled(both, asked=["x/a"])
    with pytest.raises(Conflict, match="one may be counted for several"):
        rolled(both, asked=["x/a"], when_both="parts")
    assert brief(rolled(both, when_both="whole")) == [("Lab", "2025-01", "70")]


def test_nothing_comes_of_nothing():
    made = rolled([])
    assert (made.rows, notes(made)) == ((), ())


def test_many_names_are_counted():
    kinds = {f"P{number:02}": "product" for number in range(12)}
    made = rolled(told(*((name, "01", "1") for name in kinds)), family=Lineage(kinds))
    assert notes(made) == (
        "Under no lab: P00, P01, P02, P03, P04, P05, P06, P07 and 4 more."
        " Say to whom they belong: tracker entity parent CHILD PARENT.",
    )


@st.composite
def worlds(draw):
    """A family without circles, and shares of it; two parents, parents of every kind, and dates included."""
    kinds = draw(st.lists(st.sampled_from(("lab", "product", "model", "residual", "group")), min_size=1, max_size=7))
    names = [f"E{number}" for number in range(len(kinds))]
    days = st.none() | st.sampled_from((date(2025, 2, 1), date(2025, 2, 14), date(2025, 3, 31)))
    links = []
    for number, name in enumerate(names):
        for parent in draw(st.lists(st.sampled_from(names[:number]), max_size=2)) if number else ():
            start, end = draw(days), draw(days)
            links.append(Link(name, parent, start, end if start is None or end is None or end >= start else None))
    keys = st.tuples(st.sampled_from(("x/a", "x/b")), st.sampled_from(names), st.sampled_from(("01", "02", "03")))
    rows = [
        Stated(market, "open", name, Period.parse(f"2025-{month}"), Share.parse(draw(SHARES)), "A", row)
        for row, (market, name, month) in enumerate(draw(st.lists(keys, max_size=12, unique=True)))
    ]
    return Lineage(dict(zip(names, kinds, strict=True)), tuple(links)), rows


SHARES = st.sampled_from(("0", "1", "2.5", "0.25", "<1", "~3", "1..2"))


@given(worlds(), st.sampled_from(("lab", "product", "model")), st.sampled_from((None, "whole", "parts")))
def test_every_share_counts_once_or_is_named(world, level, when_both):
    family, rows = world
    ancestry = Ancestry(family, level)
    try:
        made = roll_up(rows, family, level, when_both)
    except Conflict as refused:
        for line in refused.message.splitlines()[1:]:
            assert any(line.startswith(f"  {one.market}, {one.period}: ") for one in rows)
        return
    counted = [part.row for row in made.rows for part in row.parts] + [one.row for one in made.beside]
    assert sorted(counted) == [one.row for one in rows]
    assert when_both or not made.beside
    for row in made.rows:
        names = {part.entity for part in row.parts}
        assert {(part.market, part.period) for part in row.parts} == {(row.market, row.period)}
        assert row.share.interval()[0] == float(sum((exact(p.share.interval()[0]) for p in row.parts), Decimal(0)))
        for part in row.parts:
            place = ancestry.place(part.entity, row.period)
            assert len(place.turns) == 1
            assert place.heads <= {row.entity}
            assert not place.heads or not place.above & names
        here = {one.entity for one in rows if (one.market, one.period) == (row.market, row.period)}
        elsewhere = {one.entity for one in rows if one.market == row.market}
        assert set(row.missing) <= elsewhere - here
