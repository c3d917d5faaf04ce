"""The column of changes at the right of joined dots."""

from __future__ import annotations

from tracker.charts.axis.plane import Plane
from tracker.charts.between.exactness import told
from tracker.charts.between.pairs import Pairs
from tracker.charts.look.fonts import clip_to, width
from tracker.charts.look.style import Style
from tracker.charts.page.text import Line
from tracker.charts.picture import Series
from tracker.charts.plot.endlabels import text_color
from tracker.charts.rows.ends import ends_room
from tracker.charts.rows.grid import Grid, names_room
from tracker.charts.rows.shorten import shorten

COLUMN_SHARE = 0.34
"""Changes take at most this part of the width; else they are told without what rounding allows."""

COMFORT = 80.0
"""What rounding allows is told where it leaves the scale so many points."""

BEFORE_COLUMN = 14.0
UNSURE = "within rounding"


def change_text(pairs: Pairs, series: Series, *, full: bool) -> tuple[str, bool]:
    """Say the change of a series, and whether it is more than rounding."""
    moved = pairs.change(series)
    if moved is None:
        return ("break in method" if len(series.readings) == 2 else "–"), False
    if moved.direction not in ("fell", "rose"):
        vague = any(reading.qualifier == "~" for reading in series.readings)
        return ("not known" if moved.points is None or vague else UNSURE), False
    found = told(*series.readings)
    brackets = f" ({found.span()})" if full and found.has_range and found.points is not None else ""
    return f"{found.signed()}{brackets}", True


def has_brackets(pairs: Pairs) -> bool:
    """Whether any change may be told with what rounding allows."""
    return any("(" in change_text(pairs, series, full=True)[0] for series in pairs.picture.series)


def is_full(pairs: Pairs, wide: float, style: Style) -> bool:
    """Whether there is room to say what rounding allows, in a sheet of `wide` points."""
    told = _column(pairs, style, full=True)
    plot = wide - names_room(pairs.picture.series, wide, style) - BEFORE_COLUMN - told
    return told <= COLUMN_SHARE * wide and plot >= ends_room(pairs, style, COMFORT)


def column(pairs: Pairs, wide: float, style: Style) -> float:
    """Return the width of the changes at the right, with the gap before them."""
    most = COLUMN_SHARE * wide
    return BEFORE_COLUMN + min(_column(pairs, style, full=is_full(pairs, wide, style)), most)


def head_text(pairs: Pairs) -> str:
    """Say what the changes are counted in."""
    return "Change, points" if pairs.picture.unit else "Change"


def _column(pairs: Pairs, style: Style, *, full: bool) -> float:
    size = style.label_size
    texts = [(change_text(pairs, one, full=full)[0], one.role != "context") for one in pairs.picture.series]
    return max(width(text, size, bold) for text, bold in [*texts, (head_text(pairs), False)])


def change_lines(pairs: Pairs, shown: list[Series], plane: Plane, grid: Grid, room: float, style: Style) -> list[Line]:
    """Set the changes flush right."""
    size, free = style.label_size, room - BEFORE_COLUMN + 0.05
    full = _column(pairs, style, full=True) <= free
    right = plane.width + room
    head = clip_to(head_text(pairs), free, size)
    lines = [Line(right, plane.height - size, head, size, style.second, align="right")]
    for series in shown:
        text, sure = change_text(pairs, series, full=full)
        bold = sure and series.role != "context"
        color = text_color(series, style) if sure else style.muted_text
        y = grid.y(series.name) - 0.36 * size
        lines.append(
            Line(right, y, clip_to(shorten(text, free, size, bold), free, size, bold), size, color, bold, "right")
        )
    return lines
