"""Numbers as people read them, the same everywhere in a chart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

from tracker.analysis.decimals import MINUS, difference, exact, plain, signed
from tracker.analysis.readings import Reading

__all__ = [
    "MINUS",
    "decimals_of",
    "half_unit",
    "label_value",
    "outward",
    "plain",
    "points",
    "published",
    "readable",
    "relative",
    "short",
    "signed",
    "span",
    "tick",
]


_LONG = re.compile(r"\d+\.\d{5,}", re.ASCII)
"""Numbers with five decimals or more; those with fewer than five digits that count do not change."""

_DECIMALS = re.compile(r"\.(\d+)", re.ASCII)


def published(reading: Reading, unit: str = "%") -> str:
    """Say a reading as it was printed: ``7%``, ``<1%``, ``about 85%``, ``6.5–7.5%``.

    Parameters
    ----------
    reading : Reading
        A share in percent, or a number of an index.
    unit : str
        ``%``, or nothing for an index.
    """
    text = readable(reading.printed)
    if ".." in text:
        text = text.replace("..", "–")
    return f"about {text[1:]}{unit}" if text.startswith("~") else f"{text}{unit}"


def label_value(reading: Reading, unit: str = "%") -> str:
    """Say a reading beside its line: as printed, ``~85%`` where the source is vague."""
    return readable(reading.printed).replace("..", "–") + unit


@lru_cache(maxsize=8192)
def readable(printed: str) -> str:
    """Shorten numbers with more digits than anybody reads to four; others stay as they were printed.

    >>> readable("21.870872876777963"), readable("0.000123456"), readable("<1"), readable("6.50..7.51")
    ('21.87', '0.0001235', '<1', '6.50..7.51')
    """
    return _LONG.sub(lambda found: _four(Decimal(found[0])), printed)


def _four(value: Decimal) -> str:
    if len(value.as_tuple().digits) <= 4 or value.adjusted() > 3:
        return format(value, "f") if value.adjusted() <= 3 else format(value.quantize(Decimal(1)), "f")
    return format(value.quantize(Decimal(1).scaleb(value.adjusted() - 3), ROUND_HALF_UP), "f")


def short(reading: Reading, beside: Iterable[Reading] = ()) -> str:
    """Say a reading of the context with at most two figures: ``80``, ``5.8``, ``0.95``, ``<1``.

    Parameters
    ----------
    reading : Reading
        Only the number beside a grey line is rounded; it stays as printed in the data. Half is rounded up.
    beside : iterable of Reading
        Readings that are written as printed next to it: where rounding would change the order (37.5 to 38
        above 37.6), this one is written as printed, too.

    Examples
    --------
    >>> from datetime import date
    >>> days = date(2025, 1, 1), date(2025, 1, 1), "day", date(2025, 1, 1), date(2025, 1, 1)
    >>> grey, main = Reading("A", *days, "38.5", 38.5, 38.45, 38.55), Reading("B", *days, "38.7", 38.7, 38.65, 38.75)
    >>> short(grey), short(grey, [main])
    ('39', '38.5')
    """
    printed = label_value(reading, "")
    if not reading.value or reading.value < 0:
        return printed
    value = exact(reading.value)
    shorter = value.quantize(Decimal(1).scaleb(min(0, value.adjusted() - 1)), ROUND_HALF_UP)
    if any((value - exact(one.level)) * (shorter - exact(one.level)) < 0 for one in beside):
        return printed
    mark = "~" if reading.qualifier == "~" else ""
    return min(mark + format(shorter, "f"), printed, key=len)


def tick(value: float, unit: str = "") -> str:
    """Write a number at an axis: plain, never with an exponent.

    >>> tick(0.01), tick(100.0, "%")
    ('0.01', '100%')
    """
    return plain(value) + unit


def points(value: float) -> str:
    """Write a difference between two percentages, with its sign.

    >>> points(-4.0), points(-1.0), points(2.68)
    ('−4 points', '−1 point', '+2.68 points')
    """
    return f"{readable(signed(value))} point{'' if abs(value) == 1 else 's'}"


def relative(percent: float) -> str:
    """Write a relative change; decimals only below ten percent.

    >>> relative(-57.142857), relative(4.25), relative(1750.0)
    ('−57%', '+4.2%', '+1,750%')
    """
    text = signed(percent, 0 if abs(percent) >= 9.95 else 1)
    sign, digits = (text[0], text[1:]) if text[0] in f"+{MINUS}" else ("", text)
    return f"{sign}{int(digits):,}%" if digits.isdigit() else f"{sign}{digits}%"


def span(low: float, high: float, decimals: int = 0) -> str:
    """Write two numbers without sign as a range, rounded outward, the smaller first.

    >>> span(-66.67, -46.15), span(13.33, 35.29), span(4.0, 4.0)
    ('46–67', '13–36', '4')
    """
    first, second = outward(low, high, decimals)
    return first if first == second else f"{first}–{second}"


def outward(low: float, high: float, decimals: int) -> tuple[str, str]:
    """Write two numbers without sign, the smaller first and rounded down, the greater one rounded up.

    >>> outward(-4.125, -3.875, 1), outward(3.99, 4.01, 3)
    (('3.8', '4.2'), ('3.99', '4.01'))
    """
    step = Decimal(1).scaleb(-decimals)
    least, most = sorted((abs(exact(low)), abs(exact(high))))
    return (
        plain(float(least.quantize(step, ROUND_FLOOR))),
        plain(float(most.quantize(step, ROUND_CEILING))),
    )


def decimals_of(reading: Reading) -> int:
    """Return how many decimals a reading is shown with.

    >>> from datetime import date
    >>> days = date(2025, 1, 1), date(2025, 1, 1), "day", date(2025, 1, 1), date(2025, 1, 1)
    >>> decimals_of(Reading("A", *days, "6.50..7.51", None, 6.5, 7.51)), decimals_of(Reading("A", *days, "7", 7, 6, 8))
    (2, 0)
    """
    return max((len(found) for found in _DECIMALS.findall(readable(reading.printed))), default=0)


def half_unit(reading: Reading) -> float:
    """Return half the last printed digit, in points; zero where it is not known.

    Boundaries at 0 and 100 cut the interval, so the wider side counts. "About" does not say how exact a figure
    is, and one with more digits than anybody reads was computed, not rounded.
    """
    if reading.value is None or reading.qualifier == "~" or readable(reading.printed) != reading.printed:
        return 0.0
    return _half_unit(reading.value, reading.lowest, reading.highest)


@lru_cache(maxsize=8192)
def _half_unit(value: float, lowest: float, highest: float) -> float:
    below, above = difference(value, lowest), difference(highest, value)
    return float(max(exact(below), exact(above)))
