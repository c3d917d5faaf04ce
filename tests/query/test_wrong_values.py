"""What a caller gets wrong is told in words, with what would be right; no error of Python itself."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

import tracker
from importers.databases import load, made
from tracker.errors import InvalidValue, TrackerError, UsageProblem
from tracker.values import Period

ROWS = (
    "market,entity,period,share,url,source,counted,whole\n"
    "m/x,A,2025-01,40,https://a.org,m,users,open\n"
    "m/x,A,2025-02,30,https://a.org,m,users,open\n"
)


@pytest.fixture
def t(tmp_path):
    load(made(tmp_path), ROWS)
    with tracker.connect(tmp_path / "tracker.db") as t:
        yield t


@pytest.mark.parametrize(
    "wrong", [5, float("nan"), pd.NaT, True, b"2025", np.datetime64("NaT"), pd.NA, pd.Series([1]), object()]
)
@pytest.mark.parametrize("name", ["start", "end", "as_published"])
def test_what_is_no_day(t, name, wrong):
    with pytest.raises(InvalidValue) as refused:
        t.shares(**{name: wrong})
    assert refused.value.hint


@pytest.mark.parametrize("wrong", [pd.NaT, float("nan"), True, pd.NA, pd.Series([1]), object(), "\ud800"])
def test_what_is_no_moment(t, wrong):
    with pytest.raises(InvalidValue) as refused:
        t.shares(as_of=wrong)
    assert refused.value.hint


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.shares(level="x"),
        lambda t: t.shares(level=5),
        lambda t: t.notes(level=None),
        lambda t: t.notes(level="labs"),
        lambda t: t.shares(level="lab", when_both="x"),
        lambda t: t.notes(level="lab", when_both="x"),
        lambda t: t.shares(5),
        lambda t: t.shares(market=5),
        lambda t: t.shares(float("nan")),
        lambda t: t.shares(["A", 5]),
        lambda t: t.shares("\ud800"),
        lambda t: t.shares(market="\ud800"),
        lambda t: t.sql("SELECT \ud800"),
        lambda t: t.sql("SELECT :x", {"x": "\ud800"}),
        lambda t: t.sql("SELECT ?", ["\ud800"]),
        lambda t: t.sql(5),
        lambda t: t.sql("SELECT ?", 5),
        lambda t: t.shares(frequency=5),
    ],
)
def test_what_is_no_name_level_or_text(t, call):
    with pytest.raises(UsageProblem) as refused:
        call(t)
    assert refused.value.hint


def test_what_sqlite_cannot_hold(t):
    for value in (object(), 2**70):
        with pytest.raises(TrackerError) as refused:
            t.sql("SELECT :x", {"x": value})
        assert refused.value.hint


@pytest.mark.parametrize(
    "first",
    [
        "2025-02",
        "2025-02-01",
        date(2025, 2, 1),
        datetime(2025, 2, 1, 18),
        pd.Timestamp("2025-02-01"),
        pd.Timestamp("2025-02-01", tz="UTC"),
        np.datetime64("2025-02-01T00:00:00"),
        pd.Period("2025-02", "M"),
        Period.parse("2025-02"),
    ],
)
def test_a_day_is_a_day_in_whatever_form(t, first):
    assert t.shares(start=first)["period"].tolist() == ["2025-02"]
    frame = t.shares()
    assert frame.tracker.change("A", "2025-01", first).second.printed == "30"
