"""Reading direction: lines run from left to right, words of Arabic or Hebrew within them from right to left."""

from __future__ import annotations

from unicodedata import bidirectional

MARK = "\N{LEFT-TO-RIGHT MARK}"
"""Has no width and no shape; what stands on its two sides does not change places."""


def left_to_right(text: str) -> str:
    r"""Keep what follows a name in its place, in whatever script the name is written.

    Without marks the number after an Arabic name is taken for a part of it: ``12%`` would be read ``%12``.

    Parameters
    ----------
    text : str
        No control characters, see `tracker.values.harmless`.

    Examples
    --------
    >>> left_to_right("Alice 12%")
    'Alice 12%'
    >>> left_to_right("אב גד 12%").replace(MARK, "|")
    '|אב גד| 12%'
    """
    if text.isascii() or not any(_turned(char) for char in text):
        return text
    parts: list[str] = [MARK]
    run = 0
    for char in text:
        kind = bidirectional(char)
        if kind in ("R", "AL"):
            run = len(parts) + 1
        elif run and kind in ("L", "EN", "AN"):
            parts.insert(run, MARK)
            run = 0
        elif run == len(parts) and kind == "NSM":
            run += 1
        parts.append(char)
    if run:
        parts.insert(run, MARK)
    return "".join(parts)


def _turned(char: str) -> bool:
    return bidirectional(char) in ("R", "AL")
