"""`frame.tracker`: name one and its result comes back, name none and a frame with one row each."""

from __future__ import annotations

from datetime import date, datetime
from html.parser import HTMLParser

import pandas as pd
import pytest

import tracker.query.accessor  # noqa: F401
from charts.chart_frames import flagship, frame_of
from tracker.analysis.compare import Comparison
from tracker.analysis.drawdown import Drawdown
from tracker.analysis.rank import Rank
from tracker.analysis.refused import Refused
from tracker.errors import InvalidValue, MixedMarkets, TrackerError, UnknownName, UsageProblem
from tracker.frames import COLUMNS

MONTHS = [("A", "2025-01", "40"), ("B", "2025-01", "20"), ("C", "2025-01", "7")]
MONTHS += [("A", "2025-02", "30"), ("B", "2025-02", "31"), ("C", "2025-02", "<1")]


@pytest.fixture
def frame():
    return frame_of(MONTHS)


@pytest.fixture
def mixed(frame):
    return pd.concat([frame, frame.assign(market="poe/b")], ignore_index=True)


def test_one_who_is_named_has_a_result(frame):
    found = frame.tracker.change("A")
    assert isinstance(found, Comparison)
    assert (found.change.points, found.market) == (-10.0, "poe/text-messages")
    assert str(found).startswith("A in poe/text-messages: 40% (2025-01) to 30% (2025-02): −10 points (−11 to −9)")
    assert isinstance(frame.tracker.drawdown("A"), Drawdown)
    assert isinstance(frame.tracker.rank("C"), Rank)
    assert frame.tracker.peak("A").reading.printed == "40"
    assert frame.tracker.trough("B").reading.printed == "20"


def test_without_a_name_there_is_a_row_for_each(frame):
    found = frame.tracker.change()
    assert found["entity"].tolist() == ["A", "B", "C"]
    assert found["points"].tolist()[:2] == [-10.0, 11.0]
    assert found[["points_low", "points_high"]].iloc[2].tolist() == [-7.5, -5.5]
    assert pd.isna(found["points"][2])
    assert found["refused"].tolist() == [False] * 3
    assert found["said"].tolist() == [str(frame.tracker.change(name)) for name in "ABC"]
    assert found.attrs == {}


def test_what_is_refused_is_a_row_too(frame):
    found = frame[frame["period"] != "2025-02"].tracker.change()
    assert found["refused"].all()
    assert found["said"][0] == (
        "Refused: a change is between two readings. Needed: two readings. There is: 1 reading, 40% (2025-01)."
    )
    part = frame[(frame["entity"] == "A") | (frame["period"] == "2025-01")].tracker.drawdown()
    assert part["refused"].tolist() == [False, True, True]
    assert part["points"].tolist()[0] == -10.0
    assert part["points"].isna().tolist() == [False, True, True]


def test_start_and_end_are_periods_that_have_a_reading(frame):
    whole = flagship().tracker
    found = whole.change("DeepSeek R1", "2025-02", "2025-04")
    assert (found.first.printed, found.second.printed) == ("7", "3")
    assert (found.change.days_low, found.change.days_high) == (64, 79)
    refused = whole.change("DeepSeek R1", "2025-03")
    assert isinstance(refused, Refused)
    assert refused.needed == "a reading in 2025-03"
    assert not whole.change("DeepSeek R1", end="2025-03")


def test_ranks_of_the_last_period_or_of_another(frame):
    last = frame.tracker.rank()
    assert last[["entity", "rank", "rank_low", "rank_high", "ties"]].values.tolist()[:2] == [
        ["B", 1, 1, 2, "A"],
        ["A", 2, 1, 2, "B"],
    ]
    assert frame.tracker.rank(period="2025-01")["entity"].tolist() == ["A", "B", "C"]
    assert frame.tracker.rank("B", "2025-01").rank == 2
    assert frame.tracker.rank("B", "2024").needed == "a reading in 2024"
    assert frame.tracker.rank(period="2024")["refused"].tolist() == [True]


def test_concentration_by_period(frame):
    found = frame.tracker.concentration()
    assert found["period"].tolist() == ["2025-01", "2025-02"]
    assert found[["hhi_low", "hhi_high", "hhi_most"]].values.tolist()[0] == [2049, 2270, 3138]
    assert frame.tracker.concentration("2025-01").hhi_high == 2270
    assert not frame.tracker.concentration("2025-03")


