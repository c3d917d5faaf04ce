"""Columns of a million rows from few values: each value is made once, and taken by its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

Places = NDArray[np.integer]
"""For each row, the place of its value."""

Column = Any
"""An array of pandas: text, words or whole numbers."""

_TEXT: Any = pd.StringDtype("pyarrow", na_value=np.nan)


def words(values: Sequence[str | None], places: Places, used: NDArray[np.bool_] | None = None) -> Column:
    """Take values as a category: those that occur, in the order of the alphabet; None is missing.

    Parameters
    ----------
    values : sequence of str or None
        Of which some may be alike.
    places : array of int
        For each row, the place of its value.
    used : array of bool, optional
        Which values occur; all of them where it is left out.
    """
    occurring = values if used is None else [value for value, one in zip(values, used, strict=True) if one]
    names = sorted({value for value in occurring if value is not None}) if len(places) else []
    number = {name: place for place, name in enumerate(names)}
    narrow = np.int8 if len(names) < 128 else np.int16 if len(names) < 32768 else np.int32
    codes: NDArray[np.integer] = np.array(
        [-1 if value is None else number.get(value, -1) for value in values] or [-1], dtype=narrow
    )
    dtype: Any = pd.CategoricalDtype(pd.Index(names, dtype="str"))
    return pd.Categorical.from_codes(codes[places], dtype=dtype, validate=False)


def text(values: Sequence[str | None], places: Places) -> Column:
    """Take values as text; None is missing."""
    taken = pa.array(list(values) or [None], pa.large_string()).take(pa.array(places))
    return _TEXT.__from_arrow__(taken)


def nothing(kind: str, size: int) -> Column:
    """Make a column of text or of words in which all is missing."""
    if kind == "category":
        return words([None], np.zeros(size, dtype=np.int8))
    return _TEXT.__from_arrow__(pa.nulls(size, pa.large_string()))


def scattered(found: Mapping[int, str | None], size: int) -> Column:
    """Make a column of text in which few rows have a value."""
    if not found:
        return nothing("str", size)
    places = np.zeros(size, dtype=np.int64)
    places[list(found)] = np.arange(1, len(found) + 1)
    return text([None, *found.values()], places)


def whole_numbers(values: NDArray[np.integer], kind: type[np.integer]) -> pd.arrays.IntegerArray:
    """Make a column of whole numbers; -1 is missing."""
    missing = values < 0
    plain = values.astype(kind)
    plain[missing] = 1
    return pd.arrays.IntegerArray(plain, missing)


def shares(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Make a column of percentages; -1 is missing."""
    return np.where(values < 0, np.nan, values)


def days(values: Sequence[str | None], places: Places) -> NDArray[np.datetime64]:
    """Take days, written ``2025-04-30``; None is missing."""
    found = np.array(["NaT" if value is None else value for value in values] or ["NaT"], dtype="datetime64[D]")
    return found.astype("datetime64[s]")[places]
