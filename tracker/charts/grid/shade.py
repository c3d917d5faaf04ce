"""Colours between two colours, and whether a text can be read on them."""

from __future__ import annotations

from collections.abc import Iterable

READABLE = 4.5
"""Least contrast of a text to what it stands on, as WCAG 2 counts it."""


def mix(start: str, end: str, part: float) -> str:
    """Return the colour at a part of the way from one colour to another.

    >>> mix("#ffffff", "#000000", 0.5)
    '#808080'
    """
    pairs = zip(_channels(start), _channels(end), strict=True)
    return "#" + "".join(f"{int(a + (b - a) * part + 0.5):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2 counts it.

    >>> contrast("#ffffff", "#000000")
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(ground: str, colors: Iterable[str]) -> str:
    """Return the first colour that can be read on a ground; black or white, the better one, where none can.

    >>> readable("#2346b8", ["#16191d", "#f2f4f6"])
    '#f2f4f6'
    """
    for color in colors:
        if contrast(ground, color) >= READABLE:
            return color
    return max(("#000000", "#ffffff"), key=lambda color: contrast(ground, color))


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    parts = [channel / 255 for channel in _channels(color)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
