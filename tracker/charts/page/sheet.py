"""The anatomy of a figure, from the top, in points: nothing leaves it and nothing is cropped.

Every kind of chart stands on a sheet: kicker, title and subtitle above, note and source below, and a
room between them that the kind fills.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tracker.charts.look.fonts import clip_to
from tracker.charts.look.sizes import Size
from tracker.charts.look.style import Style
from tracker.charts.page.artists import text_artist
from tracker.charts.page.board import Box
from tracker.charts.page.text import Line, balance, title_lines, wrap
from tracker.charts.words.wording import Wording

PLOT_SHARE = 0.30
"""The plot keeps this part of the height; a long note gives way before it does."""

LOW = 280.0
"""A figure lower than this, in points, has smaller titles and one row of events."""

BEFORE_NOTE = 8.0
"""Between the room of the plot and the note, points."""

Scene = TypeVar("Scene")

Body = Callable[[Box], tuple[Scene, Sequence[str]]]
"""Fills the room between head and foot; returns what it made, and sentences for the note: what was left out."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Scene]):
    """A figure with everything in its place, in points from its lower left corner.

    Parameters
    ----------
    scene
        What the kind made of its room.
    lines : list of Line
        Title, subtitle, note and source.
    note : str
        The note in full, even where the figure has no room for some sentences. On paper what was left out comes first.
    """

    size: Size
    scene: Scene
    lines: list[Line]
    title: str
    subtitle: str
    note: str
    source: str

    def figure(self, style: Style) -> Figure:
        """Make the figure with all that stands around the plot; no pyplot, no layout engine, no cropping."""
        wide, high = self.size[0] * 72.0, self.size[1] * 72.0
        fig = Figure(figsize=self.size, dpi=100, facecolor=style.background, edgecolor="none")
        fig.set_layout_engine("none")
        for line in self.lines:
            fig.add_artist(text_artist(line, style, wide, high, fig.transFigure))
        return fig

    def axes(self, fig: Figure, plot: Box) -> Axes:
        """Add axes that fill a box of the sheet."""
        wide, high = self.size[0] * 72.0, self.size[1] * 72.0
        return fig.add_axes(
            (plot.left / wide, plot.bottom / high, (plot.right - plot.left) / wide, (plot.top - plot.bottom) / high)
        )


def lay_out(
    wording: Wording, body: Body[Scene], size: Size, style: Style, title: str | None = None, *, furniture: float = 0.0
) -> Sheet[Scene]:
    """Lay out a figure.

    Parameters
    ----------
    wording : Wording
        What is said.
    body : callable
        Fills the room between head and foot, a `Box` in points from the lower left corner of the figure.
    size : tuple of float
        Width and height, inches, see `tracker.charts.look.sizes`.
    style : Style
        Colours and sizes.
    title : str, optional
        Instead of the finding.
    furniture : float
        What the plot needs above and below itself for ticks and the like, points: the note gives way
        so that the plot keeps its part of the height without them.
    """
    page = _Page(wording.titled(title), style, size[0] * 72.0, size[1] * 72.0, bool(title and title.strip()))
    chosen, head, ceiling = page.head()
    least = PLOT_SHARE * page.height + furniture
    more: Sequence[str] = []
    (scene, left_out), foot = page.fill(body, wording.notes, ceiling, least)
    for _ in range(3):
        if left_out == more:
            break
        more = left_out
        (scene, left_out), foot = page.fill(body, [*more, *wording.notes], ceiling, least)
    full = " ".join([*wording.notes, *left_out])
    return Sheet(size, scene, [*head, *foot], chosen, wording.subtitle, full, wording.source)


@dataclass(frozen=True, slots=True)
class _Page:
    wording: Wording
    style: Style
    width: float
    height: float
    own_title: bool

    @property
    def room(self) -> float:
        return self.width - 2 * self.style.margin

    def head(self) -> tuple[str, list[Line], float]:
        """Set kicker, title and subtitle from the top; the last number is where they end."""
        style, y = self.style, self.height - self.style.margin
        lines: list[Line] = []
        if self.wording.kicker:
            y -= 1.35 * style.kicker_size
            shown = clip_to(self.wording.kicker, self.room, style.kicker_size, True)
            lines.append(Line(style.margin, y + 3.0, shown, style.kicker_size, style.warning, True))
        chosen, broken, size = title_lines(self.wording.titles, self.room, self._title_sizes())
        for text in broken:
            y -= style.title_height * size
            lines.append(Line(style.margin, y + 0.28 * size, text, size, style.ink, True))
        y -= 3.0
        for text in self._subtitle():
            y -= 1.3 * style.subtitle_size
            lines.append(Line(style.margin, y + 0.3 * style.subtitle_size, text, style.subtitle_size, style.second))
        return chosen, lines, y

    def _title_sizes(self) -> tuple[float, ...]:
        """A low figure needs its height for the plot, and a title of its own has no shorter form."""
        sizes = (self.style.title_size, 14.0, self.style.title_least, 12.0, 11.0)
        return sizes[2:] if self.height < LOW else sizes if self.own_title else sizes[:3]

    def _subtitle(self) -> list[str]:
        style, most = self.style, 2 if self.height < LOW else 3
        text, size = self.wording.subtitle, style.subtitle_size
        lines = balance(text, self.room, size) or wrap(text, self.room, size)
        if len(lines) > most:
            lines[most - 1 :] = [clip_to(" ".join(lines[most - 1 :]), self.room, size)]
        return lines

    def fill(
        self, body: Body[Scene], notes: Sequence[str], ceiling: float, least: float
    ) -> tuple[tuple[Scene, Sequence[str]], list[Line]]:
        """Set the foot, and fill what is between it and the head."""
        foot, floor = self._foot(notes, ceiling, least)
        made = body(Box(self.style.margin, floor, self.width - self.style.margin, ceiling))
        return made, foot

    def _foot(self, sentences: Sequence[str], ceiling: float, least: float) -> tuple[list[Line], float]:
        """Set the source line and those sentences of the note that leave the plot its part of the height.

        The first have the first claim; a shorter one further on may take what is left.
        """
        style = self.style
        step = style.note_height * style.note_size
        origin = wrap(self.wording.source, self.room, style.note_size)
        if len(origin) > 4:
            origin[3:] = [clip_to(" ".join(origin[3:]), self.room, style.note_size)]
        most = int((ceiling - least - style.margin - BEFORE_NOTE) / step + 1e-9) - len(origin)
        noted: list[str] = []
        kept: list[str] = []
        for sentence in sentences:
            longer = wrap(f"Note: {' '.join([*kept, sentence])}", self.room, style.note_size)
            if len(longer) <= most:
                noted, kept = longer, [*kept, sentence]
        texts = [*noted, *origin]
        floor = style.margin + step * len(texts) + BEFORE_NOTE
        base, count = style.margin + 0.3 * style.note_size, len(texts)
        lines = [
            Line(style.margin, base + step * (count - 1 - i), text, style.note_size, style.third)
            for i, text in enumerate(texts)
        ]
        return lines, floor
