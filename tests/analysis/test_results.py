"""Refusals, and what every result can do: print as a sentence and turn into a row."""

from __future__ import annotations

import pytest

from analysis.reading_of import monthly, reading, series, snapshot
from tracker.analysis.annual import annual
from tracker.analysis.compare import compare
from tracker.analysis.concentration import concentration
from tracker.analysis.drawdown import drawdown
from tracker.analysis.endpoint import endpoint
from tracker.analysis.instability import instability
from tracker.analysis.interpolate import interpolate
from tracker.analysis.lead import lead
from tracker.analysis.logodds import log_odds
from tracker.analysis.newcombe import newcombe, sampled_change
from tracker.analysis.peak import peak
from tracker.analysis.rank import ranks
from tracker.analysis.rank_change import rank_changes
from tracker.analysis.ratio import ratio
from tracker.analysis.refused import Refused
from tracker.analysis.switches import switches
from tracker.analysis.trough import trough
from tracker.analysis.wilson import sampled, wilson
from tracker.values import Period

FALL = monthly("5", "9", "4", "6")
BEFORE, AFTER = snapshot("60", "30", "5"), snapshot("50", "20", "25", period="2025-02")
POLLS = reading("2025-01", "40", size=1000), reading("2025-02", "45", size=900)

SAID = [
    (peak(FALL), "R1 peaked at 9% (2025-02)."),
    (peak(FALL[:2]), "R1 is at its peak so far at 9% (2025-02)."),
    (trough(FALL), "R1 was lowest at 4% (2025-03)."),
    (trough(FALL[:3]), "R1 is at its lowest so far, at 4% (2025-03)."),
    (
        drawdown(FALL),
        "R1 fell furthest from 9% (2025-02) to 4% (2025-03): −5 points (−6 to −4), −55.6 percent."
        " It is now −3 points (−4 to −2) from its peak of 9% (2025-02).",
    ),
    (drawdown(FALL[:2]), "R1 never fell as published. It is at its peak so far, 9% (2025-02)."),
    (log_odds(*monthly("2", "3")), "log-odds +0.42 (0.00 to +0.87)"),
    (log_odds(*monthly("0.4", "3")), "log-odds +2.04 (+1.74 to +2.33)"),
    (log_odds(*monthly("7", "99.97")), "log-odds +10.70 (+10.47 to +10.96)"),
    (
        annual(*series(("2024", "8.00"), ("2025", "2.00"))),
        "−75.0 percent a year (−75.1 to −74.9), over 365.5 days",
    ),
    (wilson(0, 20), "0 of 20 are 0.00% (0.00 to 16.11%, Wilson 95%)."),
    (newcombe(9, 10, 3, 10, 0.9), "The difference is +60.00 points (+24.21 to +78.96 points, Newcombe 90%)."),
    (ranks(BEFORE)[0], "A is number 1 of the 3 named with 60% (2025-01)."),
    (lead(BEFORE), "A leads the named with 60% (2025-01), before B by +30 points (+29 to +31)."),
    (rank_changes(BEFORE, AFTER)[1], "C rose from place 3 to 2 (2025-01 to 2025-02)."),
    (
        concentration(snapshot("60", "40", whole="closed")),
        "2025-01: HHI 5200, an effective number of 1.92; with rounding 5100 to 5300 at the outside.",
    ),
    (
        ratio(snapshot("40", "20", "7"), 4),
        "2025-01: the greatest 4 hold 67 to 74%, if none of the rest is bigger than the smallest named;"
        " up to 100% otherwise; with rounding 65.5 to 100% at the outside.",
    ),
    (
        instability(BEFORE, AFTER),
        "From 2025-01 to 2025-02 20 points (18.5 to 28) changed hands"
        " (3 entities named in both; up to 5% is not theirs, and counted as one).",
    ),
    (Refused("no", "yes", "maybe"), "Refused: no. Needed: yes. There is: maybe."),
]


@pytest.mark.parametrize(("result", "said"), SAID, ids=lambda one: str(one)[:40])
def test_a_result_is_a_sentence_and_a_row(result, said):
    assert str(result) == said
    row = result.row()
    assert row
    assert all(cell is None or isinstance(cell, (str, int, float, bool)) for cell in row.values())


def test_a_comparison_tells_everything():
    found = compare(POLLS, market="polls/vote")
    assert str(found) == (
        "R1 in polls/vote: 40% (2025-01) to 45% (2025-02): +5 points (+4 to +6), +12.5 percent (+9.9 to +15.2),"
        " log-odds +0.20 (+0.16 to +0.25), 1 to 58 days apart."
        " With sampling error −0.4 to +10.4 points (Newcombe, 95%)."
    )
    assert found.row()["sampling_low"] == pytest.approx(-0.45, abs=0.01)


def test_a_change_of_method_is_said():
    found = compare([*monthly("7", "3")[:1], reading("2025-02", "3", status="B")])
    assert str(found).endswith(" Not comparable without care: the source changed its method in 2025-02.")
    assert found.row()["breaks"] == "2025-02"