def test_what_is_no_part_of_a_whole_has_no_concentration():
    for whole in ("overlapping", "index"):
        one = frame_of(MONTHS, whole=whole).tracker
        assert one.concentration()["refused"].all()
        assert not one.instability("2025-01", "2025-02")
    assert one.rank()["refused"].all(), "an index"
    assert "index points" in str(one.change("A"))


def test_the_rest_and_groups_are_nobody(frame):
    rest = frame_of([*MONTHS, ("Other", "2025-01", "33")])
    rest["kind"] = rest["kind"].cat.add_categories("residual").where(rest["entity"] != "Other", "residual")
    assert rest.tracker.concentration("2025-01").row() == frame.tracker.concentration("2025-01").row()
    assert rest.tracker.rank("Other", "2025-01").needed == "a share of it alone in that period"
    assert rest.tracker.rank(period="2025-01")["of"].tolist() == [3] * 3


def test_leads_and_instability(frame):
    leads = frame.tracker.lead()
    assert leads[["period", "leader", "sure"]].values.tolist() == [["2025-01", "A", True], ["2025-02", "B", False]]
    assert frame.tracker.lead("2025-01").points == 20
    moved = frame.tracker.instability()
    assert moved[["first_period", "last_period"]].values.tolist() == [["2025-01", "2025-02"]]
    assert str(frame.tracker.instability("2025-01", "2025-02")) == moved["said"][0]


@pytest.mark.parametrize(
    "name", ["change", "peak", "trough", "drawdown", "rank", "lead", "concentration", "instability", "plot"]
)
def test_several_markets_are_named_and_refused(mixed, name):
    with pytest.raises(MixedMarkets, match="2 different wholes: poe/b, poe/text-messages"):
        getattr(mixed.tracker, name)()
    with pytest.raises(MixedMarkets):
        mixed.tracker.to_html_table()
    with pytest.raises(MixedMarkets):
        mixed.tracker.change("A")


def test_unknown_names_and_frames(frame):
    with pytest.raises(UnknownName, match="there is no 'DeepSek R1' in this frame; near it: DeepSeek R1"):
        flagship().tracker.change("DeepSek R1")
    with pytest.raises(TrackerError, match="this is no long frame of shares"):
        pd.DataFrame({"A": [1.0]}).tracker  # noqa: B018
    with pytest.raises(TrackerError, match="no column lowest"):
        frame.drop(columns="lowest").tracker  # noqa: B018
    with pytest.raises(TrackerError, match="no observation"):
        frame[:0].tracker.change()


def test_the_types_of_columns_do_not_hang_on_the_values(frame):
    whole = frame.tracker.change()
    part = frame[frame["entity"] == "C"].tracker.change()
    assert whole.dtypes.astype(str).to_dict() == part.dtypes.astype(str).to_dict()


def test_plot_is_about_the_greatest_or_the_one_that_is_named(frame):
    assert frame.tracker.plot().title.startswith("B’s share")
    assert frame.tracker.plot("A", title="Mine").title == "Mine"
    assert frame.tracker.plot("A").title.startswith("A’s share")


def test_plot_draws_any_kind_of_one_frame(frame):
    assert frame.tracker.plot("A", kind="table").alt.startswith("Table: ")
    assert frame.tracker.plot(kind="concentration", measure="effective").title
    for kind in ("pie", "revisions"):
        with pytest.raises(UsageProblem, match="there is no chart of the kind"):
            frame.tracker.plot(kind=kind)


def test_cite_credits_each_source_once(mixed):
    one = mixed.assign(source=["Poe"] * 6 + ["Lab"] * 6, credit=["Poe"] * 6 + ["The Lab"] * 6, licence="CC BY 4.0")
    assert list(one.tracker.cite()) == ["The Lab (CC BY 4.0)", "Poe (CC BY 4.0)"]
    assert list(one[:3].tracker.cite()) == ["Poe (CC BY 4.0)"]


