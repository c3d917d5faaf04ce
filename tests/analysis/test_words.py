"""How results speak: the unit of an index, no more digits than were read, and one thing in the singular."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.reading_of import monthly, reading, series, snapshot
from charts.chart_frames import frame_of
from tracker.analysis.annual import annual
from tracker.analysis.change import change
from tracker.analysis.compare import compare
from tracker.analysis.drawdown import drawdown
from tracker.analysis.endpoint import endpoint
from tracker.analysis.instability import instability
from tracker.analysis.interpolate import interpolate
from tracker.analysis.lead import lead
from tracker.analysis.peak import peak
from tracker.analysis.readings import readings
from tracker.analysis.trough import trough
from tracker.values import Period

INDEX = monthly("50", "100", "7", "8", unit="")


def test_readings_know_their_unit_from_the_frame():
    rows = [("A", "2025-01", "50")]
    assert readings(frame_of(rows))["A"][0].unit == "%"
    assert readings(frame_of(rows, whole="index"))["A"][0].unit == ""


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (peak(INDEX), "R1 peaked at 100 (2025-02)."),
        (trough(INDEX), "R1 was lowest at 7 (2025-03)."),
        (
            drawdown(INDEX),
            "R1 fell furthest from 100 (2025-02) to 7 (2025-03): −93 index points (−93.5 to −92), −93.0 percent."
            " It is now −92 index points (−92.5 to −91) from its peak of 100 (2025-02).",
        ),
        (compare(INDEX[:1]), "There is: 1 reading, 50 (2025-01)."),
        (compare(INDEX, start=INDEX[1], end=INDEX[0]), "There is: 100 (2025-02) and 50 (2025-01)."),
        (endpoint(INDEX[:2], Period.parse("2026")), "There is: 2 readings, 50 (2025-01), 100 (2025-02)."),
        (interpolate(INDEX, date(2025, 1, 10), "linear", largest_gap=9), "R1 on 2025-01-10: 50 (49.5 to 50.5),"),
        (interpolate(INDEX, date(2026, 1, 10), "linear", largest_gap=9), "There is: 50 (2025-01) to 8 (2025-04)."),
        (annual(*series(("2023-01-01", "0"), ("2025-01-01", "2"), unit="")), "There is: values of an index."),
        (drawdown(monthly("7", ">8", "6", "7", unit="")), "There is: >8 (2025-02) beside 7 (2025-01)."),
    ],
    ids=lambda one: str(one)[:40],
)
def test_an_index_has_no_percent(result, said):
    assert said in str(result)
    assert "%" not in str(result)


def test_an_index_is_compared_without_what_only_shares_have():
    found = compare(monthly("50", "100", unit=""), market="trends/x")
    assert str(found).startswith("R1 in trends/x: 50 (2025-01) to 100 (2025-02): +50 index points (+49 to +50.5), ")
    assert str(found).endswith("Sampling error was not assessed: shares are needed.")
    assert "log-odds" not in str(found)


def test_points_have_as_many_decimals_as_the_readings():
    mean = reading("2025-01", "81.270"), reading("2025-02", "79.240")
    made = [mean[0], _exactly(mean[1], 79.239888915432)]
    assert "−2.0301 points (" in str(compare(made))
    assert compare(made).row()["points"] == -2.030111084568, "rows stay exact"


def test_absurdly_many_decimals_are_cut_to_four_digits():
    dusty = reading("2025-01", "21.870872876777963", "A"), reading("2025-01", "14.32348754364449", "B")
    assert " by +7.547 points (+7.547 to +7.547)." in str(lead(_both(*dusty)))
    assert "+7.547 points as published (+7.547 to +7.547 once" in str(change(dusty[1], dusty[0]))
    assert "+0.00000123 points" in str(compare(monthly("0.0000010001", "0.0000022301")))
    assert "−0.00019 points (−0.0002 to −0.00018)" in str(compare(monthly("0.00031", "0.00012")))
    assert "+13.4571 points (+13.457 to +13.4572)" in str(compare(monthly("22.3808", "35.8379")))


def test_what_changed_hands_has_no_dust():
    found = instability(snapshot("21.870872876777963", "5.1"), snapshot("14.32348754364449", "9.2", period="2025-02"))
    assert str(found).startswith("From 2025-01 to 2025-02 7.55 points (7.45 to 80.68) changed hands (")


def test_one_point_and_one_day():
    assert "+1 point as published (0 to +2" in str(change(*monthly("3", "4")))
    assert "−1 point as published" in str(change(*monthly("4", "3")))
    moved = instability(snapshot("60", "40", whole="closed"), snapshot("59", "41", period="2025-02", whole="closed"))
    assert "2025-02 1 point (0 to 2) changed hands" in str(moved)
    assert annual(reading("2025-01-01", "4"), reading("2025-01-02", "5")).have == "1 day"


def test_what_is_needed_agrees_in_number():
    polls = reading("2025-01", "<1", size=900), reading("2025-02", "4", size=900)
    assert "not assessed: two shares that are numbers are needed." in str(compare(polls))
    assert "not assessed: a sample size for both readings is needed." in str(compare(monthly("3", "4")))


def _exactly(one, value):
    from dataclasses import replace

    return replace(one, value=value, lowest=value - 0.001, highest=value + 0.001)


def _both(*named):
    from tracker.analysis.snapshot import Snapshot

    return Snapshot("2025-01", named)
