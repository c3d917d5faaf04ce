"""The rank chart: places over time, with the shares beside the names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tracker.charts.chart import Chart
from tracker.charts.grid.grid import Grid, grid_of
from tracker.charts.look.sizes import size_of
from tracker.charts.look.style import Style, style_named
from tracker.charts.page.artists import axes_size
from tracker.charts.page.board import Box
from tracker.charts.page.sheet import lay_out
from tracker.charts.places.fit import Across, Lanes, across, lanes
from tracker.charts.places.paint import paint
from tracker.charts.places.ranking import Ranking, ranking
from tracker.charts.places.scene import compose, head_height
from tracker.charts.places.shapes import Scene
from tracker.charts.places.telling import focused
from tracker.charts.places.wording import alt, wording
from tracker.errors import TrackerError

BEFORE = 8.0
"""Between the subtitle and the best place, points."""


def rank(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    top: int = 10,
    style: str | Style = "light",
    title: str | None = None,
    size: str | tuple[float, float] = "print",
) -> Chart:
    """Draw places over time as numbered discs, joined by curves that are no data.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market, with everybody who is named in it; shares in percent.
    focus : str or sequence of str, optional
        Entities in colour, the main one first. None: the one that surely moved most places, else the leader.
    top : int
        At most so many entities by their place in the last period, beside those of the focus.
    style : {'light', 'dark'} or Style
        Colours and sizes.
    title : str, optional
        Instead of the finding.
    size : str or tuple of float
        ``print``, ``web``, ``slide``, ``square``, ``WxH``, or width and height in inches; at least 4 by 3.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        For an index, fewer than two who are named, a focus that is no single holder, or nothing to draw.

    Notes
    -----
    The place is one more than the number of greater shares as published; equal ones share the better place.

    *Not valid* as a place among all there are, where the source names some only; nor where a lab and its models
    stand in one frame. A place can change while shares barely move.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> row = dict.fromkeys(COLUMNS, None) | {
    ...     "source": "Poe", "market": "poe/text", "counted": "text messages", "entity": "R1", "hue": "blue",
    ...     "period_start": "2025-05-01", "period_end": "2025-05-31", "precision": "month", "earliest": "2025-05-01",
    ...     "latest": "2025-05-31", "printed": "12.2", "share": 12.2, "lowest": 12.15, "highest": 12.25, "decimals": 1}
    >>> more = row | {"entity": "V3", "printed": "9.0", "share": 9.0, "lowest": 8.95, "highest": 9.05}
    >>> rank(tidy({name: [row[name], more[name]] for name in COLUMNS}), focus="V3").title
    'V3 was second in May 2025 by share of Poe’s text messages'
    """
    look, inches = style_named(style), size_of(size)
    made = focused(ranking(frame, focus))
    names = chosen(made, top)
    wide = across(made, names, inches[0] * 72.0 - 2 * look.margin, look)
    body = Body(made, names, wide, look)
    up = body.lanes(inches[1] * 72.0)
    for _ in range(4):
        shown = body.grid(up)
        sheet = lay_out(wording(made, shown, wide, up), body, inches, look, title, furniture=BEFORE)
        scene, plot, fitting = sheet.scene
        if fitting.slots.keys() == up.slots.keys():
            break
        up = fitting
    fig = sheet.figure(look)
    ax = sheet.axes(fig, plot)
    paint(ax, scene, look)
    return Chart.of(sheet, fig, (ax,), shown.data, alt(made, shown, sheet.title, sheet.subtitle))


def chosen(made: Ranking, top: int) -> list[str]:
    """Return who may be shown: the focus, and the best of the last period."""
    if top < 1:
        raise TrackerError(f"the top {top} are nobody", "Ask for 1 at least.")
    order = made.order()
    best = [name for name in order if name not in made.focus]
    return [*made.focus, *best[: max(top - len(made.focus), 0)]]


@dataclass(frozen=True, slots=True)
class Body:
    """Fills the room of a sheet with as many places as fit."""

    made: Ranking
    names: list[str]
    wide: Across
    style: Style

    def lanes(self, high: float) -> Lanes:
        """Return the places that fit into a height, points."""
        columns = [self.made.columns[i] for i in self.wide.chosen]
        return lanes(self.made, columns, self.names, high - head_height(self.made, self.wide.chosen, self.style))

    def grid(self, up: Lanes) -> Grid:
        """Return exactly the rows that have a disc."""
        rows = sorted(self.made.ranks[disc].reading.row for disc in up.slots)
        return grid_of(self.made.grid.data.iloc[rows], self.made.focus, strict=False)

    def __call__(self, room: Box) -> tuple[tuple[Scene, Box, Lanes], list[str]]:
        """Return the scene, its place, and what fits; the caller says what does not."""
        plot = Box(room.left, room.bottom, room.right, room.top - BEFORE)
        high = plot.top - plot.bottom
        up = self.lanes(high)
        scene = compose(self.made, self.wide, up, (plot.right - plot.left, high), self.style)
        unlabelled = [f"Not labelled: {'; '.join(scene.unlabelled)}."] if scene.unlabelled else []
        return (scene, plot, up), unlabelled


def draw_rank(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    top: int = 10,
    ax: Axes | None = None,
    style: str | Style = "light",
) -> Axes:
    """Draw places over time within axes of your own: no title, no note, no change of size.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market; shares in percent.
    focus, top, style
        See `rank`.
    ax : matplotlib.axes.Axes, optional
        Where to draw, laid out at its present size, names and dates within it; None makes a figure of its own.

    Returns
    -------
    matplotlib.axes.Axes
        The axes that were drawn on; its lanes count from 0 at the top.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        See `rank`.

    Notes
    -----
    *Not valid* after the axes have changed their size. What has no room is left out in silence: `rank` says what.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> draw_rank(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look = style_named(style)
    made = focused(ranking(frame, focus))
    if ax is None:
        ax = Figure(figsize=(7.2, 5.0), facecolor=look.background).add_axes((0.03, 0.04, 0.94, 0.92))
    size, names = axes_size(ax), chosen(made, top)
    wide = across(made, names, size[0], look)
    paint(ax, compose(made, wide, Body(made, names, wide, look).lanes(size[1]), size, look), look)
    return ax
