"""One row per series."""

from __future__ import annotations

import pandas as pd

from charts.chart_frames import flagship, frame_of, statcounter
from tracker.analysis.summary import SUMMARY, summary


def test_one_row_per_series_by_market_then_last_share():
    table = summary(pd.concat([statcounter(), flagship()], ignore_index=True))
    assert list(table.columns) == list(SUMMARY)
    assert table["market"].tolist() == ["poe/text-messages"] + ["statcounter/ai-chatbots"] * 7
    assert table["entity"].tolist()[1:4] == ["ChatGPT", "Google Gemini", "Perplexity"]
    deepseek = table[table["entity"] == "DeepSeek"].iloc[0]
    assert (deepseek["n"], deepseek["first"], deepseek["last"]) == (18, "0.88", "0.02")
    assert (deepseek["peak"], deepseek["peak_period"], deepseek["last_period"]) == ("2.70", "2025-08", "2026-09")


def test_the_flagship_row():
    row = summary(flagship()).iloc[0]
    assert (row["first"], row["first_period"], row["last"], row["last_period"]) == (
        "7",
        "~2025-02-15",
        "3",
        "~2025-04-30",
    )
    assert (row["points"], row["points_low"], row["points_high"]) == (-4.0, -5.0, -3.0)


def test_a_single_reading_has_no_change():
    row = summary(frame_of([("A", "2025-01", "<1")])).iloc[0]
    assert row["n"] == 1
    assert pd.isna(row["points"])
    assert row["peak"] is None or pd.isna(row["peak"])


def test_nothing_gives_an_empty_table():
    assert summary(flagship().iloc[:0]).empty
