"""`precision`: readings that are printed more coarsely than the others of their market."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import exp, factorial
from typing import NamedTuple

from tracker.checks.base import Check, Finding, Watch, waive
from tracker.store.facts import Fact, Lines, Series
from tracker.values import Period, Share

FEWEST = 3
"""Readings of the usual exactness, before anything is unusual."""

MOSTLY = 0.75
"""Share of the readings that must be as exact as usual, or would be with the zeros at their end."""

COMPUTED = 5
"""Decimals: from here on a share was computed, and its last digits are an accident."""

BY_CHANCE = 0.5
"""Coarse readings that dropped zeros let expect: with fewer, one is unusual."""

RARE = 0.01


class _Coarse(NamedTuple):
    entity: str
    fact: Fact
    lacking: int


class Precision(Watch):
    """Counts printed decimals, and remembers the coarse readings of each series."""

    def __init__(self, market: Lines) -> None:
        super().__init__(market)
        self._printed = Printed()
        self._coarse: list[_Coarse] = []
        self._entities: Counter[Period] = Counter()

    def see(self, series: Series) -> Iterable[Finding]:
        """Count its decimals."""
        facts = [fact for fact in series.facts if is_exact(fact.share)]
        own = Counter(fact.share.decimals for fact in facts)
        for fact in facts:
            self._printed.add(fact.share)
            self._entities[fact.period] += 1
            # What is half or more of its own series, and of three readings, is usual there.
            if own[fact.share.decimals] * 2 < len(facts) or len(facts) < FEWEST:
                self._coarse.append(_Coarse(series.entity, fact, fact.share.decimals or 0))
        return ()

    def end(self) -> Iterator[Finding]:
        """Say which readings are coarser than the format of the market explains."""
        usual = self._printed.usual()
        if usual is None:
            return
        lacking = {k for k in range(1, usual + 1) if self._printed.is_odd(usual, k)}
        by_period: dict[Period, list[_Coarse]] = defaultdict(list)
        for one in self._coarse:
            if usual - one.lacking in lacking:
                by_period[one.fact.period].append(one)
        for period, group in sorted(by_period.items()):
            if 1 < len(group) == self._entities[period]:
                yield self._finding("", period, f"all {len(group)} shares are", group, usual)
            else:
                for one in group:
                    yield self._finding(one.entity, period, f"{one.fact.share}% is", [one], usual)

    def _finding(self, entity: str, period: Period, what: str, group: list[_Coarse], usual: int) -> Finding:
        slug, decimals = self.market.market.slug, max(one.lacking for one in group)
        are = "is" if usual == 1 else "are"
        message = f"{what} printed with {_decimals(decimals)}, where {_decimals(usual)} {are} usual"
        remedy = waive("precision", slug, entity, str(period))
        return Finding("precision", slug, entity, str(period), message, remedy, max(one.fact.batch for one in group))


class Printed:
    """The printed decimals of a market, and whether its format leaves zeros at the end out."""

    def __init__(self) -> None:
        self.decimals: Counter[int] = Counter()
        self.ending_in_zero: Counter[int] = Counter()

    def add(self, share: Share) -> None:
        """Count one share."""
        decimals = share.decimals or 0
        self.decimals[decimals] += 1
        self.ending_in_zero[decimals] += _ends_in_zero(share)

    def usual(self) -> int | None:
        """The number of decimals of most readings; None where there is no such number."""
        if not self.decimals:
            return None
        most = max(self.decimals, key=lambda decimals: (self.decimals[decimals], decimals))
        total = sum(self.decimals.values())
        kept = self.decimals[most] + sum(
            min(self.decimals[most - k], total * 2 // 10**k) for k in range(1, most + 1) if not self._keeps_zeros(most)
        )
        is_clear = self.decimals[most] >= FEWEST and kept >= MOSTLY * total
        return most if is_clear and most < COMPUTED else None

    def is_odd(self, usual: int, lacking: int) -> bool:
        """Whether readings that lack so many decimals are more than dropped zeros explain.

        A format that leaves zeros out prints one reading in ten with one decimal less, one in a hundred with two.
        It is shown to keep them by full readings that end in zero, as many as there are with one decimal less.
        """
        if self._keeps_zeros(usual):
            return True
        expected = sum(self.decimals.values()) * 10.0**-lacking
        if lacking == 1:
            return False
        return expected < BY_CHANCE or _at_least(self.decimals[usual - lacking], expected) < RARE

    def _keeps_zeros(self, usual: int) -> bool:
        return self.ending_in_zero[usual] > self.decimals[usual - 1]


@lru_cache(maxsize=65_536)
def _ends_in_zero(share: Share) -> bool:
    return "." in str(share) and str(share).endswith("0")


def is_exact(share: Share) -> bool:
    """Whether a share is a number with its printed decimals, no bound and not "about".

    Nor is it zero, which is often written without any: 0 among 0.25s.
    """
    is_number = share.low is None and share.high is None and share.qualifier is None
    return bool(share.value) and is_number and share.decimals is not None


def _decimals(count: int) -> str:
    return f"{count or 'no'} decimal{'s' * (count != 1)}"


def _at_least(count: int, expected: float) -> float:
    """The chance of so many or more, Poisson."""
    below = sum(expected**k / factorial(k) for k in range(min(count, 100)))
    return float(1 - exp(-expected) * below)


CHECK = Check(
    "precision",
    "readings with fewer printed decimals than their market has, a 7 among 62.44s; but not where the format of the"
    " source leaves zeros at the end out, which makes one reading in ten a decimal shorter",
    "a coarse reading among exact ones was rounded by somebody on the way, or is of another kind",
    watch=Precision,
)
