"""The heat table: entities by periods, values as printed, and the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tracker.charts.cells.fit import Fit, fit
from tracker.charts.cells.paint import paint
from tracker.charts.cells.scene import LOWEST, Scene, compose, head_height
from tracker.charts.cells.wording import alt, wording
from tracker.charts.chart import Chart
from tracker.charts.grid.grid import Grid, grid_of
from tracker.charts.look.sizes import size_of
from tracker.charts.look.style import Style, style_named
from tracker.charts.page.artists import axes_size
from tracker.charts.page.board import Box
from tracker.charts.page.sheet import lay_out

BEFORE = 8.0
"""Between the subtitle and the heads, points."""


def table(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    style: str | Style = "light",
    title: str | None = None,
    size: str | tuple[float, float] = "print",
) -> Chart:
    """Draw a table of printed values, shaded by the square root of the value.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market, see `tracker.frames`; shares in percent. Rows go by the last share, columns by
        time. Where there is no room for all periods they are chosen evenly, with the first and the last.
    focus : str or sequence of str, optional
        Entities in bold; the first one gives title and colour. None: the title is about the greatest last share.
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
        If there is nothing to draw.

    Notes
    -----
    *Not valid* as a comparison of changes: each entity's own first and last figure shown make its change.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> row = dict.fromkeys(COLUMNS, None) | {
    ...     "source": "Poe", "market": "poe/text", "counted": "text messages", "entity": "R1", "hue": "blue",
    ...     "period_start": "2025-05-01", "period_end": "2025-05-31", "precision": "month", "earliest": "2025-05-01",
    ...     "latest": "2025-05-31", "printed": "12.2", "share": 12.2, "lowest": 12.15, "highest": 12.25, "decimals": 1}
    >>> table(tidy({name: [cell] for name, cell in row.items()})).title
    'R1’s share of Poe’s text messages was 12.2% in May 2025'
    """
    look, inches = style_named(style), size_of(size)
    every = grid_of(frame, focus)
    shared = fit(every, inches[0] * 72.0 - 2 * look.margin, look)
    chosen = [every.columns[i] for i in shared.columns]
    grid = every.narrowed(every.names, chosen)
    for _ in range(4):
        sheet = lay_out(wording(grid, every, shared), Body(grid, shared, look), inches, look, title, furniture=BEFORE)
        scene, plot, kept = sheet.scene
        if len(kept) == len(grid.names):
            break
        grid = every.narrowed(kept, chosen)
    fig = sheet.figure(look)
    ax = sheet.axes(fig, plot)
    paint(ax, scene, look)
    return Chart.of(sheet, fig, (ax,), grid.data, alt(grid, sheet.title, sheet.subtitle))


@dataclass(frozen=True, slots=True)
class Body:
    """Fills the room of a sheet with a table of as many rows as fit."""

    grid: Grid
    fit: Fit
    style: Style

    def __call__(self, room: Box) -> tuple[tuple[Scene, Box, tuple[str, ...]], list[str]]:
        """Return the scene, its place, and the names of the rows that fit; the caller says which do not."""
        plot = Box(room.left, room.bottom, room.right, room.top - BEFORE)
        high = plot.top - plot.bottom
        kept = rows(self.grid, high, self.style)
        scene = compose(self.grid, self.fit, (plot.right - plot.left, high), self.style)
        return (scene, plot, kept), []


def rows(grid: Grid, high: float, style: Style) -> tuple[str, ...]:
    """Choose the rows that fit into a height: those asked for, then the greatest last shares."""
    most = max(int((high - head_height(grid, style)) / LOWEST), 1)
    first = sorted(grid.names, key=lambda name: (name not in grid.asked, grid.names.index(name)))[:most]
    return tuple(name for name in grid.names if name in first)


def draw_table(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    ax: Axes | None = None,
    style: str | Style = "light",
) -> Axes:
    """Draw the table within axes of your own: no title, no note, no change of size.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market; shares in percent.
    focus : str or sequence of str, optional
        Entities in bold.
    ax : matplotlib.axes.Axes, optional
        Where to draw, laid out at its present size, names and heads within it; None makes a figure of its own.
    style : {'light', 'dark'} or Style
        Colours and sizes.

    Returns
    -------
    matplotlib.axes.Axes
        The axes that were drawn on.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        If there is nothing to draw.

    Notes
    -----
    *Not valid* after the axes have changed their size. Rows and periods without room are left out in silence: `table`
    says which.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> draw_table(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look = style_named(style)
    every = grid_of(frame, focus)
    if ax is None:
        ax = Figure(figsize=(7.2, 5.0), facecolor=look.background).add_axes((0.03, 0.04, 0.94, 0.92))
    size = axes_size(ax)
    shared = fit(every, size[0], look)
    chosen = [every.columns[i] for i in shared.columns]
    grid = every.narrowed(rows(every.narrowed(every.names, chosen), size[1], look), chosen)
    paint(ax, compose(grid, shared, size, look), look)
    return ax
