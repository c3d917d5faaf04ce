"""Bars: one period of one market, with the interval of each share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tracker.charts.between.choose import chosen, of_period
from tracker.charts.between.pairs import asked_for, refuse_absent, residuals, still
from tracker.charts.between.words import common_note, dated, no_room, warnings
from tracker.charts.chart import Chart
from tracker.charts.look.sizes import size_of
from tracker.charts.look.style import Style, style_named
from tracker.charts.page.artists import axes_size
from tracker.charts.page.sheet import lay_out
from tracker.charts.picture import Picture
from tracker.charts.rows.barscene import Bars, Body, compose, paint
from tracker.charts.rows.grid import names_room
from tracker.charts.rows.intervals import whiskers_note
from tracker.charts.rows.rest import rest_note
from tracker.charts.words.dates import said, when
from tracker.charts.words.finding import FORECAST
from tracker.charts.words.notes import source
from tracker.charts.words.numbers import published
from tracker.charts.words.subject import parts_of, whole_of
from tracker.charts.words.titles import kicker, subtitle, titles
from tracker.charts.words.wording import Wording

NAME_ROOM = 160.0
"""Names beside axes that are not ours may be so wide, points."""

BOUNDS, RANGES = "Hollow bars with a caret end at a published bound.", "Pale ends are published ranges."


def bars(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    period: str | None = None,
    style: str | Style = "light",
    title: str | None = None,
    size: str | tuple[float, float] = "print",
) -> Chart:
    """Draw the shares of one period as bars, the greatest first.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market, see `tracker.frames`; shares in percent. The rows of one period are drawn.
    focus : str or sequence of str, optional
        Entities that are asked for, the main one first; the rest is grey. Without it each has its own colour.
    period : str, optional
        As it is written: ``2025-02``. Else the last one of the main entity; without a focus, the last one
        that most entities have.
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
        If there is no such period.

    Notes
    -----
    Whiskers are rounding; where every share has a sample size, and answers are counted, they are the 95%
    intervals of Wilson. *Not valid* as sampling error of a weighted or clustered sample: that is wider.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> bars(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look, inches = style_named(style), size_of(size)
    whole = take(frame, focus, period)
    found, gone = whole, list[str]()
    while True:
        words = wording(found, whole.picture, gone)
        sheet = lay_out(words, Body(found, look), inches, look, title)
        if not sheet.scene[0].dropped:
            break
        gone = [*sheet.scene[0].dropped, *gone]
        found = _without(whole, gone)
    fig = sheet.figure(look)
    ax = sheet.axes(fig, sheet.scene[1])
    paint(ax, found, sheet.scene[0], look)
    return Chart.of(sheet, fig, (ax,), found.picture.data, _alt(found, sheet.title, sheet.subtitle))


def take(frame: pd.DataFrame, focus: Sequence[str] | str | None, period: str | None) -> Bars:
    """Choose one period of a frame, see `bars`."""
    names, found = asked_for(frame, focus)
    one = chosen(found, period, names, last=True)
    held = {name: [each] for name, series in found.items() if (each := of_period(series, one.period)) is not None}
    refuse_absent(names, {name: held.get(name, []) for name in found}, found, one.period)
    data = frame.iloc[sorted(each.row for (each,) in held.values())]
    rest = residuals(data)
    ranked = sorted(held, key=lambda name: (name in rest, -held[name][0].level, name))
    return Bars(still(data, names or [name for name in ranked if name not in rest] or ranked), rest, bool(names))


def _without(whole: Bars, names: Sequence[str]) -> Bars:
    """Return the same without the rows that found no room."""
    data = whole.picture.data
    kept = [one.name for one in whole.picture.series if one.role != "context" and one.name not in names]
    left = data[~data["entity"].astype(str).isin(list(names))]
    return Bars(still(left, kept), whole.residual, whole.asked)


def wording(found: Bars, whole: Picture, gone: Sequence[str]) -> Wording:
    """Return what is said around the bars; `whole` is the picture with the rows without room, too."""
    picture = found.picture
    notes = [*no_room(gone), *warnings(picture), *whiskers_note(picture), *rest_note(whole.drawn(), whole.market)]
    told = [*notes, *common_note(picture, BOUNDS, RANGES)]
    return Wording(
        (*([] if found.asked else _leads(found, whole)), *titles(_alone(picture))),
        dated(subtitle(picture), said(picture.main.last)),
        tuple(told),
        source(picture),
        kicker(picture),
    )


def _alone(picture: Picture) -> Picture:
    """Return the picture of the main series only, for a title about one."""
    return replace(picture, series=picture.series[:1])


def _leads(found: Bars, whole: Picture) -> list[str]:
    """Say who has the largest share, where that holds for every true value and for the unnamed, too."""
    main, others = found.picture.main, [one for one in whole.series if one.name != found.picture.main.name]
    kind = whole.market.get("whole")
    if kind == "overlapping" or not others or any(one.last.highest >= main.last.lowest for one in others):
        return []
    if kind != "index" and 100.0 - sum(one.last.lowest for one in whole.series) >= main.last.lowest:
        return []
    value, time = published(main.last, whole.unit), when(main.last)
    had = "is forecast to have" if any(one.status == FORECAST for one in whole.drawn()) else "had"
    if kind == "index":
        return [f"{main.name} {had} the highest index {time}: {value}", f"{main.name} {had} the highest index: {value}"]
    return [
        f"{main.name} {had} the largest share of {parts_of(whole.market)} {time}: {value}",
        f"{main.name} {had} the largest share of {whole_of(whole.market.get('counted', 'the whole'))}: {value}",
        f"{main.name} {had} the largest share: {value}",
    ]


def _alt(found: Bars, title: str, told: str) -> str:
    unit = found.picture.unit
    listed = "; ".join(f"{one.name} {published(one.last, unit)}" for one in found.ordered())
    return f"Bar chart: {title}. {told}. {listed}."


def draw_bars(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    ax: Axes | None = None,
    period: str | None = None,
    style: str | Style = "light",
) -> Axes:
    """Draw bars on axes of your own: no title, no note, no change of size.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market; shares in percent.
    ax : matplotlib.axes.Axes, optional
        Where to draw, laid out at its present size; None makes a figure of its own. Names stand at the left of
        it: leave room for them. Rows that find no room are left out, the least first.
    focus, period, style
        See `bars`.

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
        If there is no such period.

    Notes
    -----
    *Not valid* after the axes have changed their size: texts are placed for the size they have now.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> draw_bars(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look = style_named(style)
    found = take(frame, focus, period)
    if ax is None:
        ax = Figure(figsize=(7.2, 5.0), facecolor=look.background).add_axes((0.3, 0.04, 0.66, 0.92))
    size = axes_size(ax)
    room = min(NAME_ROOM, names_room(found.picture.series, 1e4, look))
    paint(ax, found, compose(found, size, room, look), look)
    return ax
