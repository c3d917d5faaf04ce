"""From the database to frames: `tracker.connect`, and what it is made of.

pandas and numpy are loaded by the functions that make frames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.query.rollups import Part, Rolled, named, refuse_parts, rolled_up
from tracker.store.engine import Session
from tracker.store.shares import Selection

if TYPE_CHECKING:
    import pandas as pd

    from tracker.analysis.rollup import WhenBoth

__all__ = ["Part", "Rolled", "named", "refuse_parts", "rolled_up", "shares", "sums"]


def shares(
    session: Session, wanted: Selection, level: str | None = None, when_both: WhenBoth | None = None
) -> pd.DataFrame:
    """Return the current observations as a tidy frame.

    Parameters
    ----------
    session : Session
        A reading one.
    wanted : Selection
        Which observations.
    level : {'lab', 'product', 'model'} or None
        What to add shares up to, see `rolled_up`; None leaves them as they are.
    when_both : {'whole', 'parts'} or None
        What counts where a whole and parts of it are both reported.

    Returns
    -------
    pandas.DataFrame
        One row per observation, or sum of them, by market, entity and date; columns of `frames.COLUMNS`, shares in
        percent.

    Notes
    -----
    What was left out of sums, and what is missing from them, is said by `tracker.analysis.rollup_words.notes`.
    """
    from tracker.query.long import observed

    if level is None:
        return observed(session, wanted)
    return sums(session, rolled_up(session, wanted, level, when_both))


def sums(session: Session, rolled: Rolled) -> pd.DataFrame:
    """Return shares that were added up as a tidy frame.

    Parameters
    ----------
    session : Session
        The one that they were read from.
    rolled : Rolled
        The sums.

    Returns
    -------
    pandas.DataFrame
        One row per sum, by market, entity and date; columns of `frames.COLUMNS`, shares in percent.
    """
    from tracker.query.summed import summed

    return summed(session, rolled)
