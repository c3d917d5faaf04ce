"""Lines of text with a place on paper, and how a sentence is broken into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.charts.look.fonts import clip_to, width
from tracker.charts.page.board import Box, Point

Align = Literal["left", "center", "right"]

LEADING = 1.2
"""Height of a line in font sizes."""

WEAK = {"a", "an", "and", "at", "by", "from", "in", "of", "on", "than", "the", "then", "to", "was", "with"}
"""Words that should not end the first line of a title."""

TOO_WIDE = 2.5
"""Times the room: wider than two lines, with the blank between them, can be."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its base line, in points from a lower left corner.

    Parameters
    ----------
    align : {'left', 'center', 'right'}
        Which part of the text stands at `x`.
    halo : bool
        Whether it stands out from lines beneath by a rim in the background colour.
    """

    x: float
    y: float
    text: str
    size: float
    color: str
    bold: bool = False
    align: Align = "left"
    halo: bool = False


def wrap(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `room` points; words that are wider are cut."""
    lines: list[str] = []
    for word in _pieces(text, room, size, bold):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balance(text: str, room: float, size: float, bold: bool = False) -> list[str] | None:
    """Break a text into at most two lines of near-equal length; None where these are too narrow.

    >>> balance("a bb ccc dddd", 1000.0, 10.0)
    ['a bb ccc dddd']
    """
    wide = width(text, size, bold)
    if wide <= room or wide > TOO_WIDE * room:
        return [text] if wide <= room else None
    words = text.split(" ")
    found: tuple[float, list[str]] | None = None
    for cut in range(1, len(words)):
        lines = [" ".join(words[:cut]), " ".join(words[cut:])]
        widths = [width(line, size, bold) for line in lines]
        cost = max(widths) + (0.06 * room if words[cut - 1].lower() in WEAK else 0.0)
        if max(widths) <= room and (found is None or cost < found[0]):
            found = (cost, lines)
    return found[1] if found else None


def title_lines(candidates: Sequence[str], room: float, sizes: Sequence[float]) -> tuple[str, list[str], float]:
    """Choose the fullest title that fits on two lines, as large as it can be.

    Returns
    -------
    str
        The title that was chosen.
    list of str
        Its lines.
    float
        Its size, points.
    """
    for title in candidates:
        for size in sizes:
            lines = balance(title, room, size, bold=True)
            if lines is not None:
                return title, lines, size
    last, size = candidates[-1], sizes[-1]
    first, *rest = wrap(last, room, size, bold=True)
    return last, [first, clip_to(" ".join(rest), room, size, bold=True)], size


def block(lines: Sequence[str], box: Box, align: Align, size: float, color: str, bold: bool = True) -> list[Line]:
    """Set lines of text into a box, from its top."""
    x = {"left": box.left, "center": (box.left + box.right) / 2, "right": box.right}[align]
    return [
        Line(x, box.top - (i + 1) * LEADING * size + 0.3 * size, text, size, color, bold, align, halo=True)
        for i, text in enumerate(lines)
    ]


def extent(lines: Sequence[str], size: float, bold: bool = True) -> tuple[float, float]:
    """Return width and height of lines of text, points."""
    return max(width(line, size, bold) for line in lines), LEADING * size * len(lines)


def around(x: float, y: float, wide: float, high: float, reach: Sequence[float]) -> list[tuple[Box, Align]]:
    """Return the places for a text beside a dot, best first, and how it is aligned there.

    Parameters
    ----------
    x, y : float
        The dot, points.
    wide, high : float
        Size of the text, points.
    reach : sequence of float
        Distances to try, points.
    """
    places: list[tuple[Box, Align]] = []
    for gap in reach:
        right, left = (x + gap, x + gap + wide), (x - gap - wide, x - gap)
        middle, above, below = (y - high / 2, y + high / 2), (y + gap, y + gap + high), (y - gap - high, y - gap)
        centre, near = (x - wide / 2, x + wide / 2), gap * 0.6
        up, down = (y + near * 0.5, y + near * 0.5 + high), (y - near * 0.5 - high, y - near * 0.5)
        sides: tuple[tuple[Point, Point, Align], ...] = (
            (right, middle, "left"),
            (centre, above, "center"),
            (left, middle, "right"),
            (right, up, "left"),
            (right, down, "left"),
            (left, up, "right"),
            (left, down, "right"),
            (centre, below, "center"),
        )
        places += [(Box(across[0], up_[0], across[1], up_[1]), align) for across, up_, align in sides]
    return places


def _pieces(text: str, room: float, size: float, bold: bool) -> list[str]:
    pieces: list[str] = []
    for word in text.split():
        start = 0
        while width(some := _start(word[start:], room, size, bold), size, bold) > room and len(some) > 1:
            cut = next((n for n in range(len(some) - 1, 1, -1) if width(some[:n], size, bold) <= room), 1)
            pieces.append(some[:cut])
            start += cut
        pieces.append(word[start:])
    return pieces


def _start(word: str, room: float, size: float, bold: bool) -> str:
    """As much of a word as is surely wider than the room, or all of it: to measure all of a long one takes long."""
    step = 64
    for end in range(step, len(word), step):
        if width(word[:end], size, bold) > TOO_WIDE * room:
            return word[:end]
    return word
