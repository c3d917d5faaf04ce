import pandas as pd
import pytest

from tracker.errors import MixedMarkets, TrackerError
from tracker.frames import COLUMNS, check, one_market, tidy


def frame(*markets):
    columns = {name: [None] * len(markets) for name in COLUMNS}
    return tidy(columns | {"market": list(markets), "share": [7.0] * len(markets)})


def test_columns_and_types_are_the_same_with_and_without_rows():
    for made in (frame(), frame("poe/a"), frame("poe/a", "poe/b")):
        assert list(made.columns) == list(COLUMNS)
        assert {name: str(kind) for name, kind in made.dtypes.items()} == COLUMNS


def test_what_is_absent_is_missing_and_not_zero():
    row = frame("poe/a").iloc[0]
    assert row[["low", "decimals", "sample_size", "note", "hue", "period_start"]].isna().all()


def test_a_frame_that_is_not_tidy_is_refused_with_what_is_missing():
    with pytest.raises(TrackerError, match="it has no column period, share"):
        check(frame("poe/a").drop(columns=["share", "period"]))
    with pytest.raises(TrackerError, match="share is object, not float64"):
        check(frame("poe/a").assign(share=pd.Series(["7"], dtype=object)))


def test_one_market_or_none_at_all():
    assert one_market(frame("poe/a", "poe/a")) == "poe/a"
    with pytest.raises(TrackerError, match="no observation"):
        one_market(frame())
    with pytest.raises(MixedMarkets, match="2 different wholes: poe/a, poe/b"):
        one_market(frame("poe/b", "poe/a", "poe/b"))


def test_a_market_that_was_filtered_away_does_not_count():
    both = frame("poe/a", "poe/b")
    assert one_market(both[both["market"] == "poe/b"]) == "poe/b"
