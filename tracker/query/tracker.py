"""`Tracker`: everything that can be asked of a database from Python, and nothing that writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from os import PathLike, fspath
from types import TracebackType
from typing import TYPE_CHECKING

from tracker.query.choosing import Day, Moment
from tracker.query.choosing import Names as Wanted
from tracker.query.fred import FredNames
from tracker.query.names import Names
from tracker.query.sharing import Sharing
from tracker.query.summary import Contents, contents_of
from tracker.settings import Server, database
from tracker.store.entities import names
from tracker.store.held import Held

if TYPE_CHECKING:
    import pandas as pd

    from tracker.query.citing import Credits
    from tracker.query.days import When


def connect(db: str | PathLike[str] | Server | None = None) -> Tracker:
    """Open a database for reading.

    Parameters
    ----------
    db : str or path, optional
        The file, or ``postgresql+psycopg://USER@HOST/NAME``; else ``$TRACKER_DB``, else ``./tracker.db``.

    Returns
    -------
    Tracker
        It cannot write, whatever is asked of it: neither by accident nor on purpose.

    Raises
    ------
    DatabaseMissing
        If there is none.
    SchemaMismatch
        If it is not ours, or of another schema.

    Examples
    --------
    >>> import tracker
    >>> with tracker.connect(path) as t:
    ...     len(t.markets())
    27
    """
    import tracker.query.accessor  # noqa: F401  frames have .tracker from here on

    return Tracker(db)


def _names(held: Held) -> list[str]:
    with held.look() as session:
        return names(session)


class Tracker(Sharing, FredNames):
    """A database, open for reading.

    Every call reads one moment, and the next call sees what others wrote meanwhile. It may be used in ``with``, and
    without. Several threads may share it: their calls wait for each other. Shares are percent, 0 to 100.

    Parameters
    ----------
    db : str or path, optional
        The file, or ``postgresql+psycopg://USER@HOST/NAME``; else ``$TRACKER_DB``, else ``./tracker.db``.

    Raises
    ------
    DatabaseMissing
        If there is none.
    SchemaMismatch
        If it is not ours, or of another schema.

    Attributes
    ----------
    names : Names
        The names of entities, for completion: ``t.names["Deep<TAB>``, ``t.names.DeepSeek_R1``.

    Examples
    --------
    >>> t.names.DeepSeek_R1
    'DeepSeek R1'
    """

    def __init__(self, db: str | PathLike[str] | Server | None = None) -> None:
        super().__init__(db if isinstance(db, Server) else database(None if db is None else fspath(db)).path)
        # A plain attribute: IPython completes what is behind these, and runs no property for it.
        self.names = Names(partial(_names, self._held))

    def __enter__(self) -> Tracker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; to close it again does no harm.

        Examples
        --------
        >>> import tracker
        >>> t = tracker.connect(path)
        >>> t.close()
        """
        self._held.close()

    def markets(self) -> pd.DataFrame:
        """Return every market: a whole that shares are parts of.

        Returns
        -------
        pandas.DataFrame
            Columns market (its slug), source, counted, whole, population, region, platform, frequency, note,
            observations and entities (how many), first and last (days).

        Examples
        --------
        >>> t.markets().query("counted == 'text messages'")["market"].tolist()
        ['poe/text-messages']
        """
        from tracker.query.tables import market_table

        with self._look() as session:
            return market_table(session)

    def entities(self) -> pd.DataFrame:
        """Return every entity: who has a share.

        Returns
        -------
        pandas.DataFrame
            Columns entity (its name), kind, hue, aliases, parents, observations and markets (how many), first and
            last (days), note.

        Examples
        --------
        >>> t.entities().set_index("entity").loc["DeepSeek R1", "kind"]
        'model'
        """
        from tracker.query.tables import entity_table

        with self._look() as session:
            return entity_table(session)

    def sources(self) -> pd.DataFrame:
        """Return every source: who measured and published.

        Returns
        -------
        pandas.DataFrame
            Columns source (its slug), title, producer, url, licence, licence_url, credit, may_redistribute (missing
            where nobody knows), revises, note, markets.

        Examples
        --------
        >>> "poe" in set(t.sources()["source"])
        True
        """
        from tracker.query.tables import source_table

        with self._look() as session:
            return source_table(session)

    def events(self) -> pd.DataFrame:
        """Return every event, by date.

        Returns
        -------
        pandas.DataFrame
            Columns label, period, period_start, period_end, precision, entities, tags, url, note.

        Examples
        --------
        >>> bool(t.events()["period_start"].is_monotonic_increasing)
        True
        """
        from tracker.query.tables import event_table

        with self._look() as session:
            return event_table(session)

    def history(self, entity: str, market: str | None = None, date: When | None = None) -> pd.DataFrame:
        """Return every value that was ever known of an entity in a market: when, from which batch, and why it went.

        Parameters
        ----------
        entity : str
            Its name, or an alias.
        market : str, optional
            Slug; needed where the entity stands in several.
        date : str, datetime.date or Period, optional
            Only this period.

        Returns
        -------
        pandas.DataFrame
            One row per value, and per report of a further page; share, lowest and highest in percent, known_from and
            known_to in UTC (missing where it is known still).

        Raises
        ------
        UnknownName
            If there is no such entity or market; the nearest are named.
        MixedMarkets
            If the entity stands in several markets, and none is named.

        Examples
        --------
        >>> t.history("DeepSeek R1", "poe/text-messages", "~2025-04-30")["printed"].unique().tolist()
        ['3']
        """
        from tracker.query.past import history_table

        with self._look() as session:
            return history_table(session, entity, market, date)

    def diff(self, a: Moment, b: Moment = "now", market: Wanted = None) -> pd.DataFrame:
        """Return what changed from one moment to another.

        Parameters
        ----------
        a, b : str, int or datetime.date
            The number of a batch, a day (its end, UTC), a time, or ``now``.
        market : str or list of str, optional
            Only these.

        Returns
        -------
        pandas.DataFrame
            One row per fact; before and after in percent, `points` their difference, `percent` the relative change.

        Raises
        ------
        UnknownName
            If there is no such batch or market.
        InvalidValue
            If it is no moment.

        Examples
        --------
        >>> len(t.diff(1))
        0
        """
        from tracker.query.past import diff_table

        with self._look() as session:
            return diff_table(session, a, b, market)

    def sql(
        self,
        text: str,
        params: Mapping[str, object] | Sequence[object] | None = None,
        *,
        as_of: Moment = None,
        as_published: Day = None,
    ) -> pd.DataFrame:
        """Run one statement that reads.

        Parameters
        ----------
        text : str
            SQL, one statement. The views are shares, share_history and reports; as of a moment, write their plain
            names. ``json_each`` and the like are there.
        params : mapping or sequence, optional
            Values of ``:name``, or of ``?``.
        as_of, as_published : optional
            As for `shares`.

        Returns
        -------
        pandas.DataFrame
            The rows; whole numbers as ``Int64``, other numbers as ``float64``, texts as ``str``, bytes as texts in
            hexadecimal. A column without any value has the type of the views' column of its name.

        Raises
        ------
        UsageProblem
            If a named value is missing, or something is no text.
        TrackerError
            If it writes, attaches, loads or sets anything, is more than one statement, is no SQL, or names ``main.``
            as of a moment.

        Examples
        --------
        >>> t.sql("SELECT share FROM shares WHERE entity = :who AND market LIKE 'poe/text%'", {"who": "DeepSeek R1"})
           share
        0    7.0
        1    3.0
        """
        from tracker.query.asking import asked

        with self._alone(as_of, as_published) as session:
            return asked(session, text, params)

    def cite(self, frame: pd.DataFrame | str) -> Credits:
        """Return the credit lines of exactly the sources in a frame, with their licences.

        Parameters
        ----------
        frame : pandas.DataFrame or str
            A frame with a column market, as `shares` makes it, filtered or not; or the slug of a market.

        Returns
        -------
        Credits
            Prints a line for each source; ``lines`` are the texts, ``frame`` is a table of them.

        Raises
        ------
        TrackerError
            If the frame does not say of which markets it is, as a wide one does not.

        Examples
        --------
        >>> len(t.cite(t.shares("DeepSeek R1", "poe/text-messages")))
        1
        """
        from tracker.query.citing import credits_of

        with self._look() as session:
            return credits_of(session, frame)

    def __getitem__(self, key: str | tuple[str, str]) -> pd.DataFrame:
        """Return a market, or one entity of it, as `shares` does: ``t["poe/text-messages", "DeepSeek R1"]``."""
        market, entity = (key, None) if isinstance(key, str) else key
        return self.shares(entity, market)

    def _ipython_key_completions_(self) -> list[str | tuple[str, str]]:
        from tracker.store.contents import series_held

        with self._look() as session:
            pairs = [(str(row[0]), str(row[1])) for row in series_held(session)]
        return [*dict.fromkeys(market for market, _ in pairs), *pairs]

    def _contents(self) -> Contents | None:
        if self._held.closed:
            return None
        with self._look() as session:
            return contents_of(session)

    def __repr__(self) -> str:
        found = self._contents()
        return f"Tracker({str(self.path)!r}), closed" if found is None else f"Tracker({str(self.path)!r}): {found}"

    def _repr_html_(self) -> str:
        from tracker.query.summary import as_html

        return as_html(str(self.path), self._contents())
