"""A stack of labels beside a plot: each as near to its line as it can be, with leaders where it had to move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.charts.look.distinct import distinct
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.board import Point
from tracker.charts.page.labels import MOVED, keep, place
from tracker.charts.page.text import LEADING, Line

MOST = 12
"""More labels than this are too many."""

NEAR, FAR = 8.0, 19.0
"""From the plot to the labels, points: without and with leaders."""

END = 7.0
"""Labels may stand out of the plot by this much, points, above and below."""

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label before it has a place.

    Parameters
    ----------
    name, value : str
        What it says. The name is shortened where there is no room, the value never.
    wanted : float
        Height of what it names, points above the base line of the plot.
    color, line_color : str
        Of the text, and of the leader.
    bold : bool
        Whether it is one of those the picture is about.
    importance : float
        The least important are left out first; infinity never is.
    """

    name: str
    value: str
    wanted: float
    color: str
    line_color: str
    bold: bool = False
    importance: float = 0.0


@dataclass(frozen=True, slots=True)
class Stack:
    """Labels with their places.

    Parameters
    ----------
    lines : tuple of Line
        Texts, in points from the lower left corner of the plot.
    leaders : tuple of (path, colour)
        One for each label, or none where no label moved.
    dropped : tuple of str
        Names that found no room.
    """

    lines: tuple[Line, ...]
    leaders: tuple[tuple[tuple[Point, ...], str], ...]
    dropped: tuple[str, ...]


def gutter(labels: Sequence[Label], style: Style, most: float) -> float:
    """Return the width that labels want beside the plot, at most `most` points; 0 without labels."""
    widest = max((width(_text(label), style.label_size, label.bold) for label in labels), default=0.0)
    return min(widest + (FAR if len(labels) > 1 else NEAR), most) if labels else 0.0


def stack(labels: Sequence[Label], plot: tuple[float, float], room: float, style: Style, side: Side = "right") -> Stack:
    """Place labels beside a plot.

    Parameters
    ----------
    labels : sequence of Label
        In any order; labels of one height keep it, the first lowest.
    plot : tuple of float
        Width and height of the plot, points.
    room : float
        Width of the gutter, points, see `gutter`.
    style : Style
        Sizes.
    side : {'right', 'left'}
        Of the plot.

    Examples
    --------
    >>> from tracker.charts.look.style import LIGHT
    >>> pair = [Label(name, "5", 50.0, "#000000", "#000000", importance=1.0) for name in ("A", "B")]
    >>> placed = stack(pair, (100.0, 100.0), 60.0, LIGHT)
    >>> [line.text for line in placed.lines], len(placed.leaders), placed.dropped
    (['A 5', 'B 5'], 2, ())
    """
    high = LEADING * style.label_size
    rank = sorted(range(len(labels)), key=lambda i: (-labels[i].importance, i))[:MOST]
    fitting = keep([high] * len(labels), [label.importance for label in labels], plot[1] + 2 * END)
    shown = [labels[i] for i in fitting if i in rank]
    wanted = [min(max(label.wanted, 0.0), plot[1]) for label in shown]
    weights = [4.0 if label.bold else 1.0 for label in shown]
    centres = place(wanted, [high] * len(shown), weights, -END, plot[1] + END)
    moved = any(abs(a - b) > MOVED for a, b in zip(wanted, centres, strict=True))
    gap = FAR if moved else NEAR
    texts = _texts(shown, room - (FAR if len(labels) > 1 else NEAR), style)
    lines = tuple(
        _line(label, text, y, plot[0], gap, style, side) for label, text, y in zip(shown, texts, centres, strict=True)
    )
    leaders = tuple(
        (_leader(plot[0], a, b, side), label.line_color)
        for label, a, b in zip(shown, wanted, centres, strict=True)
        if moved
    )
    return Stack(lines, leaders, tuple(label.name for label in labels if label not in shown))


def _text(label: Label) -> str:
    return f"{label.name} {label.value}".strip()


def _texts(labels: Sequence[Label], room: float, style: Style) -> list[str]:
    """Return what labels say in their room: names that are cut still differ."""
    size, names = style.label_size, []
    for label in labels:
        fits = width(_text(label), size, label.bold) <= room + 0.01
        rest = width(f" {label.value}", size, label.bold)
        names.append((label.name, float("inf") if fits else room - rest, label.bold))
    cut = distinct(names, size)
    return [f"{name} {label.value}".strip() for name, label in zip(cut, labels, strict=True)]


def _line(label: Label, text: str, y: float, wide: float, gap: float, style: Style, side: Side) -> Line:
    size = style.label_size
    x, align = (wide + gap, "left") if side == "right" else (-gap, "right")
    return Line(x, y - 0.36 * size, text, size, label.color, label.bold, align)  # type: ignore[arg-type]


def _leader(wide: float, start: float, end: float, side: Side) -> tuple[Point, ...]:
    """Run 3 points out, across, and 4 points in."""
    outward = ((3.0, start), (6.0, start), (FAR - 6.5, end), (FAR - 2.5, end))
    return tuple((wide + x, y) if side == "right" else (-x, y) for x, y in outward)
