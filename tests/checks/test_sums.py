"""The parts make the whole: by hand, by chance, and on real files against a plain reading of them."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.watching import checked, look, places, series
from importers.databases import data, made
from importers.families import stored
from tracker.store.facts import Above


def parts(*shares, period="2025-02", **said):
    return [series(f"part {number}", {period: share}, **said) for number, share in enumerate(shares)]


@pytest.mark.parametrize(
    "shares",
    [("60", "40"), ("50.1", "30.0", "20.0"), ("33.4", "33.4", "33.3"), ("60", "39.5"), ("<60", "70"), ("98", "1..3")],
)
def test_what_rounding_explains_is_no_finding(shares):
    assert look("sums", *parts(*shares)) == []


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        (("82.69", "9.12", "7.31"), "3 parts sum to 99.12, 0.88 short of 100; rounding explains up to 0.015"),
        (("16",), "its one part is 16, 84 short of 100; rounding explains up to 0.5"),
        (("60", "40.6"), "2 parts sum to 100.6, 0.6 above 100; rounding explains up to 0.55"),
        (("60.5", "<1"), "2 parts sum to 60.45 to 61.55, 38.45 short of 100; bounds and rounding are counted"),
        ((">60", "41"), "2 parts sum to 100.5 to 141.5, 0.5 above 100; bounds and rounding are counted"),
    ],
)
def test_what_it_does_not_explain_is_said_with_the_sum_the_parts_and_the_tolerance(shares, message):
    (found,) = look("sums", *parts(*shares, batch=3))
    assert (found.message, found.period, found.batch) == (message, "2025-02", 3)
    assert found.remedy == "tracker waive sums --market x/m --period 2025-02 --reason '...'"


def test_an_open_market_may_be_less_but_not_more():
    assert look("sums", *parts("60", "20"), whole="open") == []
    assert len(look("sums", *parts("60", "41.1"), whole="open")) == 1


@pytest.mark.parametrize("whole", ["overlapping", "index"])
def test_wholes_without_a_sum_are_exempt(whole):
    assert look("sums", *parts("60", "90"), whole=whole) == []


def test_a_part_of_a_part_is_named_while_it_belongs_there():
    above = (Above("R1", "DeepSeek", date(2025, 2, 1), None),)
    shown = [series(name, {"2025-01": "60", "2025-02": "60"}) for name in ("DeepSeek", "R1")]
    before, since = look("sums", *shown, above=above)
    assert "counted twice" not in before.message
    assert since.message.endswith("; counted twice: R1 belongs to DeepSeek")


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 3)), min_size=1, max_size=12))
def test_the_tolerance_is_half_a_unit_of_the_last_decimal_of_each_part(units):
    shares = [f"{Decimal(unit).scaleb(-places) % 100:.{places}f}" for unit, places in units]
    total = sum(map(Decimal, shares))
    # A part is never below zero: a printed 0 cannot have been less.
    down = sum(
        min(Decimal(share), Decimal(5).scaleb(-1 - places)) for share, (_, places) in zip(shares, units, strict=True)
    )
    up = sum(Decimal(5).scaleb(-1 - places) for _, places in units)
    expected = not total - down <= 100 <= total + up
    assert bool(look("sums", *parts(*shares))) is expected


def test_statcounter_browsers_are_clean(tmp_path):
    path = made(tmp_path)
    stored(path, data("statcounter_browser-ww-monthly-201910-202110.csv"))
    assert checked(path, "sums", "precision", "gaps", "stale", "zeros", "names", "overlap", "duplicates") == []


def test_the_overlap_of_w3schools_is_found(tmp_path):
    path, file = made(tmp_path), data("w3schools_browser_stats.csv")
    stored(path, file, market="w3schools/browsers", source="w3schools", counted="page views", whole="closed")
    with file.open(encoding="utf-8") as lines:
        rows = {row.pop("Date"): [cell for cell in row.values() if cell] for row in csv.DictReader(lines)}
    found = checked(path, "sums")
    assert {finding.period for finding in found} == _impossible(rows)
    worst = next(finding for finding in found if "sum to 147.1" in finding.message)
    assert worst.message.endswith("47.1 above 100; rounding explains up to 1.2")


def test_the_german_polls_are_flagged_where_their_parts_cannot_be_rounding(tmp_path):
    path, file = made(tmp_path), data("german_polls_2012-2020_semicolon.csv")
    stored(path, file, market="de", keep_repeats=True)
    polls = {}
    with file.open(encoding="utf-8") as lines:
        for row in csv.reader(lines, delimiter=";"):
            day = "-".join(reversed(row[0].split(".")))
            shares = [cell.replace(",", ".") for cell in row[1:8] if cell not in ("", "–", "?")]
            # Of two polls of one day the first stands, the other one is a report.
            polls.setdefault((row[9].lower(), day), shares)
    polls.pop(("institute", ""))
    found = {(finding.market.partition("/")[0], finding.period) for finding in checked(path, "sums")}
    assert found == _impossible(polls)
    assert len(found) == 74
    assert {institute for institute, _ in found} == {"insa"}


def test_the_european_polls_all_add_up(tmp_path):
    path, file = made(tmp_path), data("eopaod_german_polls_excerpt.csv")
    stored(path, file, market="de", keep_repeats=True)
    with file.open(encoding="utf-8") as lines:
        rows = [[cell[:-1] for cell in row[9:] if cell.endswith("%")] for row in csv.reader(lines)][1:]
    assert len(rows) == 33
    assert _impossible(dict(enumerate(rows))) == set()
    assert checked(path, "sums") == []


def test_one_day_of_openrouter_adds_up_but_for_the_dust_of_its_fractions(tmp_path):
    path = made(tmp_path)
    stored(path, data("openrouter_rankings-daily_sample.csv"))
    assert checked(path, "sums", "precision") == []


def _impossible(rows):
    """The keys of rows whose printed parts cannot be 100 once rounded: plain sums, no code of ours."""
    found = set()
    for key, shares in rows.items():
        allowed = sum(Decimal(5).scaleb(-1 - len(share.partition(".")[2])) for share in shares)
        if abs(sum(map(Decimal, shares)) - 100) > allowed:
            found.add(key)
    return found


def test_places_are_told_by_period():
    assert places(look("sums", *parts("60", period="2025-02"), *parts("70", period="2025-01"))) == [
        ("", "2025-01"),
        ("", "2025-02"),
    ]
