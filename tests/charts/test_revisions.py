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


def frames(rows, editions=2, **same):
    """Two frames of (entity, period, first, now); None is nothing."""
    first = frame_of([(e, p, f) for e, p, f, _ in rows if f], hues=HUES, **same)
    now = frame_of([(e, p, n) for e, p, _, n in rows if n], hues=HUES, **same)
    return first.assign(editions=editions), now.assign(editions=editions)


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


ONCE = [(entity, period, now, now) for entity, period, _, now in ROWS]


@pytest.mark.parametrize(
    ("rows", "focus", "title"),
    [
        (ONCE, "A", "Only one edition of A’s 5 figures is recorded, so revisions cannot be seen"),
        (ONCE, None, "Only one edition of these 5 figures is recorded, so revisions cannot be seen"),
        (ONCE[:1], "A", "Only one edition of A’s one figure is recorded, so revisions cannot be seen"),
        (ONCE[:1], None, "Only one edition of this figure is recorded, so revisions cannot be seen"),
    ],
)
def test_of_one_edition_nothing_is_known(rows, focus, title):
    chart = revisions(*frames(rows + OTHERS if focus else rows, editions=1), focus=focus)
    assert chart.title == title
    assert title in chart.alt
    assert "None of" not in chart.alt + chart.note
    assert "first published" not in chart.alt
    assert "import a later one to see what was revised" in revisions(*frames(rows, editions=1)).note


def test_figures_of_several_batches_are_still_of_one_edition_each():
    first, now = frames(ONCE, editions=1)
    for frame in (first, now):
        frame.loc[3, "known_from"] = "2026-02-01T00:00:00Z"
    assert revisions(first, now).title.startswith("Only one edition of each of these 5 figures is recorded")


def test_only_what_has_several_editions_counts_as_not_revised():
    first, now = frames(ONCE, editions=1)
    now.loc[:2, "editions"] = 2
    chart = revisions(first, now, focus="A")
    assert chart.title == (
        "None of A’s 3 figures with several recorded editions was revised since it was first published"
    )
    assert (
        "2 of the 5 figures are recorded in one edition only: whether they were revised cannot be seen." in chart.note
    )


def test_the_others_are_not_said_to_be_unrevised_where_nothing_is_known_of_them():
    first, now = frames(ROWS + [(e, p, n, n) for e, p, _, n in OTHERS])
    now.loc[5:, "editions"] = 1
    note = revisions(first, now, focus="A").note
    assert "of the others" not in note
    assert "5 of the 10 figures are recorded in one edition only" in note


def test_where_nobody_counted_editions_the_rows_tell_them():
    first, now = (frame.drop(columns="editions") for frame in frames(ONCE))
    assert revisions(first, now).title.startswith("Only one edition")
    later = now.assign(known_from="2026-03-01T00:00:00Z")
    assert revisions(first, later).title == "None of 5 figures was revised since it was first published"


def test_a_correction_is_no_revision():
    first, now = frames(ROWS)
    now.loc[1, ["corrected_from", "correction"]] = ["11.0", "a slip"]
    chart = revisions(first, now, focus="A")
    assert chart.title.startswith("1 of A’s 4 figures was revised")
    assert (
        "Corrected here, which is no revision by the source and is not counted: A 11.4% in February 2025, printed as"
        " 11.0% (a slip)." in chart.note
    )


def test_a_corrected_figure_has_a_diamond():
    first, now = frames(ROWS + OTHERS)
    now.loc[1, "corrected_from"] = "11.0"
    chart = revisions(first, now, focus="A")
    found = [line for line in chart.ax.lines if line.get_marker() == "D"]
    assert [list(line.get_ydata()) for line in found] == [[11.4]]
    assert "Diamonds are corrected figures." in chart.note
    assert "Diamonds" not in revisions(*frames(ROWS)).note


def test_of_a_corrected_figure_it_is_not_said_that_it_was_not_revised():
    first, now = frames(months(("40", "39"), ("41", "41")))
    now.loc[0, "corrected_from"] = "42"
    title = revisions(first, now, focus="A").title
    assert title == "A’s one figure that is not corrected here was not revised since it was first published"
    once = revisions(first, now.assign(editions=[2, 1]), focus="A").title
    assert once.startswith("Only one edition of A’s one figure that is not corrected here is recorded")
    alone = revisions(first[:1], now[:1], focus="A")
    assert alone.title == "All of A’s figures with several editions are corrected here, so revisions are not counted"
    assert "A 39% in January 2025, printed as 42%." in alone.note


def test_a_correction_of_the_status_alone_is_named():
    first, now = frames(ONCE)
    for frame in (first, now):
        frame.loc[1, "corrected_from"] = "11.4"
    assert "A 11.4% in February 2025, of another status." in revisions(first, now, focus="A").note


def test_what_differs_from_a_retelling_was_not_revised():
    first, now = frames(ROWS)
    first = first.assign(citation_kind="secondary", reported_by="TAS News")
    chart = revisions(first, now, focus="A")
    assert chart.title == "2 of A’s 5 figures differ from what was first retold, by up to 0.4 points"
    assert (
        "All that differ were first read where others retell the source (TAS News): the difference may be theirs."
        in chart.note
    )
    said = [text for text, _ in texts(chart.fig)]
    assert "Difference, now less first, points" in said
    assert not any("evis" in text for text in said)
    one = revisions(first[:2], now[:2], focus="A", clock="recorded")
    assert one.title.startswith("1 of A’s 2 figures differs from what was first recorded here, as others retold it")
    same = revisions(first[3:], now[3:], focus="A")
    assert same.title == "None of A’s 2 figures differs from what was first retold"


def test_some_were_published_and_some_retold():
    first, now = frames(ROWS)
    kinds = ["secondary" if place == 1 else "primary" for place in range(len(first))]
    first = first.assign(
        citation_kind=kinds, reported_by=["TAS News" if kind == "secondary" else None for kind in kinds]
    )
    chart = revisions(first, now, focus="A")
    assert chart.title == "2 of A’s 5 figures differ from what was first published or retold, by up to 0.4 points"
    assert "1 of those that differ was first read where others retell the source (TAS News)" in chart.note


@pytest.mark.parametrize("size", ["print", "4x3", "9x3"])
def test_the_focus_is_always_named(size):
    many = [(f"Land {n}", f"~2025-{month}-15", f"{n}", f"{n}") for n in range(1, 90) for month in ("02", "05")]
    early = [("A", "~2025-02-15", "44.5", "44.5"), ("A", "~2025-03-15", "44.5", "44.5")]
    for rows, focus in ((many, "Land 17"), (many + early, "A")):
        said = [text for text, _ in texts(revisions(*frames(rows), focus=focus, size=size).fig)]
        assert any(text.startswith(f"{focus} ") for text in said)


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
