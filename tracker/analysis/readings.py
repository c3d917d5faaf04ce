"""The readings of a frame, sorted into series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.analysis.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["Reading", "readings"]

_READ = (
    *("entity", "period_start", "period_end", "precision", "earliest", "latest"),
    *("printed", "share", "lowest", "highest", "qualifier", "status", "sample_size"),
)


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
        sample_size=None if cells["sample_size"] is None else int(cells["sample_size"]),
    )
