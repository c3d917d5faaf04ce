"""Small multiples: what each panel shows, says and leaves out."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from charts.chart_frames import flagship, frame_of, statcounter
from charts.chart_geometry import outside, overlaps, texts
from charts.test_geometry import frames
from tracker.charts.axis.plane import day_number
from tracker.charts.look.style import LIGHT, STYLES
from tracker.charts.panels import draw_panels, panels
from tracker.errors import MixedMarkets, TrackerError, UnknownName

SIZES = ["print", "web", "slide", "square", (4, 3), (4, 9), (9, 3)]


def months(name: str, *shares: str, year: int = 2025) -> list[tuple[str, str, str]]:
    return [(name, f"{year}-{month:02d}", share) for month, share in enumerate(shares, start=1)]


def three() -> pd.DataFrame:
    rows = months("A", "5", "6", "7", "7", "8") + months("B", "9", "12", "8", "5", "2") + months("C", "1", "1", "1")
    return frame_of(rows, hues={"A": "blue", "B": "orange"})


def markets(**same: object) -> pd.DataFrame:
    text = flagship()
    reasoning = frame_of(
        [("DeepSeek R1", "2025-05", "12.2")],
        hues={"DeepSeek R1": "blue"},
        market="poe/reasoning",
        counted="reasoning messages",
        **same,
    )
    return pd.concat([text, reasoning], ignore_index=True)


def said(chart):
    return {text.get_text() for ax in chart.axes for text in ax.texts}


def vertices(chart, ax):
    lines = [line for line in ax.lines if not str(line.get_label()).startswith(("_mark", "_link"))]
    return {tuple(vertex) for line in lines for vertex in line.get_xydata()}


def test_a_panel_for_each_entity_by_its_highest_share():
    chart = panels(three())
    assert len(chart.axes) == 3
    names = [next(text.get_text() for text in ax.texts if text.get_weight() == "bold") for ax in chart.axes]
    assert names == ["B", "A", "C"]
    assert {"9 → 2%, peak 12", "5 → 8%", "1 → 1%"} <= said(chart)
    assert chart.title == "Poe’s text messages: of 3 named, 1 rose and 1 fell from the first figure to the last"
    assert chart.subtitle.endswith("%. Each panel repeats the others in grey, on one scale")
    assert chart.note.endswith("Panels are in the order of their highest shares.")
    assert "B: 5 readings, from 9% in January 2025 over a peak of 12% in February 2025 to 2%" in chart.alt


def test_all_panels_have_one_scale_and_the_others_in_grey():
    chart = panels(three(), focus=["A", "B"])
    assert len({(*ax.get_ylim(), *ax.get_xlim()) for ax in chart.axes}) == 1
    colors = [[line.get_color() for line in ax.lines if not line.get_label().startswith("_")] for ax in chart.axes]
    assert [found.count(LIGHT.line(hue)) for found, hue in zip(colors, ["blue", "orange"], strict=True)] == [1, 1]
    assert all(found.count(LIGHT.muted_line) == 1 for found in colors), "C is of three readings, a dotted link"
    assert "In grey, without a panel: C." in chart.note
    assert chart.title == "Poe’s text messages: A rose from 5% to 8%, B fell from 9% to 2%"


def test_the_area_goes_down_to_zero_and_stops_at_a_gap():
    rows = [("A", f"2025-{month:02d}", "5") for month in (1, 2, 3, 6, 7, 8)]
    ax = panels(frame_of(rows, hues={"A": "blue"})).ax
    shapes = [found for found in ax.collections if isinstance(found, PolyCollection) and found.get_zorder() == 1.4]
    assert len(shapes[0].get_paths()) == 2
    assert {path.vertices[:, 1].min() for path in shapes[0].get_paths()} == {0.0}


def test_who_would_flatten_the_others_is_not_drawn_and_named():
    rows = months("Small", "1", "2", "3", "2") + months("Great", "80", "81", "82", "83") + months("Mid", *"2456")
    chart = panels(frame_of(rows), focus="Small")
    assert "Off this scale and not drawn: Great." in chart.note
    assert set(chart.data["entity"]) == {"Small", "Mid"}
    assert chart.ax.get_ylim()[1] < 10
    assert set(panels(frame_of(rows), focus="Small", scale="log").data["entity"]) == {"Small", "Mid", "Great"}


def test_one_moved_most_only_where_rounding_allows_it():
    rows = months("A", "5", "5", "5", "8") + months("B", "9", "9", "9", "4") + months("C", "1", "1", "1", "1")
    plain = "f 3 named, 1 rose and 1 fell between January and April 2025"
    assert panels(frame_of(rows)).title == f"Poe’s text messages: o{plain}", "a rise of 2 to 4, a fall of 4 to 6"
    rows[3] = ("A", "2025-04", "6.4")
    assert panels(frame_of(rows)).title == f"O{plain}, B the most: from 9% to 4%"


def test_neither_rounding_nor_a_break_is_a_rise():
    chart = panels(frame_of([*months("A", "5", "5", "5", "6"), *months("B", "1", "1", "1", "1"), *months("C", "1")]))
    assert "f 3 named, none clearly rose or fell" in chart.title
    frame = frame_of([*months("A", *"1259"), *months("B", *"1259"), *months("C", *"1259")])
    assert "ll 3 named rose" in panels(frame).title
    broken = (frame["entity"].astype(str) == "A") & (frame["share"] == 5)
    frame["status"] = frame["status"].astype(str).mask(broken, "B").astype("category")
    assert "f 3 named, 2 rose" in panels(frame).title


def test_a_panel_for_each_market_with_its_own_whole_and_scale():
    chart = panels(markets())
    assert chart.title == "DeepSeek R1’s last published share was 3% to 12.2%, depending on what is counted"
    assert {"Poe: text messages", "Poe: reasoning messages", "7 → 3%", "12.2%, May 2025"} <= said(chart)
    assert len({ax.get_ylim() for ax in chart.axes}) == 2
    assert len({ax.get_xlim() for ax in chart.axes}) == 1, "they are near in time"
    assert "heights are not comparable" in chart.note
    assert "heights are not to be compared" in chart.subtitle
    assert len(chart.data) == 3
    assert "AIbase" in chart.source


def several(*lasts: str) -> pd.DataFrame:
    """Markets from m0 on, each with one figure, in the order of time."""
    made = [
        frame_of([("A", f"20{10 + n}-01", last)], market=f"m{n}", counted=f"things {n}") for n, last in enumerate(lasts)
    ]
    return pd.concat(made, ignore_index=True)


def test_the_newest_markets_with_most_figures_come_first_and_an_index_last():
    index = frame_of(months("A", "5", "9", year=2026), market="a-index", counted="searches", whole="index")
    long = frame_of(months("A", *"12345", year=2025), market="z-long", counted="answers")
    once = frame_of([("A", "2025-09", "7")], market="b-once", counted="visits")
    old = frame_of(months("A", *"123456", year=2019), market="c-old", counted="books")
    chart = panels(pd.concat([index, old, once, long], ignore_index=True), size="12x9")
    heads = [next(text.get_text() for text in ax.texts if text.get_text().startswith("Poe: ")) for ax in chart.axes]
    assert heads == ["Poe: answers", "Poe: visits", "Poe: books", "Poe: searches"]


@pytest.mark.parametrize("size", ["print", (4, 3)])
def test_the_range_is_over_all_markets_whether_drawn_or_not(size):
    frame = several("94.6", *["60.0"] * 11, "50.0", "46.4")
    chart = panels(frame, size=size)
    assert len(chart.axes) < 14
    assert chart.title.startswith("A’s last published share was 46.4% to 94.6% in 14 markets")
    assert chart.note.startswith("No room for a panel: ")
    shown = " ".join(text for text, _ in texts(chart.fig))
    assert "Note: No room for a panel: " in shown


def test_an_index_makes_no_title_where_there_are_shares():
    index = frame_of(months("A", "5", "9", "100", year=2026), market="a-index", counted="searches", whole="index")
    chart = panels(pd.concat([index, several("10.0", "20.0")], ignore_index=True), size=(4, 3))
    assert chart.title.startswith("A’s last published share was 10.0% to 20.0%")
    assert "Poe: searches" not in said(chart)


def marked(frame: pd.DataFrame, **statuses: str) -> pd.DataFrame:
    """Mark periods, written as in ``p2025_04="F"``, of everybody."""
    found = frame["period"].astype(str).map({name[1:].replace("_", "-"): mark for name, mark in statuses.items()})
    return frame.assign(status=found.fillna("A").astype("category"))


def test_a_forecast_is_not_told_as_what_happened():
    frame = marked(frame_of([*months("A", *"2689"), *months("B", *"8621"), *months("C", *"5559")]), p2025_04="F")
    chart = panels(frame)
    assert "f 3 named, 1 rose and 1 fell between January and March 2025" in chart.title
    assert "2 → 8%, forecast 9%" in said(chart)
    assert "from 2% in January 2025 to 8% in March 2025, then forecast at 9% in April 2025" in chart.alt
    pair = panels(frame, focus=["A", "B"])
    assert pair.title.endswith("A rose from 2% to 8%, B fell from 8% to 2%")
    uneven = panels(frame[~((frame["entity"] == "C") & (frame["period"] == "2025-03"))].reset_index(drop=True))
    assert "from the first figure to the last settled one" in uneven.title


def test_a_forecast_is_no_published_share_of_a_market():
    late = marked(frame_of(months("DeepSeek R1", "5.0", "50.0"), market="m", counted="visits"), p2025_02="F")
    frame = pd.concat([flagship(), late], ignore_index=True).assign(status=["A", "A", "A", "F"])
    frame["status"] = frame["status"].astype("category")
    assert panels(frame).title.startswith("DeepSeek R1’s last published share was 3% to 5.0%")


def test_no_arrow_goes_over_a_break():
    chart = panels(marked(frame_of([*months("A", *"2345"), *months("B", *"6666")]), p2025_03="B"))
    assert {"2 // 5%", "6 // 6%"} <= said(chart)
    assert "// stands for a break in the series: figures before and after it cannot be compared." in chart.note
    assert chart.title == "Poe’s text messages: B was 6%, A was 5%"
    assert "over a break in the series" in chart.alt


def test_ranges_of_days_are_said_in_words():
    days = ("2020-01-27/2020-01-31", "2020-02-10/2020-02-14", "2020-03-16/2020-03-20", "2020-03-23/2020-03-27")
    frame = frame_of([(name, day, share) for name in "ABC" for day, share in zip(days, "2345", strict=True)])
    ends = "between the first and the last figure (27–31 January to 23–27 March 2020)"
    assert panels(frame).title == f"Poe’s text messages: all 3 named rose {ends}"


def test_overlap_is_said_unless_the_market_says_how_and_samples_are_named():
    plain = "One may be counted for several, so that parts do not sum to 100."
    assert plain in panels(three().assign(whole="overlapping")).note
    own = panels(three().assign(whole="overlapping", market_note="Several answers are allowed")).note
    assert "Several answers are allowed." in own
    assert plain not in own
    assert "Sampling error is not counted: samples of 500." in panels(three().assign(sample_size=500)).note


def test_panels_far_apart_in_time_have_dates_of_their_own():
    late = frame_of([("DeepSeek R1", "2029-05", "9")], market="later", counted="visits")
    chart = panels(pd.concat([flagship(), late], ignore_index=True))
    assert len({ax.get_xlim() for ax in chart.axes}) == 2
    assert "date axes of their own" in chart.note
    assert overlaps(chart.fig) == []


def test_an_index_has_no_percent_and_no_part_in_the_range():
    index = frame_of(months("DeepSeek R1", "80", "90", "70", "100"), market="trends", counted="searches", whole="index")
    chart = panels(pd.concat([markets(), index], ignore_index=True))
    assert "80 → 100" in said(chart)
    assert "3% to 12.2%" in chart.title
    assert "%, or an index" in chart.subtitle


def test_a_market_without_the_entity_is_named():
    other = frame_of([("Claude", "2025-05", "9")], market="poe/images", counted="images")
    frame = pd.concat([markets(), other], ignore_index=True)
    chart = panels(frame, focus="DeepSeek R1")
    assert "No figure of DeepSeek R1 in poe/images." in chart.note
    assert len(panels(frame).axes) == 3, "one entity a market: each is named in its panel"
    assert "Claude 9%, May 2025" in said(panels(frame))


@pytest.mark.parametrize(
    ("frame", "options", "error", "words"),
    [
        (three()[:0], {}, TrackerError, "nothing to draw"),
        (three(), {"focus": "X"}, UnknownName, "no observation of X"),
        (three(), {"by": "colour"}, TrackerError, "no panels by 'colour'"),
        (three(), {"columns": 0}, TrackerError, "no number of columns"),
        (three(), {"columns": 3, "size": (4, 3)}, TrackerError, "3 columns leave no room"),
        (three(), {"scale": "cubic"}, TrackerError, "no scale"),
        (markets(), {"by": "entity"}, MixedMarkets, "2 different wholes"),
        (
            pd.concat([three(), three().assign(market="other")], ignore_index=True),
            {},
            TrackerError,
            "several entities in 2 markets: A, B and C",
        ),
    ],
)
def test_it_is_refused(frame, options, error, words):
    with pytest.raises(error, match=words):
        panels(frame, **options)


def test_no_more_than_twelve_and_the_others_are_named():
    rows = [row for n in range(15) for row in months(f"E{n:02d}", *[str(40 - n)] * 5)]
    chart = panels(frame_of(rows), focus=[f"E{n:02d}" for n in range(15)], size="12x9")
    assert len(chart.axes) == 12
    assert chart.note.startswith("In grey, without a panel: E12, E13 and E14.")
    few = panels(frame_of(rows), focus=[f"E{n:02d}" for n in range(15)], size=(4, 3))
    assert 1 <= len(few.axes) < 5
    assert len(few.data) == len(rows)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_the_columns_asked_for(columns):
    chart = panels(three(), columns=columns, size="7x8")
    assert len({round(ax.get_position().x0, 3) for ax in chart.axes}) == columns


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("style", sorted(STYLES))
def test_real_months_at_any_size(size, style):
    chart = panels(statcounter(), size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    assert tuple(chart.fig.get_size_inches()) == (
        size if isinstance(size, tuple) else tuple(chart.fig.get_size_inches())
    )


@pytest.mark.parametrize("size", SIZES)
def test_markets_at_any_size(size):
    chart = panels(markets(region="a region with quite a long name, and some more"), size=size)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames(), st.sampled_from(SIZES), st.sampled_from(["linear", "auto"]), st.integers(0, 5))
def test_whatever_the_data(made, size, scale, count):
    frame, names = made
    chart = panels(frame, focus=names[:count] or None, size=size, scale=scale)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    rows = set()
    for row in chart.data.itertuples():
        days = day_number(row.earliest.date()), day_number(row.latest.date())
        rows |= {(sum(days) / 2, float(row.share)), (days[0], float(row.share))}
    assert all(vertices(chart, ax) <= rows for ax in chart.axes)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(frames(), min_size=2, max_size=4), st.sampled_from(SIZES))
def test_whatever_the_markets(made, size):
    parts = []
    for number, (frame, names) in enumerate(made):
        one = frame[frame["entity"].astype(str) == names[0]]
        parts.append(one.assign(market=f"m{number}", counted=names[0] * 2, entity="Me"))
    chart = panels(pd.concat(parts, ignore_index=True), size=size, by="market")
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


def test_a_figure_of_ones_own_keeps_its_size_and_title():
    import matplotlib

    before = dict(matplotlib.rcParams)
    fig = Figure(figsize=(10, 5))
    fig.suptitle("mine")
    left, right = fig.subfigures(1, 2)
    assert len(draw_panels(three(), fig=left)) == 3
    assert len(draw_panels(markets(), fig=right)) == 2
    assert fig.get_suptitle() == "mine"
    assert tuple(fig.get_size_inches()) == (10, 5)
    assert all(ax.get_title() == "" for ax in fig.axes)
    assert dict(matplotlib.rcParams) == before


def test_a_title_of_ones_own():
    assert panels(three(), title="Mine").title == "Mine"


def test_a_note_too_long_for_the_figure_leaves_room_for_its_shorter_sentences():
    rows = [row for n in range(9) for row in months(f"Somebody with quite a long name, number {n}", *["9"] * 5)]
    chart = panels(frame_of([*months("A", "5", "<1", "6", "7", "8"), *rows]), focus="A", size=(4, 3))
    assert any(text.startswith("Note: ") for text, _ in texts(chart.fig))


def test_the_kicker_names_a_status_once():
    frame = frame_of([*months("A", *"2345"), *months("B", *"6666")])
    frame["status"] = pd.Categorical(["A", "A", "P", "F", "A", "A", "A", "F"])
    assert [text for text, _ in texts(panels(frame).fig)].count("FORECAST AND PROVISIONAL FIGURES") == 1


def test_a_tight_layout_neither_warns_nor_moves_panels():
    fig = Figure(figsize=(10, 5), layout="tight")
    made = draw_panels(three(), fig=fig)
    before = [ax.get_position().bounds for ax in made]
    fig.draw_without_rendering()  # warnings are errors here
    assert [ax.get_position().bounds for ax in made] == [pytest.approx(bounds) for bounds in before]
