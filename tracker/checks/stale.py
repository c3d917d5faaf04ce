"""`stale`: a period whose shares are all those of the period before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import exp, log

from tracker.checks.base import Check, Finding, Watch, waive
from tracker.checks.tally import Tally, count
from tracker.store.facts import Lines, Series
from tracker.values import Period, Share

FEWEST = 3
"""Parts: one or two may stand still."""

HISTORY = 10
"""Further pairs of readings before the habit of a series counts."""

LIKELY = 0.05
"""Periods expected to repeat by chance; from here on a repetition is no sign."""


class Stale(Watch):
    """Counts, for each two neighbouring periods, the shares that stayed the same."""

    def __init__(self, market: Lines) -> None:
        super().__init__(market)
        self._tallies: dict[Period, Tally] = {}
        self._same: Counter[tuple[Period, Period]] = Counter()
        self._chance: dict[tuple[Period, Period], float] = defaultdict(float)

    def see(self, series: Series) -> Iterable[Finding]:
        """Count where it stayed the same, and how often it does."""
        facts = series.facts
        count(facts, self._tallies)
        same = [(one.period, two.period) for one, two in pairwise(facts) if _same(one.share, two.share)]
        others = len(facts) - 2
        # Of the other pairs of this series, how many stayed the same; with few of them nothing is known.
        habit = log((len(same) - 0.5) / (others + 1)) if others >= HISTORY and same else float("-inf")
        for pair in same:
            self._same[pair] += 1
            self._chance[pair] += habit
        return ()

    def end(self) -> Iterator[Finding]:
        """Say which periods repeat the one before, and would hardly do so by chance."""
        slug = self.market.market.slug
        pairs = list(pairwise(sorted(self._tallies)))
        for pair in pairs:
            before, after = pair
            now = self._tallies[after]
            repeats = now.parts == self._tallies[before].parts == self._same[pair] and now.zeros < now.parts
            if not repeats or now.parts < FEWEST or before.end >= after.start:
                continue
            if len(pairs) * exp(self._chance[pair]) < LIKELY:
                message = f"all {now.parts} shares are those of {before}: carried over, not measured?"
                remedy = waive("stale", slug, period=str(after))
                yield Finding("stale", slug, "", str(after), message, remedy, now.newest)


def _same(one: Share, other: Share) -> bool:
    """Whether two shares agree; with most this is seen at once."""
    return one.value == other.value and one.agrees(other)


CHECK = Check(
    "stale",
    "periods of a market in which every share, of three or more, is that of the period before; but not where the"
    " history of the market says that this happens by chance, as with polls in whole percent",
    "a file that was not updated, or was filled forward, looks like a measurement",
    watch=Stale,
)
