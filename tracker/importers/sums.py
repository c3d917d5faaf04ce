"""Whether the parts of a whole are more than the whole: said, not refused, for the source may have meant it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tracker.store.plan import Entry

SHOWN = 3


def exceeding(entries: Iterable[Entry], wholes: set[str]) -> list[str]:
    """Name periods in which the parts of a market sum to more than 100.

    Parameters
    ----------
    entries : iterable of Entry
        The shares of one input.
    wholes : set of str
        Slugs of the markets whose parts make a whole: closed ones, and open ones.

    Returns
    -------
    list of str
        A sentence a market.

    Notes
    -----
    n parts rounded to d decimals can be off by n/2 units of the last decimal. *Not valid* for overlapping
    markets and indexes, whose parts are no parts of one whole.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for (market, period), parts in _parts(entries, wholes).items():
        total = sum(value for value, _ in parts)
        tolerance = len(parts) / 2 * max(10.0**-decimals for _, decimals in parts)
        if total > 100 + tolerance:
            found[market].append(f"{period}: {total:.6g}")
    return [
        f"the parts of {market} sum to more than the whole in {', '.join(said[:SHOWN])}"
        + (f" and {len(said) - SHOWN} more periods" if len(said) > SHOWN else "")
        for market, said in found.items()
    ]


def _parts(entries: Iterable[Entry], wholes: set[str]) -> dict[tuple[str, str], list[tuple[float, int]]]:
    """Values and decimals of the shares of each market and period; bounds and reports are left out."""
    parts: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    for entry in entries:
        share = entry.told.share
        if entry.told.market in wholes and not entry.is_report and share.value is not None:
            parts[entry.told.market, str(entry.told.period)].append((share.value, share.decimals or 0))
    return parts
