"""The line chart: one entity in colour, the rest in grey; with two or three readings, the readings."""

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
from tracker.charts.picture import Picture, prepare
from tracker.charts.plot.layout import Body, furniture
from tracker.charts.plot.paint import paint
from tracker.charts.plot.scene import compose
from tracker.charts.words.alt import alt
from tracker.charts.words.notes import note, source
from tracker.charts.words.titles import kicker, subtitle, titles
from tracker.charts.words.wording import Wording
from tracker.values import Event

LABEL_ROOM = 240.0
"""Labels of axes that are not ours may be so wide, points."""


def line(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str,
    events: Sequence[Event] = (),
    scale: str = "auto",
    style: str | Style = "light",
    title: str | None = None,
    size: str | tuple[float, float] = "print",
) -> Chart:
    """Draw a chart of one market, with its finding as the title.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market, see `tracker.frames`; shares in percent. Every row is drawn, but
        grey ones of entities that are zero throughout where the scale has no zero.
    focus : str or sequence of str
        Entities that are asked for. The first one is the main one; the rest of the frame is grey.
    events : sequence of Event
        What to mark; those that start within the date axis, and spans that reach into it, are shown.
    scale : {'auto', 'linear', 'log', 'logit'}
        ``auto`` is logarithmic where the greatest value is 200 times the smallest one of the focus. On a
        logit axis equal steps are equal ratios of the odds; an index has none.
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
        If there is nothing to draw, or no room for it.

    Notes
    -----
    *Not valid* as a statement about what happened between two readings, nor across a change of method.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> row = dict.fromkeys(COLUMNS, None) | {
    ...     "source": "Poe", "market": "poe/text", "counted": "text messages", "entity": "R1", "hue": "blue",
    ...     "period_start": "2025-05-01", "period_end": "2025-05-31", "precision": "month", "earliest": "2025-05-01",
    ...     "latest": "2025-05-31", "printed": "12.2", "share": 12.2, "lowest": 12.15, "highest": 12.25, "decimals": 1}
    >>> frame = tidy({name: [cell] for name, cell in row.items()})
    >>> line(frame, focus="R1").title
    'R1’s share of Poe’s text messages was 12.2% in May 2025'
    """
    look, inches = style_named(style), size_of(size)
    picture = prepare(frame, focus, scale)
    body = Body(picture, events, look, inches[1] * 72.0)
    sheet = lay_out(wording(picture), body, inches, look, title, furniture=furniture(look))
    scene, plot = sheet.scene
    fig = sheet.figure(look)
    ax = sheet.axes(fig, plot)
    paint(ax, picture, scene, look)
    return Chart.of(sheet, fig, (ax,), picture.data, alt(picture, sheet.title))


def wording(picture: Picture) -> Wording:
    """Return what is said around the line chart."""
    return Wording(tuple(titles(picture)), subtitle(picture), tuple(note(picture)), source(picture), kicker(picture))


def draw_line(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str,
    ax: Axes | None = None,
    events: Sequence[Event] = (),
    scale: str = "auto",
    style: str | Style = "light",
) -> Axes:
    """Draw the lines on axes of your own: no title, no note, no change of size.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market; shares in percent.
    focus : str or sequence of str
        Entities that are asked for, the main one first.
    ax : matplotlib.axes.Axes, optional
        Where to draw, laid out at its present size; None makes a figure of its own. Labels stand at the right
        of the axes, events above, value labels at the left: leave room for them.
    events, scale, style
        See `line`.

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
    *Not valid* after the axes have changed their size: labels are placed for the size they have now.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> draw_line(tidy({name: [] for name in COLUMNS}), focus="R1")
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look = style_named(style)
    picture = prepare(frame, focus, scale)
    if ax is None:
        ax = Figure(figsize=(7.2, 5.0), facecolor=look.background).add_axes((0.1, 0.12, 0.6, 0.7))
    scene = compose(picture, events, axes_size(ax), LABEL_ROOM, 3, look)
    paint(ax, picture, scene, look)
    return ax
