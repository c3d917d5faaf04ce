"""What the note says of shares that were added up: of what, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.charts.picture import Picture, Series
from tracker.charts.words.dates import when
from tracker.charts.words.prose import joined

NAMED = 4
"""Parts that are named; more are counted."""

_PART = re.compile(r"(.+?) [<>~]?[\d.]+(?:\.\.[\d.]+)?%(?: \(printed [^)]*\))?(?:; |$)", re.DOTALL)


def sums(picture: Picture) -> list[str]:
    """Say that shares were added up, and what the named series are made of; silent where they are as published."""
    if not picture.data["parts"].notna().any():
        return []
    level = picture.data["level"].dropna().iloc[0]
    named = [series for series in picture.series if series.role != "context"]
    made = [each for series in named if (each := _made_of(picture, series))]
    told = "; ".join([f"Shares are added up to {level}s", *made])
    return [f"{told}."] + [
        f"Missing from {series.name}: {absent}." for series in named if (absent := _missing(picture, series))
    ]


def is_sum(picture: Picture) -> bool:
    """Whether a figure of the main series was added up from several published ones."""
    return any(len(parts) > 1 for parts in _parts(picture, picture.main))


def _made_of(picture: Picture, series: Series) -> str:
    each = _parts(picture, series)
    names = list(dict.fromkeys(name for parts in each for name in parts))
    if not names:
        return ""
    return f"{series.name} is {'the sum of ' if len(names) > 1 else ''}{_some(names)}{' alone' * (len(names) == 1)}"


def _parts(picture: Picture, series: Series) -> list[list[str]]:
    texts = [picture.data["parts"].iloc[reading.row] for reading in series.readings]
    return [_PART.findall(text) for text in texts if isinstance(text, str)]


def _missing(picture: Picture, series: Series) -> str:
    """Name what is missing, and when; only when where there is more than one period of it."""
    found = [(reading, picture.data["missing"].iloc[reading.row]) for reading in series.readings]
    absent = [(reading, text) for reading, text in found if isinstance(text, str)]
    names = list(dict.fromkeys(name for _, text in absent for name in text.split("; ")))
    if not names:
        return ""
    whens = when(absent[0][0]) if len(absent) == 1 else f"in {len(absent)} of {len(found)} figures"
    return f"{_some(names)} {whens}"


def _some(names: Sequence[str]) -> str:
    if len(names) <= NAMED + 1:
        return joined(list(names))
    return joined([*names[:NAMED], f"{len(names) - NAMED} more"])
