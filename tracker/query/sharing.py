"""`Tracker.shares`: long or wide, now or then, as recorded or added up, at its own frequency or another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tracker.errors import UsageProblem
from tracker.query.base import Base
from tracker.query.choosing import Day, Moment, Names, one_market, selection
from tracker.query.rollups import rolled_up

if TYPE_CHECKING:
    import pandas as pd

    from tracker.analysis.rollup import WhenBoth

FORMATS = ("long", "wide")


class Sharing(Base):
    """What asks for shares."""

    def shares(
        self,
        entities: Names = None,
        market: Names = None,
        *,
        start: Day = None,
        end: Day = None,
        as_of: Moment = None,
        as_published: Day = None,
        level: Literal["lab", "product", "model"] | None = None,
        when_both: WhenBoth | None = None,
        format: Literal["long", "wide"] = "long",
        frequency: str | None = None,
        how: Literal["last", "mean"] = "last",
    ) -> pd.DataFrame:
        """Return shares.

        Parameters
        ----------
        entities, market : str or list of str, optional
            Names, or aliases, and slugs; all where they are left out.
        start, end : str or datetime.date, optional
            Only periods that lie wholly within these days; ``2025-02`` starts on its first and ends on its last day.
        as_of : str, int or datetime.date, optional
            As this database knew it: a day (its end, UTC), a time, or after a batch.
        as_published : str or datetime.date, optional
            Only what the sources had published by this day.
        level : {'lab', 'product', 'model'}, optional
            Add shares up to these, within one market and one period. What is missing from a sum is in the column
            missing; what was left out is said by `notes`.
        when_both : {'whole', 'parts'}, optional
            With a level: what counts where a whole and parts of it are both reported.
        format : {'long', 'wide'}
            One row per observation; or, of one market, dates by entities.
        frequency : str, optional
            ``weekly`` (Monday to Sunday), ``monthly``, ``quarterly``, ``half-yearly`` or ``yearly``; also ``week`` to
            ``year``, or ``W M Q H Y``.
        how : {'last', 'mean'}
            With a frequency: the reading of just the period where the source has one, else the last one that ends in
            it, or the mean over its days. Shares are never summed. See `tracker.query.frequency.resampled`.

        Returns
        -------
        pandas.DataFrame
            Long: columns of `tracker.frames.COLUMNS`, by market, entity and date; with a frequency also coverage
            (0 to 1) and readings. Wide: percent, index period_start (with a second level, period, where two periods
            start on one day), a column for each entity; missing where nothing, or only bounds, were printed.

        Raises
        ------
        UnknownName
            If an entity or a market is not recorded; the nearest are named.
        MixedMarkets
            If a wide one would hold several markets.
        Conflict
            If sums would count something twice.
        UsageProblem
            If there is no such format, level, frequency or way to get to it, or a list of names is empty.
        InvalidValue
            If something is no day, or no moment.
        TrackerError
            If a reading speaks of more days than the periods of the frequency have: it is not divided.

        Examples
        --------
        >>> t.shares("DeepSeek R1", "poe/text-messages")[["period", "printed", "lowest", "highest"]]
                period printed  lowest  highest
        0  ~2025-02-15       7     6.5      7.5
        1  ~2025-04-30       3     2.5      3.5
        """
        from tracker import query

        if format not in FORMATS:
            raise UsageProblem(f"there is no format {format!r}", "Choose 'long' or 'wide'.")
        if when_both and not level:
            raise UsageProblem("when_both belongs to a level", "Say level='lab', 'product' or 'model', too.")
        if how != "last" and frequency is None:
            raise UsageProblem("how belongs to a frequency", "Say frequency='monthly', or the like, too.")
        with self._look(as_of, as_published) as session:
            wanted = selection(session, entities, market, start, end)
            if format == "wide":
                wanted = one_market(session, wanted, level)
            if format == "wide" and level is None and frequency is None:
                from tracker.query.wide import read_wide

                return read_wide(session, wanted)
            frame = query.shares(session, wanted, level, when_both)
        if frequency is not None:
            from tracker.query.frequency import resampled

            frame = resampled(frame, frequency, how)
        if format == "long":
            return frame
        from tracker.query.wide import wide

        return wide(frame)

    def notes(
        self,
        entities: Names = None,
        market: Names = None,
        *,
        level: Literal["lab", "product", "model"],
        when_both: WhenBoth | None = None,
        start: Day = None,
        end: Day = None,
        as_of: Moment = None,
        as_published: Day = None,
    ) -> tuple[str, ...]:
        """Say in sentences what a reader must know of the sums that `shares` makes with a level.

        Parameters
        ----------
        entities, market, level, when_both, start, end, as_of, as_published
            As for `shares`.

        Returns
        -------
        tuple of str
            What was left out, what stands for itself, and what is missing.

        Raises
        ------
        UnknownName, Conflict
            As `shares`.

        Examples
        --------
        >>> t.notes("DeepSeek", "poe/text-messages", level="lab")
        ()
        """
        from tracker.analysis.rollup_words import notes

        with self._look(as_of, as_published) as session:
            wanted = selection(session, entities, market, start, end)
            return notes(rolled_up(session, wanted, level, when_both).made)
