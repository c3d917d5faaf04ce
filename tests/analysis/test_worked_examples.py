"""Figures that others published, or that can be done by hand, against the functions that claim to find them."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from analysis.reading_of import monthly, reading, series, snapshot
from tracker.analysis.annual import annual
from tracker.analysis.change import change
from tracker.analysis.concentration import concentration
from tracker.analysis.drawdown import drawdown
from tracker.analysis.instability import instability
from tracker.analysis.lead import lead
from tracker.analysis.logodds import log_odds
from tracker.analysis.newcombe import newcombe
from tracker.analysis.rank import ranks
from tracker.analysis.ratio import ratio
from tracker.analysis.wilson import wilson


class Example(NamedTuple):
    """What was published, of what, and where."""

    given: tuple[object, ...]
    published: tuple[float, ...]
    source: str


SINGLE = "Newcombe (1998), Statistics in Medicine 17: 857-872, Table I, method 3"
DIFFERENCES = "Newcombe (1998), Statistics in Medicine 17: 873-890, Table II, method 10"
GUIDELINES = "US Department of Justice and FTC, Horizontal Merger Guidelines (2010), section 5.3, note 9"
OPENSTAX = "OpenStax, Principles of Economics, 11.1 Corporate Mergers: automobile windshields"
BURGERS = "McConnell, Brue and Flynn, Economics, monopolistic competition: seven burger shops"
PROFMETER = "Profmeter, Economic theory, Herfindahl-Hirschman index: industries A and B"
GOLOSOV = "Golosov (2010), Party Politics 16: 171-192, values of the Laakso-Taagepera index"
POINTS = "Wikipedia, Percentage point"
GELMAN = "Gelman and Hill (2007), Data Analysis Using Regression, section 5.1"
FEC = "Federal Election Commission, official results of the popular vote"

WINDSHIELDS = ("16", "10", "8", *["6"] * 7, *["3"] * 8)
TINY = ["1"] * 15


def ids(examples: list[Example]) -> list[str]:
    return [f"{one.given}"[:60] for one in examples]


WILSON = [
    Example((81, 263), (0.2553, 0.3662), SINGLE),
    Example((15, 148), (0.0624, 0.1605), SINGLE),
    Example((0, 20), (0.0, 0.1611), SINGLE),
    Example((1, 29), (0.0061, 0.1718), SINGLE),
]


@pytest.mark.parametrize("example", WILSON, ids=ids(WILSON))
def test_wilson(example):
    found = wilson(*example.given)
    assert (round(found.low, 4), round(found.high, 4)) == example.published, example.source


NEWCOMBE = [
    Example((56, 70, 48, 80), (0.0524, 0.3339), DIFFERENCES),
    Example((9, 10, 3, 10), (0.1705, 0.8090), DIFFERENCES),
    Example((6, 7, 2, 7), (0.0582, 0.8062), DIFFERENCES),
    Example((5, 56, 0, 29), (-0.0381, 0.1926), DIFFERENCES),
    Example((0, 10, 0, 20), (-0.1611, 0.2775), DIFFERENCES),
    Example((0, 10, 0, 10), (-0.2775, 0.2775), DIFFERENCES),
    Example((10, 10, 0, 20), (0.6791, 1.0), DIFFERENCES),
    Example((10, 10, 0, 10), (0.6075, 1.0), DIFFERENCES),
]


@pytest.mark.parametrize("example", NEWCOMBE, ids=ids(NEWCOMBE))
def test_newcombe(example):
    found = newcombe(*example.given)
    assert (round(found.low, 4), round(found.high, 4)) == example.published, example.source


HHI = [
    Example(("30", "30", "20", "20"), (2600,), GUIDELINES),
    Example(("100",), (10_000,), GUIDELINES),
    Example(WINDSHIELDS, (744,), OPENSTAX),
    Example(("26", *WINDSHIELDS[2:]), (1064,), f"{OPENSTAX}, the top two merged"),
    Example(("6", *WINDSHIELDS[:-2]), (762,), f"{OPENSTAX}, the two smallest merged"),
    Example(("49", "7", "7", "7", *["5"] * 6), (2698,), PROFMETER),
    Example(("19", "19", "19", "19", "14", *["2"] * 5), (1660,), PROFMETER),
    Example(("25", "24", "20", "12", "9", "6", "4"), (1878,), BURGERS),
]


@pytest.mark.parametrize("example", HHI, ids=ids(HHI))
def test_herfindahl_hirschman(example):
    found = concentration(snapshot(*example.given, whole="closed"))
    assert (found.hhi_low, found.hhi_high, found.hhi_most) == example.published * 3, example.source


def test_a_merger_adds_twice_the_product():
    """Horizontal Merger Guidelines (2010), note 10: shares of 5 and 10 percent add 100."""
    before, after = (concentration(snapshot(*shares)).hhi_low for shares in (("5", "10"), ("15",)))
    assert after - before == 100


EFFECTIVE = [
    Example(("75", "25"), (1.60,), GOLOSOV),
    Example(("75", "10", *TINY), (1.74,), GOLOSOV),
    Example(("55", "45"), (1.98,), GOLOSOV),
    Example(("55", *["10"] * 3, *TINY), (2.99,), GOLOSOV),
    Example(("35", "35", "30"), (2.99,), GOLOSOV),
    Example(("35", *["10"] * 5, *TINY), (5.75,), GOLOSOV),
    Example((*["15"] * 6, "10"), (6.90,), GOLOSOV),
    Example(("15", *["10"] * 7, *TINY), (10.64,), GOLOSOV),
]


@pytest.mark.parametrize("example", EFFECTIVE, ids=ids(EFFECTIVE))
def test_effective_number(example):
    found = concentration(snapshot(*example.given, whole="closed"))
    assert round(found.effective_low, 2) == round(found.effective_high, 2) == example.published[0], example.source


RATIOS = [
    Example(WINDSHIELDS, (40,), OPENSTAX),
    Example(("26", *WINDSHIELDS[2:]), (46,), f"{OPENSTAX}, the top two merged"),
    Example(("49", "7", "7", "7", *["5"] * 6), (70,), PROFMETER),
    Example(("19", "19", "19", "19", "14", *["2"] * 5), (76,), PROFMETER),
    Example(("25", "24", "20", "12", "9", "6", "4"), (81,), BURGERS),
]


@pytest.mark.parametrize("example", RATIOS, ids=ids(RATIOS))
def test_concentration_ratio(example):
    found = ratio(snapshot(*example.given, whole="closed"), 4)
    assert (found.low, found.high, found.most) == example.published * 3, example.source


def test_the_unnamed_rest_by_hand():
    """1600 + 400 + 49, the rest of 33 as 7, 7, 7, 7 and 5, and as one."""
    found = concentration(snapshot("40", "20", "7"))
    assert (found.hhi_low, found.hhi_high, found.hhi_most) == (2049, 2049 + 4 * 49 + 25, 2049 + 33**2)
    assert (found.hhi_high, found.hhi_most) == (2270, 3138)


DRAWDOWNS = [
    Example(
        ("10.0", "15.0", "9.0", "12.0", "8.0", "20.0"), (-46.67,), "YCharts glossary, Max Drawdown; 10,000 dollars"
    ),
    Example(
        ("50.0", "75.0", "40.0", "60.0", "35.0", "80.0"), (-53.33,), "Investopedia, Maximum Drawdown; 10,000 dollars"
    ),
]


@pytest.mark.parametrize("example", DRAWDOWNS, ids=ids(DRAWDOWNS))
def test_drawdown(example):
    found = drawdown(monthly(*example.given))
    assert round(found.percent, 2) == example.published[0], example.source
    assert found.so_far


RATES = [
    Example((("2004-12-31", "9.000"), ("2007-12-31", "13.000")), (13.04,), "Wikipedia, Compound annual growth rate"),
    Example((("2018-01-01", "10.000"), ("2021-01-01", "19.000")), (23.86,), "Investopedia, CAGR"),
]


@pytest.mark.parametrize("example", RATES, ids=ids(RATES))
def test_annual_rate(example):
    """They count years; days, of which one year has one more, are off by a hundredth of a percent."""
    assert annual(*series(*example.given)).percent == pytest.approx(example.published[0], abs=0.02), example.source


CHANGES = [
    Example(("40", "44"), (4, 10), POINTS),
    Example(("50", "40"), (-10, -20), POINTS),
    Example(("7", "3"), (-4, -57.1), "by hand: -4 / 7"),
]


@pytest.mark.parametrize("example", CHANGES, ids=ids(CHANGES))
def test_points_and_percent(example):
    found = change(*monthly(*example.given))
    assert (found.points, round(found.percent, 1)) == example.published, example.source


def test_the_range_of_seven_to_three_by_hand():
    """From 7.5 to 2.5 at the most, from 6.5 to 3.5 at the least."""
    found = change(*monthly("7", "3"))
    assert (found.points_low, found.points_high) == (2.5 - 7.5, 3.5 - 6.5)
    assert round(found.percent_low, 1) == round(-5 / 7.5 * 100, 1) == -66.7
    assert round(found.percent_high, 1) == round(-3 / 6.5 * 100, 1) == -46.2


LOG_ODDS = [
    Example(("50", "60"), (0.4,), GELMAN),
    Example(("90", "93"), (0.4,), GELMAN),
    Example(("10", "90"), (4.4,), "Fisher and Pry (1971), Technological Forecasting 3: ln 81 from 10 to 90 percent"),
]


@pytest.mark.parametrize("example", LOG_ODDS, ids=ids(LOG_ODDS))
def test_log_odds(example):
    assert round(log_odds(*monthly(*example.given)).value, 1) == example.published[0], example.source


def test_instability():
    """Wikipedia, Pedersen index: Blue, Orange and Fuchsia."""
    found = instability(snapshot("65", "25", "10", whole="closed"), snapshot("65", "15", "20", whole="closed"))
    assert found.points == 10


def test_standard_competition_ranking():
    """Wikipedia, Ranking: A before B and C, who are equal, before D: 1, 2, 2, 4."""
    assert [one.rank for one in ranks(snapshot("40", "25", "25", "10"))] == [1, 2, 2, 4]


LEADS = [
    Example(("48.18", "46.09"), (2.09,), f"{FEC}, 2016: Clinton before Trump"),
    Example(("51.31", "46.85"), (4.46,), f"{FEC}, 2020: Biden before Trump"),
]


@pytest.mark.parametrize("example", LEADS, ids=ids(LEADS))
def test_lead(example):
    found = lead(snapshot(*example.given))
    assert found.points == example.published[0], example.source
    assert found.sure


def test_days_between():
    """R1 on Poe, by hand: from mid-February to the end of April, each give or take."""
    found = change(reading("~2025-02-15", "7"), reading("~2025-04-30", "3"))
    assert (found.days_low, found.days_high) == (64, 79)


def test_there_are_forty():
    tables = (WILSON, NEWCOMBE, HHI, EFFECTIVE, RATIOS, DRAWDOWNS, RATES, CHANGES, LOG_ODDS, LEADS)
    examples = [one for table in tables for one in table]
    assert len(examples) >= 40
    assert all(one.source and one.published for one in examples)
