"""How the line chart fills its room on the sheet: gutters for labels, rows for events, and the plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.charts.axis.ranges import day_range, plane_of
from tracker.charts.look.style import Style
from tracker.charts.page.board import Box
from tracker.charts.page.sheet import LOW
from tracker.charts.page.timeplot import BEFORE_PLOT, below
from tracker.charts.picture import Picture
from tracker.charts.plot.endlabels import is_early
from tracker.charts.plot.ends import early_gutter
from tracker.charts.plot.scene import Scene, compose, left_gutter, right_gutter
from tracker.charts.words.notes import left_out
from tracker.values import Event

GUTTER_SHARE = 0.4
"""Labels take at most this part of the width."""


def furniture(style: Style) -> float:
    """Return the height of what stands above and below the plot: a gap, and the texts of the date axis."""
    return BEFORE_PLOT + below(style)


@dataclass(frozen=True, slots=True)
class Body:
    """Fills the room of a sheet with one plot of lines over time."""

    picture: Picture
    events: Sequence[Event]
    style: Style
    height: float
    """Of the whole figure, points."""

    def __call__(self, room: Box) -> tuple[tuple[Scene, Box], list[str]]:
        """Return the scene and the place of its plot, and what is to be said of things left out."""
        style, picture, events = self.style, self.picture, self.events
        rows = 1 if self.height < LOW else 3
        bottom = room.bottom + below(style)
        height = room.top - BEFORE_PLOT - bottom
        left = room.left + left_gutter(picture, height, style)
        guess = plane_of(picture, day_range(picture, events), room.right - left - 60.0, height)
        at_edge = [series for series in picture.series if not is_early(picture, series, guess)]
        most = GUTTER_SHARE * (room.right + style.margin)
        right = max(right_gutter(picture, at_edge, guess, most, style), 4.0)
        if not at_edge:
            right = max(early_gutter(picture, list(picture.series), guess, most, style) + 4.0, right)
        wide = room.right - right - left
        scene = compose(picture, events, (wide, height), right, rows, style)
        if scene.rows:
            height = room.top - 6.0 - scene.rows * style.event_row - bottom
            scene = compose(picture, events, (wide, height), right, scene.rows, style)
        plot = Box(left, bottom, left + wide, bottom + height)
        return (scene, plot), left_out(list(scene.dropped), list(scene.dropped_events))
