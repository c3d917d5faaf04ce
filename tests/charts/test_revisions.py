"""First published against now: what is counted as a revision, what is said of it, and where it stands."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from charts.chart_frames import frame_of, statcounter
from charts.chart_geometry import outside, overlaps, texts
from tracker.charts.axis.plane import day_number
from tracker.charts.look.style import LIGHT
from tracker.charts.revisions import draw_revisions, revisions
from tracker.errors import MixedMarkets, TrackerError, UnknownName

HUES = {"A": "blue", "B": "teal"}


def frames(rows, **same):
    """Two frames of (entity, period, first, now); None is nothing."""
    first = frame_of([(e, p, f) for e, p, f, _ in rows if f], hues=HUES, **same)
    return first, frame_of([(e, p, n) for e, p, _, n in rows if n], hues=HUES, **same)


def months(*pairs, entity="A"):
    return [(entity, f"2025-{month:02d}", first, now) for month, (first, now) in enumerate(pairs, 1)]


ROWS = months(("10.0", "10.0"), ("11.0", "11.4"), ("12.0", "11.9"), ("12.5", "12.5"), ("13.0", "13.0"))
OTHERS = months(("5.0", "5.0"), ("5.0", "5.9"), ("5.2", "5.2"), ("5.1", "5.1"), ("5.0", "5.0"), entity="B")


def of(chart, prefix):
    return [line for line in chart.ax.lines if str(line.get_label()).startswith(prefix)]


def test_the_title_counts_what_was_revised_and_says_by_how_much_in_points():
    chart = revisions(*frames(ROWS + OTHERS), focus="A")
    assert chart.title == "2 of A’s 5 figures were revised since they were first published, by up to 0.4 points"
    assert "Of the 5 figures of the others, 1 was revised." in chart.note
    assert "%" not in chart.title
    whole = revisions(*frames(ROWS + OTHERS))
    assert whole.title == "3 of 10 figures were revised since they were first published, by up to 0.9 points"
    assert "of the others" not in whole.note


@pytest.mark.parametrize(
    ("pairs", "title"),
    [
        ([("1.0", "1.0"), ("2.0", "2.0")], "None of A’s 2 figures was revised since it was first published"),
        ([("1.0", "1.5"), ("2.0", "2.0")], "1 of A’s 2 figures was revised since it was first published, by 0.5 points"),  # noqa: E501
        (
            [("1.0", "1.5"), ("2.0", "1.5"), ("3", "3")],
            "2 of A’s 3 figures were revised since they were first published, by 0.5 points each",
        ),
        (
            [("1.0", "2.0"), ("2.0", "1.5")],
            "All of A’s 2 figures were revised since they were first published, by up to 1 point",
        ),
        ([("1.0", "1.0")], "A’s one figure was not revised since it was first published"),
        ([("1.0", "<0.5"), ("2.0", "2.0")], "1 of A’s 2 figures was revised since it was first published"),
        # More decimals, a number within a bound, a bound within a range: they agree.
        ([("2.2", "2.19"), ("<1", "0.4"), ("7", "6.5..7.5")], "None of A’s 3 figures was revised since it was first published"),  # noqa: E501
        ([("2.2", "2.26"), ("<1", "1.4")], "All of A’s 2 figures were revised since they were first published"),
        ([("2.19", "2.2"), ("0", "0.0")], "None of A’s 2 figures was revised since it was first published"),
    ],
)  # fmt: skip
def test_titles(pairs, title):
    assert revisions(*frames(months(*pairs)), focus="A").title == title


def test_the_clock_is_said():
    chart = revisions(*frames(ROWS), clock="recorded")
    assert chart.title == "2 of 5 figures were revised since they were first recorded here, by up to 0.4 points"
    assert "entered here first, whenever it was published" in chart.note
    assert "by the date of its page" in revisions(*frames(ROWS)).note
    with pytest.raises(TrackerError, match="there is no clock 'wall'"):
        revisions(*frames(ROWS), clock="wall")


def test_a_correction_is_no_revision():
    first, now = frames(ROWS)
    now.loc[1, "corrected_from"] = "11.0"
    chart = revisions(first, now, focus="A")
    assert chart.title.startswith("1 of A’s 5 figures was revised")
    assert "Corrected here, which is no revision by the source and is not counted: A in February 2025." in chart.note


def test_a_first_figure_that_was_only_retold_is_said():
    first, now = frames(ROWS)
    first = first.assign(citation_kind="secondary", reported_by="TAS News")
    note = revisions(first, now).note
    assert (
        "All the revised figures were first read where others retell the source (TAS News): the difference may be"
        " theirs." in note
    )


def test_an_index_has_no_points():
    chart = revisions(*frames(months(("10", "12"), ("20", "20"), ("30", "30")), whole="index"), focus="A")
    assert chart.title == "1 of A’s 3 figures was revised since it was first published, by 2"
    assert not any("point" in text for text, _ in texts(chart.fig))


def test_what_has_no_partner_is_counted_and_what_is_gone_is_not_drawn():
    rows = [*ROWS, ("A", "2025-06", "14.0", None), ("A", "2025-07", None, "15.0")]
    chart = revisions(*frames(rows), focus="A")
    assert chart.title.startswith("2 of A’s 5 figures")
    assert "1 figure first published has no successor and 1 figure of now has no first one; not counted." in chart.note
    assert set(chart.data.query("release == 'first'")["period"]) == {f"2025-{month:02d}" for month in range(1, 6)}


def test_the_data_are_the_rows_of_both():
    first, now = frames(ROWS + OTHERS)
    chart = revisions(first, now, focus="A")
    assert chart.data["release"].tolist() == ["first"] * 10 + ["now"] * 10
    assert chart.data.query("release == 'first'")["printed"].tolist() == first["printed"].tolist()
    assert chart.data.query("release == 'now'")["printed"].tolist() == now["printed"].tolist()
    assert list(chart.data.columns) == [*now.columns, "release"]


def test_rings_strokes_and_dashes_stand_where_something_was_revised():
    chart = revisions(*frames(ROWS), focus="A")
    strokes = [line.get_ydata() for line in of(chart, "_stroke")]
    assert [list(ys) for ys in strokes] == [[11.0, 11.4], [12.0, 11.9]]
    rings = [line for line in of(chart, "_first") if line.get_marker() == "o"]
    assert [list(ring.get_ydata()) for ring in rings] == [[11.0], [12.0]]
    assert {to_hex(ring.get_markerfacecolor()) for ring in rings} == {LIGHT.background}
    assert {to_hex(ring.get_markeredgecolor()) for ring in rings} == {LIGHT.text("blue")}
    dashes = [line for line in of(chart, "_first") if line.get_marker() != "o"]
    assert [list(line.get_ydata()) for line in dashes] == [[10.0, 11.0, 12.0, 12.5]]
    assert [list(line.get_ydata()) for line in of(chart, "A")] == [[10.0, 11.4, 11.9, 12.5, 13.0]]


def test_nothing_revised_is_one_plot_without_rings():
    same = [(e, p, n, n) for e, p, _, n in ROWS]
    chart = revisions(*frames(same), focus="A")
    assert len(chart.axes) == 1
    assert of(chart, "_") == []
    assert "they are also those first published" in chart.note


def test_the_revisions_have_a_plot_of_their_own_in_points():
    chart = revisions(*frames(ROWS + OTHERS), focus="A")
    said = [text for text, _ in texts(chart.fig)]
    assert len(chart.axes) == 2
    assert "Revision, now less first, points" in said
    assert "+0.4 points, Feb 2025" in said
    assert chart.axes[1].get_ylim() == (-1.0, 1.0)
    assert len(chart.axes[1].collections[-1].get_offsets()) == 3


def test_a_low_figure_has_the_lines_only():
    chart = revisions(*frames(ROWS + OTHERS), focus="A", size=(4, 3))
    assert len(chart.axes) == 1


def test_the_description_reads_the_revisions_out():
    assert "A in February 2025: 11.0%, now 11.4%." in revisions(*frames(ROWS), focus="A").alt


def test_refusals():
    first, now = frames(ROWS)
    with pytest.raises(UnknownName, match="no observation of Z"):
        revisions(first, now, focus="Z")
    with pytest.raises(MixedMarkets):
        revisions(first.assign(market="x/y"), now)
    with pytest.raises(TrackerError, match="A has two figures of 2025-01 in one frame"):
        revisions(first, pd.concat([now, now]))
    with pytest.raises(TrackerError, match="nothing to draw"):
        revisions(first, now[:0])


def test_axes_of_ones_own_keep_their_title_and_size():
    fig = Figure(figsize=(6, 4))
    ax = fig.add_axes((0.1, 0.2, 0.6, 0.6))
    ax.set_title("mine")
    before, place = dict(mpl.rcParams), ax.get_position().bounds
    assert draw_revisions(*frames(ROWS), ax=ax) is ax
    assert (ax.get_title(), ax.get_position().bounds, tuple(fig.get_size_inches())) == ("mine", place, (6.0, 4.0))
    assert dict(mpl.rcParams) == before
    assert len(fig.axes) == 1


@pytest.mark.parametrize("size", ["print", "web", "slide", "square", "4x3", "4x9", "9x3"])
@pytest.mark.parametrize("style", ["light", "dark"])
def test_real_months_at_any_size(size, style):
    now = statcounter()
    first = now.copy()
    for row in (5, 40, 80):
        share = round(first["share"].iloc[row] + 0.37, 2)
        first.loc[row, ["printed", "share", "lowest", "highest"]] = [
            f"{share:.2f}",
            share,
            share - 0.005,
            share + 0.005,
        ]
    chart = revisions(first, now, size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    assert chart.title.startswith(f"3 of {len(now)} figures were revised")


NAMES = st.one_of(
    st.text(alphabet="abcdeg MWiljyÀЖΩ$_^{}\\", min_size=1, max_size=40).map(lambda t: " ".join(t.split()) or "x"),
    st.sampled_from(["深度求索", "ديب سيك", "A very long name of an entity, 40 letters"]),
)
PRINTED = st.one_of(
    st.integers(0, 100).map(str),
    st.floats(0, 100).map(lambda x: f"{x:.2f}"),
    st.sampled_from(["0", "<1", ">90", "5..8", "~7", "0.01"]),
)
SIZES = st.sampled_from([(7.2, 5.0), (4.0, 3.0), (12.0, 6.0), (4.0, 9.0), (9.0, 3.0)])


@st.composite
def two_frames(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=20, unique=True))
    form = draw(st.sampled_from(["{}-{:02d}", "~{}-{:02d}-15", "{}-{:02d}-07"]))
    rows = []
    for name in names:
        for step in sorted(draw(st.sets(st.integers(0, 20), min_size=1, max_size=12))):
            now = draw(PRINTED)
            first = draw(st.one_of(st.just(now), st.none(), PRINTED))
            rows.append((name, form.format(2023 + step // 12, step % 12 + 1), first, now))
    status = draw(st.sampled_from(["A", "P", "E", "F", "B"]))
    hues = dict(zip(names, ["blue", "teal", "orange", "sky"] * 5, strict=False))
    made = [
        frame_of([(row[0], row[1], row[place]) for row in rows if row[place]], hues=hues, status=status)
        for place in (2, 3)
    ]
    return made, names


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(two_frames(), SIZES, st.integers(0, 3), st.sampled_from(["light", "dark"]))
def test_no_text_covers_another_and_every_vertex_is_a_row(made, size, count, style):
    (first, now), names = made
    chart = revisions(first, now, focus=names[:count] or None, size=size, style=style)
    assert overlaps(chart.fig) == []
    assert outside(chart.fig) == []
    centred = len(set(now["precision"])) > 1 or now["precision"].iloc[0] == "approx"
    middle = (chart.data["earliest"].map(lambda d: day_number(d.date()))
              + chart.data["latest"].map(lambda d: day_number(d.date()))) / 2  # fmt: skip
    rows = chart.data.assign(middle=middle, left=chart.data["earliest"].map(lambda d: day_number(d.date())))
    places = {
        (x, level)
        for row in rows.itertuples()
        for x in ({row.middle, row.left} if not centred else {row.middle})
        for level in (row.share, row.lowest, row.highest)
    }
    vertices = {tuple(vertex) for line in chart.ax.lines for vertex in line.get_xydata()}
    assert vertices <= places
