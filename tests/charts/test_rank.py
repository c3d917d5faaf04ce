"""Places as numbered discs: who stands where, what rounding leaves open, and that nothing covers anything."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text

from charts.chart_frames import frame_of, statcounter
from charts.chart_geometry import outside, overlaps
from charts.grid_frames import SIZES, STYLES, market_frames
from tracker.analysis.readings import readings
from tracker.charts.grid.columns import columns
from tracker.charts.grid.shade import contrast
from tracker.charts.rank import draw_rank, rank
from tracker.errors import MixedMarkets, TrackerError, UnknownName

MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04")


def frame(shares, **same):
    """Entity to its shares in the months, None where nothing was published."""
    rows = [(name, month, s) for name, of in shares.items() for month, s in zip(MONTHS, of, strict=False) if s]
    return frame_of(rows, hues={"B": "blue", "A": "teal"}, **same)


THREE = {"A": ["50.0", "50.0", "50.0"], "B": ["10.0", "30.0", "20.0"], "C": ["20.0", "20.0", "30.0"]}


def discs(ax):
    """Entity to the lane of each of its discs, by place on the axis."""
    found = {}
    for line in ax.lines:
        for x, y in line.get_xydata():
            found.setdefault(str(line.get_label()), {})[float(x)] = int(y)
    return found


def hollow(ax, background="#ffffff"):
    return {
        (str(line.get_label()), float(x))
        for line in ax.lines
        if line.get_markerfacecolor() == background
        for x in line.get_xdata()
    }


def written(fig):
    return [text.get_text() for text in fig.findobj(Text) if text.get_text()]


def curves(ax):
    return [patch for patch in ax.patches + ax.artists if type(patch).__name__ == "PathPatch"]


def test_places_and_labels():
    chart = rank(frame(THREE), focus="B")
    assert discs(chart.ax) == {"A": {0: 0, 1: 0, 2: 0}, "B": {0: 2, 1: 1, 2: 2}, "C": {0: 1, 1: 2, 2: 1}}
    labels = [text for text in written(chart.fig) if text[0] in "ABC" and "%" in text]
    assert labels == [
        "A 50.0%",
        "C 30.0%",
        "B 20.0%",
    ]
    assert sorted(text for text in written(chart.fig) if text.isdigit() and len(text) == 1) == [*"111222333"]
    assert len(curves(chart.ax)) == 6
    assert len(chart.data) == 9


def test_one_period_has_its_names_beside_the_discs():
    chart = rank(frame({"A": ["50.0"], "B": ["20.0"]}), focus="B")
    label = next(text for text in chart.fig.findobj(Text) if text.get_text() == "B 20.0%")
    assert 0 < label.get_position()[0] < 0.1
    assert curves(chart.ax) == []


def test_words():
    chart = rank(frame(THREE), focus="B")
    assert chart.title == (
        "B climbed from third in January to second in February 2025, then slid to third by share of Poe’s text messages"
    )
    assert chart.subtitle == "Rank of those named by share of text messages, Poe (Quora) platform"
    assert chart.note == (
        "Curves only join the places; they are no data. Others that the source does not name may stand between them."
    )
    assert chart.source == "Source: Poe."
    assert chart.alt.endswith("Places in March 2025: 1 A 50.0%, 2 C 30.0%, 3 B 20.0%.")


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"A": ["60", "50"], "B": ["20", "20"]}, "B stayed second"),
        ({"A": ["60", "10"], "B": ["20", "30"]}, "B climbed from second in January to first in February 2025"),
        ({"A": ["20", "60"], "B": ["40", "30"]}, "B slid from first in January to second in February 2025"),
        ({"A": ["21", "60"], "B": ["20", "30"]}, "B was first or second in January and second in February 2025"),
        ({"A": ["60"], "B": ["20"]}, "B was second in January 2025"),
    ],
)
def test_titles_hold_under_rounding(shares, said):
    assert rank(frame(shares), focus="B").title.startswith(said)


def test_shares_that_rounding_does_not_tell_apart_are_hollow():
    chart = rank(frame({"A": ["8", "9"], "B": ["7", "5"], "C": ["2", "2"]}), focus="B")
    assert hollow(chart.ax) == {("A", 0.0), ("B", 0.0)}
    assert "Hollow: shares that rounding does not tell apart" in chart.note


def test_equal_shares_share_the_better_place_and_stand_below_each_other():
    chart = rank(frame({"A": ["50.0"], "B": ["20.0"], "C": ["20.0"], "D": ["10.0"]}), focus="B")
    assert discs(chart.ax) == {"A": {0: 0}, "B": {0: 1}, "C": {0: 2}, "D": {0: 3}}
    assert sorted(text for text in written(chart.fig) if len(text) <= 2) == ["1", "4", "=2", "=2"]
    assert "Held together: equal as printed" in chart.note


def test_the_curve_breaks_where_an_entity_is_missing():
    chart = rank(frame(THREE | {"B": ["10.0", None, "20.0"]}), focus="A")
    assert len(curves(chart.ax)) == 4
    assert discs(chart.ax)["B"] == {0: 2, 2: 2}


def test_who_left_is_named_and_a_focus_that_left_is_labelled_with_its_month():
    shares = THREE | {"D": ["5.0", "5.0"], "E": ["4.0"]}
    chart = rank(frame(shares), focus="D")
    assert "D 5.0%, Feb 2025" in written(chart.fig)
    assert len(curves(chart.ax)) == 7
    assert "Without a figure in the last period, not shown: E." in chart.note
    assert set(chart.data["entity"]) == {*"ABCD"}


def test_only_the_top_is_shown_and_the_rest_is_named():
    rows = [(f"N{i}", month, f"{40 - 2 * i}.0") for i in range(14) for month in MONTHS]
    chart = rank(frame_of(rows), focus="N13", top=5)
    assert set(chart.data["entity"]) == {"N0", "N1", "N2", "N3", "N13"}
    assert {"14"} <= set(written(chart.fig))
    assert "Further down in the last period, not shown: N4, N5, N6 and 6 more." in chart.note


def test_the_rest_has_no_rank():
    made = frame_of([("A", "2025-01", "50"), ("B", "2025-01", "20"), ("Other", "2025-01", "30")])
    made["kind"] = made["kind"].astype(str).where(made["entity"] != "Other", "residual").astype("category")
    chart = rank(made, focus="A")
    assert set(chart.data["entity"]) == {"A", "B"}
    assert "Other: no single holder of a share" in chart.note
    with pytest.raises(TrackerError, match="Other has no rank"):
        rank(made, focus="Other")


def test_without_focus_it_is_about_who_surely_moved_most():
    shares = {"A": ["50.0", "50.0"], "B": ["30.0", "5.0"], "C": ["20.0", "20.0"], "D": ["10.0", "10.0"]}
    assert rank(frame(shares)).title.startswith("B slid from second in January to fourth in February")
    assert rank(frame({"A": ["50", "50"], "B": ["20", "20"]})).title.startswith("A stayed first")


def test_many_months_are_chosen_evenly_with_the_first_and_the_last():
    rows = [(name, f"{2020 + i // 12}-{i % 12 + 1:02d}", share) for name, share in (("A", "50"), ("B", "20"))
            for i in range(49)]  # fmt: skip
    chart = rank(frame_of(rows), focus="A")
    assert chart.subtitle.endswith("every fourth month shown")
    assert {"2020-01", "2024-01"} <= set(chart.data["period"])


def test_uneven_dates_stand_at_their_places_or_it_is_said_that_they_do_not():
    far = [
        (name, day, s) for name, s in (("A", "50"), ("B", "20")) for day in ("2025-01-01", "2025-01-11", "2025-03-02")
    ]
    chart = rank(frame_of(far), focus="A")
    places = sorted(discs(chart.ax)["A"])
    assert (places[2] - places[1]) / (places[1] - places[0]) == pytest.approx(5)
    close = [*far, *((name, "2025-01-02", s) for name, s in (("A", "50"), ("B", "20")))]
    assert "Periods stand at equal distances; their dates do not." in rank(frame_of(close), focus="A").note


@pytest.mark.parametrize(
    ("made", "focus", "error", "said"),
    [
        (frame(THREE, whole="index"), "A", TrackerError, "an index has no ranks"),
        (frame({"A": ["5"]}), "A", TrackerError, "a rank is among others, and 1 is named"),
        (frame({"A": ["5"], "B": [None, "4"]}), "A", TrackerError, "no period names two"),
        (frame(THREE), "Z", UnknownName, "no observation of Z"),
        (frame(THREE)[:0], None, TrackerError, "nothing to draw"),
    ],
)
def test_refusals(made, focus, error, said):
    with pytest.raises(error, match=said):
        rank(made, focus=focus)


def test_two_markets_are_refused():
    import pandas as pd

    with pytest.raises(MixedMarkets):
        rank(pd.concat([frame(THREE), frame(THREE, market="poe/other")]), focus="A")


@pytest.mark.parametrize("style", STYLES)
def test_numbers_can_be_read_on_their_discs(style):
    from matplotlib.colors import to_hex

    hues = ("blue", "teal", "orange", "sky", "plum", "violet", "olive", "umber", "grey")
    rows = [(hue, "2025-01", f"{90 - 10 * i}.0") for i, hue in enumerate(hues)]
    chart = rank(frame_of(rows, hues={hue: hue for hue in hues}), focus=list(hues), style=style, size="slide")
    ink = {text.get_text(): text.get_color() for text in chart.ax.artists + chart.ax.texts if isinstance(text, Text)}
    for line in chart.ax.lines:
        number = str(int(line.get_ydata()[0]) + 1)
        assert contrast(to_hex(line.get_markerfacecolor()), ink[number]) >= 4.5


@settings(max_examples=30)
@given(market_frames(least=2), SIZES, st.sampled_from(STYLES), st.integers(0, 2))
def test_nothing_covers_anything_and_lanes_go_by_share(made, size, style, count):
    names = list(dict.fromkeys(made["entity"].astype(str)))
    together = made.groupby("period", observed=True)["entity"].nunique()
    asked = [name for name in names[:count] if together[made.loc[made["entity"] == name, "period"]].max() > 1]
    assume(together.max() > 1)
    chart = rank(made, focus=asked or None, size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    vertices = sum(len(line.get_xdata()) for line in chart.ax.lines)
    assert vertices == len(chart.data), "every disc is a row, and every row has one"
    lanes = discs(chart.ax)
    rows = {(row.entity, row.period): row for row in chart.data.itertuples()}
    found = readings(chart.data)
    for column in columns(one for series in found.values() for one in series):
        here = [one for series in found.values() for one in series if one.period == column.period]
        assert len(here) == len({lanes[one.entity][_x(lanes, rows, one)] for one in here})


def _x(lanes, rows, one):
    """The n-th disc of an entity is that of its n-th period."""
    periods = sorted((row.earliest, row.latest, period) for (name, period), row in rows.items() if name == one.entity)
    return sorted(lanes[one.entity])[[period for _, _, period in periods].index(one.period)]


@pytest.mark.parametrize("size", ["print", "web", "slide", "square", (4, 3), (4, 9), (9, 3)])
@pytest.mark.parametrize("style", STYLES)
def test_real_months(size, style):
    chart = rank(statcounter(), focus=["DeepSeek", "Claude"], size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


def test_axes_of_ones_own_keep_their_title_and_size_and_settings():
    import matplotlib

    before = dict(matplotlib.rcParams)
    fig = Figure(figsize=(8, 5))
    ax = fig.add_axes((0.1, 0.2, 0.6, 0.6))
    ax.set_title("mine")
    assert draw_rank(frame(THREE), ax=ax, focus="A") is ax
    assert ax.get_title() == "mine"
    assert tuple(fig.get_size_inches()) == (8, 5)
    assert tuple(ax.get_position().bounds) == pytest.approx((0.1, 0.2, 0.6, 0.6))
    assert dict(matplotlib.rcParams) == before
    assert outside(fig) == []
