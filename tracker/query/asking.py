"""Somebody's own SQL as a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from tracker.store.engine import Session
from tracker.store.select import select


def asked(session: Session, text: str, params: Mapping[str, object] | Sequence[object] | None = None) -> pd.DataFrame:
    """Run one statement that reads, and return its rows.

    Whole numbers are ``Int64``, other numbers ``float64``, texts ``str``; missing is missing.
    """
    names, rows = select(session, text, params)
    columns: list[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * len(names)
    return pd.DataFrame({name: _column(cells) for name, cells in zip(names, columns, strict=True)})


def _column(cells: Sequence[object]) -> pd.Series:
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {int}:
        return pd.Series(cells, dtype="Int64")
    if kinds and kinds <= {int, float}:
        return pd.Series(cells, dtype="float64")
    return pd.Series(cells, dtype="str" if kinds <= {str} else object)
