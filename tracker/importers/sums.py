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
            totals[entry.told.market][str(entry.told.period)].add(entry.told.share)
    return [
        f"the parts of {market} sum to more than the whole in {', '.join(said[:SHOWN])}"
        + (f" and {len(said) - SHOWN} more periods" if len(said) > SHOWN else "")
        for market, periods in totals.items()
        if (said := [f"{period}: {total}" for period, total in periods.items() if total.over])
    ]
