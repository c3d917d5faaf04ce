"""Somebody's own SQL as a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from tracker.store.documentation import COLUMNS
from tracker.store.engine import Session
from tracker.store.select import select

_KINDS = {"number": "float64", "whole number": "Int64"}


def asked(session: Session, text: str, params: Mapping[str, object] | Sequence[object] | None = None) -> pd.DataFrame:
    """Run one statement that reads, and return its rows.

    Whole numbers are ``Int64``, other numbers ``float64``, texts ``str``; bytes are texts in hexadecimal; missing is
    missing. A column without any value has the type of the views' column of its name; another name, ``object``.
    """
    names, rows = select(session, text, params)
    columns: list[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * len(names)
    return pd.DataFrame({name: _column(name, cells) for name, cells in zip(names, columns, strict=True)})


def _column(name: str, cells: Sequence[object]) -> pd.Series:
    kinds = {type(cell) for cell in cells if cell is not None}
    return pd.Series(cells, dtype=_dtype(kinds) if kinds else _declared(name))


def _dtype(kinds: set[type]) -> Any:
    if kinds == {int}:
        return "Int64"
    if kinds <= {int, float}:
        return "float64"
    return "str" if kinds == {str} else object


def _declared(name: str) -> Any:
    """The type of a column of our views: SQLite gives the values one, and here are none."""
    known = COLUMNS.get(name)
    return _KINDS.get(known.kind, "str") if known else object
