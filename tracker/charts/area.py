"""The area chart: the parts of a whole over time, one upon the other."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tracker.charts.chart import Chart
from tracker.charts.look.sizes import size_of
from tracker.charts.look.style import Style, style_named
from tracker.charts.page.artists import axes_size
from tracker.charts.page.sheet import lay_out
from tracker.charts.page.timeplot import BEFORE_PLOT, below
from tracker.charts.stacked.layers import layers
from tracker.charts.stacked.paint import paint
from tracker.charts.stacked.scene import Body, compose
from tracker.charts.stacked.words import alt, wording

LABEL_ROOM = 240.0
"""Labels of axes that are not ours may be so wide, points."""


def area(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    style: str | Style = "light",
    title: str | None = None,
    size: str | tuple[float, float] = "print",
) -> Chart:
    """Stack the shares of a market to 100 percent.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market, closed or open, with everybody who is published; shares in percent.
    focus : str or sequence of str, optional
        Who lies lowest, where a share is read best; None for the greatest last share.
    style : {'light', 'dark'} or Style
        Colours and sizes.
    title : str, optional
        Instead of the finding.
    size : str or tuple of float
        ``print``, ``web``, ``slide``, ``square``, ``WxH``, or width and height in inches; at least 4 by 3.

    Returns
    -------
    Chart
        Its data are the shares that have a place in a layer.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    UnknownName
        If one of the focus has no row.
    TrackerError
        If the shares are no parts of one whole, exceed it by more than rounding, or have one period only, or if
        one of the focus has no number in two neighbouring periods.

    Notes
    -----
    Nothing is scaled and nothing is filled in. What is missing to 100 is hatched: others, bounds without a
    number, and figures that were not published. Between two periods only those are stacked that have a number in
    both. A gap of the whole market stays white.

    *Not valid* where a lab and its models stand in one frame, as each share would count twice, nor as a
    statement about what happened between two periods.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> area(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look, inches = style_named(style), size_of(size)
    stacked = layers(frame, focus)
    sheet = lay_out(wording(stacked), Body(stacked, look), inches, look, title, furniture=BEFORE_PLOT + below(look))
    scene, plot = sheet.scene
    fig = sheet.figure(look)
    ax = sheet.axes(fig, plot)
    paint(ax, stacked, scene, look)
    return Chart.of(sheet, fig, (ax,), stacked.picture.data, alt(stacked, sheet.title))


def draw_area(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    ax: Axes | None = None,
    style: str | Style = "light",
) -> Axes:
    """Stack the shares of a market on axes of your own: no title, no note, no change of size.

    Parameters
    ----------
    frame, focus, style
        See `area`.
    ax : matplotlib.axes.Axes, optional
        Where to draw, laid out at its present size; None makes a figure of its own. Labels stand at the right
        of the axes, value labels at the left: leave room for them.

    Returns
    -------
    matplotlib.axes.Axes
        The axes that were drawn on; each layer is a patch labelled ``layer`` and the entity.

    Raises
    ------
    MixedMarkets, UnknownName, TrackerError
        See `area`.

    Notes
    -----
    *Not valid* after the axes have changed their size: labels are placed for the size they have now.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> draw_area(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look = style_named(style)
    stacked = layers(frame, focus)
    if ax is None:
        ax = Figure(figsize=(7.2, 5.0), facecolor=look.background).add_axes((0.1, 0.12, 0.6, 0.7))
    paint(ax, stacked, compose(stacked, axes_size(ax), LABEL_ROOM, look), look)
    return ax
