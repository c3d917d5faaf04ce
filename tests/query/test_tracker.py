"""What a Tracker is asked for: wide tables, other frequencies, the past, credit lines, and fredapi's names."""

import pandas as pd
import pytest

import tracker
from importers.databases import load, made
from tracker.errors import MixedMarkets, TrackerError, UsageProblem
from tracker.frames import COLUMNS, RESAMPLED
from tracker.importers.policy import Policy

HEAD = "market,entity,period,share,url,source,source_title,licence,counted,whole\n"


def row(entity, period, share, market="s/a", source="s,S,CC BY 4.0"):
    return f"{market},{entity},{period},{share},https://a.org,{source},users,open\n"


ROWS = (
    HEAD
    + row("A", "2025-01", "40")
    + row("A", "2025-02", "42.0")
    + row("A", "2025-04", "<1")
    + row("B", "2025-01", "10")
    + row("B", "2025-Q1", "11")
    + row("A", "2025-01", "3", "z/a", "z,Z,")
)


@pytest.fixture
def path(tmp_path):
    path = made(tmp_path)
    load(path, ROWS)
    return path


@pytest.fixture
def t(path):
    with tracker.connect(path) as t:
        yield t


def plain(frame, *names):
    found = frame[list(names)].astype(object)
    return found.where(frame[list(names)].notna(), None).values.tolist()


def test_wide_is_dates_by_entities_and_missing_is_missing(t):
    wide = t.shares("A", "s/a", format="wide")
    assert wide["A"].fillna(-1).tolist() == [40.0, 42.0, -1.0]
    assert wide.index.tolist() == [pd.Timestamp(day) for day in ("2025-01-01", "2025-02-01", "2025-04-01")]
    assert (wide.index.name, wide.columns.name) == ("period_start", "entity")


def test_two_periods_that_start_on_one_day_stay_two(t):
    from tracker.query.wide import wide

    found = t.shares(market="s/a", format="wide")
    assert found.index.names == ["period_start", "period"]
    assert found.index.get_level_values("period").tolist() == ["2025-01", "2025-Q1", "2025-02", "2025-04"]
    assert found["B"].dropna().tolist() == [10.0, 11.0]
    pd.testing.assert_frame_equal(found, wide(t.shares(market="s/a")))


def test_wide_of_a_frame_is_what_pandas_makes_of_it(t):
    from tracker.query.wide import wide

    long = t.shares("A", "s/a")[::-1]
    theirs = long.assign(entity=long["entity"].astype("str")).pivot(
        index="period_start", columns="entity", values="share"
    )
    pd.testing.assert_frame_equal(wide(long), theirs)
    assert wide(long[:0]).shape == (0, 0)


def test_markets_are_never_mixed_in_one_table(t):
    for call in (lambda: t.shares("A", format="wide"), lambda: t.get_series("A"), lambda: t.history("A")):
        with pytest.raises(MixedMarkets, match="2 markets, each a whole of its own: s/a, z/a"):
            call()


def test_a_mean_has_the_mean_of_the_intervals_and_says_what_it_covers(t):
    found = t.shares("A", "s/a", frequency="quarterly", how="mean")
    assert list(found.columns) == [*COLUMNS, *RESAMPLED]
    mean = (40 * 31 + 42 * 28) / 59
    first = found.iloc[0]
    assert first[["period", "precision", "readings", "parts"]].tolist() == [
        *("2025-Q1", "quarter", 2, "2025-01 40%; 2025-02 42.0%")
    ]
    assert first["share"] == pytest.approx(mean, abs=1e-11)
    assert first["lowest"] == pytest.approx((39.5 * 31 + 41.95 * 28) / 59, abs=1e-11)
    assert first["highest"] == pytest.approx((40.5 * 31 + 42.05 * 28) / 59, abs=1e-11)
    assert first["printed"] == f"{mean:.2f}"
    assert found["coverage"].tolist() == [59 / 90, 30 / 91]
    assert plain(found[1:], "share", "printed", "lowest", "highest") == [[None, "<1", 0.0, 1.0]]


