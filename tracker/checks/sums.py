"""`sums`: the parts of a whole make the whole, as nearly as their rounding lets them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tracker.analysis.decimals import plain
from tracker.analysis.rounding import WHOLE, Total
from tracker.checks.base import Check, Finding, Watch, waive
from tracker.store.facts import Lines, Series
from tracker.values import Period


class Sums(Watch):
    """Adds up the parts of each period of one market."""

    def __init__(self, market: Lines) -> None:
        super().__init__(market)
        self._judged = market.market.whole in ("closed", "open")
        self._related = {name for line in market.above for name in (line.child, line.parent)}
        self._totals: dict[Period, Total] = defaultdict(Total)
        self._newest: dict[Period, int] = defaultdict(int)
        self._present: dict[Period, set[str]] = defaultdict(set)

    def see(self, series: Series) -> Iterable[Finding]:
        """Add its shares to their periods."""
        for period, share, _, batch in series.facts if self._judged else ():
            self._totals[period].add(share)
            self._newest[period] = max(batch, self._newest[period])
            if series.entity in self._related:
                self._present[period].add(series.entity)
        return ()

    def end(self) -> Iterator[Finding]:
        """Say which periods are more than the whole, or, where the market is closed, less."""
        slug, closed = self.market.market.slug, self.market.market.whole == "closed"
        for period, total in sorted(self._totals.items()):
            if total.over or (closed and total.short):
                written = str(period)
                message = told(total) + self._twice(period)
                remedy = waive("sums", slug, period=written)
                yield Finding("sums", slug, "", written, message, remedy, self._newest[period])

    def _twice(self, period: Period) -> str:
        present = self._present[period]
        pairs = [
            f"{line.child} belongs to {line.parent}"
            for line in self.market.above
            if {line.child, line.parent} <= present and line.holds(period)
        ]
        return f"; counted twice: {', '.join(dict.fromkeys(pairs))}" if pairs else ""


def told(total: Total) -> str:
    """Say how far a sum misses its whole, and how far rounding could.

    >>> from tracker.values import Share
    >>> total = Total()
    >>> for printed in ("82.69", "9.12", "7.31"):
    ...     total.add(Share.parse(printed))
    >>> told(total)
    '3 parts sum to 99.12, 0.88 short of 100; rounding explains up to 0.015'
    """
    count = f"{total.parts} parts sum to {total}" if total.parts > 1 else f"its one part is {total}"
    if total.over:
        printed = total.low if total.bounds else total.printed
        missed, explained, side = printed - WHOLE, printed - total.low, "above"
    else:
        printed = total.high if total.bounds else total.printed
        missed, explained, side = WHOLE - printed, total.high - printed, "short of"
    how = "bounds and rounding are counted" if total.bounds else f"rounding explains up to {plain(float(explained))}"
    return f"{count}, {plain(float(missed))} {side} 100; {how}"


CHECK = Check(
    "sums",
    "periods of a closed market whose parts do not add to 100, and of an open one whose parts are more than 100,"
    " beyond what their rounding allows: n parts with d decimals can be off by n/2 units of the last decimal",
    "a part is missing, misread or counted twice. Overlapping markets and indexes have no such sum",
    watch=Sums,
)
