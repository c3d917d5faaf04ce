"""The range that a printed figure can mean, and how two such ranges lie to each other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.analysis.decimals import exact
from tracker.values import Share

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of numbers.

    Parameters
    ----------
    low, high : Decimal
        Its ends, in percent, in points or in percent of change.
    above, below : bool
        Whether the low, or the high, end itself is left out, as ``>`` and ``<`` do.
    """

    low: Decimal
    high: Decimal
    above: bool = False
    below: bool = False

    def holds(self, other: Span) -> bool:
        """Whether another range lies within this one.

        >>> seven, exactly = span_of(Share.parse("7")), span_of(Share.parse("7.2"))
        >>> seven.holds(exactly), exactly.holds(seven)
        (True, False)
        """
        low = other.low > self.low or (other.low == self.low and (other.above or not self.above))
        high = other.high < self.high or (other.high == self.high and (other.below or not self.below))
        return low and high

    def meets(self, other: Span) -> bool:
        """Whether some number lies in both ranges. Two that only touch have none: 3.5 prints as 3 or as 4, not as both.

        >>> span_of(Share.parse("3")).meets(span_of(Share.parse("4")))
        False
        """
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low != high:
            return low < high
        is_point = self.low == self.high or other.low == other.high
        return is_point and not any(
            (one.above and one.low == low) or (one.below and one.high == high) for one in (self, other)
        )


def around(value: float, decimals: int | None, units: str = "0.5") -> Span:
    """Return the range within so many units of the last printed decimal; the number itself where that is not known.

    >>> around(-57.0, 0)
    Span(low=Decimal('-57.5'), high=Decimal('-56.5'), above=False, below=False)
    """
    reach = Decimal(0) if decimals is None else Decimal(units).scaleb(-decimals)
    return Span(exact(value) - reach, exact(value) + reach)


def span_of(share: Share) -> Span:
    """Return all that a share can mean.

    Parameters
    ----------
    share : Share
        In percent.

    Returns
    -------
    Span
        Its published bounds where there are any, else what rounding allows. A share that is only about right
        (``~85``) reaches one unit of its last digit further each way: 83.5 to 86.5. Within 0 to 100.

    Notes
    -----
    The reach of ``~`` is a convention of ours, like the reach of a vague period: no source says how vague it is.

    Examples
    --------
    >>> [float(span_of(Share.parse(share)).low) for share in ("7", "~85", "<1")]
    [6.5, 83.5, 0.0]
    """
    if share.low is not None or share.high is not None:
        return Span(
            exact(share.low or 0.0),
            exact(100.0 if share.high is None else share.high),
            above=share.qualifier == ">",
            below=share.qualifier == "<",
        )
    assert share.value is not None
    return _clamped(around(share.value, share.decimals, "1.5" if share.qualifier == "~" else "0.5"))


def number_of(share: Share) -> Span | None:
    """Return what the rounding of the published number alone allows; None where only bounds are published.

    >>> number_of(Share.parse("~85")) == number_of(Share.parse("85"))
    True
    """
    return None if share.value is None else _clamped(around(share.value, share.decimals))


def _clamped(span: Span) -> Span:
    return Span(max(span.low, Decimal(0)), min(span.high, HUNDRED))


def supports(stored: Share, claimed: Share) -> bool:
    """Whether what is stored bears a claimed share out: its whole range, or its published number, lies within.

    >>> [supports(Share.parse(stored), Share.parse("7")) for stored in ("7", "7.2", "~7", "7.5", "6.8..7.4", "<8")]
    [True, True, True, False, True, False]
    """
    span, number = span_of(claimed), number_of(stored)
    return span.holds(span_of(stored)) or (number is not None and span.holds(number))
