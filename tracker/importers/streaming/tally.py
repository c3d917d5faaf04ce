"""What is known of all shares of a long file once it is read: sums, how many are above 1, which fact stands twice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, repeat
from operator import le, lt

from tracker.importers.streaming.large import Unsuited
from tracker.values import Share

WIDEST = 1 << 28
"""Bytes that may go into knowing which facts were met: one for each series and period."""

DUST = 1e-9
"""Points by which a sum has to be more than the whole: as in `tracker.analysis.rounding`."""

UNLIKE = -1
"""Stands for the decimals of shares that are not printed alike."""


class Tally:
    """Counts as the shares pass by.

    Parameters
    ----------
    watches : bool
        Whether to see to it that no fact stands twice; where all are new, the ledger itself does.

    Attributes
    ----------
    sums : dict of str to list of float
        For each market what the parts of each of its periods sum to, in the order of the periods' numbers.
    count, above_one : int
        Shares, and those above 1.
    most : float
        The greatest.
    with_point : int
        Shares that have decimals.
    finest : int
        The most decimals of any.
    vague : dict of (str, int) to float
        Markets and periods of which a part is more than a number, a bound for example, with how much less than what
        is counted of it that allows.
    """

    def __init__(self, *, watches: bool) -> None:
        self.watches = watches
        self.sums: dict[str, list[float]] = {}
        self.count = self.above_one = self.with_point = self.finest = 0
        self.most = 0.0
        self.vague: dict[tuple[str, int], float] = {}
        self._parts: dict[str, dict[int, list[int]]] = {}
        self._short: dict[str, list[float]] = {}
        self._met: list[bytearray] = []
        self._room = 256

    def room(self, series: int, periods: int) -> None:
        """Make room for series and periods of numbers below these.

        Raises
        ------
        Unsuited
            If there are too many for a table of all of them.
        """
        if periods > self._room:
            while periods > self._room:
                self._room *= 2
            for met in self._met:
                met.extend(bytes(self._room - len(met)))
            for market in self.sums:
                self._lengthen(market)
        if self.watches:
            self._met.extend(bytearray(self._room) for _ in range(series - len(self._met)))
            if len(self._met) * self._room > WIDEST:
                raise Unsuited

    def _lengthen(self, market: str) -> None:
        lists: list[list[float] | list[int]] = [self.sums[market], self._short[market], *self._parts[market].values()]
        for one in lists:
            one.extend(repeat(0, self._room - len(one)))

    def add(
        self,
        market: str,
        series: Sequence[int],
        periods: Sequence[int],
        shares: Sequence[float],
        decimals: Sequence[int],
    ) -> None:
        """Count shares of one market; series and periods are small numbers, for which there is room.

        Raises
        ------
        Unsuited
            If one fact stands twice: which of two lines is meant is told by the reader of short files.
        """
        if market not in self.sums:
            self.sums[market], self._short[market], self._parts[market] = [], [], {}
            self._lengthen(market)
        printed = set(decimals)
        # Nearly all files print alike: then to count the parts is to know what their rounding allows.
        alike = len(printed) == 1
        if self.watches:
            self._watch(series, periods)
        self._sum(periods, shares, self.sums[market], self._parts_of(market, decimals[0] if alike else UNLIKE))
        self._shorten(market, periods, shares, decimals, alike=alike)
        self._count(shares, decimals, printed)

    def one(self, market: str, series: int, period: int, share: Share) -> None:
        """Count any share: a bound as the number that is printed."""
        shown = next((one for one in (share.value, share.low, share.high) if one is not None), 0.0)
        decimals = share.decimals or 0
        self.add(market, [series], [period], [shown], [decimals])
        if share.decimals is None or (share.low, share.high, share.qualifier) != (None, None, None):
            counted = shown - min(shown, 0.5 * 10.0**-decimals)
            self.vague[market, period] = self.vague.get((market, period), 0.0) + counted - share.interval()[0]

    def _watch(self, series: Sequence[int], periods: Sequence[int]) -> None:
        met = self._met
        for one, period in zip(series, periods, strict=True):
            row = met[one]
            if row[period]:
                raise Unsuited
            row[period] = 1

    @staticmethod
    def _sum(periods: Sequence[int], shares: Sequence[float], sums: list[float], parts: list[int]) -> None:
        """Add each share to its period: in runs where the periods follow each other, as they mostly do."""
        if not all(map(le, periods, islice(periods, 1, None))):
            for period, share in zip(periods, shares, strict=True):
                sums[period] += share
                parts[period] += 1
            return
        start = 0
        while start < len(periods):
            period = periods[start]
            end = bisect_right(periods, period, start)
            sums[period] += sum(shares[start:end])
            parts[period] += end - start
            start = end

    def _parts_of(self, market: str, decimals: int) -> list[int]:
        return self._parts[market].setdefault(decimals, [0] * self._room)

    def _shorten(
        self, market: str, periods: Sequence[int], shares: Sequence[float], decimals: Sequence[int], *, alike: bool
    ) -> None:
        """Count by how much each share may be less than it is printed, but for what its part says; none is below 0."""
        short = self._short[market]
        if not alike:
            for period, share, places in zip(periods, shares, decimals, strict=True):
                short[period] += min(share, 0.5 * 10.0**-places)
            return
        half = 0.5 * 10.0 ** -decimals[0]
        if min(shares) < half:
            for period, share in zip(periods, shares, strict=True):
                if share < half:
                    short[period] -= half - share

    def _count(self, shares: Sequence[float], decimals: Sequence[int], printed: set[int]) -> None:
        most = max(shares)
        self.count += len(shares)
        self.most, self.finest = max(self.most, most), max(self.finest, *printed)
        if most > 1:
            self.above_one += sum(map(lt, repeat(1.0), shares))
        self.with_point += len(decimals) - (decimals.count(0) if 0 in printed else 0)

    def sums_of(self, least: int) -> list[float]:
        """Return the sums of the periods that have so many parts."""
        found = []
        for market, sums in self.sums.items():
            parts = zip(*self._parts[market].values(), strict=True)
            found += [total for total, count in zip(sums, parts, strict=True) if sum(count) >= least]
        return found

    def over(self, market: str, whole: float) -> Iterator[tuple[int, float]]:
        """Give the numbers and sums of the periods that sum to more than the whole, whatever the rounding.

        Raises
        ------
        Unsuited
            If only exact sums can tell that, or show it.
        """
        parts, short = self._parts.get(market, {}), self._short.get(market, [])
        for period, total in enumerate(self.sums.get(market, ())):
            if total > whole:
                rounded = sum(
                    0.5 * 10.0**-places * count[period] for places, count in parts.items() if places != UNLIKE
                )
                vague = self.vague.get((market, period))
                above = total - short[period] - rounded - (vague or 0.0) - whole
                if above > DUST / 2 and (vague is not None or self.finest > 9 or above < DUST * 1.5):
                    raise Unsuited
                if above > DUST:
                    yield period, total
