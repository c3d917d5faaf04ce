"""What a source printed wrongly is corrected, and what it printed stays beside it."""

from decimal import Decimal

import pytest

from importers.databases import ask, export, load, made, without_times
from store.changes import FIRST, current, everything, mend, pick, take_back, withdraw
from store.stored import stored
from tracker.errors import Conflict, InvalidValue, RejectedInput
from tracker.importers.policy import Policy
from tracker.store.amend.chosen import Guard, check
from tracker.store.amend.corrections import corrections
from tracker.store.engine import reading, writing
from tracker.values import Share

BESIDE = (
    "SELECT share, printed_share, status, printed_status, correction, corrected_because, upstream, stated_by, batch"
    " FROM shares WHERE period = '2025-02'"
)


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, FIRST)
    return path


def listed(path):
    with reading(path) as session:
        return corrections(session)


def test_overridden(path):
    mend(path, "override", "8.2", "R1", "2025-02", upstream="reported")
    assert ask(path, BESIDE) == [(8.2, 7.0, "A", "A", "override", "a slip", "reported", 1, 2)]
    assert listed(path) == [(2, "override", "poe/a", "R1", "2025-02", "7", "A", "8.2", "A", "a slip", "reported", None)]


def test_flagged(path):
    mend(path, "flag", "B", "R1", "2025-02")
    assert ask(path, BESIDE) == [(7.0, 7.0, "B", "A", "flag", "a slip", "open", 1, 2)]


def test_scaled_with_its_rounding(path):
    mend(path, "scale", Decimal("0.5"), "R1")
    assert ask(path, "SELECT share, low, high, decimals, printed_decimals FROM shares ORDER BY period") == [
        (3.5, 3.25, 3.75, 1, 0),
        (2.5, 2.25, 2.75, 1, 0),
    ]


def test_dropped(path):
    mend(path, "drop", None, "R1", "2025-02")
    assert current(path) == {("R1", "2025-03"): 5.0}
    assert ask(path, "SELECT count(*) FROM reports") == [(0,)]
    assert listed(path) == [(2, "drop", "poe/a", "R1", "2025-02", "7", "A", None, None, "a slip", "open", None)]


def test_corrected_again_it_keeps_what_was_printed_first(path):
    mend(path, "override", "8.2", "R1", "2025-02")
    mend(path, "flag", "B", "R1", "2025-02")
    mend(path, "scale", Decimal(10), "R1", "2025-02", reason="tenths")
    assert ask(path, BESIDE) == [(82.0, 7.0, "B", "A", "scale", "tenths", "open", 1, 4)]
    assert [said[5:9] for said in listed(path)] == [("7", "A", "82", "B")]


def test_of_a_corrected_one_the_source_may_come_to_know(path):
    mend(path, "override", "8.2", "R1", "2025-02")
    mend(path, "override", "8.2", "R1", "2025-02", upstream="fixed")
    assert [said[-2] for said in listed(path)] == ["fixed"]


def test_in_the_order_of_time_and_only_those_in_force(path):
    mend(path, "drop", None, "R1", "2025-02")
    mend(path, "override", "6", "R1", "2025-03")
    assert [said[4] for said in listed(path)] == ["2025-02", "2025-03"]
    take_back(path, 2)
    assert [said[4] for said in listed(path)] == ["2025-03"]
    take_back(path, 4)
    assert [said[:2] for said in listed(path)] == [(2, "drop"), (3, "override")]
    take_back(path, 5)
    withdraw(path, "R1")
    assert listed(path) == []


def test_a_drop_is_no_more_where_the_batch_below_it_is_taken_back(path):
    mend(path, "drop", None, "R1", "2025-02")
    take_back(path, 1, with_later=True)
    assert listed(path) == []


def refused(path, error, *how):
    before = stored(path)
    with pytest.raises(error) as refusal:
        mend(path, *how)
    assert stored(path) == before
    return refusal.value


def test_every_share_that_cannot_be_is_listed(path):
    error = refused(path, RejectedInput, "scale", Decimal(50), "R1")
    assert error.message.splitlines() == [
        "refused: 2 problems, nothing was stored",
        "  R1, poe/a, 2025-02: 7%: a share is 0 to 100 percent, not 350",
        "  R1, poe/a, 2025-03: 5%: a share is 0 to 100 percent, not 250",
    ]


