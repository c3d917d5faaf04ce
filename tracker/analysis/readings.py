"""A reading: what one observation says, apart from frames."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


_READ = (
    *("entity", "period_start", "period_end", "precision", "earliest", "latest"),
    *("printed", "share", "lowest", "highest", "qualifier", "status"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One share of one entity in one period.

    Parameters
    ----------
    entity : str
        Who has the share.
    start, end : datetime.date
        First and last day of the period as published.
    precision : str
        How exact the period is, see `tracker.values.PRECISIONS`.
    earliest, latest : datetime.date
        First and last day that a vague period may speak of.
    printed : str
        The share as printed: ``7``, ``7.0``, ``<1``, ``6.5..7.5``.
    value : float or None
        Percent; None where only bounds were printed.
    lowest, highest : float
        Percent that rounding, or the published bounds, allow.
    qualifier : str or None
        ``<``, ``>`` or ``~``.
    status : str
        SDMX observation status.
    row : int
        Position of the observation in its frame.
    """

    entity: str
    start: date
    end: date
    precision: str
    earliest: date
    latest: date
    printed: str
    value: float | None
    lowest: float
    highest: float
    qualifier: str | None = None
    status: str = "A"
    row: int = 0

    @property
    def middle(self) -> float:
        """Middle of the days that it may speak of, proleptic Gregorian ordinal."""
        return (self.earliest.toordinal() + self.latest.toordinal()) / 2

    @property
    def level(self) -> float:
        """Percent to order and place the reading by: the number, else the bound, else the middle of the two."""
        if self.value is not None:
            return self.value
        if self.qualifier == "<":
            return self.highest
        if self.qualifier == ">":
            return self.lowest
        return (self.lowest + self.highest) / 2


def readings(frame: pd.DataFrame) -> dict[str, tuple[Reading, ...]]:
    """Sort the observations of one market into series.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame, shares in percent.

    Returns
    -------
    dict of str to tuple of Reading
        Entity to its readings by the middle of their days; entities in the order of the frame.

    Notes
    -----
    *Not valid* for a frame of several markets: their readings would be mixed.
    """
    columns = [_plain_column(frame, name) for name in _READ]
    series: dict[str, list[Reading]] = {}
    for row, cells in enumerate(zip(*columns, strict=True)):
        one = _reading(dict(zip(_READ, cells, strict=True)), row)
        series.setdefault(one.entity, []).append(one)
    return {name: tuple(sorted(found, key=lambda r: (r.middle, r.start, r.row))) for name, found in series.items()}


def _plain_column(frame: pd.DataFrame, name: str) -> list[Any]:
    """Make plain values of a column: days as dates, None for what is missing."""
    column = frame[name]
    cells = column.dt.date if column.dtype.kind == "M" else column.astype(object)
    return list(cells.where(column.notna(), None))


def _reading(cells: Mapping[str, Any], row: int) -> Reading:
    share = cells["share"]
    return Reading(
        entity=str(cells["entity"]),
        start=cells["period_start"],
        end=cells["period_end"],
        precision=str(cells["precision"]),
        earliest=cells["earliest"],
        latest=cells["latest"],
        printed=str(cells["printed"]),
        value=None if share is None else float(share),
        lowest=float(cells["lowest"]),
        highest=float(cells["highest"]),
        qualifier=cells["qualifier"] or None,
        status=str(cells["status"] or "A"),
        row=row,
    )
