"""The slope chart: two periods, labels on both sides, and nothing told that rounding does not allow."""

from __future__ import annotations

import matplotlib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from charts.chart_frames import flagship, frame_of, statcounter
from charts.chart_geometry import outside, overlaps, texts
from charts.still_frames import SIZES, mixed, two_periods
from tracker.charts.look.style import DARK, LIGHT
from tracker.charts.slope import draw_slope, slope
from tracker.errors import InvalidValue, MixedMarkets, TrackerError, UnknownName


def shown(chart):
    return [text for text, _ in texts(chart.fig)]


def test_the_flagship_in_words():
    chart = slope(flagship(), focus="DeepSeek R1")
    assert (
        chart.title
        == "DeepSeek R1’s share of Poe’s text messages fell from 7% in mid-February to 3% at the end of April 2025"
    )
    assert chart.subtitle == "Share of text messages, Poe (Quora) platform, %"
    assert chart.note == (
        "Once rounding is counted, DeepSeek R1’s fall is 3 to 5 points. "
        "Bars at the ends: rounding of ±0.5 points. Both axes start at 0."
    )
    assert chart.source == "Source: Poe, as reported by AIbase, Redcensor and Rivista.ai."
    assert {"DeepSeek R1 7%", "DeepSeek R1 3%", "Mid-Feb 2025", "The end of Apr 2025"} <= set(shown(chart))
    assert chart.alt.endswith("From mid-February 2025 to the end of April 2025: DeepSeek R1 7% to 3%.")


def test_the_rounding_stands_at_the_ends_of_the_focus():
    chart = slope(flagship(), focus="DeepSeek R1")
    ends = sorted((patch.get_y(), patch.get_y() + patch.get_height()) for patch in chart.ax.patches)
    assert ends == [(2.5, 3.5), (6.5, 7.5)]


def test_without_a_focus_changes_beyond_rounding_are_thick():
    chart = slope(frame_of([("A", "2025", "5"), ("A", "2026", "9"), ("B", "2025", "4"), ("B", "2026", "5")],
                           hues={"A": "teal", "B": "plum"}))  # fmt: skip
    wide = {
        line.get_label(): (line.get_linewidth(), line.get_color())
        for line in chart.ax.lines[:4]
        if line.get_label() in "AB"
    }
    assert wide == {"A": (LIGHT.focus_width, LIGHT.line("teal")), "B": (LIGHT.context_width, LIGHT.muted_line)}
    assert chart.note.startswith("Thick: changes beyond rounding.")
    assert chart.title.startswith("A’s share of Poe’s text messages rose from 5%")


def test_a_forecast_end_has_no_verb_of_the_past():
    frame = frame_of([("A", "2025", "5"), ("A", "2027", "9"), ("B", "2025", "30"), ("B", "2027", "20")])
    frame["status"] = ["A", "F", "A", "F"]
    chart = slope(frame, focus="A")
    assert chart.title == "A’s share of Poe’s text messages is forecast to rise from 5% in 2025 to 9% in 2027"
    assert "Once rounding is counted, A’s forecast rise is 3 to 5 points." in chart.note
    assert chart.alt.endswith("A 5% to 9% (forecast); B 30% to 20% (forecast).")
    both = slope(frame, focus=["A", "B"], size="9x3")
    assert "while B’s is forecast to fall from 30% to 20%" in both.title
    assert not {"rose", "fell", "was"} & set(both.title.split())


def test_a_forecast_within_rounding_is_forecast_at_a_figure():
    frame = frame_of([("A", "2025", "5"), ("A", "2027", "6")])
    frame["status"] = ["A", "F"]
    title = slope(frame, focus="A").title
    assert title == "A’s share of Poe’s text messages was 5% in 2025 and is forecast at 6% in 2027"
    frame["status"] = ["F", "A"]
    title = slope(frame, focus="A").title
    assert title == "A’s share of Poe’s text messages was forecast at 5% in 2025 and was 6% in 2027"


def test_a_forecast_across_a_break_is_no_fact():
    frame = frame_of([("A", "2024", "5"), ("A", "2025", "7"), ("A", "2026", "9")])
    frame["status"] = ["A", "B", "F"]
    assert slope(frame, focus="A").title == "A’s share of text messages was 5% in 2024 and is forecast at 9% in 2026"


