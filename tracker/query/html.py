"""One market as a table of HTML that a screen reader can read, too."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tracker.analysis.readings import Reading, readings
from tracker.frames import one_market

if TYPE_CHECKING:
    import pandas as pd

ABSENT = "–"


def html_table(frame: pd.DataFrame) -> str:
    """Write a table: a row a period, a column an entity, shares as printed.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame of one market.

    Returns
    -------
    str
        A ``table`` with a caption that names the whole and the source, and headers with their scope. Everything that
        comes from the data is escaped. What was not reported is a dash: no zero.

    Raises
    ------
    MixedMarkets
        If the frame holds several markets.
    """
    one_market(frame)
    series = readings(frame)
    cells: dict[tuple[float, str], dict[str, Reading]] = {}
    for name, those in series.items():
        for one in those:
            cells.setdefault((one.middle, one.period), {})[name] = one
    unit = "" if str(frame["whole"].iloc[0]) == "index" else "%"
    absent = any(len(row) < len(series) for row in cells.values())
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("Period", *series))
    body = [_line(period, cells[place, period], list(series), unit) for place, period in sorted(cells)]
    caption = f"  <caption>{escape(_caption(frame, absent))}</caption>"
    lines = ["<table>", caption, f"  <thead><tr>{head}</tr></thead>", "  <tbody>", *body, "  </tbody>", "</table>"]
    return "\n".join(lines) + "\n"


def _line(period: str, found: dict[str, Reading], names: list[str], unit: str) -> str:
    shares = [escape(f"{found[name].printed}{unit}") if name in found else ABSENT for name in names]
    row = "".join(f"<td>{share}</td>" for share in shares)
    return f'    <tr><th scope="row">{escape(period)}</th>{row}</tr>'


def _caption(frame: pd.DataFrame, absent: bool) -> str:
    """Name the whole, the source with its licence, and what a dash is."""
    first = frame.iloc[0].astype(object)
    words = [first[name] for name in ("population", "region", "platform")]
    known = dict.fromkeys(str(word) for word in words if isinstance(word, str) and word)
    what = "Index" if first["whole"] == "index" else "Share"
    whole = f"{what} of {first['counted']}" + (f" ({', '.join(known)})" if known else "")
    credit = "; ".join(dict.fromkeys(str(text) for text in frame["credit"].dropna()))
    licence = "; ".join(dict.fromkeys(str(text) for text in frame["licence"].dropna()))
    source = f" Source: {credit}{f', {licence}' if licence else ''}." if credit else ""
    return f"{whole}.{source}{f' {ABSENT} is not reported.' if absent else ''}"