def test_the_last_is_the_reading_that_ends_last(t):
    found = t.shares("A", "s/a", frequency="Q", how="last")
    assert plain(found, "period", "printed", "readings", "parts") == [
        ["2025-Q1", "42.0", 2, "2025-02 42.0%"],
        ["2025-Q2", "<1", 1, "2025-04 <1%"],
    ]
    assert t.shares("A", "s/a", frequency="yearly", format="wide")["A"].isna().tolist() == [True]


def test_weeks_count_for_both_months_by_their_days(tmp_path):
    path = made(tmp_path, "weeks.db")
    load(path, HEAD + row("A", "2025-W05", "10") + row("A", "2025-W06", "20") + row("A", "2025-W09", "30"))
    with tracker.connect(path) as t:
        found = t.shares(frequency="monthly", how="mean")
    assert found["period"].tolist() == ["2025-01", "2025-02", "2025-03"]
    assert found["share"].tolist() == pytest.approx([10, (10 * 2 + 20 * 7 + 30 * 5) / 14, 30])
    assert found["coverage"].tolist() == [5 / 31, 14 / 28, 2 / 31]


def test_longer_times_are_not_divided_and_shares_not_summed(t):
    with pytest.raises(TrackerError, match=r"B in s/a, 2025-Q1 is longer than a month"):
        t.shares(market="s/a", frequency="monthly")
    with pytest.raises(UsageProblem, match="there is no how='sum'"):
        t.shares(market="s/a", frequency="yearly", how="sum")
    with pytest.raises(UsageProblem, match="there is no frequency 'fortnightly'"):
        t.shares(market="s/a", frequency="fortnightly")


def test_credit_lines_are_those_of_the_frame(t):
    frame = t.shares()
    assert str(t.cite(frame)) == "S (CC BY 4.0)\nZ (licence not recorded)"
    assert t.cite(frame[frame["market"] == "z/a"]).lines == ("Z (licence not recorded)",)
    assert t.cite("s/a").frame["licence"].tolist() == ["CC BY 4.0"]
    with pytest.raises(TrackerError, match="no column market"):
        t.cite(t.shares(market="s/a", format="wide"))


def test_releases_have_a_row_for_each_value_and_the_latest_one_for_each_period(t, path):
    load(path, HEAD + row("A", "2025-01", "41"), Policy("revise"))
    assert t.get_series("s/a:A", "2025-01", "2025-02").tolist() == [41.0, 42.0]
    assert t.get_series_latest_release("A", market="s/a").iloc[0] == 41.0
    assert t.get_series_first_release("s/a:A").iloc[0] == 40.0
    every = t.get_series_all_releases("s/a:A")
    assert every["value"].tolist()[:3] == [40.0, 41.0, 42.0]
    assert every["realtime_end"][0] == every["realtime_start"][1]
    then = t.get_series_as_of_date("s/a:A", 1)
    assert then["value"].tolist()[:2] == [40.0, 42.0]
    assert then["period"].is_unique
    assert plain(t.diff(1), "change", "entity", "period", "before", "after", "points")[0] == [
        *("changed", "A", "2025-01", 40.0, 41.0, 1.0)
    ]
    assert t.history("A", "s/a", "2025-01")["share"].tolist() == [40.0, 41.0]


def test_search_finds_by_all_words(t):
    assert t.search("a S/A").index.tolist() == ["s/a:A", "s/a:B"]
    assert t.search("nothing like it").empty


def test_an_empty_list_is_not_all_and_an_interval_has_an_order(t):
    for wrong in ({"entities": []}, {"market": []}, {"start": "2025-03", "end": "2025-01"}, {"format": "table"}):
        with pytest.raises(UsageProblem):
            t.shares(**wrong)


def test_nothing_is_hidden_in_attrs(t):
    frames = (t.shares(), t.shares(market="s/a", format="wide"), t.shares(level="product"), t.markets(), t.entities())
    assert all(frame.attrs == {} for frame in (*frames, t.sources(), t.events(), t.diff(1), t.search("a")))
