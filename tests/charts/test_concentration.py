"""Concentration over time: what rounding and the unnamed rest allow, and no verb beyond it."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from charts.chart_frames import frame_of, statcounter
from charts.chart_geometry import outside, overlaps, texts
from tracker.charts.concentrated.numbers import ends as between
from tracker.charts.concentrated.points import points
from tracker.charts.concentration import concentration, draw_concentration
from tracker.errors import TrackerError

SIZES = [(7.2, 5.0), (8.0, 4.5), (9.6, 5.4), (5.4, 5.4), (4.0, 3.0), (4.0, 9.0), (9.0, 3.0)]


def market(shares, months=(1, 2, 3, 4), **same):
    rows = [
        (name, f"2025-{month:02d}", printed)
        for name, own in shares.items()
        for month, printed in zip(months, own, strict=True)
        if printed
    ]
    return frame_of(rows, **{"whole": "closed", **same})


FULL = market({"A": ("60.0", "55.0", "52.0", "50.0"), "B": ("40.0", "45.0", "48.0", "50.0")})


def lines(chart):
    return [line for line in chart.ax.lines if line.get_label() == "concentration"]


def test_the_line_is_the_sum_of_squared_shares():
    chart = concentration(FULL)
    (line,) = lines(chart)
    assert list(line.get_ydata()) == [5200.0, 5050.0, 5008.0, 5000.0]
    assert chart.title == "Concentration of Poe’s text messages fell from 5,200 in January to 5,000 in April 2025 (HHI)"
    assert chart.note.startswith("HHI: the sum of the squared shares in percent")
    assert "What rounding allows is no wider than the line." in chart.note
    assert "HHI 5,000" in [text for text, _ in texts(chart.fig)]
    assert len(chart.data) == 8


def test_the_effective_number_rises_where_the_index_falls():
    chart = concentration(FULL, measure="effective")
    assert chart.title == (
        "The effective number of holders of Poe’s text messages rose from 1.92 in January to 2 in April 2025"
    )
    (line,) = lines(chart)
    assert list(line.get_ydata()) == pytest.approx([1.923, 1.980, 1.997, 2.0], abs=0.001)


def test_no_verb_within_the_interval():
    chart = concentration(market({"A": ("51", "51", "51", "50"), "B": ("49", "49", "49", "50")}))
    assert chart.title == "Concentration of Poe’s text messages was 5,000 in January and 5,000 in April 2025 (HHI)"


def test_the_unnamed_rest_is_a_band_and_the_title_says_the_interval():
    open_ = market({"A": ("60.0", "59.0", "50.0", "40.0"), "B": ("30.0", "30.0", "30.0", "35.0")}, whole="open")
    chart = concentration(open_)
    found = points(open_).all
    assert (round(found[0].low), round(found[0].value), round(found[0].high)) == (4491, 4500, 4611)
    assert "4,490–4,620" in chart.title
    assert "the unnamed rest (up to 25%) allow; the line counts the 2 named alone" in chart.note
    assert len(chart.ax.collections) == 2


def test_a_period_with_too_much_unnamed_is_a_bar_and_breaks_the_line():
    shares = {"A": ("60",) * 4 + ("",) + ("60",) * 4, "B": ("30",) * 9}
    chart = concentration(market(shares, range(1, 10), whole="open"))
    assert [len(line.get_xdata()) for line in lines(chart)] == [4, 4]
    assert len(chart.ax.patches) == 2, "the interval, and its darker part"
    assert "A bar without a dot: too much is unnamed to say more." in chart.note


def test_gaps_are_gaps_with_hollow_ends():
    shares = {"A": ("60",) * 7, "B": ("40",) * 7}
    chart = concentration(market(shares, (1, 2, 3, 6, 7, 8, 12)))
    assert [len(line.get_xdata()) for line in lines(chart)] == [3, 3]
    marks = [line for line in chart.ax.lines if line.get_label() == "_mark"]
    assert [len(line.get_xdata()) for line in marks] == [1, 3], "a lone dot, and three ends"
    assert "The line breaks where too little was published" in chart.note


def test_two_or_three_periods_are_dots_with_a_dotted_link():
    chart = concentration(market({"A": ("60", "50"), "B": ("40", "50")}, (1, 2)))
    assert lines(chart) == []
    assert [line.get_label() for line in chart.ax.lines] == ["_link", "_mark"]
    assert "The dotted line joins the figures; it is not data." in chart.note


def test_one_period_is_said_as_such():
    chart = concentration(market({"A": ("60",), "B": ("40",)}, (1,)))
    assert chart.title == "Concentration of Poe’s text messages was 5,200 in January 2025 (HHI)"
    assert outside(chart.fig) == []


SHARES = {"A": ("40.0", "0.4"), "B": ("30.0", "0.2"), "C": ("20.0", "0.1")}

HIDDEN = market({name: (a, a, a, b, a, a, a, a) for name, (a, b) in SHARES.items()}, range(1, 9), whole="open")
"""One month in which nearly all is unnamed."""

MEASURES = pytest.mark.parametrize("measure", ["hhi", "effective"])


def beyond(chart):
    """Return bars and marks that leave the plot upward or downward."""
    bottom, top = chart.ax.get_ylim()
    bars = [patch for patch in chart.ax.patches if patch.get_y() < bottom or patch.get_y() + patch.get_height() > top]
    return bars + [line for line in chart.ax.lines if not all(bottom <= y <= top for y in line.get_ydata())]


def carets(chart):
    return [line for line in chart.ax.lines if line.get_label() == "_open"]


def ticks(chart):
    places = [text.get_text() for text in chart.ax.texts]
    return [text for text in places if text[:1].isdigit() and not text.startswith("20")]


@MEASURES
@pytest.mark.parametrize("size", SIZES)
def test_a_bar_that_goes_on_beyond_the_axis_ends_there_with_a_caret(measure, size):
    chart = concentration(HIDDEN, measure=measure, size=size)
    (caret,) = carets(chart)
    top = chart.ax.get_ylim()[1]
    assert beyond(chart) == []
    assert list(caret.get_ydata()) == [top]
    most = "9,900" if measure == "hhi" else "68,000"
    assert f"A bar under a caret goes on; the highest end is {most}." in chart.note


@MEASURES
def test_what_is_hardly_known_does_not_set_the_scale(measure):
    known = HIDDEN[HIDDEN["period"] != "2025-04"].reset_index(drop=True)
    scale = concentration(HIDDEN, measure=measure).ax.get_ylim()
    assert scale == concentration(known, measure=measure).ax.get_ylim()
    assert scale == {"hhi": (0, 4000), "effective": (0, 4)}[measure]


def test_a_bar_above_all_else_is_seen():
    shares = {f"N{i}": ("5.0",) * 4 + ("",) for i in range(20)} | {"A": ("",) * 4 + ("45.0",)}
    chart = concentration(market(shares, range(1, 6), whole="open"))
    bars = [patch for patch in chart.ax.patches if patch.get_height() > 0.2 * chart.ax.get_ylim()[1]]
    assert bars
    assert beyond(chart) == []


@MEASURES
def test_where_little_is_known_of_any_period_all_set_the_scale(measure):
    chart = concentration(market({"A": ("4.0",) * 4, "B": ("0.2",) * 4}, whole="open"), measure=measure)
    assert chart.ax.get_ylim() == {"hhi": (0, 10_000), "effective": (0, 800)}[measure]
    assert carets(chart) == []
    assert "caret" not in chart.note


def test_an_interval_is_rounded_to_the_size_of_each_end():
    little = {"A": ("4.2", "4.2"), "B": ("1.1", "1.1")}
    index = concentration(market(little, (1, 2), whole="open"))
    assert "was 18–9,100 in January and 18–9,100 in February 2025" in index.title
    number = concentration(market(little, (1, 2), whole="open"), measure="effective")
    assert "was 1.1–550 in January and 1.1–550 in February 2025" in number.title
    tiny = market({"A": ("0.4",), "B": ("0.2",)}, (1,), whole="open")
    assert "was 0.14–10,000 in January" in concentration(tiny).title
    assert "was 1–69,000 in January" in concentration(tiny, measure="effective").title


def test_what_has_no_end_that_says_anything_is_open():
    nothing = market({"A": ("0.0001",)}, (1,), whole="open")
    assert "was 1 or more in January" in concentration(nothing, measure="effective").title
    caret = "A bar under a caret goes on; the highest end is over 1,000,000."
    assert caret in concentration(nothing, measure="effective").note
    assert "was 10,000 or less in January" in concentration(nothing).title
    twice = market({"A": ("0.0001",) * 2}, (1, 2), whole="open")
    assert "lowest end under 0.01 in January" in concentration(twice).alt


def test_rounding_alone_may_leave_too_much_open():
    chart = concentration(market({"A": ("20..70",), "B": ("30..80",)}, (1,)), measure="effective")
    assert "was 1–7.7 in January" in chart.title
    assert "A bar without a dot: too much is left open by rounding to say more." in chart.note
    assert "unnamed" not in chart.note


def test_thousands_are_written_the_same_everywhere():
    tiny = market({"A": ("0.4", "0.4"), "B": ("0.2", "0.2")}, (1, 2), whole="open")
    chart = concentration(tiny, measure="effective")
    assert ticks(chart)[:3] == ["0", "2,000", "4,000"]
    everything = " ".join([chart.title, chart.note, chart.alt, *(text for text, _ in texts(chart.fig))])
    assert "69,000" in everything
    assert re.findall(r"(?<![-\d])(?!20\d\d)\d{4,}", everything) == []


def test_the_description_says_the_ends_of_intervals():
    said = concentration(HIDDEN, measure="effective").alt
    assert said.endswith(
        "8 periods: first 3.32–3.46 in January 2025, last 3.32–3.46 in August 2025; "
        "lowest end 1 in April 2025, highest end 68,000 in April 2025."
    )
    assert concentration(FULL).alt.endswith("lowest 5,000 in April 2025, highest 5,200 in January 2025.")


def test_a_market_above_the_whole_in_any_period_is_refused():
    with pytest.raises(TrackerError, match=r"in 1 of 5 periods: 2025-02 \(129% at least\)(.|\n)*part of others"):
        concentration(market({"A": ("60", "90", "60", "60", "60"), "B": ("40",) * 5}, range(1, 6)))


def marked(**statuses):
    frame = FULL.copy()
    found = frame["period"].astype(str).map({name[1:].replace("_", "-"): mark for name, mark in statuses.items()})
    frame["status"] = found.fillna("A").astype("category")
    return frame


def test_the_title_ends_at_what_is_settled_and_says_the_forecast():
    chart = concentration(marked(p2025_03="F", p2025_04="F"), size=(12, 6))
    told = "fell from 5,200 in January to 5,050 in February 2025 (HHI), and is forecast at 5,000 in April 2025"
    assert chart.title == f"Concentration of Poe’s text messages {told}"
    assert "HHI, forecast 5,000" in [text for text, _ in texts(chart.fig)]
    drawn = {line.get_label(): list(line.get_ydata()) for line in chart.ax.lines}
    assert "Dashed: to a forecast." in chart.note
    assert drawn["concentration"] == [5200.0, 5050.0]
    assert drawn["forecast"] == [5050.0, 5008.0, 5000.0]
    short = concentration(marked(p2025_03="F", p2025_04="F"), size=(4, 3))
    assert "5,050" in short.title
    assert "to 5,000" not in short.title


def test_forecasts_alone_are_told_as_forecasts():
    frame = marked(p2025_01="F", p2025_02="F", p2025_03="F", p2025_04="F")
    told = "is forecast at 5,200 in January and 5,000 in April 2025 (HHI)"
    assert concentration(frame).title == f"Concentration of Poe’s text messages {told}"


def test_no_verb_over_a_break_and_no_line_either():
    chart = concentration(marked(p2025_03="B"))
    told = "was 5,200 in January and 5,000 in April 2025, with a break in the series between them (HHI)"
    assert chart.title == f"Concentration of Poe’s text messages {told}"
    assert [len(line.get_xdata()) for line in lines(chart)] == [2, 2]
    assert "breaks" in chart.note


def test_chance_is_not_counted():
    assert "Sampling error is not counted: samples of 500." in concentration(FULL.assign(sample_size=500)).note


@pytest.mark.parametrize(
    ("frame", "match"),
    [
        (market({"A": ("60",), "B": ("70",)}, (1,), whole="overlapping"), "not parts that add up"),
        (market({"A": ("60",)}, (1,), whole="index"), "an index is no share"),
        (market({"A": ("90",), "B": ("70",)}, (1,)), "more than 100%, beyond rounding"),
        (market({"A": ("0",)}, (1,)), "nobody named has a share above zero"),
        (FULL.iloc[:0], "nothing to draw"),
    ],
)
def test_what_has_no_concentration_is_refused(frame, match):
    with pytest.raises(TrackerError, match=match):
        concentration(frame)


def test_another_measure_is_refused():
    with pytest.raises(TrackerError, match=r"no measure 'gini'(.|\n)*hhi or effective"):
        concentration(FULL, measure="gini")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("style", ["light", "dark"])
def test_real_months_at_any_size(size, style):
    chart = concentration(statcounter(), size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


def test_axes_of_ones_own_keep_their_title_and_size():
    import matplotlib

    before = dict(matplotlib.rcParams)
    fig = Figure(figsize=(8, 5))
    ax = fig.add_axes((0.1, 0.2, 0.6, 0.6))
    ax.set_title("mine")
    assert draw_concentration(FULL, ax=ax) is ax
    assert ax.get_title() == "mine"
    assert tuple(ax.get_position().bounds) == pytest.approx((0.1, 0.2, 0.6, 0.6))
    assert dict(matplotlib.rcParams) == before


PRINTED = st.one_of(st.floats(0, 12).map(lambda x: f"{x:.1f}"), st.sampled_from(["<1", "2..4", "~3", "7", "0", ""]))


@st.composite
def frames(draw):
    names = [f"N{i}" for i in range(draw(st.integers(1, 8)))]
    steps = sorted(draw(st.sets(st.integers(0, 11), min_size=1, max_size=8)))
    rows = [(name, f"2025-{step + 1:02d}", draw(PRINTED)) for name in names for step in steps]
    assume([row for row in rows if row[2]])
    return frame_of([row for row in rows if row[2]], whole=draw(st.sampled_from(["open", "closed"])))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames(), st.sampled_from(SIZES), st.sampled_from(["hhi", "effective"]))
def test_no_text_covers_another_and_values_lie_within_their_interval(frame, size, measure):
    try:
        chart = concentration(frame, size=size, measure=measure)
    except TrackerError:
        assume(False)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    found = points(frame, measure)
    assert all(one.low <= one.value <= one.high and one.low <= one.inner <= one.high for one in found.all)
    assert len(lines(chart)) == (0 if found.few else sum(len(run) > 1 for run in found.runs))
    assert beyond(chart) == []
    assert all(low <= one.low and one.high <= high for one in found.all for low, high in [between(found, one)])
    assert all(between(found, one)[0] > 0 for one in found.all)
    assert measure == "hhi" or all(between(found, one)[0] >= 1 for one in found.all)
    assert set(chart.data["period"]) == {one.reading.period for one in found.all}
