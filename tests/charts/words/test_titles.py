"""What a chart says, as text."""

from __future__ import annotations

import pytest

from charts.chart_frames import FLAGSHIP_EVENTS, flagship, frame_of, statcounter
from tracker.charts.line import line
from tracker.errors import MixedMarkets, TrackerError, UnknownName


def test_the_flagship():
    chart = line(flagship(), focus="DeepSeek R1", events=FLAGSHIP_EVENTS)
    assert chart.title == (
        "DeepSeek R1’s share of Poe’s text messages fell from 7% in mid-February to 3% at the end of April 2025"
    )
    assert chart.subtitle == "Share of text messages, Poe (Quora) platform, %"
    assert chart.note == (
        "Two rounded figures were published: 7% in mid-February and 3% at the end of April 2025. "
        "Boxes show what each can mean: ±0.5 points, and the spread of its date. "
        "The fall is 4 points as published, and between 3 and 5 points (46–67%) once rounding is counted. "
        "The dotted line joins the figures; it is not data."
    )
    assert chart.source == "Source: Poe, as reported by AIbase, Redcensor and Rivista.ai."


def shown(chart):
    from matplotlib.text import Text

    return {text.get_text() for text in chart.fig.findobj(Text)}


def test_the_flagship_shows_its_callout_and_events():
    said = shown(line(flagship(), focus="DeepSeek R1", events=FLAGSHIP_EVENTS))
    assert {"−4 points", "−57%", "7% peak,", "mid-February", "DeepSeek R1 3%"} <= said
    assert {"R1 released", "20 Jan", "Qwen3 released", "29 Apr"} <= said
    assert {"8%", "6", "4", "2", "0", "Jan", "2025", "Feb", "Mar", "Apr"} <= said


def test_a_peak_in_real_months():
    chart = line(statcounter(), focus="DeepSeek")
    assert chart.title == (
        "DeepSeek’s share of StatCounter’s AI chatbot referrals peaked at 2.70% in August 2025, then fell to 0.02%"
    )
    assert chart.subtitle == "Share of AI chatbot referrals, worldwide, all platforms, monthly, %, log scale"
    assert chart.source == "Source: StatCounter Global Stats (CC BY-SA 3.0)."
    assert "treat it as a possible break in the series" in chart.note
    assert {"2.70% peak, Aug 2025", "DeepSeek 0.02%", "ChatGPT 80", "Claude 0.95"} <= shown(chart)


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (["3", "7"], "rose from 3% in January to 7% in February 2025"),
        (["7", "7"], "was 7% in January and again in February 2025"),
        (["7", "8"], "was 7% in January and 8% in February 2025"),
        (["7.0", "8.0"], "rose from 7.0% in January to 8.0% in February 2025"),
        (["<1", "3"], "rose from <1% in January to 3% in February 2025"),
        (["~85", "<1"], "fell from about 85% in January to <1% in February 2025"),
        (["12.2"], "was 12.2% in January 2025"),
        (["2", "9", "4"], "peaked at 9% in February, then fell to 4% in March 2025"),
        (["6.5..7.5", "2"], "fell from 6.5–7.5% in January to 2% in February 2025"),
    ],
)
def test_a_verb_must_hold_for_every_rounding(printed, told):
    rows = [("Claude Opus", f"2025-{month:02d}", text) for month, text in enumerate(printed, start=1)]
    assert line(frame_of(rows), focus="Claude Opus").title == f"Claude Opus’s share of Poe’s text messages {told}"


def test_a_fall_that_may_be_none_is_not_called_one():
    chart = line(frame_of([("A", "2025-01", "7"), ("A", "2025-02", "6")]), focus="A")
    assert "fell" not in chart.title + chart.note
    assert "may be equal" in chart.note
    assert "−1 point" not in shown(chart)


def test_an_index_has_neither_shares_nor_percent_signs():
    rows = [("A", f"2025-{m:02d}", str(10 * m)) for m in range(1, 8)]
    chart = line(frame_of(rows, whole="index", counted="web searches"), focus="A")
    assert chart.title == "A’s interest index rose from 10 in January to 70 in July 2025"
    assert "peak = 100" in chart.subtitle
    assert "share" not in (chart.title + chart.subtitle).lower()
    assert not any("point" in text for text in shown(chart))


def test_overlapping_parts_do_not_sum_to_100():
    chart = line(frame_of([("A", "2025-01", "70"), ("B", "2025-01", "60")], whole="overlapping"), focus="A")
    assert "parts do not sum to 100" in chart.note


def test_status_marks_are_named_and_warned_of():
    frame = frame_of([("A", f"2025-{m:02d}", "5") for m in range(1, 6)], status="P")
    chart = line(frame, focus="A")
    assert "Dashed, with hollow dots: provisional (A, 5 figures, January 2025 to May 2025)." in chart.note
    assert "PROVISIONAL FIGURES" in shown(chart)


def test_the_second_name_is_told_where_its_verb_holds():
    rows = [("A", f"2025-{m:02d}", str(10 * m)) for m in range(1, 6)]
    rows += [("B", f"2025-{m:02d}", str(60 - 10 * m)) for m in range(1, 6)]
    chart = line(frame_of(rows), focus=["A", "B"])
    assert chart.title == "A’s share of Poe’s text messages rose from 10% to 50%, while B’s fell from 50% to 10%"


