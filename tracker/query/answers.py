"""Results as a frame: one row each, those that were refused among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from tracker.analysis.refused import Refused

if TYPE_CHECKING:
    import pandas as pd


class Result(Protocol):
    """What every result of `tracker.analysis` can do, besides printing as a sentence."""

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value."""


_TEXT = ("market", "breaks", "ties", "entity", "period", "said")


def table(results: Sequence[tuple[Mapping[str, object], Result]]) -> pd.DataFrame:
    """Put results into a frame.

    Parameters
    ----------
    results : sequence of (mapping, result)
        Whom, and which period, each is of, by column: a refusal has these cells, too.

    Returns
    -------
    pandas.DataFrame
        One row a result: the columns of its row, then ``refused``, whether it was, and ``said``, the sentence.
    """
    import pandas as pd

    rows = [_row(keys, one) for keys, one in results]
    told = next((row for row, (_, one) in zip(rows, results, strict=True) if not isinstance(one, Refused)), rows[0])
    columns = [*(column for column in told if column not in ("refused", "said")), "refused", "said"]
    return pd.DataFrame({column: _column(column, [row.get(column) for row in rows]) for column in columns})


def _row(keys: Mapping[str, object], one: Result) -> dict[str, object]:
    cells = {} if isinstance(one, Refused) else one.row()
    return {**keys, **cells, "refused": isinstance(one, Refused), "said": str(one)}


def _column(name: str, cells: list[object]) -> pd.Series[Any]:
    import pandas as pd

    known = [cell for cell in cells if cell is not None]
    if any(isinstance(cell, str) for cell in known) or (not known and (name in _TEXT or name.endswith("period"))):
        kind = "str"
    elif known and all(isinstance(cell, bool) for cell in known):
        kind = "bool" if len(known) == len(cells) else "boolean"
    elif known and all(isinstance(cell, int) for cell in known):
        kind = "int64" if len(known) == len(cells) else "Int64"
    else:
        kind = "float64"
    return pd.Series(cells, dtype=kind)