def test_an_index_has_index_points_and_no_log_odds():
    found = compare(monthly("50", "100", unit=""))
    assert str(found).startswith("R1: 50 (2025-01) to 100 (2025-02): +50 index points (+49")
    assert "log-odds" not in str(found)


def test_bounds_are_intervals():
    found = compare(monthly("<1", "3"))
    assert "between +1.5 and +3.5 points, 1 to 58 days apart" in str(found)
    assert found.row()["points"] is found.row()["log_odds"] is None


def test_a_year_is_said_where_there_is_one():
    found = compare(series(("2023-01-01", "8.00"), ("2025-01-01", "2.00")))
    assert "That is −50.0 percent a year (−50.1 to −49.9), over 731 days." in str(found)


REFUSALS = [
    (compare(monthly("7")), "two readings", "1 reading, 7% (2025-01)"),
    (compare(FALL, start=FALL[1], end=FALL[0]), "a later reading of the same series", "9% (2025-02) and 5% (2025-01)"),
    (compare(FALL, start=FALL[1], end=FALL[1]), "two readings", "one, 9% (2025-02)"),
    (annual(reading("~2025-02-15", "7"), reading("~2025-04-30", "3")), "180 days or more", "64 to 79 days"),
    (
        annual(*series(("2023-01-01", "0"), ("2025-01-01", "2"))),
        "two such shares",
        "0% (2023-01-01) and 2% (2025-01-01)",
    ),
    (log_odds(*monthly("0", "3")), "two such shares", "0 and 3"),
    (log_odds(*monthly("<1", "3")), "two such shares", "<1 and 3"),
    (drawdown(monthly("7", "<1")), "two readings with a number", "1 number in 2 readings"),
    (drawdown(monthly("7", "6", "<1")), "a number at the end", "<1% (2025-03)"),
    (sampled(reading("2025-01", "40")), "a sample size", "40% (2025-01) without one"),
    (sampled(reading("2025-01", "<1", size=9)), "a share that is a number", "<1% (2025-01)"),
    (sampled_change(POLLS[0], FALL[1]), "a sample size for both readings", "sample sizes: 1000 and none"),
    (ranks(snapshot("7", "3", whole="index")), "shares of one whole", "values of an index"),
    (ranks(snapshot("7")), "two who are named", "1 in 2025-01"),
    (concentration(snapshot()), "at least one share", "none in 2025-01"),
    (
        instability(snapshot("7"), snapshot("3", period="2025-Q1")),
        "two periods of one kind",
        "2025-01 (month) and 2025-Q1 (quarter)",
    ),
    (lead(snapshot("7", "3", whole="index")), "shares of one whole", "values of an index"),
    (lead(snapshot("7")), "two who are named", "1 in 2025-01"),
    (
        concentration(snapshot("60", "30", whole="overlapping")),
        "shares of a closed or open whole",
        "overlapping shares: one may be counted for several",
    ),
    (ratio(snapshot("60", whole="index")), "shares of one whole", "values of an index"),
    (concentration(snapshot("62", "45")), "parts that do not contain each other", "106% at least in 2025-01"),
    (instability(snapshot("7"), snapshot(period="2025-02")), "at least one share", "none in 2025-02"),
    (instability(snapshot("7"), snapshot("3", whole="overlapping")), "shares of a closed or open whole", None),
    (endpoint(FALL, Period.parse("2026")), "a reading in 2026", "4 readings, 2025-01 to 2025-04"),
    (interpolate(FALL, Period.parse("2026-01-01").start, "linear", largest_gap=99), "a day between two readings", None),
]


@pytest.mark.parametrize(("result", "needed", "have"), REFUSALS, ids=lambda one: str(one)[:40])
def test_what_is_refused_says_what_it_takes(result, needed, have):
    assert isinstance(result, Refused)
    assert not result
    assert result.needed == needed
    assert have is None or result.have == have
    assert str(result) == f"Refused: {result.reason}. Needed: {result.needed}. There is: {result.have}."


def test_bounds_may_leave_no_trough():
    assert trough(monthly("3", "<1")) is None
    assert trough(monthly("<1")) is None
    assert trough(monthly("3", "1", "1", ">2")).index == 1


def test_only_a_sure_lead_changes_hands():
    months = [lead(snapshot(*shares, period=f"2025-0{place}")) for place, shares in enumerate(
        [("9", "5"), ("6", "7"), ("7", "6"), ("5", "8"), ("9", "1")], 1)]  # fmt: skip
    assert [str(one) for one in switches(months)] == [
        "B leads by 2025-04, after A, which last surely led in 2025-01.",
        "A leads by 2025-05, after B, which last surely led in 2025-04.",
    ]
    assert switches(months[:3]) == ()
    assert switches(months)[0].row() == {"from": "A", "until": "2025-01", "to": "B", "since": "2025-04"}


def test_the_rest_counts_where_nobody_has_a_share():
    found = concentration(snapshot("0", "0"))
    assert (found.hhi_low, found.hhi_high, found.effective_low) == (0, 10_000, 1)
    assert "an effective number of 1 or more" in str(found).replace("1.00", "1")
