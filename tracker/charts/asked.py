"""What every kind asks of its frame first: that it has rows, and those that are named."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from tracker.errors import TrackerError, UnknownName, clip
from tracker.frames import check

SHOWN = 12
"""So many of the names that there are stand in a refusal."""

DRAWN = ("entity", "counted", "population", "region", "platform", "source")
LONGEST = 1_000
"""Letters of what is drawn beside the shares: to set longer ones takes long, and nobody reads them."""


def refuse_empty(frame: pd.DataFrame) -> None:
    """Refuse a frame that is not tidy, has no row, or has names that no page has room for.

    Raises
    ------
    TrackerError
        If so.
    """
    if check(frame).empty:
        raise TrackerError(
            "there is nothing to draw: no observation is left", "Widen the dates or name other entities."
        )
    for column in DRAWN:
        longest = max(map(str, frame[column].unique()), key=len)
        if len(longest) > LONGEST:
            raise TrackerError(
                f"the {column} {clip(longest)!r} has {len(longest):,} letters; at most {LONGEST:,} can be drawn",
                "Leave it out, or write it shorter in what is recorded.",
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
