"""The shares of a long file as they pass by: names and periods become numbers, shares go to the ledger's door."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from tracker.importers.base import Met
from tracker.importers.streaming.tally import Tally
from tracker.store.engine import Session
from tracker.store.entities import RESIDUAL, kind_of, residual
from tracker.store.identity import finder
from tracker.store.plan import Entry
from tracker.store.staging.loading import Rows
from tracker.store.staging.staged import Series, Staged, Stated
from tracker.values import Period, Share
from tracker.values.names import clean

WAITING = 8
"""Blocks of rows that may wait for the database, before reading waits for it."""

SWITCH = 0.001
"""Seconds after which a thread that waits for Python gets its turn."""


class Passing:
    """Numbers for what is met, and the way to the staging tables, which a thread of its own feeds.

    Parameters
    ----------
    session : Session
        A writing one. While rows are on their way nobody else may use it but through here.
    dry_run : bool
        Whether nothing will be written.

    Attributes
    ----------
    staged : Staged
        Where the shares go.
    tally : Tally
        What is known of all of them.
    periods : list of Period
        By their numbers, which start at 1.
    first : dict of (str, str) to int
        For each market, and each entity as printed, the line that first names it.
    names : dict of str to str
        What each entity is called here, as far as can be told before all names are known.
    """

    def __init__(self, session: Session, *, dry_run: bool = False) -> None:
        self.staged = Staged(session)
        self.tally = Tally(watches=dry_run or not self.staged.is_first)
        self.periods: list[Period | None] = [None]
        self.first: dict[tuple[str, str], int] = {}
        self.names: dict[str, str] = {}
        self._session = session
        self._find: Callable[[str], str | None] = finder(session)
        self._numbers: dict[Series, int] = {}
        self._series_ids = [0]
        self._period_ids = [0]
        self._are_ids = True
        self._period_numbers: dict[Period, int] = {}
        self._stated: dict[tuple[Stated, str], int] = {}
        self._worker = ThreadPoolExecutor(1)
        self._switch = sys.getswitchinterval()
        self._sent: list[Future[None]] = []

    def __enter__(self) -> Passing:
        # The other thread works mostly outside of Python, and needs it back at once for the next statement.
        sys.setswitchinterval(SWITCH)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        sys.setswitchinterval(self._switch)
        self._worker.shutdown(cancel_futures=kind is not None)

    def series(self, market: str, printed: str, line: int) -> int:
        """Return the number of a series."""
        # Rows that are read with care come after the others of their chunk.
        self.first[market, printed] = min(line, self.first.get((market, printed), line))
        if printed not in self.names:
            self.settle()
            self.names[printed] = self._name(printed)
        wanted = Series(market, self.names[printed])
        if wanted not in self._numbers:
            self.settle()
            self._numbers[wanted] = self._numbered(self.staged.series_id(wanted), self._series_ids)
        return self._numbers[wanted]

    def _numbered(self, key: int, ids: list[int]) -> int:
        """Return the number of what was met last, counted from 1, as ids are: in a new database they are the same."""
        ids.append(key)
        self._are_ids = self._are_ids and key == len(ids) - 1
        self.tally.room(len(self._series_ids), len(self._period_ids))
        return len(ids) - 1

    def _name(self, printed: str) -> str:
        known = self._find(printed)
        if known is None and kind_of(printed) == "residual":
            known = residual(self._session) or RESIDUAL
        return known or clean(printed)

    def period(self, period: Period) -> int:
        """Return the number of a period."""
        named = period.named()
        if named not in self._period_numbers:
            self.periods.append(named)
            self._period_numbers[named] = self._numbered(self.staged.period_id(named), self._period_ids)
        return self._period_numbers[named]

    def stated(self, stated: Stated, market: str) -> int:
        """Return the number of what is said beside a share; it tells the market, too."""
        if (stated, market) not in self._stated:
            self.settle()
            self._stated[stated, market] = self.staged.stated_id(stated)
        return self._stated[stated, market]

    def rows(
        self,
        market: str,
        series: Sequence[int],
        periods: Sequence[int],
        shares: Sequence[float],
        decimals: Sequence[int],
        lines: Sequence[int],
        stated: Sequence[int],
    ) -> None:
        """Send plain shares on, all of one market."""
        self.tally.add(market, series, periods, shares, decimals)
        ids: tuple[Iterable[int], Iterable[int]] = (series, periods)
        if not self._are_ids:
            ids = map(self._series_ids.__getitem__, series), map(self._period_ids.__getitem__, periods)
        rows = Rows(*ids, shares, decimals, stated, lines)
        while len(self._sent) >= WAITING:
            self._sent.pop(0).result()
        self._sent.append(self._worker.submit(self.staged.put, rows))

    def one(self, series: int, period: int, share: Share, line: int, stated: int, market: str) -> None:
        """Send any share on."""
        self.settle()
        self.tally.one(market, series, period, share)
        self.staged.put_one(self._series_ids[series], self._period_ids[period], share, line, stated)

    def entry(self, entry: Entry) -> None:
        """Send on what the reader of short files has read."""
        told = entry.told
        stated = self.stated(Stated(told.status, told.sample_size, told.note, told.citation), told.market)
        series, period = self.series(told.market, told.entity, entry.line), self.period(told.period)
        self.one(series, period, told.share, entry.line, stated, told.market)

    def settle(self) -> None:
        """Wait until the database has taken all that was sent."""
        while self._sent:
            self._sent.pop(0).result()

    def met(self) -> Met:
        """Return whom and which markets the shares speak of."""
        ordered = sorted(self.first.items(), key=lambda one: one[1])
        return Met(
            {printed: line for (_, printed), line in reversed(ordered)},
            {market: line for (market, _), line in reversed(ordered)},
            list(dict.fromkeys(printed for (_, printed), _ in ordered)),
        )