def test_about_has_no_rounding():
    chart = slope(frame_of([("A", "2025", "~50"), ("A", "2026", "~10")]), focus="A")
    assert list(chart.ax.patches) == []
    assert chart.note == "“About” (~) does not say how exact the figures are. Both axes start at 0."


def test_long_decimals_have_no_rounding_and_no_range():
    rows = [("A", "2025", "21.870872876777963"), ("A", "2026", "21.953882477154070")]
    chart = slope(frame_of(rows), focus="A")
    assert chart.note == "Both axes start at 0."


def test_a_range_of_change_has_one_number_of_decimals():
    chart = slope(frame_of([("A", "2025", "10.08"), ("A", "2026", "30.07")]), focus="A")
    assert "A’s rise is 19.98 to 20.00 points." in chart.note


def test_samples_and_overlaps_are_said_once():
    rows = [("A", "2025", "60"), ("A", "2026", "80")]
    chart = slope(frame_of(rows, whole="overlapping", sample_size=400, counted="people"), focus="A")
    assert "Sampling error is not counted: samples of 400." in chart.note
    assert chart.note.count("One may be counted for several") == 1
    own = slope(frame_of(rows, whole="overlapping", market_note="Several answers were possible"), focus="A")
    assert "Several answers were possible." in own.note
    assert "counted for several" not in own.note
    counted = slope(frame_of(rows, sample_size=400, counted="tokens"), focus="A")
    assert "Sampling" not in counted.note


@pytest.mark.parametrize("size", ["4x9", "4x3", "print"])
@pytest.mark.parametrize(
    "shape", ["Entity number {:02d} with a name that is lon", "The very same long beginning of it {:02d}"]
)
def test_cut_names_differ_and_leave_the_plot_its_part(size, shape):
    names = [shape.format(i) for i in range(12)]
    rows = [(name, year, f"{5 + i / 2:.2f}") for i, name in enumerate(names) for year in ("2025", "2026")]
    chart = slope(frame_of(rows), size=size)
    labels = [t.get_text().rsplit(" ", 1)[0] for t in chart.ax.texts if t.get_horizontalalignment() == "left"]
    assert len(labels) == len(set(labels))
    assert all(any(f"{i:02d}" in label for i in range(12)) for label in labels)
    assert chart.ax.get_position().width >= 0.35
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


def test_no_verb_where_rounding_allows_none():
    chart = slope(frame_of([("A", "2025", "5"), ("A", "2026", "6")]), focus="A")
    assert chart.title == "A’s share of Poe’s text messages was 5% in 2025 and 6% in 2026"
    assert "the two figures of A may be equal" in chart.note


def test_no_verb_across_a_break_even_one_between_the_two():
    frame = frame_of([("A", "2024", "5"), ("A", "2025", "7"), ("A", "2026", "9")])
    frame["status"] = ["A", "B", "A"]
    chart = slope(frame, focus="A")
    assert chart.title == "A’s share of text messages was 5% in 2024 and 9% in 2026"
    assert "The method changed between the two dates: no change is told of A." in chart.note
    assert [line.get_label() for line in chart.ax.lines if line.get_label() != "_mark"] == ["_link A"]


def test_every_sort_of_figure():
    chart = slope(mixed(), focus="DeepSeek")
    links = {line.get_label() for line in chart.ax.lines if line.get_label().startswith("_link")}
    assert links == {"_link Meta", "_link Mistral", "_link Qwen"}
    assert "Only at the end of April 2025: Late." in chart.note
    assert "Dotted lines join figures of which one is no number." in chart.note
    assert "Carets are published bounds. Bars without a dot are published ranges." in chart.note
    assert {"Meta <1", "Mistral >5", "Qwen 1–3", "Late 5"} <= set(shown(chart))
    assert sum(text.startswith("Late ") for text in shown(chart)) == 1, "a lone dot has one label"


def test_every_vertex_is_a_row_and_every_row_is_drawn():
    chart = slope(mixed(), focus="DeepSeek")
    rows = {(0.0 if row.period == "~2025-02-15" else 1.0, row.share) for row in chart.data.itertuples()}
    joined = [line for line in chart.ax.lines if not line.get_label().startswith("_")]
    assert {tuple(vertex) for line in joined for vertex in line.get_xydata()} <= rows
    assert len(joined) == 5
    assert len(chart.data) == len(mixed())
    assert list(chart.data.index) == list(range(len(chart.data)))


