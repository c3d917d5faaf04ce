"""Parts of a whole: nothing is scaled, nothing is filled in, and gaps stay white."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from charts.chart_frames import frame_of, statcounter
from charts.chart_geometry import outside, overlaps, texts
from tracker.charts.area import area, draw_area
from tracker.charts.axis.plane import day_number
from tracker.charts.look.style import LIGHT
from tracker.charts.stacked.layers import layers
from tracker.charts.stacked.shades import shades
from tracker.charts.words.numbers import short
from tracker.errors import MixedMarkets, TrackerError, UnknownName

HUES = {"OpenAI": "teal", "Anthropic": "orange", "Google": "sky", "Other": "grey"}
FULL = {"OpenAI": ("50", "48", "45"), "Anthropic": ("30", "31", "33"), "Google": ("20", "21", "22")}
SIZES = [(7.2, 5.0), (8.0, 4.5), (9.6, 5.4), (5.4, 5.4), (4.0, 3.0), (4.0, 9.0), (9.0, 3.0)]


def market(shares=FULL, months=(1, 2, 3), **same):
    rows = [
        (name, f"2025-{month:02d}", printed)
        for name, own in shares.items()
        for month, printed in zip(months, own, strict=True)
        if printed
    ]
    return frame_of(rows, hues=HUES, **{"whole": "closed", **same})


def parts(ax):
    return [patch for patch in ax.patches if patch.get_label().startswith("layer ")]


def named(patch):
    return patch.get_label().removeprefix("layer ")


def rests(ax):
    return [patch for patch in ax.patches if patch.get_label() == "_rest"]


def edges(patch):
    """Day to the lower and the upper edge of a layer."""
    corners = [tuple(corner) for corner in patch.get_xy()]
    corners = corners[:-1] if len(corners) % 2 else corners
    half = len(corners) // 2
    return {low[0]: (low[1], high[1]) for low, high in zip(corners[:half], corners[half:][::-1], strict=True)}


def labels(chart):
    """Texts at the right, from the bottom."""
    right = chart.ax.get_window_extent().x1
    return [text for text, box in sorted(texts(chart.fig), key=lambda one: one[1].y0) if box.x0 > right + 3]


def test_the_greatest_last_share_lies_lowest_and_each_is_as_thick_as_its_share():
    chart = area(market())
    assert [named(patch) for patch in parts(chart.ax)] == ["OpenAI", "Anthropic", "Google"]
    first, second, third = (edges(patch) for patch in parts(chart.ax))
    assert list(first.values()) == [(0, 50), (0, 48), (0, 45)]
    assert list(second.values()) == [(50, 80), (48, 79), (45, 78)]
    assert [high for _, high in third.values()] == [100, 100, 100]
    assert rests(chart.ax) == []
    assert chart.title == "OpenAI and Anthropic together had 78% of Poe’s text messages in March 2025"
    assert chart.note == ""
    assert labels(chart) == ["OpenAI 45", "Anthropic 33", "Google 22"]


def test_the_focus_lies_lowest_and_leads_the_title():
    chart = area(market(), focus="Google")
    assert [named(patch) for patch in parts(chart.ax)] == ["Google", "OpenAI", "Anthropic"]
    assert chart.title == "Google’s share of Poe’s text messages rose from 20% in January to 22% in March 2025"
    assert labels(chart)[0] == "Google 22%"


def test_a_forecast_is_not_told_as_what_they_had():
    frame = market()
    frame["status"] = frame["period"].map({"2025-01": "A", "2025-02": "A", "2025-03": "F"}).astype("category")
    chart = area(frame)
    assert "together had" not in chart.title


def test_layers_have_the_colours_of_their_entities():
    chart = area(market())
    assert [patch.get_facecolor()[:3] for patch in parts(chart.ax)] == [
        pytest.approx(tuple(int(LIGHT.line(hue)[i : i + 2], 16) / 255 for i in (1, 3, 5)))
        for hue in ("teal", "orange", "sky")
    ]
    assert len(set(shades(["grey", "grey"], LIGHT))) == 2


def test_a_printed_rest_lies_at_the_top_and_apart_from_what_is_unpublished():
    frame = market({"Other": ("60", "60", "60"), "OpenAI": ("30", "30", "30")})
    frame["kind"] = frame["entity"].map({"Other": "residual", "OpenAI": "lab"}).astype("category")
    chart = area(frame)
    assert [named(patch) for patch in parts(chart.ax)] == ["OpenAI", "Other"]
    assert labels(chart) == ["OpenAI 30", "Other 60", "Unpublished 10"]
    assert chart.note.startswith("Hatched: what is missing to 100, unpublished. No share is scaled.")


def test_the_unnamed_rest_of_an_open_market_is_hatched_and_nobodys():
    chart = area(market({"OpenAI": ("50", "48", "45"), "Anthropic": ("30", "31", "33")}, whole="open"))
    (rest,) = rests(chart.ax)
    assert sorted({y for _, y in rest.get_xy()}) == [78, 79, 80, 100]
    assert labels(chart) == ["OpenAI 45", "Anthropic 33", "Others and unpublished 22"]


def test_the_share_of_one_who_is_missing_goes_to_the_rest_and_is_not_drawn_towards_zero():
    shares = {"OpenAI": ("50", "50", "50", "50", "50"), "Google": ("20", "20", "", "20", "20")}
    chart = area(market(shares, (1, 2, 3, 4, 5)))
    google = [list(edges(patch).values()) for patch in parts(chart.ax) if named(patch) == "Google"]
    assert google == [[(50, 70), (50, 70)], [(50, 70), (50, 70)]]
    assert "where one is missing it is in the rest" in chart.note
    assert len(chart.data) == 9


def test_bounds_and_lone_figures_are_in_the_rest_and_are_named():
    shares = {"OpenAI": ("50", "50", "50"), "Google": ("<1", "<1", "2"), "Anthropic": ("5..8", "7", "7")}
    chart = area(market(shares))
    assert {named(patch) for patch in parts(chart.ax)} == {"OpenAI", "Anthropic"}
    assert "In the rest, for want of a number: Google <1% in January 2025" in chart.note
    assert "Anthropic 5–8% in January 2025" in chart.note
    assert "In the rest, for want of a neighbour in time: Google 2% in March 2025." in chart.note
    assert sorted(chart.data["printed"]) == ["50", "50", "50", "7", "7"]


def test_a_gap_of_the_whole_market_stays_white():
    months = (1, 2, 3, 6, 7)
    chart = area(market({"OpenAI": ("50",) * 5, "Google": ("50",) * 5}, months))
    assert [len(edges(patch)) for patch in parts(chart.ax)] == [3, 3, 2, 2]
    ends = [max(edges(patch)) for patch in parts(chart.ax)[:2]] + [min(edges(patch)) for patch in parts(chart.ax)[2:]]
    assert len(set(ends)) == 2
    assert "Blank: no figure was published." in chart.note


def test_a_lone_period_between_gaps_is_a_narrow_column_within_the_plot():
    chart = area(market({"OpenAI": ("50",) * 5, "Google": ("50",) * 5}, (1, 2, 3, 7, 12)))
    (left, right) = chart.ax.get_xlim()
    columns = [sorted(edges(patch)) for patch in parts(chart.ax)][2:]
    assert all(left <= low < high <= right for low, high in columns)
    assert len(columns) == 4


def test_dates_are_at_their_true_places():
    rows = [("A", day, "60") for day in ("2025-01-01", "2025-01-02", "2025-01-05", "2025-01-06", "2025-01-07")]
    frame = frame_of(rows)
    chart = area(frame)
    assert sorted({x for patch in parts(chart.ax)[:1] for x in edges(patch)})[0] == day_number(
        frame["earliest"].iloc[0].date()
    )


def test_rounding_may_bring_the_sum_above_the_whole_and_nothing_is_scaled():
    chart = area(market({"OpenAI": ("34", "34"), "Google": ("33", "34"), "Anthropic": ("34", "33")}, (1, 2)))
    assert chart.ax.get_ylim() == (0.0, 101.0)
    assert chart.note.startswith("Shares add up to 101 by rounding; none is scaled.")
    assert max(y for patch in parts(chart.ax) for _, y in patch.get_xy()) == 101


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"whole": "overlapping"}, r"one may be counted for several(.|\n)*--kind line"),
        ({"whole": "index"}, r"an index is no share(.|\n)*--kind panels"),
    ],
)
def test_what_is_no_part_of_a_whole_is_refused(change, match):
    with pytest.raises(TrackerError, match=match):
        area(market(**change))


def test_more_than_the_whole_is_refused_with_periods_and_sums():
    with pytest.raises(
        TrackerError, match=r"more than 100%, beyond rounding, in 2 of 2 periods: 2025-01 \(129% at least\) and"
    ):
        area(market({"OpenAI": ("70", "70"), "Google": ("60", "60")}, (1, 2)))


def test_one_period_is_refused_and_two_are_enough():
    with pytest.raises(TrackerError, match=r"one period only(.|\n)*--kind bars"):
        area(market({"OpenAI": ("70",)}, (1,)))
    assert len(area(market({"OpenAI": ("70", "60")}, (1, 2))).data) == 2


def test_periods_within_each_other_are_refused():
    with pytest.raises(TrackerError, match="2025-Q1 and 2025-01 overlap"):
        area(frame_of([("A", "2025-Q1", "5"), ("A", "2025-01", "5"), ("A", "2025-02", "5")]))


def test_nothing_to_stack_is_refused():
    with pytest.raises(TrackerError, match="nobody has a number in two neighbouring periods"):
        area(frame_of([("A", "2025-01", "5"), ("B", "2025-02", "5")]))
    with pytest.raises(TrackerError, match="nobody has a number in two neighbouring periods"):
        area(market({"OpenAI": ("<1", "<1", "<1", "5")}, (1, 2, 3, 9)))
    with pytest.raises(TrackerError, match="nothing to draw"):
        area(market().iloc[:0])
    with pytest.raises(UnknownName, match="no observation of Nobody"):
        area(market(), focus="Nobody")


def test_two_markets_are_refused():
    import pandas as pd

    frame = pd.concat([market().astype({"market": str}), market(market="b").astype({"market": str})])
    with pytest.raises(MixedMarkets):
        area(frame.reset_index(drop=True))


@pytest.mark.parametrize("status", ["F", "P", "E", "B"])
def test_what_is_not_settled_is_marked_and_named(status):
    frame = market()
    frame.loc[frame["period"] == "2025-03", "status"] = None
    frame["status"] = frame["status"].cat.add_categories([status]).fillna(status)
    chart = area(frame)
    veils = [patch for patch in chart.ax.patches if patch.get_label() == "_veil"]
    assert len(veils) == (3 if status != "B" else 0)
    assert "Marked as" in chart.note


def test_only_the_layer_that_is_not_settled_is_pale_and_the_note_says_so_early():
    frame = market()
    some = (frame["period"] == "2025-02") & (frame["entity"] == "Anthropic")
    frame["status"] = some.map({True: "E", False: "A"}).astype("category")
    chart = area(frame)
    (veil,) = [patch for patch in chart.ax.patches if patch.get_label() == "_veil"]
    assert [tuple(corner) for corner in veil.get_xy()[:4, 1:].tolist()] == [(50,), (48,), (79,), (80,)]
    assert chart.note.startswith("Pale: estimated figures.")
    assert "Marked as estimated: Anthropic in February 2025." in chart.note


def test_a_break_is_ruled_through_its_own_layer():
    frame = market()
    some = (frame["period"] == "2025-02") & (frame["entity"] == "Anthropic")
    frame["status"] = some.map({True: "B", False: "A"}).astype("category")
    high = [
        sorted(y for _, y in path.vertices)
        for found in area(frame).ax.collections
        if found.get_zorder() == 2.8
        for path in found.get_paths()
    ]
    assert high == [[pytest.approx(0.48), pytest.approx(0.79)]]


def test_a_focus_without_a_layer_is_refused_with_why():
    shares = {"OpenAI": ("50", "50", "50"), "Google": ("<1", "<1", "<2"), "Anthropic": ("7", "", "7")}
    with pytest.raises(
        TrackerError, match=r"Google has no layer: all its figures are bounds or ranges(.|\n)*--kind line"
    ):
        area(market(shares), focus="Google")
    lone = r"Anthropic has no layer: it has no number in two neighbouring periods"
    with pytest.raises(TrackerError, match=lone):
        area(market(shares), focus=["OpenAI", "Anthropic"])
    with pytest.raises(TrackerError, match=r"Google has no layer: (.|\n)*Anthropic has no layer: "):
        area(market(shares), focus=["Google", "Anthropic"])


def test_chance_is_not_counted():
    assert "Sampling error is not counted: samples of 500." in area(market().assign(sample_size=500)).note


def test_more_layers_than_labels_are_named_in_the_note():
    shares = {f"Entity {i}": (f"{5}", f"{5}") for i in range(20)}
    chart = area(market(shares, (1, 2)))
    assert len(labels(chart)) == 12
    assert "Not labelled: " in chart.note
    assert len(parts(chart.ax)) == 20


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("style", ["light", "dark"])
def test_real_months_at_any_size(size, style):
    chart = area(statcounter(), size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    assert len(chart.data) == len(statcounter())


def test_the_alternative_text_says_what_is_seen():
    said = area(market()).alt
    assert said.startswith("Stacked area chart: OpenAI and Anthropic together had 78%")
    assert "3 periods, the first in January 2025, the last in March 2025." in said
    assert said.endswith("Last shares: OpenAI 45%, Anthropic 33% and Google 22%.")


def test_axes_of_ones_own_keep_their_title_and_size():
    import matplotlib

    before = dict(matplotlib.rcParams)
    fig = Figure(figsize=(8, 5))
    ax = fig.add_axes((0.1, 0.2, 0.6, 0.6))
    ax.set_title("mine")
    assert draw_area(market(), ax=ax) is ax
    assert ax.get_title() == "mine"
    assert tuple(fig.get_size_inches()) == (8, 5)
    assert tuple(ax.get_position().bounds) == pytest.approx((0.1, 0.2, 0.6, 0.6))
    assert dict(matplotlib.rcParams) == before
    assert len(parts(draw_area(market()))) == 3


NAMES = st.text(alphabet="abceg MWijyÀЖΩ市场سوق$_^{}\\", min_size=1, max_size=40).map(
    lambda t: " ".join(t.split()) or "x"
)
PRINTED = st.one_of(
    st.floats(0, 5).map(lambda x: f"{x:.1f}"), st.integers(0, 5).map(str), st.sampled_from(["<1", "2..4", "~3", ""])
)


@st.composite
def frames(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=18, unique=True))
    steps = sorted(draw(st.sets(st.integers(0, 23), min_size=2, max_size=6)))
    form = draw(st.sampled_from(["month", "day", "vague", "year"]))
    rows = []
    for name in names:
        for step in steps:
            month, printed = f"{2024 + step // 12}-{step % 12 + 1:02d}", draw(PRINTED)
            text = {"month": month, "day": f"2025-02-{step + 1:02d}", "vague": f"~{month}-15", "year": str(2000 + step)}
            if printed:
                rows.append((name, text[form], printed))
    assume(rows)
    return frame_of(rows, hues={names[0]: "blue"}, whole=draw(st.sampled_from(["open", "closed"])))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames(), st.sampled_from(SIZES), st.sampled_from(["light", "dark"]))
def test_no_text_covers_another_and_every_difference_of_edges_is_a_row(frame, size, style):
    try:
        chart = area(frame, size=size, style=style)
    except TrackerError:
        assume(False)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    stacked = layers(frame)
    centred = stacked.picture.centred
    rows = {(row.entity, place(row, centred)): row.share for row in chart.data.itertuples()}
    seen = set()
    for patch in parts(chart.ax):
        corners = edges(patch)
        for day, (low, high) in corners.items():
            if (named(patch), day) in rows:
                assert high - low == pytest.approx(rows[named(patch), day], abs=1e-9)
                seen.add((named(patch), day))
    lone = {block.days[0] for block in stacked.blocks if len(block.days) == 1}
    assert set(rows) - seen <= {(name, day) for name, day in rows if day in lone}
    values = iter(short(one) for one in stacked.last.values())
    shown = [text.split(" ")[-1] for text in labels(chart) if not text.startswith(("Others and", "Unnamed"))]
    assert all(value in values for value in shown), "the order of the labels is that of the layers"


def place(row, centred):
    days = day_number(row.earliest.date()), day_number(row.latest.date())
    return sum(days) / 2 if centred else days[0]
