"""Small multiples: an entity each on one scale, or a market each with a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from tracker.charts.chart import Chart
from tracker.charts.look.sizes import size_of
from tracker.charts.look.style import Style, style_named
from tracker.charts.page.artists import Fixed
from tracker.charts.page.board import Box
from tracker.charts.page.sheet import PLOT_SHARE, Sheet, lay_out
from tracker.charts.small.choice import Choice, Wish, wish
from tracker.charts.small.grid import needed
from tracker.charts.small.notes import alt, notes
from tracker.charts.small.paint import paint
from tracker.charts.small.scene import Body, Scene, small
from tracker.charts.small.titles import kicker, subtitle, titles
from tracker.charts.words.sources import source_of
from tracker.charts.words.wording import Wording
from tracker.errors import TrackerError

NOTE_GIVES = 0.3
"""The note gives way to the panels for this part of the height, besides what it leaves to any plot."""


def panels(
    frame: pd.DataFrame,
    *,
    focus: Sequence[str] | str | None = None,
    by: str = "auto",
    columns: int | None = None,
    scale: str = "linear",
    style: str | Style = "light",
    title: str | None = None,
    size: str | tuple[float, float] = "print",
) -> Chart:
    """Draw small multiples, with their finding as the title.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame, see `tracker.frames`; shares in percent. By market it holds several markets.
    focus : str or sequence of str, optional
        By entity, who has a panel, in this order; one alone is followed by those of its size, and None takes
        those with the highest shares that there is room for. By market, the one entity; several only where
        each market has one of them.
    by : {'auto', 'entity', 'market'}
        ``entity``: one market, a panel for each entity, the others repeated in grey, one scale.
        ``market``: one entity, a panel for each market, each a whole and a scale of its own.
        ``auto`` is ``market`` where the frame has several markets.
    columns : int, optional
        Panels in a row; None takes the number that reads best.
    scale : {'linear', 'log', 'logit', 'auto'}
        Of the value axes.
    style, title, size
        See `tracker.charts.line.line`.

    Returns
    -------
    Chart
        With an axes for each panel; at most 12. The note names what has none.

    Raises
    ------
    MixedMarkets
        If panels by entity are asked of several markets.
    UnknownName
        If an entity of the focus has no row.
    TrackerError
        If there is nothing to draw, no room for it, or several entities in one of several markets.

    Notes
    -----
    *Not valid* for comparing heights between panels by market, nor as a statement about what happened
    between two readings.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> row = dict.fromkeys(COLUMNS, None) | {
    ...     "source": "Poe", "counted": "text messages", "entity": "R1", "hue": "blue",
    ...     "period_start": "2025-05-01", "period_end": "2025-05-31", "precision": "month", "earliest": "2025-05-01",
    ...     "latest": "2025-05-31", "printed": "3.0", "share": 3.0, "lowest": 2.95, "highest": 3.05, "decimals": 1}
    >>> more = row | {"counted": "reasoning messages", "share": 12.2, "printed": "12.2", "lowest": 12.15,
    ...     "highest": 12.25, "market": "poe/reasoning"}
    >>> rows = [row | {"market": "poe/text"}, more]
    >>> panels(tidy({name: [one[name] for one in rows] for name in COLUMNS})).title
    'R1’s share was 3.0% to 12.2% in May 2025, depending on what is counted'
    """
    look, inches = style_named(style), size_of(size)
    sheet = _sheet(frame, focus, by, _columns(columns), scale, look, inches, title)
    scene = sheet.scene
    fig = sheet.figure(look)
    made = tuple(sheet.axes(fig, cell.plot) for cell in scene.cells)
    for ax, cell in zip(made, scene.cells, strict=True):
        paint(ax, cell, small(look))
    return Chart.of(sheet, fig, made, scene.choice.data, alt(scene.choice, sheet.title))


def draw_panels(
    frame: pd.DataFrame,
    *,
    fig: Figure | SubFigure | None = None,
    focus: Sequence[str] | str | None = None,
    by: str = "auto",
    columns: int | None = None,
    scale: str = "linear",
    style: str | Style = "light",
) -> tuple[Axes, ...]:
    """Draw the panels on a figure of your own: no title, no note, no change of size.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame; shares in percent.
    fig : matplotlib.figure.Figure or SubFigure, optional
        Filled at its present size; None makes a figure of its own. Layouts leave the panels where they are;
        a constrained one without other axes warns that it has nothing to lay out.
    focus, by, columns, scale, style
        See `panels`.

    Returns
    -------
    tuple of matplotlib.axes.Axes
        One for each panel. Panels without room are left out in silence: there is no note to name them.

    Raises
    ------
    MixedMarkets, UnknownName, TrackerError
        As `panels`.

    Notes
    -----
    *Not valid* after the figure has changed its size: texts are placed for the size it has now.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> draw_panels(tidy({name: [] for name in COLUMNS}))
    Traceback (most recent call last):
    tracker.errors.TrackerError: there is nothing to draw: no observation is left
    Widen the dates or name other entities.
    """
    look = style_named(style)
    wanted = wish(frame, focus, by, scale)
    if fig is None:
        fig = Figure(figsize=(7.2, 5.0), facecolor=look.background)
    wide, high = (float(edge) / fig.dpi * 72.0 for edge in (fig.bbox.width, fig.bbox.height))
    room = Box(look.margin, look.margin / 2, wide - look.margin, high)
    scene, made = _fill(wanted, _columns(columns), look, room), []
    for cell in scene.cells:
        box = cell.plot
        place = (box.left / wide, box.bottom / high, (box.right - box.left) / wide, (box.top - box.bottom) / high)
        made.append(fig.add_axes(place))
        made[-1].set_axes_locator(Fixed(made[-1]))
        paint(made[-1], cell, small(look))
    return tuple(made)


def wording(choice: Choice, asked: bool) -> Wording:
    """Return what is said around the panels."""
    said = tuple(notes(choice, asked))
    return Wording(tuple(titles(choice)), subtitle(choice), said, source_of(choice.data), kicker(choice))


def _sheet(
    frame: pd.DataFrame,
    focus: Sequence[str] | str | None,
    by: str,
    columns: int | None,
    scale: str,
    look: Style,
    inches: tuple[float, float],
    title: str | None,
) -> Sheet[Scene]:
    """Lay out with as many panels as have room, until the words speak of just these."""
    wanted = wish(frame, focus, by, scale)
    count = wanted.most
    while True:
        choice = wanted.take(count)
        body = Body(wanted, count, columns, small(look))
        high, wide = inches[1] * 72.0, inches[0] * 72.0 - 2 * look.margin
        more = [needed(count, columns, wide, body.needs(choice, lean)) - PLOT_SHARE * high for lean in (False, True)]
        furniture = min(max(more[0] if more[0] <= NOTE_GIVES * high else more[1], 0.0), NOTE_GIVES * high)
        words = wording(choice, wanted.asked)
        tried = [lay_out(words, body, inches, look, title, furniture=furniture)]
        for less in _yields(choice):
            with suppress(TrackerError):  # a panel lower than that shows nothing
                tried.append(lay_out(words, body, inches, look, title, furniture=max(furniture - less, 0.0)))
        whole = [sheet for sheet in tried if len(sheet.scene.cells) == count]
        if whole:
            return max(whole, key=lambda sheet: _noted(sheet, words))
        sheet = tried[0]
        count = len(sheet.scene.choice.panels)


def _yields(choice: Choice) -> tuple[float, ...]:
    """Return by how much the panels may yield to a note that names what is not drawn, points."""
    return (30.0, 60.0) if choice.left_out or choice.off_scale or choice.absent else ()


def _noted(sheet: Sheet[Scene], words: Wording) -> int:
    """Return 2 where there is room for the first sentence of the note, 1 for another: it says what has no panel."""
    start = " ".join(words.notes[0].split()[:3]) if words.notes else ""
    found = [line.text for line in sheet.lines if line.text.startswith("Note: ")]
    return len(found) + any(text.startswith(f"Note: {start}") for text in found)


def _fill(wanted: Wish, columns: int | None, look: Style, room: Box) -> Scene:
    count = wanted.most
    while True:
        scene, _ = Body(wanted, count, columns, small(look))(room)
        if scene.cells:
            return scene
        count -= 1


def _columns(columns: int | None) -> int | None:
    if columns is not None and (isinstance(columns, bool) or not isinstance(columns, int) or columns < 1):
        raise TrackerError(f"{columns!r} is no number of columns", "Choose a whole number from 1.")
    return columns
