"""Sentences of a note that any kind of chart may need: statuses, the whole, and letters without a font."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracker.analysis.readings import Reading
from tracker.charts.look.fonts import MISSING, drawable
from tracker.charts.words.dates import when
from tracker.charts.words.prose import capital, joined

STATUS = {"F": "forecast", "P": "provisional", "E": "estimated", "B": "a break in the series"}

NAMED = 3
"""Readings that are named; more are counted."""


def status_remarks(drawn: Sequence[Reading]) -> list[str]:
    """Name readings that are marked as forecast, provisional, estimated or a break."""
    said = []
    for mark, word in STATUS.items():
        marked = [f"{one.entity} {when(one)}" for one in drawn if one.status == mark]
        if marked:
            said.append(f"Marked as {word}: {some(marked)}.")
    return said


def whole_remark(market: Mapping[str, str]) -> list[str]:
    """Say what a reader must know of the whole, in the market's own words."""
    own = str(market.get("market_note") or "").strip().rstrip(".")
    return [f"{capital(own)}."] if own else []


def overlap_remark(market: Mapping[str, str]) -> list[str]:
    """Say that shares overlap, unless the market's own note says how they do.

    >>> overlap_remark({"whole": "overlapping"})
    ['One may be counted for several, so that parts do not sum to 100.']
    >>> overlap_remark({"whole": "overlapping", "market_note": "Several answers"}), overlap_remark({"whole": "open"})
    ([], [])
    """
    if market.get("whole") != "overlapping" or whole_remark(market):
        return []
    return ["One may be counted for several, so that parts do not sum to 100."]


def sampling_remark(readings: Iterable[Reading]) -> list[str]:
    """Say that chance is not counted where figures are of samples, and how large these are.

    Parameters
    ----------
    readings : iterable of Reading
        Those that are compared; without a known sample there is nothing to say.
    """
    sizes = sorted({int(one.sample_size) for one in readings if one.sample_size})
    if not sizes:
        return []
    spread = f"{sizes[0]:,} to {sizes[-1]:,}" if len(sizes) > 1 else f"{sizes[0]:,}"
    return [f"Sampling error is not counted: samples of {spread}."]


def letter_remark(names: Iterable[str]) -> list[str]:
    """Say what stands for letters that cannot be drawn."""
    odd = any(MISSING in drawable(name) for name in names)
    return [f"{MISSING} stands for a letter that no installed font has."] if odd else []


def some(texts: Sequence[str], named: int = NAMED) -> str:
    """List texts; more than `named` are counted.

    >>> some(["A", "B", "C", "D", "E"])
    'A, B, C and 2 more'
    """
    if len(texts) <= named + 1:
        return joined(list(texts))
    return joined([*texts[:named], f"{len(texts) - named} more"])
