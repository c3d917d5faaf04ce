"""The rows that are drawn, as CSV: as printed, and without what may not be passed on."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from datetime import datetime
from typing import Any

import pandas as pd

from tracker.frames import COLUMNS, DAY, RESAMPLED

SPOKEN = {
    "source": "Who measured and published",
    "market": "The whole that the shares are parts of",
    "counted": "What is counted",
    "population": "Among whom",
    "region": "Where",
    "platform": "On what",
    "frequency": "How often",
    "whole": "How the parts make a whole: closed, open, overlapping or index",
    "market_note": "What a reader must know of the whole",
    "entity": "Who has the share",
    "kind": "Kind of entity",
    "hue": "Colour of the entity in every chart",
    "period": "What the share speaks of, as written; ~ where the source is vague",
    "period_start": "First day of the period",
    "period_end": "Last day of the period",
    "precision": "How exact the period is",
    "earliest": "First day that a vague period may speak of",
    "latest": "Last day that a vague period may speak of",
    "printed": "The share as it was printed, with its decimals",
    "share": "The share as a number; empty where only bounds were printed",
    "low": "Published lower bound",
    "high": "Published upper bound",
    "qualifier": "Whether the number is a bound (<, >) or vague (~)",
    "decimals": "Printed decimals",
    "lowest": "Least value that rounding or the published bounds allow",
    "highest": "Greatest value that rounding or the published bounds allow",
    "status": "SDMX OBS_STATUS",
    "sample_size": "How many were asked or counted",
    "note": "Remark",
    "url": "Page that the share was read from",
    "citation": "Title of that page",
    "citation_kind": "Whether the page is the source itself (primary) or retells it (secondary)",
    "reported_by": "Who retells it",
    "credit": "Credit line of the source",
    "licence": "Licence of the source",
    "known_from": "Since when the database knows it, UTC",
    "published": "When the page was published",
    "corrected_from": "What the source printed, where the share is corrected",
    "correction": "Why it is corrected",
    "level": "What shares were added up to",
    "parts": "What was added or averaged",
    "missing": "Who belongs to it and is not reported",
    "coverage": "Part of the days of the period that readings speak of, 0 to 1",
    "readings": "How many readings there are",
    "editions": "How many editions of the figure are recorded",
    "release": "Whether the row is the figure as first published, or as it is now",
}

PERCENT = ("share", "low", "high", "lowest", "highest")


def as_csv(frame: pd.DataFrame) -> bytes:
    """Write rows as UTF-8 with line feeds: numbers as short as they are exact, days as ISO 8601, missing empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    columns = [[_cell(cell) for cell in frame[name].astype(object)] for name in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode()


def passed_on(frame: pd.DataFrame, withheld: Collection[str]) -> tuple[pd.DataFrame, dict[str, int]]:
    """Leave out the rows of some sources, by title; return the others, and how many were left out of each."""
    titles = frame["source"].astype(str)
    counts = {title: int((titles == title).sum()) for title in sorted(withheld)}
    return frame[~titles.isin(list(withheld))], {title: count for title, count in counts.items() if count}


def fields(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Describe the columns: name, type, what it is, and the unit of numbers."""
    unit = "index" if set(frame["whole"].dropna().astype(str)) == {"index"} else "percent"
    found = []
    for name in frame.columns:
        told = {"name": str(name), "type": _type(str(name), frame[name])}
        if name in SPOKEN:
            told["description"] = SPOKEN[name]
        found.append(told | ({"unit": unit} if name in PERCENT else {}))
    return found


def _type(name: str, column: pd.Series) -> str:
    kind = COLUMNS.get(name) or RESAMPLED.get(name) or str(column.dtype)
    if kind == DAY:
        return "date"
    if name == "known_from":
        return "datetime"
    return {"float64": "number", "Int64": "integer", "Int8": "integer", "int64": "integer"}.get(kind, "string")


def _cell(cell: Any) -> str:
    if cell is None or (not isinstance(cell, str) and pd.isna(cell)):
        return ""
    if isinstance(cell, datetime):  # a pandas Timestamp is one
        return cell.date().isoformat()
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(float(cell))
    return str(cell)
