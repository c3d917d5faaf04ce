"""Numbers as people read them, the same everywhere in a chart."""

from __future__ import annotations

from math import floor, log10

from tracker.analysis.decimals import MINUS, difference, exact, plain, signed
from tracker.analysis.readings import Reading

__all__ = [
    "MINUS",
    "half_unit",
    "label_value",
    "plain",
    "points",
    "published",
    "relative",
    "short",
    "signed",
    "span",
    "tick",
]


def published(reading: Reading, unit: str = "%") -> str:
    """Say a reading as it was printed: ``7%``, ``<1%``, ``about 85%``, ``6.5–7.5%``.

    Parameters
    ----------
    reading : Reading
        A share in percent, or a number of an index.
    unit : str
        ``%``, or nothing for an index.
    """
    text = reading.printed
    if ".." in text:
        text = text.replace("..", "–")
    return f"about {text[1:]}{unit}" if text.startswith("~") else f"{text}{unit}"


def label_value(reading: Reading, unit: str = "%") -> str:
    """Say a reading beside its line: as printed, ``~85%`` where the source is vague."""
    return reading.printed.replace("..", "–") + unit


def short(reading: Reading) -> str:
    """Say a reading of the context with at most two figures: ``80``, ``5.8``, ``0.95``, ``<1``.

    Only the number beside a grey line is rounded; it stays as printed in the data.
    """
    if reading.value is None or not reading.value:
        return label_value(reading, "")
    decimals = max(0, 1 - floor(log10(reading.value)))
    shorter = plain(reading.value, decimals)
    mark = "~" if reading.qualifier == "~" else ""
    return min(mark + shorter, label_value(reading, ""), key=len)


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
    return f"{signed(value)} point{'' if abs(value) == 1 else 's'}"


def relative(percent: float) -> str:
    """Write a relative change; decimals only below ten percent.

    >>> relative(-57.142857), relative(4.25), relative(1750.0)
    ('−57%', '+4.2%', '+1,750%')
    """
    text = signed(percent, 0 if abs(percent) >= 9.95 else 1)
    sign, digits = (text[0], text[1:]) if text[0] in f"+{MINUS}" else ("", text)
    return f"{sign}{int(digits):,}%" if digits.isdigit() else f"{sign}{digits}%"


def span(low: float, high: float, decimals: int = 0) -> str:
    """Write two numbers without sign as a range, the smaller first.

    >>> span(-66.67, -46.15)
    '46–67'
    """
    first, second = sorted((plain(abs(low), decimals), plain(abs(high), decimals)), key=float)
    return first if first == second else f"{first}–{second}"


def half_unit(reading: Reading) -> float:
    """Return half the last printed digit, in points; zero where it is not known.

    Boundaries at 0 and 100 cut the interval, so the wider side counts.
    """
    if reading.value is None:
        return 0.0
    below, above = difference(reading.value, reading.lowest), difference(reading.highest, reading.value)
    return float(max(exact(below), exact(above)))