def test_other_periods_are_not_drawn():
    frame = frame_of([("A", str(year), str(year - 2020)) for year in range(2021, 2027)])
    chart = slope(frame, focus="A", start="2022", end="2025")
    assert list(chart.data["period"]) == ["2022", "2025"]


@pytest.mark.parametrize(
    ("told", "error", "message"),
    [
        ({"start": "2019"}, TrackerError, "there is no share of 2019 here\nThe nearest are 2021, 2022 and 2023."),
        ({"start": "2023", "end": "2022"}, TrackerError, "2023 is not before 2022"),
        (
            {"start": "2023", "end": "2023"},
            TrackerError,
            "one period to compare, not two: 2023\nChoose others with --from and --to",
        ),
        ({"start": "soon"}, InvalidValue, "'soon' is not a period"),
        ({"focus": "Z"}, UnknownName, "no observation of Z"),
        ({"focus": "B", "start": "2022", "end": "2023"}, TrackerError, "B has a share neither in 2022 nor 2023"),
    ],
)
def test_refusals(told, error, message):
    frame = frame_of([*(("A", str(year), "5") for year in (2021, 2022, 2023)), ("B", "2021", "4")])
    with pytest.raises(error) as caught:
        slope(frame, **told)
    assert message in str(caught.value)


def test_two_markets_and_two_shares_of_one_period_are_refused():
    frame = frame_of([("A", "2021", "5"), ("A", "2022", "6"), ("A", "2022", "7")])
    with pytest.raises(TrackerError, match="A has 2 shares of 2022: 6 and 7"):
        slope(frame)
    frame["market"] = ["a", "a", "b"]
    with pytest.raises(MixedMarkets):
        slope(frame)


def test_real_months_and_dark():
    chart = slope(statcounter(), focus=["DeepSeek", "Claude"], style="dark")
    assert chart.title.startswith("DeepSeek’s share of StatCounter’s AI chatbot referrals fell from")
    assert chart.fig.get_facecolor()[:3] == pytest.approx(matplotlib.colors.to_rgb(DARK.background))
    assert overlaps(chart.fig) == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(two_periods(), SIZES, st.integers(0, 3), st.sampled_from(["light", "dark"]))
def test_no_text_covers_another_and_labels_keep_the_order_of_values(made, size, count, style):
    frame, names, (start, end) = made
    chart = slope(frame, focus=names[:count] or None, start=start, end=end, size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    labels = [text for text in chart.ax.texts if text.get_horizontalalignment() == "right"]
    at_left = sorted(labels, key=lambda text: text.get_position()[1])
    printed = [text.get_text().rsplit(" ", 1)[1].rstrip("%") for text in at_left]
    levels = [float(value.split("–")[0].strip("<>")) + 1.5 * ("–" in value) for value in printed]
    assert levels == sorted(levels)


@pytest.mark.parametrize("size", ["print", "web", "slide", "square", "4x3", "4x9", "9x3"])
def test_every_size(size):
    chart = slope(mixed(), size=size)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []


def test_axes_of_ones_own_keep_their_title_size_and_settings():
    fig = Figure(figsize=(8, 5))
    ax = fig.add_axes((0.3, 0.2, 0.4, 0.6))
    ax.set_title("mine")
    before = dict(matplotlib.rcParams)
    assert draw_slope(mixed(), ax=ax) is ax
    assert (ax.get_title(), tuple(fig.get_size_inches())) == ("mine", (8, 5))
    assert tuple(ax.get_position().bounds) == pytest.approx((0.3, 0.2, 0.4, 0.6))
    assert dict(matplotlib.rcParams) == before
    assert draw_slope(flagship()).get_ylim()[0] == 0.0


@pytest.mark.parametrize("printed", [(">30", ">20"), ("<3", "<2"), (">1", "<2")])
def test_bounds_alone_have_no_bars(printed):
    chart = slope(frame_of([("A", "2025-01", printed[0]), ("A", "2025-02", printed[1])]), focus="A")
    assert "Bars at the ends" not in chart.note
    assert set(printed) <= {text.removeprefix("A ").removesuffix("%") for text in shown(chart)}


def test_axes_with_other_scales_become_linear():
    ax = Figure(figsize=(8, 5)).add_axes((0.3, 0.2, 0.4, 0.6), xscale="log", yscale="log")
    draw_slope(mixed(), ax=ax)
    assert (ax.get_xscale(), ax.get_yscale(), ax.get_ylim()[0]) == ("linear", "linear", 0.0)
