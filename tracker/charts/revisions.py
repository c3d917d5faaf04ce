"""The chart of revisions: figures as they were first published, against what they are now."""

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
from tracker.charts.revised.layout import Body, compose, lost
from tracker.charts.revised.paint import paint, paint_lower
from tracker.charts.revised.pairs import Revised, pair_up
from tracker.charts.revised.titles import CLOCKS
from tracker.charts.revised.words import alt, wording
from tracker.errors import TrackerError

LABEL_ROOM = 240.0
"""Labels of axes that are not ours may be so wide, points."""


def revisions(
    first: pd.DataFrame,
    now: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    clock: str = "published",
    style: str | Style = "light",
    title: str | None = None,
    size: str | tuple[float, float] = "print",
) -> Chart:
    """Draw figures as they were first published against what they are now.

    Solid lines are the figures now; what was revised has a hollow dot at its first figure. Below, where there is
    room, the revisions stand at a scale of their own, in points.

    Parameters
    ----------
    first, now : pandas.DataFrame
        Tidy frames of one market, see `tracker.query.firsts.first_and_now`; shares in percent.
    focus : str or sequence of str, optional
        Entities that are asked for: the title counts their figures, and the others are grey. None counts all, and
        gives a colour to those that were revised most.
    clock : {'published', 'recorded'}
        What "first" means in these frames.
    style : {'light', 'dark'} or Style
        Colours and sizes.
    title : str, optional
        Instead of the finding.
    size : str or tuple of float
        ``print``, ``web``, ``slide``, ``square``, ``WxH``, or width and height in inches; at least 4 by 3.

    Returns
    -------
    Chart
        Its data are the rows of both frames with the column ``release``: ``first`` or ``now``. Its axes are the
        lines, and the revisions in points where they are drawn.

    Raises
    ------
    MixedMarkets
        If the frames hold several markets.
    UnknownName
        If an entity of the focus has no row now.
    TrackerError
        If there is nothing to draw, or one frame has two figures of one entity and period.

    Notes
    -----
    A figure that is printed with more decimals now, in agreement with the first, was not revised; nor was one that
    is corrected here. Of a figure with one edition nothing is known: several are recorded where the column `editions`
    says so, or, in frames without it, where the two rows are of different pages or days.

    *Not valid* as a measure of a source's care: where the first figure was only retold, what differs may be the
    reteller's.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> row = dict.fromkeys(COLUMNS, None) | {
    ...     "source": "Poe", "market": "poe/text", "counted": "text messages", "entity": "R1", "hue": "blue",
    ...     "period": "2025-05", "period_start": "2025-05-01", "period_end": "2025-05-31", "precision": "month",
    ...     "earliest": "2025-05-01", "latest": "2025-05-31", "printed": "12.2", "share": 12.2, "lowest": 12.15,
    ...     "highest": 12.25, "decimals": 1}
    >>> now = tidy({name: [cell] for name, cell in row.items()})
    >>> first = now.assign(printed="12.0", share=12.0, lowest=11.95, highest=12.05)
    >>> revisions(first, now, focus="R1").title
    'R1’s one figure was revised since it was first published, by 0.2 points'
    """
    look, inches = style_named(style), size_of(size)
    revised = _checked(first, now, focus, clock)
    sheet = lay_out(
        wording(revised, clock), Body(revised, look), inches, look, title, furniture=BEFORE_PLOT + below(look)
    )
    scene, upper, lower = sheet.scene
    fig = sheet.figure(look)
    axes = [sheet.axes(fig, upper)]
    paint(axes[0], revised, scene, look)
    if lower is not None:
        axes.append(sheet.axes(fig, lower))
        paint_lower(axes[1], revised, scene, look)
    return Chart.of(sheet, fig, tuple(axes), revised.data, alt(revised, sheet.title))


def draw_revisions(
    first: pd.DataFrame,
    now: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    ax: Axes | None = None,
    clock: str = "published",
    style: str | Style = "light",
) -> Axes:
    """Draw the lines of both on axes of your own: no title, no note, no change of size, no second plot.

    Parameters
    ----------
    first, now : pandas.DataFrame
        Tidy frames of one market; shares in percent.
    focus, clock, style
        See `revisions`.
    ax : matplotlib.axes.Axes, optional
        Where to draw, laid out at its present size; None makes a figure of its own. Labels stand at the right of
        the axes, value labels at the left: leave room for them.

    Returns
    -------
    matplotlib.axes.Axes
        The axes that were drawn on.

    Raises
    ------
    MixedMarkets, UnknownName, TrackerError
        As `revisions`.

    Notes
    -----
    *Not valid* after the axes have changed their size: labels are placed for the size they have now.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> nothing = tidy({name: [] for name in COLUMNS})
    >>> draw_revisions(nothing, nothing)
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look = style_named(style)
    revised = _checked(first, now, focus, clock)
    if ax is None:
        ax = Figure(figsize=(7.2, 5.0), facecolor=look.background).add_axes((0.1, 0.12, 0.6, 0.7))
    scene = compose(revised, axes_size(ax), 0.0, LABEL_ROOM, look)
    also = lost(revised, scene)
    if also:
        scene = compose(revised, axes_size(ax), 0.0, LABEL_ROOM, look, also)
    paint(ax, revised, scene, look)
    return ax


def _checked(first: pd.DataFrame, now: pd.DataFrame, focus: Sequence[str] | str | None, clock: str) -> Revised:
    if clock not in CLOCKS:
        raise TrackerError(f"there is no clock {clock!r}", f"Choose one of {', '.join(CLOCKS)}.")
    return pair_up(first, now, focus)