def test_dropped_labels_are_named():
    rows = [(f"Entity {n:02d}", f"2025-{m:02d}", str(n)) for n in range(20) for m in range(1, 6)]
    chart = line(frame_of(rows), focus="Entity 00")
    assert "Not labelled: " in chart.note
    assert "Entity 00 0%" in shown(chart)


def test_alternative_text_and_caption():
    chart = line(statcounter(), focus="DeepSeek")
    assert chart.alt.startswith("Line chart: DeepSeek’s share")
    assert "18 readings, from 0.88% in April 2025 over a peak of 2.70% in August 2025" in chart.alt
    assert chart.caption.splitlines()[0] == chart.title
    assert chart.caption.splitlines()[-1] == chart.source


def test_the_same_figure_twice_is_said_once():
    chart = line(frame_of([("A", "2025-01", "4.76"), ("A", "2025-12", "4.76")]), focus="A", size=(4, 3))
    assert "later 4.76%" not in chart.title
    assert chart.title.count("4.76%") == 1


def test_dots_say_their_year_where_the_chart_spans_several():
    rows = [("A", "~2023-02-15", "8"), ("A", "2024-02-15", "6"), ("A", "2024-12-10", "3")]
    said = shown(line(frame_of(rows), focus="A"))
    assert {"mid-February 2023", "15 Feb 2024"} <= said
    assert {"mid-February"} <= shown(line(flagship(), focus="DeepSeek R1"))


def test_a_title_of_ones_own():
    assert line(flagship(), focus="DeepSeek R1", title="Mine").title == "Mine"


def test_small_figures_take_a_shorter_true_title():
    assert line(flagship(), focus="DeepSeek R1", size=(4, 3)).title == (
        "DeepSeek R1’s share of Poe’s text messages fell from 7% to 3%"
    )


def test_what_cannot_be_drawn_is_refused_with_a_hint():
    frame = flagship()
    with pytest.raises(UnknownName, match="DeepSeek R1"):
        line(frame, focus="GPT-4o")
    with pytest.raises(TrackerError, match="Widen the dates"):
        line(frame.iloc[:0], focus="DeepSeek R1")
    with pytest.raises(TrackerError, match="4 by 3 inches"):
        line(frame, focus="DeepSeek R1", size=(2, 2))
    with pytest.raises(TrackerError, match="light or dark"):
        line(frame, focus="DeepSeek R1", style="neon")
    with pytest.raises(TrackerError, match="auto, linear, log"):
        line(frame, focus="DeepSeek R1", scale="cubic")
    with pytest.raises(TrackerError, match="--scale linear"):
        line(frame_of([("A", "2025-01", "0")]), focus="A", scale="log")
    mixed = frame.astype({"market": str})
    mixed.loc[0, "market"] = "poe/other"
    with pytest.raises(MixedMarkets):
        line(mixed, focus="DeepSeek R1")


def several(**same):
    rows = [("A", f"2025-{m:02d}", str(10 * m)) for m in range(1, 6)]
    rows += [("B", f"2025-{m:02d}", str(60 - 10 * m)) for m in range(1, 6)]
    rows += [("C", f"2025-{m:02d}", text) for m, text in enumerate(["2", "9", "9", "8", "4"], start=1)]
    return frame_of(rows, **same)


def test_three_names_are_told_together():
    assert line(several(), focus=["A", "B", "C"]).title == (
        "A’s share of Poe’s text messages rose from 10% to 50%; B’s fell from 50% to 10%; "
        "and C’s peaked at 9%, then fell to 4%"
    )


def test_a_peak_goes_on_with_the_second_name():
    assert line(several(), focus=["C", "A"]).title == (
        "C’s share of Poe’s text messages peaked at 9%, then fell to 4%, while A’s rose from 10% to 50%"
    )


@pytest.mark.parametrize(
    ("source", "counted", "told"),
    [
        ("survey of developers", "respondents", "A’s share of respondents rose"),
        ("Rankings: models by tokens", "tokens", "A’s share of tokens rose"),
        ("Our World in Data", "Share of new cars that are electric", "A’s share of new cars that are electric rose"),
    ],
)
def test_a_source_without_a_proper_name_owns_nothing(source, counted, told):
    chart = line(several(source=source, counted=counted), focus="A")
    assert chart.title.startswith(told)
    assert chart.subtitle.startswith(f"Share of {counted.removeprefix('Share of ')}, ")


def test_a_long_name_leaves_the_figures_in_the_title():
    name = "A model of the longest name that anybody ever gave to one"
    rows = [(name, f"2025-{m:02d}", str(10 * m)) for m in range(1, 6)]
    assert line(frame_of(rows), focus=name, size=(4, 3)).title.endswith("rose from 10% to 50%")


def test_numbers_with_more_digits_than_anybody_reads_are_shortened():
    rows = [("A", "2025-01", "21.870872876777963"), ("A", "2025-02", "22.035608109122770")]
    chart = line(frame_of(rows), focus="A")
    assert "rose from 21.87% in January to 22.04% in February 2025" in chart.title
    assert "The rise is 0.1647 points (0.8%)." in chart.note
