"""The readings of a frame, sorted into series."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from tracker.analysis.reading import Reading

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Reading", "readings"]

_READ = {
    **{"entity": "entity", "start": "period_start", "end": "period_end", "precision": "precision"},
    **{"earliest": "earliest", "latest": "latest", "printed": "printed", "value": "share"},
    **{name: name for name in ("lowest", "highest", "qualifier", "status", "sample_size")},
}
"""Field of a reading to its column."""


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
    import numpy as np
    import pandas as pd

    columns = {field: _plain_column(frame, name) for field, name in _READ.items()}
    columns["unit"] = ["" if whole == "index" else "%" for whole in _plain_column(frame, "whole")]
    made = _made(columns, len(frame))
    whose, names = pd.factorize(np.array([one.entity for one in made], dtype=object))
    middles = _days(frame, "earliest") + _days(frame, "latest")
    order = np.lexsort((np.arange(len(made)), _days(frame, "period_start"), middles, whose)).tolist()
    found, at = {}, 0
    for name, count in zip(names.tolist(), np.bincount(whose, minlength=len(names)).tolist(), strict=True):
        found[name] = tuple(made[row] for row in order[at : at + count])
        at += count
    return found


def _made(columns: dict[str, list[Any]], count: int) -> list[Reading]:
    """Make a reading of every row.

    Column by column: a frozen record that is filled field by field costs ten times as much, and a chart
    of ten series over five hundred days has five thousand.
    """
    columns["entity"] = [str(name) for name in columns["entity"]]
    columns["qualifier"] = [mark or None for mark in columns["qualifier"]]
    columns["status"] = [mark or "A" for mark in columns["status"]]
    made = [object.__new__(Reading) for _ in range(count)]
    for field, cells in (columns | {"row": list(range(count))}).items():
        deque(map(getattr(Reading, field).__set__, made, cells), maxlen=0)
    return made


def _days(frame: pd.DataFrame, name: str) -> NDArray[np.int64]:
    """Return the days of a column as numbers to sort by."""
    return frame[name].to_numpy().astype("datetime64[D]").astype("int64")


def _plain_column(frame: pd.DataFrame, name: str) -> list[Any]:
    """Make plain values of a column: days as dates, None for what is missing."""
    column = frame[name]
    if hasattr(column, "cat"):
        words = [*column.cat.categories.tolist(), None]  # the code of what is missing is -1
        return [words[code] for code in column.cat.codes.tolist()]
    if column.dtype.kind == "M":
        return list(column.to_numpy().astype("datetime64[D]").tolist())
    plain: list[Any] = column.tolist()
    missing = column.isna().to_numpy()
    return [None if empty else cell for cell, empty in zip(plain, missing, strict=True)] if missing.any() else plain
