"""How very many shares are written, and what their rounding allows: each distinct one is worked out once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracker.store.bulk import QUALIFIERS
from tracker.values import Share

EXACT_DECIMALS = 12
"""Up to so many, a share in units of its last decimal is a whole number that a float holds exactly, ten times over."""


class Written(NamedTuple):
    """Distinct shares.

    Attributes
    ----------
    places : array of int
        For each row, which of them it has.
    printed : list of str
        In writing.
    lowest, highest : array of float
        Percent that rounding, or the published bounds, allow.
    """

    places: NDArray[np.integer]
    printed: list[str]
    lowest: NDArray[np.float64]
    highest: NDArray[np.float64]


def written(rows: NDArray[np.void]) -> Written:
    """Write the shares of rows of numbers.

    Parameters
    ----------
    rows : structured array
        Fields share, low, high, qualifier and decimals as `tracker.store.bulk.NUMBERS` has them.
    """
    if not len(rows):
        return Written(np.zeros(0, dtype=np.int64), [], np.zeros(0), np.zeros(0))
    places, firsts = _distinct(rows)
    found = rows[firsts]
    lowest, highest, exact = _rounding(found)
    printed = [""] * len(found)
    for place in np.flatnonzero(exact):
        printed[place] = f"{found['share'][place]:.{found['decimals'][place]}f}"
    for place in np.flatnonzero(~exact):
        one = share_of(found[place])
        printed[place] = str(one)
        lowest[place], highest[place] = one.interval()
    return Written(places, printed, lowest, highest)


def share_of(row: np.void) -> Share:
    """Build the share of one row of numbers."""
    share, low, high = (None if row[name] < 0 else float(row[name]) for name in ("share", "low", "high"))
    decimals = None if row["decimals"] < 0 else int(row["decimals"])
    return Share(share, low, high, QUALIFIERS[row["qualifier"]], decimals)


def _distinct(rows: NDArray[np.void]) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    """Number the distinct shares; return the number of each row, and the first row of each number."""
    codes, _ = pd.factorize(rows["share"])
    small = rows["qualifier"].astype(np.int64) * 20 + rows["decimals"] + 1
    for values, size in ((small, 80), (rows["low"], None), (rows["high"], None)):
        if (values == values[0]).all():
            continue
        if size is None:
            values, uniques = pd.factorize(values)
            size = len(uniques)
        codes, _ = pd.factorize(codes * size + values)
    firsts = np.empty(int(codes.max()) + 1, dtype=np.int64)
    firsts[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return codes, firsts


def _rounding(rows: NDArray[np.void]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Half a unit of the last printed decimal each way, and for which rows that is so to the last bit.

    A share with d printed decimals is n / 10^d, and its bounds are (10 n - 5) / 10^(d + 1) and (10 n + 5) / 10^(d + 1).
    Up to `EXACT_DECIMALS` these are quotients of whole numbers that floats hold exactly, and division rounds once:
    the floats nearest to the bounds come out, as they do from decimals.
    """
    share, decimals = rows["share"], np.clip(rows["decimals"], 0, EXACT_DECIMALS)
    unit = 10.0**decimals
    units = np.rint(share * unit)
    exact = (rows["low"] < 0) & (rows["high"] < 0) & (rows["qualifier"] == 0) & (rows["decimals"] == decimals)
    exact &= (share >= 0) & (units / unit == share)
    lowest = np.maximum((units * 10 - 5) / (unit * 10), 0.0)
    highest = np.minimum((units * 10 + 5) / (unit * 10), 100.0)
    return lowest, highest, exact
