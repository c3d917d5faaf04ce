"""The anatomy of a figure, from the top, in points: nothing leaves it and nothing is cropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.charts.board import Box
from tracker.charts.endlabels import is_early
from tracker.charts.fonts import clip_to
from tracker.charts.notes import left_out, note, source
from tracker.charts.prepare import Picture
from tracker.charts.ranges import day_range, plane_of
from tracker.charts.scene import Scene, compose, left_gutter, right_gutter
from tracker.charts.style import Style
from tracker.charts.text import Line, title_lines, wrap
from tracker.charts.words import kicker, subtitle, titles
from tracker.errors import TrackerError
from tracker.values import Event

SMALLEST = (4.0, 3.0)
"""Smallest figure, inches."""

PLOT_SHARE = 0.36
"""The plot keeps this part of the height; a long note gives way before it does."""

GUTTER_SHARE = 0.4
"""Labels take at most this part of the width."""

LOW = 280.0
"""A figure lower than this, in points, has smaller titles and one row of events."""

BEFORE_PLOT, BEFORE_NOTE = 13.0, 8.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of a figure goes, in points from its lower left corner.

    Parameters
    ----------
    plot : Box
        The axes.
    lines : list of Line
        Title, subtitle, note and source.
    note : str
        The note in full, even where the figure has room for its first sentences only.
    """

    plot: Box
    scene: Scene
    lines: list[Line]
    title: str
    subtitle: str
    note: str
    source: str


def lay_out(
    picture: Picture, events: Sequence[Event], title: str | None, size: tuple[float, float], style: Style
) -> Layout:
    """Lay out a figure.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    events : sequence of Event
        Those that may be shown.
    title : str or None
        Instead of the finding.
    size : tuple of float
        Width and height, inches, at least 4 by 3.
    style : Style
        Colours and sizes.

    Raises
    ------
    TrackerError
        If the figure is too small.
    """
    if not (SMALLEST[0] <= size[0] <= 100 and SMALLEST[1] <= size[1] <= 100):
        raise TrackerError(
            f"a figure of {size[0]:g} by {size[1]:g} inches cannot be drawn",
            "Choose 4 by 3 inches at least, 100 at most.",
        )
    page = _Page(picture, style, size[0] * 72.0, size[1] * 72.0)
    chosen, head = page.head(title)
    sentences = note(picture)
    scene, plot, foot = page.body(events, head, sentences)
    for _ in range(3):
        more = left_out(list(scene.dropped), list(scene.dropped_events))
        again = page.body(events, head, [*sentences, *more])
        settled = left_out(list(again[0].dropped), list(again[0].dropped_events)) == more
        scene, plot, foot = again
        if settled:
            break
    full = " ".join([*sentences, *left_out(list(scene.dropped), list(scene.dropped_events))])
    return Layout(plot, scene, [*head.lines, *foot], chosen, subtitle(picture), full, source(picture))


@dataclass(frozen=True, slots=True)
class _Head:
    lines: list[Line]
    bottom: float


@dataclass(frozen=True, slots=True)
class _Page:
    picture: Picture
    style: Style
    width: float
    height: float

    @property
    def room(self) -> float:
        return self.width - 2 * self.style.margin

    def head(self, title: str | None) -> tuple[str, _Head]:
        """Set kicker, title and subtitle from the top."""
        style, y = self.style, self.height - self.style.margin
        lines: list[Line] = []
        warning = kicker(self.picture)
        if warning:
            y -= 1.35 * style.kicker_size
            shown = clip_to(warning, self.room, style.kicker_size, True)
            lines.append(Line(style.margin, y + 3.0, shown, style.kicker_size, style.warning, True))
        given = [" ".join(title.split())] if title and title.strip() else titles(self.picture)
        sizes: tuple[float, ...] = (style.title_size, 14.0, style.title_least, 12.0, 11.0)
        # a low figure needs its height for the plot, and a title of its own has no shorter form
        sizes = sizes[2:] if self.height < LOW else sizes if title else sizes[:3]
        chosen, broken, size = title_lines(given, self.room, sizes)
        for text in broken:
            y -= style.title_height * size
            lines.append(Line(style.margin, y + 0.28 * size, text, size, style.ink, True))
        y -= 3.0
        for text in self._subtitle():
            y -= 1.3 * style.subtitle_size
            lines.append(Line(style.margin, y + 0.3 * style.subtitle_size, text, style.subtitle_size, style.second))
        return chosen, _Head(lines, y)

    def _subtitle(self) -> list[str]:
        style, most = self.style, 2 if self.height < LOW else 3
        lines = wrap(subtitle(self.picture), self.room, style.subtitle_size)
        if len(lines) > most:
            lines[most - 1 :] = [clip_to(" ".join(lines[most - 1 :]), self.room, style.subtitle_size)]
        return lines

    def body(self, events: Sequence[Event], head: _Head, sentences: Sequence[str]) -> tuple[Scene, Box, list[Line]]:
        """Set note, source and plot below the head; what has no room in the note is left to `Layout.note`."""
        style, picture = self.style, self.picture
        rows = 1 if self.height < LOW else 3
        foot, top = self._foot(sentences, head.bottom)
        height = head.bottom - BEFORE_PLOT - top
        gutter = left_gutter(picture, height, style)
        left = style.margin + gutter
        days = day_range(picture, events)
        guess = plane_of(picture, days, self.width - left - style.margin - 60.0, height)
        at_edge = [series for series in picture.series if not is_early(picture, series, guess)]
        right = max(right_gutter(picture, at_edge, GUTTER_SHARE * self.width, style), 4.0)
        wide = self.width - style.margin - right - left
        scene = compose(picture, events, (wide, height), right, rows, style)
        if scene.rows:
            height = head.bottom - 6.0 - scene.rows * style.event_row - top
            scene = compose(picture, events, (wide, height), right, scene.rows, style)
        return scene, Box(left, top, left + wide, top + height), foot

    def _foot(self, sentences: Sequence[str], ceiling: float) -> tuple[list[Line], float]:
        """Set the source line and as many sentences of the note as leave the plot its part of the height."""
        style = self.style
        step = style.note_height * style.note_size
        origin = wrap(source(self.picture), self.room, style.note_size)
        ticks = style.tick + 3.0 + 2 * 1.15 * style.label_size + BEFORE_NOTE
        least = PLOT_SHARE * self.height
        kept = len(sentences)
        while True:
            said = f"Note: {' '.join(sentences[:kept])}" if kept else ""
            texts = [*wrap(said, self.room, style.note_size), *origin]
            top = style.margin + step * len(texts) + ticks
            if not kept or ceiling - BEFORE_PLOT - top >= least:
                break
            kept -= 1
        if len(origin) > 4:
            texts = [*origin[:3], clip_to(" ".join(origin[3:]), self.room, style.note_size)]
            top = style.margin + step * len(texts) + ticks
        count = len(texts)
        base = style.margin + 0.3 * style.note_size
        lines = [
            Line(style.margin, base + step * (count - 1 - i), text, style.note_size, style.third)
            for i, text in enumerate(texts)
        ]
        return lines, top
