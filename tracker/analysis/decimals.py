"""Numbers in exact decimals, so that 2.7 less 0.02 is 2.68 and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

MINUS = "\N{MINUS SIGN}"

MOST_DECIMALS = 5
"""Differences with more decimals are said with `SIGNIFICANT` digits: means of many days have up to twelve."""

SIGNIFICANT = 4


def exact(number: float) -> Decimal:
    """Return the shortest decimal that prints like this float.

    >>> exact(2.7) - exact(0.02)
    Decimal('2.68')
    """
    return Decimal(repr(float(number)))


def difference(first: float, second: float) -> float:
    """Return `first` less `second`, without the dust of binary fractions.

    >>> 0.3 - 0.1, difference(0.3, 0.1)
    (0.19999999999999998, 0.2)
    """
    return float(exact(first) - exact(second))


def brief(numbers: Sequence[float], decimals: int | None = None) -> list[float]:
    """Round numbers that are said together, so that they show no more than they know.

    Parameters
    ----------
    numbers : sequence of float
        A value and its range.
    decimals : int, optional
        How many are known at the most; None for those that the numbers have.

    Returns
    -------
    list of float
        Rounded to these decimals; where these are more than five, to four digits of the greatest number.

    Examples
    --------
    >>> brief([-2.030111084568, -2.040111084568], 4), brief([7.547385333126473, 7.5]), brief([-4.0, -5.0])
    ([-2.0301, -2.0401], [7.547, 7.5], [-4.0, -5.0])
    """
    found = [exact(number) for number in numbers]
    known = max((-int(one.normalize().as_tuple().exponent) for one in found), default=0)
    places = known if decimals is None else min(known, decimals)
    if places > MOST_DECIMALS:
        places = min(places, SIGNIFICANT - 1 - max(one.adjusted() if one else -places for one in found))
    return [float(round(one, max(places, 0))) for one in found]


def plain(number: float, decimals: int | None = None) -> str:
    """Print a number without exponent, with U+2212 for minus.

    Parameters
    ----------
    number : float
        Any finite number.
    decimals : int, optional
        Round to so many; None keeps the digits that the number has, without trailing zeros.

    Examples
    --------
    >>> plain(0.00001), plain(80.0), plain(-66.6667, 1)
    ('0.00001', '80', '−66.7')
    """
    value = exact(number)
    if decimals is not None:
        value = round(value, decimals)
    text = format(value, "f")
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not text.strip("-0."):
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def signed(number: float, decimals: int | None = None) -> str:
    """Print a number with its sign, ``+`` or U+2212; zero has none.

    >>> signed(4.0), signed(-57.142857, 1), signed(0.0)
    ('+4', '−57.1', '0')
    """
    text = plain(number, decimals)
    return text if text.startswith(MINUS) or not text.strip("0.") else f"+{text}"
