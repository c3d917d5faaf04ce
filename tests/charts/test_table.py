"""Printed values in shaded cells: what stands in them, what is not published, and what the change says."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from charts.chart_frames import flagship, frame_of, statcounter
from charts.chart_geometry import outside, overlaps
from charts.grid_frames import SIZES, STYLES, market_frames
from tracker.charts.cells.scene import hatching, shade
from tracker.charts.grid.columns import evenly
from tracker.charts.grid.shade import contrast
from tracker.charts.look.style import STYLES as LOOKS
from tracker.charts.page.board import Box
from tracker.charts.table import draw_table, table
from tracker.errors import MixedMarkets, TrackerError, UnknownName

ROWS = [
    ("A", "2024-12", "50"), ("A", "2025-01", "44"), ("A", "2025-02", "40"),
    ("B", "2024-12", "0"), ("B", "2025-02", "7.0"),
    ("C", "2025-01", "<1"),
    ("D", "2024-12", "5..8"), ("D", "2025-01", "3"), ("D", "2025-02", "~4"),
]  # fmt: skip


def texts(fig, x0=0.0, x1=1.0):
    """Texts of a figure from the left to the right."""
    return [text.get_text() for text in fig.findobj(Text) if text.get_text()]


def written(chart):
    """Texts within the table."""
    return {text.get_text(): text for text in chart.ax.findobj(Text) if text.get_text()}


def cells(chart):
    return [to_hex(patch.get_facecolor()) for patch in chart.ax.patches]


def test_values_are_as_printed_and_rows_go_by_the_last_share():
    chart = table(frame_of(ROWS))
    names = [text for text in texts(chart.fig) if text in "ABCD"]
    assert names == [*"ABDC"]
    assert {"50", "44", "40", "0", "7.0", "<1", "5–8", "3", "~4"} <= set(written(chart))
    assert {"Dec", "2024", "Jan", "2025", "Feb"} <= set(written(chart))
    assert len(cells(chart)) == len(chart.data) == 9


def test_words():
    chart = table(frame_of(ROWS), focus="B")
    assert chart.title == "B’s share of Poe’s text messages rose from 0% in December 2024 to 7.0% in February 2025"
    assert chart.subtitle == "Share of text messages, Poe (Quora) platform, %"
    assert chart.note == (
        "Hatched: not published. Change: from the first to the last figure shown. Colour runs on a square-root scale."
    )
    assert chart.source == "Source: Poe."
    assert "D: 5–8% in December 2024, ~4% in February 2025." in chart.alt


def test_changes_are_coloured_only_where_they_are_more_than_rounding():
    chart = table(frame_of([*ROWS, ("E", "2024-12", "2"), ("E", "2025-02", "3")]))
    look, found = LOOKS["light"], written(chart)
    assert found["−10"].get_color() == look.warning
    assert found["+7.0"].get_color() == look.text("teal")
    assert found["+1"].get_color() == look.second, "2 and 3 may be 2.5 and 2.5"
    assert found["−4 to −1"].get_color() == look.warning if "−4 to −1" in found else True
    assert not any(text.get_text() == "0" and text.get_ha() == "right" for text in chart.ax.findobj(Text))


def test_only_what_is_not_published_is_hatched():
    assert any(isinstance(one, LineCollection) for one in table(frame_of(ROWS)).ax.collections)
    full = [row for row in ROWS if row[0] in "AD"]
    chart = table(frame_of(full))
    assert not any(isinstance(one, LineCollection) for one in chart.ax.collections)
    assert "Hatched" not in chart.note


def test_zero_is_the_palest_cell_and_the_greatest_the_deepest():
    chart = table(frame_of([("A", "2025-01", "64"), ("B", "2025-01", "16"), ("C", "2025-01", "0")]))
    assert cells(chart) == [shade(value, 64.0, "blue", LOOKS["light"]) for value in (64.0, 16.0, 0.0)]


def test_the_change_of_an_index_has_no_points():
    chart = table(frame_of([("A", "2025-01", "64"), ("A", "2025-02", "100")], whole="index"))
    assert "Change," not in written(chart)
    assert "points" not in " ".join(written(chart))
    assert {"Change", "+36"} <= set(written(chart))
    assert "%" not in chart.subtitle


def test_corrected_and_unsettled_values_are_marked_and_explained():
    made = frame_of([("A", "2025-01", "64"), ("A", "2025-02", "60"), ("B", "2025-01", "3"), ("B", "2025-02", "4")])
    made.loc[1, "corrected_from"], made.loc[1, "correction"] = "6", "a digit was lost"
    made["status"] = pd.Categorical(["A", "A", "A", "P"])
    chart = table(made)
    assert {"60\N{THIN SPACE}†", "4\N{THIN SPACE}p"} <= set(written(chart))
    assert "Corrected: A in February 2025, printed as 6% (a digit was lost)." in chart.note
    assert "Letters behind values: p provisional." in chart.note


def test_no_change_is_given_across_a_break():
    made = frame_of([("A", "2025-01", "64"), ("A", "2025-02", "60")]).assign(status=pd.Categorical(["A", "B"]))
    chart = table(made)
    assert "−4" not in written(chart)
    assert "60\N{THIN SPACE}b" in written(chart)


def test_the_rest_stands_last_and_the_focus_is_bold():
    made = frame_of([("A", "2025-01", "20"), ("Other", "2025-01", "70"), ("B", "2025-01", "10")])
    made["kind"] = made["kind"].astype(str).where(made["entity"] != "Other", "residual").astype("category")
    chart = table(made, focus="B")
    found = written(chart)
    assert found["A"].get_position()[1] > found["B"].get_position()[1] > found["Other"].get_position()[1]
    assert [name for name in ("A", "B", "Other") if found[name].get_weight() == "bold"] == ["B"]


def test_many_months_are_chosen_evenly_and_the_title_keeps_to_what_is_always_shown():
    chart = table(statcounter(), focus="Claude")
    assert chart.subtitle.endswith("; the first and every second month shown")
    assert {"2025-04", "2026-09"} <= set(chart.data["period"])
    assert chart.title.startswith("Claude’s share of StatCounter’s AI chatbot referrals rose from 0.30% in April 2025")


@pytest.mark.parametrize(("count", "most"), [(18, 10), (141, 9), (5, 2), (3, 1), (2, 2), (45, 44)])
def test_first_and_last_are_always_chosen(count, most):
    chosen = evenly(count, most)
    assert (chosen[0], chosen[-1]) == (0, count - 1)
    assert chosen == sorted(set(chosen))
    assert len(chosen) <= max(most, 2)


def test_rows_without_room_are_named_and_are_no_data():
    rows = [(f"N{i:02d}", "2025-01", f"{40 - i}.0") for i in range(30)]
    chart = table(frame_of(rows), focus="N29", size=(4, 3))
    shown = set(chart.data["entity"])
    assert {"N00", "N29"} <= shown
    assert "Not shown for want of room: " in chart.note
    assert not shown & set(chart.note.split("room: ")[1].split(". ")[0].replace(",", "").split())


@pytest.mark.parametrize(
    ("made", "focus", "error", "said"),
    [
        (pd.concat([flagship(), flagship().assign(market="poe/other")]), None, MixedMarkets, "2 different wholes"),
        (flagship(), "Z", UnknownName, "no observation of Z"),
        (flagship()[:0], None, TrackerError, "nothing to draw"),
    ],
)
def test_refusals(made, focus, error, said):
    with pytest.raises(error, match=said):
        table(made, focus=focus)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("hue", ["blue", "teal", "orange", "sky", "plum", "violet", "olive", "umber", "grey"])
def test_values_can_be_read_on_their_cells(style, hue):
    rows = [(f"N{i}", "2025-01", f"{i * i}") for i in range(11)]
    chart = table(frame_of(rows, hues={"N10": hue}), focus="N10", style=style, size="slide")
    values = [text for text in chart.ax.findobj(Text) if text.get_text().isdigit() and text.get_text() != "2025"]
    assert len(values) == 11
    for value, ground in zip(values, cells(chart), strict=True):
        assert contrast(ground, value.get_color()) >= 4.5


@settings(max_examples=30)
@given(market_frames(), SIZES, st.sampled_from(STYLES), st.integers(0, 2))
def test_nothing_covers_anything_and_every_cell_is_a_row(made, size, style, count):
    names = list(dict.fromkeys(made["entity"].astype(str)))
    chart = table(made, focus=names[:count] or None, size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    assert len(cells(chart)) == len(chart.data)
    assert not chart.data.duplicated(["entity", "period"]).any()


@pytest.mark.parametrize("size", ["print", "web", "slide", "square", (4, 3), (4, 9), (9, 3)])
@pytest.mark.parametrize("style", STYLES)
def test_real_months(size, style):
    chart = table(statcounter(), focus="DeepSeek", size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


@given(st.floats(1, 200), st.floats(1, 60))
def test_hatching_stays_in_its_cell(wide, high):
    for start, end in hatching(Box(10.0, 20.0, 10.0 + wide, 20.0 + high)):
        assert 10.0 - 1e-9 <= start[0] < end[0] <= 10.0 + wide + 1e-9
        assert 20.0 - 1e-9 <= start[1] < end[1] <= 20.0 + high + 1e-9


def test_axes_of_ones_own_keep_their_title_and_size_and_settings():
    import matplotlib

    before = dict(matplotlib.rcParams)
    fig = Figure(figsize=(8, 5))
    ax = fig.add_axes((0.1, 0.2, 0.6, 0.6))
    ax.set_title("mine")
    assert draw_table(frame_of(ROWS), ax=ax) is ax
    assert ax.get_title() == "mine"
    assert tuple(fig.get_size_inches()) == (8, 5)
    assert tuple(ax.get_position().bounds) == pytest.approx((0.1, 0.2, 0.6, 0.6))
    assert dict(matplotlib.rcParams) == before
    assert outside(fig) == []
