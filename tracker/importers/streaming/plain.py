"""Columns of plain shares, a chunk at a time: numbers with a point, as nearly all are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

_BELOW = r"(?:0|[1-9]\d?)"
_PLAIN = re.compile(rf"(?:{_BELOW}(?:\.\d{{1,18}})?\n|100(?:\.0{{1,18}})?\n)+", re.ASCII)


def plain(cells: Sequence[str]) -> tuple[list[float], list[int]] | None:
    """Read shares that are all plain numbers from 0 to 100.

    Parameters
    ----------
    cells : sequence of str
        As printed.

    Returns
    -------
    tuple or None
        The numbers, as `float` reads them, and the decimals of each; None where one cell is anything else.

    Examples
    --------
    >>> plain(["7", "6.50"]), plain(["7", "<1"]), plain(["101"])
    (([7.0, 6.5], [0, 2]), None, None)
    """
    text = "\n".join(cells) + "\n"
    alike = _alike(len(cells[0].partition(".")[2])).fullmatch(text)
    if not alike and not _PLAIN.fullmatch(text):
        return None
    try:
        numbers = list(map(float, cells))
    except ValueError:  # a cell of two lines
        return None
    if alike:
        return numbers, [len(cells[0].partition(".")[2])] * len(cells)
    return numbers, [len(cell) - cell.find(".") - 1 if "." in cell else 0 for cell in cells]


@cache
def _alike(decimals: int) -> re.Pattern[str]:
    """Plain numbers that all have so many decimals, as most columns are printed."""
    if not 0 < decimals <= 18:
        return re.compile(rf"(?:{_BELOW}\n|100\n)+", re.ASCII)
    return re.compile(rf"(?:{_BELOW}\.\d{{{decimals}}}\n|100\.0{{{decimals}}}\n)+", re.ASCII)
