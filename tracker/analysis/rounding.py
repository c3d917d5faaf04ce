"""Sums of printed shares, with all that their rounding allows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tracker.analysis.decimals import exact, plain
from tracker.values import Share

WHOLE = Decimal(100)

DUST = Decimal("1e-9")
"""Points: shares that were computed, not printed, miss their whole by the dust of binary fractions."""


@dataclass(slots=True)
class Total:
    """A sum of shares in percent: as printed, and the least and the most that rounding and bounds allow.

    A part rounded to d decimals can be off by half a unit of its last decimal each way, so that n such parts are
    off by n/2 units at the most. Parts of different decimals each bring their own half unit; a bound brings all
    that it allows. No part is below 0.

    *Not valid* where parts were rounded otherwise than they are printed: to halves of a point, or down.

    Examples
    --------
    >>> total = Total()
    >>> for printed in ("33.4", "33.4", "33.3"):
    ...     total.add(Share.parse(printed))
    >>> float(total.printed), float(total.low), float(total.high), total.short, total.over
    (100.1, 99.95, 100.25, False, False)
    """

    parts: int = 0
    bounds: int = 0
    printed: Decimal = Decimal(0)
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)

    def add(self, share: Share) -> None:
        """Add one part."""
        low, printed, high = _exactly(share)
        self.parts += 1
        self.low += low
        self.high += high
        if printed is None:
            self.bounds += 1
        else:
            self.printed += printed

    @property
    def over(self) -> bool:
        """Whether it is more than the whole, whatever the rounding."""
        return self.low > WHOLE + DUST

    @property
    def short(self) -> bool:
        """Whether it is less than the whole, whatever the rounding."""
        return self.high < WHOLE - DUST

    def __str__(self) -> str:
        if self.bounds:
            return f"{plain(float(self.low))} to {plain(float(self.high))}"
        return plain(float(self.printed))


@lru_cache(maxsize=65_536)
def _exactly(share: Share) -> tuple[Decimal, Decimal | None, Decimal]:
    low, high = (exact(number) for number in share.interval())
    return low, None if share.value is None else exact(share.value), high