class Seen(HTMLParser):
    """The tags of a table, with the text in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[tuple[str, str]] = []
        self.scopes: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.cells.append((tag, ""))
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))

    def handle_data(self, data):
        if data.strip():
            tag, text = self.cells[-1]
            self.cells[-1] = tag, text + data


def test_a_table_of_html(frame):
    seen = Seen(frame[frame["printed"] != "7"].tracker.to_html_table())
    assert ("caption", "Share of text messages (Poe (Quora) platform). Source: Poe. – is not reported.") in seen.cells
    assert [text for tag, text in seen.cells if tag == "td"] == ["40%", "20%", "–", "30%", "31%", "<1%"]
    assert [text for tag, text in seen.cells if tag == "th"] == ["Period", "A", "B", "C", "2025-01", "2025-02"]
    assert seen.scopes == ["col"] * 4 + ["row"] * 2


def test_nothing_from_the_data_is_read_as_html():
    bad = "<script>alert('x')</script>"
    text = frame_of(
        [(bad, "2025-01", "<1")], counted=bad, credit=bad, licence=bad, population=bad
    ).tracker.to_html_table()
    assert "<script" not in text
    assert text.count("&lt;script&gt;") == 5
    assert "<td>&lt;1%</td>" in text
    assert {tag for tag, _ in Seen(text).cells} == {"table", "caption", "thead", "tbody", "tr", "th", "td"}


def test_the_frame_is_left_as_it_was(frame):
    before = frame.copy()
    frame.tracker.change()
    frame.tracker.concentration()
    frame.tracker.to_html_table()
    pd.testing.assert_frame_equal(frame, before)
    assert list(frame.columns) == list(COLUMNS)


CONTAINED = [("A", "2025-01", "40"), ("A", "2025-Q1", "50"), ("B", "2025-01", "40"), ("B", "2025-04", "30")]


def test_a_part_is_not_compared_with_its_whole():
    both = frame_of(CONTAINED).tracker
    refused = both.change("A")
    assert isinstance(refused, Refused)
    assert refused.reason == "2025-Q1 contains 2025-01: a part against its whole"
    assert refused.have == "40% (2025-01) and 50% (2025-Q1)"
    assert both.change("A", "2025-Q1", "2025-Q1").reason == "a change is between two readings"
    assert both.change()["refused"].tolist() == [True, False]
    fell = frame_of([*CONTAINED, ("A", "2025-03", "20"), ("A", "2025-04", "60")]).tracker
    assert fell.drawdown("A").reason == "2025-Q1 contains 2025-03: a part against its whole"
    assert fell.change("A", "2025-Q1", "2025-04").change.points == 10.0
    later = frame_of([*CONTAINED, ("A", "2025-04", "45"), ("A", "2025-05", "60")]).tracker
    assert later.drawdown("A").points == -5.0


def test_days_are_taken_in_any_form(frame):
    of = frame.tracker
    for day in (pd.Timestamp("2025-02-01"), date(2025, 2, 1), datetime(2025, 2, 14, 12), "2025-02-03", "2025-02"):
        assert of.change("A", "2025-01", day).second.period == "2025-02"
        assert of.rank("B", day).rank == 1
        assert of.rank(period=day)["period"].unique().tolist() == ["2025-02"]
        assert of.lead(day).row() == of.lead("2025-02").row()
        assert of.concentration(day).row() == of.concentration("2025-02").row()
        assert of.instability("2025-01", day).row() == of.instability("2025-01", "2025-02").row()
    for wrong in (pd.NaT, 5, float("nan")):
        with pytest.raises(InvalidValue):
            of.rank("B", wrong)
        with pytest.raises(InvalidValue):
            of.change("A", wrong)


def test_what_is_refused_keeps_its_keys(frame):
    months = frame_of([*MONTHS, ("A", "2025-Q2", "40"), ("B", "2025-Q2", "60")])
    moved = months.tracker.instability()
    assert moved["refused"].tolist() == [False, True]
    assert moved[["first_period", "last_period"]].values.tolist() == [["2025-01", "2025-02"], ["2025-02", "2025-Q2"]]
    changes = frame[(frame["entity"] == "A") | (frame["period"] == "2025-01")].tracker.change()
    assert changes["refused"].tolist() == [False, True, True]
    assert changes[["entity", "market"]].values.tolist() == [[name, "poe/text-messages"] for name in "ABC"]
    alone = frame[frame["period"] == "2025-01"].tracker
    assert alone.change()[["entity", "market"]].values.tolist() == [[name, "poe/text-messages"] for name in "ABC"]
    ranks = frame.tracker.rank(period="2024")
    assert (ranks["period"].tolist(), ranks["refused"].tolist()) == (["2024"], [True])
    index = frame_of(MONTHS, whole="index").tracker
    assert index.rank()["period"].tolist() == ["2025-02"]
    assert index.concentration()["period"].tolist() == ["2025-01", "2025-02"]


def test_instability_is_not_of_one_period(frame):
    alone = frame[frame["period"] == "2025-01"].tracker
    found = alone.instability()
    assert found[["first_period", "refused"]].values.tolist() == [["2025-01", True]]
    assert found["last_period"].isna().all()
    for refused in (alone.instability("2025-01"), frame.tracker.instability("2025-01", "2025-01")):
        assert str(refused) == found["said"][0]
        assert (refused.needed, refused.have) == ("two periods", "one, 2025-01")
