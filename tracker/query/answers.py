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


def table(results: Mapping[str, Result] | Sequence[Result], name: str = "entity") -> pd.DataFrame:
    """Put results into a frame.

    Parameters
    ----------
    results : mapping of str to result, or sequence of result
        Whom each is of, and the result; or results that say so themselves.
    name : str
        The column that says whom each is of.

    Returns
    -------
    pandas.DataFrame
        One row a result: the columns of its row, then ``refused``, whether it was, and ``said``, the sentence.
    """
    import pandas as pd

    keyed = list(results.items()) if isinstance(results, Mapping) else [(None, one) for one in results]
    rows = [_row(key, one, name) for key, one in keyed]
    told = next((list(row) for row, (_, one) in zip(rows, keyed, strict=True) if not isinstance(one, Refused)), [name])
    columns = [*(column for column in told if column not in ("refused", "said")), "refused", "said"]
    return pd.DataFrame({column: _column(column, [row.get(column) for row in rows]) for column in columns})


def _row(key: str | None, one: Result, name: str) -> dict[str, object]:
    cells = {} if isinstance(one, Refused) else one.row()
    whose = {} if key is None else {name: key}
    return {**whose, **cells, "refused": isinstance(one, Refused), "said": str(one)}


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
