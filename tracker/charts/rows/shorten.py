"""Numbers that are cut where there is no room: far digits give way, never those before the point."""

from __future__ import annotations

import re

from tracker.charts.look.fonts import width

_FAR = re.compile(r"(\d+\.\d+)(\d)(…?)")


def shorten(text: str, room: float, size: float, bold: bool = False) -> str:
    """Leave out the far digits of the longest numbers of a text until it fits, an ellipsis in their place.

    One decimal is left: the text may still be too long.

    Parameters
    ----------
    text : str
        Numbers and words.
    room : float
        Points.
    size : float
        Of the font, points.
    bold : bool
        Whether it is set bold.

    Examples
    --------
    >>> shorten("0.00002750%", 50.0, 10.0)
    '0.0000…%'
    >>> shorten("12.345", 20.0, 10.0), shorten(">98%", 5.0, 10.0)
    ('12.3…', '>98%')
    """
    cut = text
    while width(cut, size, bold) > room:
        longest = max(_FAR.finditer(cut), key=lambda found: len(found[1]), default=None)
        if longest is None:
            break
        cut = f"{cut[: longest.start()]}{longest[1]}…{cut[longest.end() :]}"
    return cut
