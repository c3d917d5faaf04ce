"""The names that users of fredapi know, where they mean the same: a series is an entity in a market."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.query.base import Base
from tracker.query.choosing import Day, Moment

if TYPE_CHECKING:
    import pandas as pd


class FredNames(Base):
    """Series by their id, ``market:entity``, or by the entity alone where it stands in one market only."""

    def get_series(
        self, series_id: str, observation_start: Day = None, observation_end: Day = None, *, market: str | None = None
    ) -> pd.Series:
        """Return the latest shares of one series.

        Parameters
        ----------
        series_id : str
            ``market:entity``, or an entity.
        observation_start, observation_end : str or datetime.date, optional
            Only periods that lie wholly within these days.
        market : str, optional
            Slug, where `series_id` is an entity that stands in several markets.

        Returns
        -------
        pandas.Series
            Percent, by the first day of the period; one value per period. Missing where only bounds were printed.

        Raises
        ------
        UnknownName
            If there is no such entity or market.
        MixedMarkets
            If the entity stands in several markets, and none is named.

        Examples
        --------
        >>> t.get_series("poe/text-messages:DeepSeek R1").tolist()
        [7.0, 3.0]
        """
        from tracker.query import releases

        with self._look() as session:
            return releases.latest(session, series_id, market, observation_start, observation_end)

    def get_series_latest_release(self, series_id: str, *, market: str | None = None) -> pd.Series:
        """Return the latest shares of one series: the same as `get_series`.

        Returns
        -------
        pandas.Series
            Percent, by the first day of the period; one value per period.

        Raises
        ------
        UnknownName, MixedMarkets
            As `get_series`.

        Examples
        --------
        >>> t.get_series_latest_release("poe/text-messages:DeepSeek R1").tolist()
        [7.0, 3.0]
        """
        return self.get_series(series_id, market=market)

    def get_series_first_release(self, series_id: str, *, market: str | None = None) -> pd.Series:
        """Return of each period the share that was recorded first, whatever revised or withdrew it later.

        Returns
        -------
        pandas.Series
            Percent, by the first day of the period; one value per period.

        Raises
        ------
        UnknownName, MixedMarkets
            As `get_series`.

        Notes
        -----
        First and later are in the order in which this database learned of them, as FRED's are in that of its vintages.

        Examples
        --------
        >>> t.get_series_first_release("poe/text-messages:DeepSeek R1").tolist()
        [7.0, 3.0]
        """
        from tracker.query import releases

        with self._look() as session:
            return releases.first(session, series_id, market)

    def get_series_as_of_date(self, series_id: str, as_of_date: Moment, *, market: str | None = None) -> pd.DataFrame:
        """Return the shares of one series as this database knew them on a date.

        Parameters
        ----------
        series_id : str
            ``market:entity``, or an entity.
        as_of_date : str, datetime.date or int
            A day (its end, UTC), a time, or the number of a batch.
        market : str, optional
            Slug.

        Returns
        -------
        pandas.DataFrame
            Columns date (first day of the period), realtime_start (since when the value is known, UTC), value
            (percent) and period. One row per period: the value that was the latest then.

        Raises
        ------
        UnknownName, MixedMarkets
            As `get_series`.

        Examples
        --------
        >>> t.get_series_as_of_date("poe/text-messages:DeepSeek R1", 1)["value"].tolist()
        [7.0, 3.0]
        """
        from tracker.query import releases

        with self._look(as_of_date) as session:
            return releases.then(session, series_id, market)

    def get_series_all_releases(self, series_id: str, *, market: str | None = None) -> pd.DataFrame:
        """Return every value that was ever current of one series.

        Returns
        -------
        pandas.DataFrame
            Columns date (first day of the period), realtime_start and realtime_end (from when until when it was the
            current one, UTC; missing where it still is), value (percent) and period. One row per period and release;
            a value that was only moved or restored is no new release.

        Raises
        ------
        UnknownName, MixedMarkets
            As `get_series`.

        Examples
        --------
        >>> t.get_series_all_releases("poe/text-messages:DeepSeek R1")["value"].tolist()
        [7.0, 3.0]
        """
        from tracker.query import releases

        with self._look() as session:
            return releases.every(session, series_id, market)

    def search(self, text: str) -> pd.DataFrame:
        """Find series whose entity, its aliases, market, source or whole has all words of a text, in any case.

        Returns
        -------
        pandas.DataFrame
            Index ``id``, which `get_series` takes; columns title, entity, market, source, units, frequency,
            observations, observation_start, observation_end and last_updated (UTC).

        Examples
        --------
        >>> t.search("deepseek r1 poe").index.tolist()
        ['poe/reasoning-messages:DeepSeek R1', 'poe/text-messages:DeepSeek R1']
        """
        from tracker.query import releases

        with self._look() as session:
            return releases.search(session, text)