@pytest.mark.parametrize(("kind", "to"), [("override", "7"), ("flag", "A"), ("scale", Decimal(1))])
def test_what_would_change_nothing(path, kind, to):
    error = refused(path, RejectedInput, kind, to, "R1", "2025-02")
    assert error.message == (
        "refused: R1, poe/a, 2025-02: 7%, status A: that is what is recorded already; nothing was stored"
    )


@pytest.mark.parametrize("factor", ["0", "-1", "NaN", "sNaN", "Infinity", "1e999999", "1e-999999"])
def test_no_factor(path, factor):
    refused(path, InvalidValue, "scale", Decimal(factor), "R1")


def test_a_reason_is_needed(path):
    before = stored(path)
    with pytest.raises(InvalidValue, match="the reason is empty"):
        mend(path, "override", "8", "R1", "2025-02", reason=" ")
    assert stored(path) == before


def guard(path, *periods, **expected):
    with writing(path) as session:
        check(Guard(**expected), pick(session, "R1", *periods))


def test_what_is_expected_is_found(path):
    guard(path, "2025-02", share=Share.parse("7.00"))
    guard(path, rows=2)
    guard(path, "2025-02", share=Share.parse("7"), rows=1)


def test_a_scaled_share_is_expected_as_it_is_shown(path):
    mend(path, "scale", Decimal("0.5"), "R1", "2025-02")
    guard(path, "2025-02", share=Share.parse("3.5"))
    with pytest.raises(RejectedInput):
        guard(path, "2025-02", share=Share.parse("~3.5"))


def test_all_that_differs_from_what_is_expected_is_listed(path):
    with pytest.raises(RejectedInput) as refusal:
        guard(path, share=Share.parse("6"))
    assert refusal.value.message.splitlines()[1:] == [
        "  R1, poe/a, 2025-02: 7% is recorded, 6% was expected",
        "  R1, poe/a, 2025-03: 5% is recorded, 6% was expected",
    ]
    assert refusal.value.hint == "Look at it: tracker history R1 --market poe/a --date 2025-02"


@pytest.mark.parametrize(
    ("periods", "expected", "message"),
    [
        ((), {}, "2 observations would be changed: R1, poe/a, 2025-02: 7%; R1, poe/a, 2025-03: 5%"),
        (
            (),
            {"rows": 1},
            "2 observations fit, not 1; nothing was changed: R1, poe/a, 2025-02: 7%; R1, poe/a, 2025-03: 5%",
        ),
        (("2025-02",), {"rows": 2}, "1 observation fits, not 2; nothing was changed: R1, poe/a, 2025-02: 7%"),
    ],
)
def test_nothing_is_changed_that_nobody_expected(path, periods, expected, message):
    with pytest.raises(Conflict) as refusal:
        guard(path, *periods, **expected)
    assert refusal.value.message == message


def test_the_pages_that_say_the_same_as_was_printed_do_not_compete(path):
    mend(path, "override", "8.2", "R1", "2025-02")
    assert ask(path, "SELECT closed_by FROM report") == [(None,)]


@pytest.mark.parametrize(
    ("kind", "to"),
    [("override", "8.2"), ("override", "<3"), ("flag", "B"), ("scale", Decimal("0.3333333333333333333"))],
)
def test_exported_and_imported_it_is_the_same(path, tmp_path, kind, to):
    mend(path, kind, to, "R1", "2025-02")
    other = made(tmp_path, "other.db")
    load(other, export(path))
    assert everything(other) == everything(path)
    assert without_times(export(other)) == without_times(export(path))
    assert [said[1:] for said in listed(other)] == [said[1:] for said in listed(path)]
    assert load(other, export(path)).batch is None


def test_an_import_that_revises_puts_the_correction_away(path):
    mend(path, "override", "8.2", "R1", "2025-02")
    load(path, FIRST.replace("2025-02,7,", "2025-02,7.4,", 1).rsplit("poe/a", 1)[0], Policy("revise"))
    assert ask(path, BESIDE) == [(7.4, None, "A", None, None, None, None, 3, 3)]
    assert listed(path) == []
