"""The slope chart: two periods of one market, and who went up or down between them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tracker.charts.between.findings import finding_titles
from tracker.charts.between.pairs import Pairs, pair
from tracker.charts.between.sampling import sampling_note
from tracker.charts.between.slopes import ABOVE, Body, compose, paint, scale_top
from tracker.charts.between.words import (
    NUMBERS,
    break_note,
    change_note,
    common_note,
    described,
    is_seen,
    no_label,
    rounding,
    single_note,
    warnings,
)
from tracker.charts.chart import Chart
from tracker.charts.look.sizes import size_of
from tracker.charts.look.style import Style, style_named
from tracker.charts.page.artists import axes_size
from tracker.charts.page.sheet import lay_out
from tracker.charts.words.notes import source
from tracker.charts.words.prose import joined
from tracker.charts.words.titles import kicker, subtitle
from tracker.charts.words.wording import Wording

LABEL_ROOM = 240.0
"""Labels of axes that are not ours may be so wide, points."""

BOUNDS, RANGES = "Carets are published bounds.", "Bars without a dot are published ranges."

BELOW = 24.0
"""Height of the periods beneath the rules, points, where they need one line."""


def slope(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    start: str | None = None,
    end: str | None = None,
    style: str | Style = "light",
    title: str | None = None,
    size: str | tuple[float, float] = "print",
) -> Chart:
    """Draw two periods of one market beside each other, each entity a line between them.

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
    *Not valid* as a statement about what happened between the two periods: the line is a link, not a course.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> slope(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look, inches = style_named(style), size_of(size)
    pairs = pair(frame, focus, start, end)
    dropped: tuple[str, ...] = ()
    for _ in range(3):
        sheet = lay_out(wording(pairs, dropped), Body(pairs, look), inches, look, title, furniture=ABOVE + BELOW)
        if set(sheet.scene[0].dropped) <= set(dropped):
            break
        dropped = sheet.scene[0].dropped
    scene, plot = sheet.scene
    fig = sheet.figure(look)
    ax = sheet.axes(fig, plot)
    paint(ax, pairs, scene, look)
    return Chart.of(sheet, fig, (ax,), pairs.picture.data, described(pairs, "Slope chart", sheet.title))


def wording(pairs: Pairs, dropped: Sequence[str] = ()) -> Wording:
    """Return what is said around the slopes; those dropped have no label."""
    picture = pairs.picture
    notes = (
        *no_label(dropped),
        *break_note(pairs),
        *warnings(picture),
        *_thick(pairs),
        *change_note(pairs),
        *_bars(pairs),
        *sampling_note(picture),
        *single_note(pairs),
        *_links(pairs),
    )
    return Wording(
        finding_titles(pairs),
        subtitle(picture),
        (*notes, *common_note(picture, BOUNDS, RANGES), "Both axes start at 0."),
        source(picture),
        kicker(picture),
    )


def _thick(pairs: Pairs) -> list[str]:
    """Say why some lines are thick, where nobody asked for them."""
    if pairs.asked:
        return []
    shown = sum(series.role != "context" for series in pairs.picture.series)
    if not pairs.moved:
        return ["No change is more than rounding."]
    if pairs.moved > shown:
        return [f"Thick: the {NUMBERS[shown]} greatest of {pairs.moved} changes beyond rounding."]
    if shown == len(pairs.picture.series):
        return []
    rest = [series.name for series in pairs.picture.series if series.name in pairs.residual]
    return [f"Thick: changes beyond rounding{f', except {joined(rest)}' if rest else ''}."]


def _bars(pairs: Pairs) -> list[str]:
    """Say what the bars at the ends are, where there are any to see."""
    thick = [one for series in pairs.picture.series if series.role != "context" for one in series.readings]
    seen = [reading for reading in thick if is_seen(reading, scale_top(pairs))]
    return [f"Bars at the ends: {rounding(seen, pairs.picture)}."] if seen else []


def _links(pairs: Pairs) -> list[str]:
    linked = [series for series in pairs.picture.series if len(series.readings) == 2]
    if any(reading.value is None for series in linked for reading in series.readings):
        return ["Dotted lines join figures of which one is no number."]
    return []


def draw_slope(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    ax: Axes | None = None,
    start: str | None = None,
    end: str | None = None,
    style: str | Style = "light",
) -> Axes:
    """Draw the slopes on axes of your own: no title, no note, no change of size.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market; shares in percent.
    ax : matplotlib.axes.Axes, optional
        Where to draw, laid out at its present size; None makes a figure of its own. The rules are its two
        sides; labels stand at the left and at the right of it, the periods beneath: leave room for them.
    focus, start, end, style
        See `slope`.

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
    *Not valid* after the axes have changed their size: labels are placed for the size they have now.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> draw_slope(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look = style_named(style)
    pairs = pair(frame, focus, start, end)
    if ax is None:
        ax = Figure(figsize=(7.2, 5.0), facecolor=look.background).add_axes((0.25, 0.1, 0.5, 0.84))
    paint(ax, pairs, compose(pairs, axes_size(ax), (LABEL_ROOM, LABEL_ROOM), look), look)
    return ax
