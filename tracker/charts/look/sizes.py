"""Sizes of figures: names for common ones, and widths by heights in inches, centimetres or pixels."""

from __future__ import annotations

import re

from tracker.errors import InvalidValue

Size = tuple[float, float]

DPI = 200.0
"""Dots per inch of a picture, unless another number is asked for."""

SIZES: dict[str, Size] = {
    "print": (7.2, 5.0),  # two columns of a page
    "web": (8.0, 4.5),  # 1600 by 900 pixels
    "slide": (9.6, 5.4),  # 1920 by 1080 pixels
    "square": (5.4, 5.4),  # 1080 by 1080 pixels
}

SMALLEST: Size = (4.0, 3.0)
LARGEST = 100.0

_UNITS = {"": 1.0, "in": 1.0, "cm": 2.54, "mm": 25.4, "px": DPI}
_WRITTEN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(in|cm|mm|px|)\s*", re.IGNORECASE)


def size_of(size: str | Size) -> Size:
    """Return width and height in inches.

    Parameters
    ----------
    size : str or tuple of float
        One of `SIZES`, or ``WxH`` in inches, or with ``cm``, ``mm`` or ``px`` (200 to the inch); or inches.

    Raises
    ------
    InvalidValue
        If it cannot be read, or is smaller than 4 by 3 inches or larger than 100.

    Examples
    --------
    >>> size_of("web"), size_of("18x12cm"), size_of((6, 4))
    ((8.0, 4.5), (7.086614173228346, 4.724409448818897), (6.0, 4.0))
    """
    wide, high = _read(size) if isinstance(size, str) else (float(size[0]), float(size[1]))
    if not (SMALLEST[0] <= wide <= LARGEST and SMALLEST[1] <= high <= LARGEST):
        raise InvalidValue(
            f"a figure of {wide:.4g} by {high:.4g} inches cannot be drawn",
            "Choose 4 by 3 inches at least, 100 at most.",
        )
    return wide, high


def _read(size: str) -> Size:
    if size.strip().lower() in SIZES:
        return SIZES[size.strip().lower()]
    found = _WRITTEN.fullmatch(size)
    if found is None:
        raise InvalidValue(
            f"there is no size {size!r}",
            f"Choose {', '.join(SIZES)}, or inches as 7.2x5; with a unit: 18x12cm, 1200x800px.",
        )
    unit = _UNITS[found[3].lower()]
    return float(found[1]) / unit, float(found[2]) / unit
