"""The callout: how far the share moved, with an arrow, where nothing else is covered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.analysis.change import Change
from tracker.charts.axis.plane import Plane
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.board import FORBIDDEN, Board, Box
from tracker.charts.page.text import Line
from tracker.charts.words.numbers import points, readable, relative, signed

LEAST = 34.0
"""An arrow shorter than this, in points, is not drawn."""

ASIDE = 7.0
"""From the text to the arrow, points."""

TOUCHING = 10.0
"""From this score on the text would touch the line that it is about, or a dotted link."""

NEAR = 0.14
"""An arrow further from the last reading than this part of the plot would point at nothing."""

MOST_PERCENT = 1000.0
"""A relative change of this much says less than the points do."""

COVERED = 90.0
"""A text that would cover the main line for longer than this is left out; a grey dot weighs as much."""

CLEARANCE = 4.0
"""Nothing comes nearer to the text than this, points."""


@dataclass(frozen=True, slots=True)
class Callout:
    """A callout with its place, in points from the lower left corner of the plot.

    Parameters
    ----------
    x, start, end : float
        The arrow: where, from which height, to which.
    level_from : float
        Where the dotted line that carries the level across begins.
    """

    x: float
    start: float
    end: float
    level_from: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """What a callout is about.

    Parameters
    ----------
    change : Change
        What to say.
    ends : tuple of Box
        Marks of the two readings, points.
    levels : tuple of float
        Heights of the two readings, points.
    tone : str
        Colour of the text.
    unit : str
        ``%``, or nothing for an index.
    about : bool
        Whether one of them is "about", so that nobody knows how exact the change is.
    """

    change: Change
    ends: tuple[Box, Box]
    levels: tuple[float, float]
    tone: str
    unit: str
    about: bool = False


def callout(board: Board, plane: Plane, move: Move, style: Style) -> Callout | None:
    """Place the callout, or return None where it would touch a line, a rule, a box or a text.

    Parameters
    ----------
    board : Board
        What lies in the plot.
    plane : Plane
        The plot.
    move : Move
        What to say, and about which marks.
    style : Style
        Sizes and colours.
    """
    ends, levels = move.ends, move.levels
    if abs(levels[0] - levels[1]) < LEAST or move.change.points is None:
        return None
    rows = _rows(move, style)
    wide = max(width(text, size, bold) for text, size, bold in rows)
    high = sum(1.2 * size for _, size, _ in rows)
    best: tuple[float, float, Box] | None = None
    for x, box in _places(ends, levels, wide, high, ends[1].left - NEAR * plane.width):
        score = board.score(box, CLEARANCE) + _arrow_score(board, (ends[0].right + 3.0, x), levels, plane)
        if score < TOUCHING and (best is None or score < best[0]):
            best = (score, x, box)
    if best is None:
        return None
    _, x, box = best
    return Callout(x, levels[0], levels[1], ends[0].right + 3.0, _lines(rows, box, move.tone, style))


def _rows(move: Move, style: Style) -> list[tuple[str, float, bool]]:
    change = move.change
    assert change.points is not None
    moved = points(change.points) if move.unit else readable(signed(change.points))
    if move.about:
        return [(f"about {moved}", style.callout_size, True)]
    rows = [(moved, style.callout_size, True)]
    if change.percent is not None and _is_tight(change):
        rows.append((relative(change.percent), style.label_size, False))
    return rows


def _is_tight(change: Change) -> bool:
    """Whether rounding leaves the relative change some meaning: from 1% to 7% is +600%, or +330%, or +1,400%."""
    if change.percent is None or change.percent_low is None or change.percent_high is None:
        return False
    if abs(change.percent) >= MOST_PERCENT:
        return False
    return change.percent_high - change.percent_low <= abs(change.percent) / 2


def _places(
    ends: tuple[Box, Box], levels: tuple[float, float], wide: float, high: float, least: float
) -> Iterator[tuple[float, Box]]:
    """Try arrows from near the last reading backwards, each with its text at the left, top first."""
    top, low = max(levels), min(levels)
    x = ends[1].left - 10.0
    while x >= least and x - ASIDE - wide > ends[0].right + 8.0:
        y = top - 10.0
        while y - high > low - 8.0:
            yield x, Box(x - ASIDE - wide, y - high, x - ASIDE, y)
            y -= 6.0
        x -= 6.0


def _arrow_score(board: Board, reach: tuple[float, float], levels: tuple[float, float], plane: Plane) -> float:
    """Keep the arrow, and the line that carries its level, off texts and off rules; prefer it near the end."""
    start, x = reach
    shaft = Box(x - 5.0, min(levels), x + 5.0, max(levels))
    level = Box(start, levels[0] - 1.0, x, levels[0] + 1.0)
    if any(weight >= COVERED and (shaft.meets(box) or level.meets(box)) for box, weight in board.boxes):
        return FORBIDDEN
    return (plane.width - x) / plane.width


def _lines(rows: list[tuple[str, float, bool]], box: Box, tone: str, style: Style) -> tuple[Line, ...]:
    lines, y = [], box.top
    for text, size, bold in rows:
        y -= 1.2 * size
        lines.append(Line(box.right, y + 0.3 * size, text, size, tone if bold else style.second, bold, "right", True))
    return tuple(lines)
