"""The concentration chart: how much of a market is in few hands, period by period."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tracker.charts.chart import Chart
from tracker.charts.concentrated.paint import paint
from tracker.charts.concentrated.points import points
from tracker.charts.concentrated.scene import Body, compose
from tracker.charts.concentrated.words import alt, wording
from tracker.charts.look.sizes import size_of
from tracker.charts.look.style import Style, style_named
from tracker.charts.page.artists import axes_size
from tracker.charts.page.sheet import lay_out
from tracker.charts.page.timeplot import BEFORE_PLOT, below

LABEL_ROOM = 240.0
"""The label of axes that are not ours may be so wide, points."""


def concentration(
    frame: pd.DataFrame,
    *,
    measure: str = "hhi",
    style: str | Style = "light",
    title: str | None = None,
    size: str | tuple[float, float] = "print",
) -> Chart:
    """Draw how concentrated a market is over time.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market, closed or open, with everybody who is published; shares in percent.
    measure : {'hhi', 'effective'}
        Herfindahl-Hirschman index, 0 to 10,000, or the number of equal holders that would be as concentrated.
    style : {'light', 'dark'} or Style
        Colours and sizes.
    title : str, optional
        Instead of the finding.
    size : str or tuple of float
        ``print``, ``web``, ``slide``, ``square``, ``WxH``, or width and height in inches; at least 4 by 3.

    Returns
    -------
    Chart
        Its data are the shares of all periods that are drawn.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    TrackerError
        If there is no such measure, if the named shares exceed the whole by more than rounding in any period, or
        if no period has a concentration, see `tracker.analysis.concentration`.

    Notes
    -----
    The line counts the named, shares as published. The band goes from all shares at their least to all at
    their greatest, with all of the unnamed rest in one hand.

    *Not valid* where a lab and its models stand in one frame, as each share would count twice, nor as a verdict
    on a market in law.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> concentration(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look, inches = style_named(style), size_of(size)
    found = points(frame, measure)
    sheet = lay_out(wording(found), Body(found, look), inches, look, title, furniture=BEFORE_PLOT + below(look))
    scene, plot = sheet.scene
    fig = sheet.figure(look)
    ax = sheet.axes(fig, plot)
    paint(ax, found, scene, look)
    return Chart.of(sheet, fig, (ax,), found.picture.data, alt(found, sheet.title))


def draw_concentration(
    frame: pd.DataFrame, *, measure: str = "hhi", ax: Axes | None = None, style: str | Style = "light"
) -> Axes:
    """Draw how concentrated a market is on axes of your own: no title, no note, no change of size.

    Parameters
    ----------
    frame, measure, style
        See `concentration`.
    ax : matplotlib.axes.Axes, optional
        Where to draw, laid out at its present size; None makes a figure of its own. A label stands at the right
        of the axes, value labels at the left: leave room for them.

    Returns
    -------
    matplotlib.axes.Axes
        The axes that were drawn on.

    Raises
    ------
    MixedMarkets, TrackerError
        See `concentration`.

    Notes
    -----
    *Not valid* after the axes have changed their size: the label is placed for the size they have now.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> draw_concentration(tidy({name: [] for name in COLUMNS}), measure="gini")
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is no measure 'gini'
    Choose hhi or effective.
    """
    look = style_named(style)
    found = points(frame, measure)
    if ax is None:
        ax = Figure(figsize=(7.2, 5.0), facecolor=look.background).add_axes((0.1, 0.12, 0.6, 0.7))
    paint(ax, found, compose(found, axes_size(ax), LABEL_ROOM, look), look)
    return ax
