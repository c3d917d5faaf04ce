"""Whether the parts of a whole are more than the whole: said, not refused, for the source may have meant it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tracker.analysis.rounding import Total
from tracker.store.plan import Entry

SHOWN = 3


def exceeding(entries: Iterable[Entry], wholes: set[str]) -> list[str]:
    """Name periods in which the parts of a market sum to more than 100, whatever the rounding.

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
    The tolerance is that of `tracker.analysis.rounding.Total`, and so of ``tracker check sums``. *Not valid* for
    overlapping markets and indexes, whose parts are no parts of one whole.
    """
    totals: dict[str, dict[str, Total]] = defaultdict(lambda: defaultdict(Total))
    for entry in entries:
        if entry.told.market in wholes and not entry.is_report:
            totals[entry.told.market][str(entry.told.period.named())].add(entry.told.share)
    return [
        sentence
        for market, periods in totals.items()
        for sentence in said_of(market, [f"{period}: {total}" for period, total in periods.items() if total.over])
    ]


def said_of(market: str, over: list[str]) -> list[str]:
    """Return a sentence on the periods of a market that sum to more than the whole; none where there are none."""
    if not over:
        return []
    more = f" and {len(over) - SHOWN} more periods" if len(over) > SHOWN else ""
    return [f"the parts of {market} sum to more than the whole in {', '.join(over[:SHOWN])}{more}"]
