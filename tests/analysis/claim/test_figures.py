"""One claimed share against the readings of its period."""

import pytest

from claiming import asked, series, stored, told
from tracker.analysis.claim.figures import judge_share
from tracker.analysis.claim.stored import within
from tracker.values import Period


def judged(readings, since, until, **figures):
    return judge_share(asked(since, until, **figures).figures[0], readings)


@pytest.mark.parametrize(
    ("stands", "claimed", "verdict", "because"),
    [
        ("7", "7", "supported", "7% is stored for 2025-02"),
        ("7.2", "7", "supported", "7.2% is stored for 2025-02, which lies within 7%"),
        ("~85", "85", "supported", "~85% is stored for 2025-02, which is no more than about that"),
        ("7", "50", "contradicted", "7% is stored for 2025-02, which can be 6.5 to 7.5"),
        ("<1", "2", "contradicted", "<1% is stored for 2025-02, which can be 0 to 1"),
        ("6..7", "9", "contradicted", "6..7% is stored for 2025-02"),
        ("7", "7.2", "cannot tell", "7% is stored for 2025-02, which can be 6.5 to 7.5: too coarse for 7.2%"),
        ("7.5", "8", "cannot tell",
         "7.5% is stored for 2025-02, which can be 7.45 to 7.55: on both sides of what rounds to 8%"),
    ],
)  # fmt: skip
def test_one_reading(stands, claimed, verdict, because):
    found = judged([stored("2025-02", stands)], None, "2025-02", share=claimed)
    assert (found.verdict, found.because, found.notes) == (verdict, because, ())


@pytest.mark.parametrize(
    ("period", "because"),
    [
        ("2025-03", "no reading lies in 2025-03; nearest in time: 7% (2025-02) and 5% (2025-05)"),
        ("2025-02-10", "no reading lies in 2025-02-10; 7% (2025-02) covers it, and more than it"),
        ("2024", "no reading lies in 2024; nearest in time: 7% (2025-02)"),
        ("2026", "no reading lies in 2026; nearest in time: 5% (2025-05)"),
        ("2025-05-20/2025-06-10", "no reading lies in 2025-05-20/2025-06-10; nearest in time: 7% (2025-02)"),
    ],
)
def test_no_reading_in_the_period(period, because):
    found = judged(series(m02="7", m05="5"), None, period, share="7")
    assert (found.verdict, found.because, found.reading) == ("cannot tell", because, None)


def test_nothing_is_stored_at_all():
    assert judged([], "2025", None, before="7").because == "nothing is stored of this entity in this market"


def test_a_period_means_its_own_reading_before_the_ones_within():
    quarter, months = stored("2025-Q1", "5"), series(m01="7", m02="6", m03="2")
    assert within([*months, quarter], Period.parse("2025-Q1")) == [quarter]
    assert within([*months, quarter], Period.parse("2025-Q1"), as_one=False) == months
    assert within([quarter], Period.parse("2025-Q1"), as_one=False) == [quarter]
    assert within(months, Period.parse("2025-W05")) == []
    day = stored("2025-02-18", "1")
    assert within([day], Period.parse("~2025-02-15")) == [day]


QUARTER = {"m01": "7", "m02": "9", "m03": "4"}


@pytest.mark.parametrize(
    ("role", "claimed", "verdict"),
    [
        ("before", "7", "supported"),
        ("before", "9", "cannot tell"),
        ("before", "8", "cannot tell"),
        ("before", "50", "contradicted"),
        ("before", "3", "contradicted"),
        ("after", "4", "supported"),
        ("after", "7", "cannot tell"),
        ("after", "10", "contradicted"),
        ("share", "7", "cannot tell"),
        ("share", "6", "cannot tell"),
        ("share", "4..9", "cannot tell"),
        ("share", "3..10", "supported"),
        ("share", "12", "contradicted"),
    ],
)
def test_several_readings(role, claimed, verdict):
    times = (None, "2025-Q1") if role == "after" else ("2025-Q1", None)
    found = judged(series(**QUARTER), *times, **{role: claimed})
    assert found.verdict == verdict
    assert found.notes[0].startswith("3 readings lie in 2025-Q1, 7% (2025-01) to 4% (2025-03), from 4 to 9%: ")
    assert [one.period for one in found.readings] == [Period.parse(f"2025-0{month}") for month in (1, 2, 3)]


def test_the_peak_and_what_was_passed_are_named():
    notes = [judged(series(**QUARTER), "2025-Q1", None, before=claimed).notes[1:] for claimed in ("9", "4", "8", "50")]
    assert notes == [
        ("9% (2025-02), the peak of them, would bear it out",),
        ("4% (2025-03), the trough of them, would bear it out",),
        ("between them the share may have been 8%",),
        (),
    ]


def test_a_competing_page_keeps_a_figure_from_being_contradicted():
    reading = stored("2025-05", "~5", tellings=(told("~4.5"), told("~5")))
    found = judged([reading], None, "2025-05", share="9")
    assert (found.verdict, found.notes) == ("contradicted", ())
    reading = stored("2025-05", "5", tellings=(told("9"), told("5")))
    found = judged([reading], None, "2025-05", share="9")
    assert (found.verdict, found.notes) == (
        "cannot tell",
        ("another page says 9% for 2025-05: Rival <https://example.com/rival>",),
    )


def test_what_is_supported_names_the_pages_that_say_otherwise():
    reading = stored("2025-05", "5", tellings=(told("9"), told("5")))
    found = judged([reading], None, "2025-05", share="5")
    assert (found.verdict, len(found.notes)) == ("supported", 1)


def test_what_was_printed_or_stood_earlier_is_said_and_changes_nothing():
    past = (told("30", "printed", "a slip of the pen"), told("7", "earlier", "2025-06-01"))
    reading = stored("2025-05", "3", tellings=past)
    found = judged([reading], None, "2025-05", share="30")
    assert found.verdict == "contradicted"
    assert found.notes == ("30% is what the source prints for 2025-05; corrected here: a slip of the pen",)
    found = judged([reading], None, "2025-05", share="7")
    assert found.verdict == "contradicted"
    assert found.notes == ("7% stood here for 2025-05 until 2025-06-01: Rival <https://example.com/rival>",)
    assert judged([reading], None, "2025-05", share="3").notes == ()
