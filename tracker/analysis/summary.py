"""One row per series: how many readings, the first, the last, the peak, and the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analysis.change import change
from tracker.analysis.peak import peak
from tracker.analysis.readings import Reading, readings

if TYPE_CHECKING:
    import pandas as pd

SUMMARY = (
    *("market", "entity", "n", "first", "first_period", "last", "last_period", "peak", "peak_period"),
    *("points", "points_low", "points_high", "percent_low", "percent_high"),
)
"""Columns of a summary; points are differences of percentages, percent is relative."""


def summary(frame: pd.DataFrame) -> pd.DataFrame:
    """Sum up every series of a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame, of any number of markets.

    Returns
    -------
    pandas.DataFrame
        Shape (series, 14), columns `SUMMARY`; by market, then by last share from the greatest. Shares are
        texts as printed; points and percent are missing where they cannot be said.

    Notes
    -----
    *Not valid* as a comparison between markets: each row is a part of its own whole.

    Examples
    --------
    >>> from tracker.frames import COLUMNS, tidy
    >>> row = dict.fromkeys(COLUMNS, None) | {
    ...     "source": "Poe", "market": "poe/text", "counted": "text messages", "entity": "R1", "hue": "blue",
    ...     "period_start": "2025-05-01", "period_end": "2025-05-31", "precision": "month", "earliest": "2025-05-01",
    ...     "latest": "2025-05-31", "printed": "12.2", "share": 12.2, "lowest": 12.15, "highest": 12.25, "decimals": 1}
    >>> frame = tidy({name: [cell] for name, cell in row.items()})
    >>> summary(frame)[["entity", "n", "last", "peak_period"]].to_dict("records")
    [{'entity': 'R1', 'n': 1, 'last': '12.2', 'peak_period': '2025-05'}]
    """
    import pandas as pd

    rows: list[tuple[str, float, tuple[object, ...]]] = []
    for market, part in frame.groupby(frame["market"].astype(str), sort=True):
        for name, series in readings(part).items():
            rows.append((str(market), -series[-1].level, _row(str(market), name, series)))
    rows.sort(key=lambda row: (row[0], row[1], str(row[2][1])))
    table = pd.DataFrame([row for _, _, row in rows], columns=list(SUMMARY))
    numbers = [name for name in SUMMARY if name.startswith(("points", "percent"))]
    return table.astype({**dict.fromkeys(numbers, "float64"), "n": "int64"})


def _row(market: str, name: str, series: tuple[Reading, ...]) -> tuple[object, ...]:
    first, last, top = series[0], series[-1], peak(series)
    moved = change(first, last) if len(series) > 1 else None
    return (
        market,
        name,
        len(series),
        first.printed,
        period_text(first),
        last.printed,
        period_text(last),
        top.reading.printed if top else None,
        period_text(top.reading) if top else None,
        *(
            (moved.points, moved.points_low, moved.points_high, moved.percent_low, moved.percent_high)
            if moved
            else (None,) * 5
        ),
    )


def period_text(reading: Reading) -> str:
    """Write the period of a reading in its ISO form, as `tracker.values.Period` prints it."""
    return reading.period
