"""The sum of shares of one whole, with the rounding of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tracker.analysis.decimals import exact
from tracker.values import Share
from tracker.values.share import MAX_DECIMALS

WHOLE = Decimal(100)

CAUTION = "BFEIPU"
"""Statuses that a sum has as soon as one of its parts has it, the first of them first."""


def total(shares: Sequence[Share]) -> Share | None:
    """Add shares of one whole up.

    Parameters
    ----------
    shares : sequence of Share
        At least one, all of one market and one period, none of them part of another.

    Returns
    -------
    Share or None
        The sum with the interval that the intervals of the parts add up to; of a single share the share itself.
        An interval only where a part is one, and where rounding alone brings the sum above 100. None where even
        the lowest values that the parts allow add up to more than 100.

    Notes
    -----
    With ``[a, A]`` and ``[b, B]`` the intervals of two parts, that of their sum is ``[a + b, A + B]``, cut at 100:
    no true value lies outside. It is wider than a statistician's, who would let rounding errors cancel out.

    *Not valid* for overlapping wholes, where one may be counted for several, nor for an index.

    Examples
    --------
    >>> added = total([Share.parse("7"), Share.parse("3.25")])
    >>> added, added.interval()
    (Share('10.25'), (9.745, 10.755))
    >>> total([Share.parse("8"), Share.parse("<1")])
    Share('7.5..9.5')
    >>> total([Share.parse("62"), Share.parse("45")])
    """
    if len(shares) == 1:
        return shares[0]
    lows, highs = zip(*(share.interval() for share in shares), strict=True)
    low, high = _sum(lows), min(_sum(highs), WHOLE)
    if low > WHOLE:
        return None
    values = [share.value for share in shares if share.value is not None]
    value = _sum(values)
    if len(values) < len(shares) or value > WHOLE:
        return Share(None, float(low), float(high), None, max(_places(low), _places(high)))
    about = "~" if any(share.qualifier == "~" for share in shares) else None
    known = [share.decimals for share in shares if share.decimals is not None]
    decimals = max(known) if len(known) == len(shares) else None
    return Share(float(value), float(low), float(high), about, decimals)


def status(statuses: Sequence[str]) -> str:
    """Return the status of a sum: the one that calls for the most caution.

    >>> status(["A", "P"]), status(["A", "A"]), status(["A", "Q"])
    ('P', 'A', 'Q')
    """
    order = {mark: place for place, mark in enumerate(CAUTION)} | {"A": len(CAUTION) + 1}
    return min(statuses, key=lambda mark: (order.get(mark, len(CAUTION)), mark))


def lowest(shares: Sequence[Share]) -> float:
    """Return the least that shares can add up to, in percent.

    >>> lowest([Share.parse("62"), Share.parse("45")])
    106.0
    """
    return float(_sum([share.interval()[0] for share in shares]))


def _sum(numbers: Sequence[float]) -> Decimal:
    return sum((exact(number) for number in numbers), Decimal(0))


def _places(number: Decimal) -> int:
    """The decimals that a number needs."""
    exponent = number.normalize().as_tuple().exponent
    return min(max(0, -int(exponent)), MAX_DECIMALS)
