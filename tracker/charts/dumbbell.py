"""The dumbbell chart: a row for each entity, the earlier and the later share joined, and the change."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tracker.charts.between.findings import finding_titles
from tracker.charts.between.pairs import Pairs, pair
from tracker.charts.between.sampling import sampling_note
from tracker.charts.between.words import (
    break_note,
    change_note,
    common_note,
    described,
    no_room,
    single_note,
    warnings,
)
from tracker.charts.chart import Chart
from tracker.charts.look.sizes import size_of
from tracker.charts.look.style import Style, style_named
from tracker.charts.page.artists import axes_size
from tracker.charts.page.sheet import lay_out
from tracker.charts.rows.changes import has_brackets, is_full
from tracker.charts.rows.dumbscene import Body, paint
from tracker.charts.words.notes import source
from tracker.charts.words.titles import kicker, subtitle
from tracker.charts.words.wording import Wording

HEAD = 14.0
"""What the periods over the rows take of the room of the note, points."""

BOUNDS, RANGES = "Carets are published bounds.", "Bars without a dot are published ranges."


def dumbbell(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    start: str | None = None,
    end: str | None = None,
    style: str | Style = "light",
    title: str | None = None,
    size: str | tuple[float, float] = "print",
) -> Chart:
    """Draw the shares of two periods of one market, a row for each entity, the greatest later share first.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market, see `tracker.frames`; shares in percent. The rows of two periods are drawn.
    focus : str or sequence of str, optional
        Entities that are asked for, the main one first; the rest is grey. Without it the greatest changes
        beyond rounding have their colours, at most five.
    start, end : str, optional
        Periods as they are written: ``2025-02``. Else the first and the last of the main entity; without a
        focus, of those that most entities have.
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
        If there are not two periods, or no such one.

    Notes
    -----
    *Not valid* as a statement about what happened between the two periods.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> dumbbell(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look, inches = style_named(style), size_of(size)
    whole = pair(frame, focus, start, end)
    pairs, gone = whole, list[str]()
    while True:
        full = is_full(pairs, inches[0] * 72.0 - 2 * look.margin, look)
        sheet = lay_out(wording(pairs, gone, full=full), Body(pairs, look), inches, look, title, furniture=HEAD)
        if not sheet.scene[0].dropped:
            break
        gone = [*sheet.scene[0].dropped, *gone]
        pairs = whole.without(gone)
    fig = sheet.figure(look)
    ax = sheet.axes(fig, sheet.scene[1])
    paint(ax, pairs, sheet.scene[0], look)
    return Chart.of(sheet, fig, (ax,), pairs.picture.data, described(pairs, "Dumbbell chart", sheet.title))


def wording(pairs: Pairs, gone: Sequence[str], *, full: bool) -> Wording:
    """Return what is said around the rows; `gone` found no room, `full` changes say what rounding allows."""
    picture = pairs.picture
    brackets = ["In brackets: what rounding allows."] if full and has_brackets(pairs) else []
    change = [] if full else change_note(pairs)
    notes = [*no_room(gone), *break_note(pairs), *warnings(picture), *brackets, *change]
    notes += [*sampling_note(picture), *single_note(pairs)]
    told = (*notes, *common_note(picture, BOUNDS, RANGES))
    return Wording(finding_titles(pairs), subtitle(picture), told, source(picture), kicker(picture))


def draw_dumbbell(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    ax: Axes | None = None,
    start: str | None = None,
    end: str | None = None,
    style: str | Style = "light",
) -> Axes:
    """Draw joined dots on axes of your own: no title, no note, no change of size.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market; shares in percent.
    ax : matplotlib.axes.Axes, optional
        Where to draw, laid out at its present size; None makes a figure of its own. Names stand within
        it at the left, and changes at the right. Rows that find no room are left out, the least first.
    focus, start, end, style
        See `dumbbell`.

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
        If there are not two periods, or no such one.

    Notes
    -----
    *Not valid* after the axes have changed their size: texts are placed for the size they have now.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> draw_dumbbell(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look = style_named(style)
    pairs = pair(frame, focus, start, end)
    if ax is None:
        ax = Figure(figsize=(7.2, 5.0), facecolor=look.background).add_axes((0.03, 0.04, 0.94, 0.92))
    paint(ax, pairs, Body(pairs, look).within(axes_size(ax)), look)
    return ax
