"""What every kind asks of its frame first: that it has rows, and those that are named."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from tracker.errors import TrackerError, UnknownName
from tracker.frames import check

SHOWN = 12
"""So many of the names that there are stand in a refusal."""


def refuse_empty(frame: pd.DataFrame) -> None:
    """Refuse a frame that is not tidy, or has no row.

    Raises
    ------
    TrackerError
        If so.
    """
    if check(frame).empty:
        raise TrackerError(
            "there is nothing to draw: no observation is left", "Widen the dates or name other entities."
        )


def focus_of(focus: Sequence[str] | str | None, known: Collection[str]) -> list[str]:
    """Return the names that are asked for, each once, in their order.

    Raises
    ------
    UnknownName
        If one of them is not known.

    Examples
    --------
    >>> focus_of(["B", "A", "B"], {"A", "B"}), focus_of("A", {"A"}), focus_of(None, {"A"})
    (['B', 'A'], ['A'], [])
    """
    names = list(dict.fromkeys([focus] if isinstance(focus, str) else focus or ()))
    missing = [name for name in names if name not in known]
    if missing:
        raise UnknownName(
            f"there is no observation of {', '.join(missing)} here", f"There are: {', '.join(sorted(known)[:SHOWN])}."
        )
    return names
