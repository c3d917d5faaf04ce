"""Tidy frames for the tests of charts and analysis, from (entity, period, share) as printed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

from tracker.frames import COLUMNS, tidy
from tracker.values import Event, Period, Share

DATA = Path(__file__).parents[2].parent / "shared" / "data"


def frame_of(
    rows: Iterable[tuple[str, str, str]], *, hues: dict[str, str] | None = None, **same: object
) -> pd.DataFrame:
    """One market; `same` are columns with one value in every row."""
    records = [{**_row(*row, hues or {}), **same} for row in rows]
    return tidy({name: [record.get(name) for record in records] for name in COLUMNS})


def _row(entity: str, written: str, printed: str, hues: dict[str, str]) -> dict[str, object]:
    period, share = Period.parse(written), Share.parse(printed)
    (earliest, latest), (lowest, highest) = period.reach(), share.interval()
    return {
        "source": "Poe", "market": "poe/text-messages", "counted": "text messages", "whole": "open",
        "population": "Poe (Quora) platform", "entity": entity, "kind": "model", "hue": hues.get(entity, "grey"),
        "period": str(period), "period_start": pd.Timestamp(period.start), "period_end": pd.Timestamp(period.end),
        "precision": period.precision, "earliest": pd.Timestamp(earliest), "latest": pd.Timestamp(latest),
        "printed": str(share), "share": share.value, "low": share.low, "high": share.high,
        "qualifier": share.qualifier, "decimals": share.decimals, "lowest": lowest, "highest": highest,
        "status": "A", "citation_kind": "primary", "credit": "Poe", "known_from": "2026-01-01T00:00:00Z",
    }  # fmt: skip


def flagship() -> pd.DataFrame:
    return frame_of(
        [("DeepSeek R1", "~2025-02-15", "7"), ("DeepSeek R1", "~2025-04-30", "3")],
        hues={"DeepSeek R1": "blue"},
        reported_by="AIbase; Redcensor; Rivista.ai",
        citation_kind="secondary",
    )


FLAGSHIP_EVENTS = (
    Event(Period.parse("2025-01-20"), "R1 released", entities=("DeepSeek R1",)),
    Event(Period.parse("2025-04-29"), "Qwen3 released"),
)

CHATBOTS = {
    "DeepSeek": "blue", "ChatGPT": "teal", "Claude": "orange", "Google Gemini": "sky", "Microsoft Copilot": "plum",
    "Perplexity": "olive",
}  # fmt: skip


def statcounter(name: str = "statcounter_ai_chatbot-ww-monthly-202301-202609.csv", **same: object) -> pd.DataFrame:
    """Real months of StatCounter; rows of zeros only are padding."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the real data file {name} is not beside the checkout")
    with path.open(newline="") as file:
        head, *lines = list(csv.reader(file))
    rows = [
        (entity.replace("Deepseek", "DeepSeek"), line[0], f"{float(cell):.2f}")
        for line in lines
        if any(float(cell) for cell in line[1:])
        for entity, cell in zip(head[1:], line[1:], strict=True)
    ]
    market = {
        "source": "StatCounter", "market": "statcounter/ai-chatbots", "counted": "AI chatbot referrals",
        "whole": "closed", "population": None, "region": "worldwide", "platform": "all platforms",
        "frequency": "monthly", "credit": "StatCounter Global Stats", "licence": "CC BY-SA 3.0",
    }  # fmt: skip
    return frame_of(rows, hues=CHATBOTS, **{**market, **same})
