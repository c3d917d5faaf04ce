"""What the unnamed may hold: whether a period can be asked for its concentration, and how much is left over."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from tracker.analysis.decimals import exact, plain
from tracker.analysis.reading import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.rounding import DUST
from tracker.analysis.snapshot import WHOLE, Snapshot


class Rest(NamedTuple):
    """The share that nobody named holds.

    Attributes
    ----------
    least, most : Decimal
        Percent, from the shares as published; the two differ only where some are bounds.
    cap : Decimal
        The smallest named share above zero, percent: what each of the rest is held to, if none is bigger.
    """

    least: Decimal
    most: Decimal
    cap: Decimal


def rest(snapshot: Snapshot) -> Rest:
    """Find how much is left over once the named shares are taken from the whole."""
    if snapshot.complete:
        return Rest(Decimal(0), Decimal(0), Decimal(0))
    taken = [published(one) for one in snapshot.named]
    least, most = (WHOLE - sum(ends, Decimal(0)) for ends in zip(*((high, low) for low, high in taken), strict=True))
    least, most = max(least, Decimal(0)), max(most, Decimal(0))
    return Rest(least, most, min((high for _, high in taken if high > 0), default=most))


def published(reading: Reading) -> tuple[Decimal, Decimal]:
    """Return a share as published: twice the number, or the two bounds."""
    if reading.value is not None:
        return exact(reading.value), exact(reading.value)
    return exact(reading.lowest), exact(reading.highest)


def unshared(snapshot: Snapshot) -> Refused | None:
    """Say why the shares of a period are not parts of one whole; None where they are."""
    if snapshot.whole == "index":
        return Refused("an index is no share", "shares of one whole", "values of an index")
    if snapshot.whole == "overlapping":
        have = "overlapping shares: one may be counted for several"
        return Refused("these shares are not parts that add up", "shares of a closed or open whole", have)
    if not snapshot.named:
        return Refused("nobody is named", "at least one share", f"none in {snapshot.period}")
    if snapshot.low > WHOLE + DUST:
        have = f"{plain(float(snapshot.low))}% at least in {snapshot.period}"
        return Refused("the named shares add up to more than the whole", "parts that do not contain each other", have)
    return None
