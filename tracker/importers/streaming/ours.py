"""A long file of our own CSV: whole columns at a time, and a row by itself where it is no plain share."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.errors import Problem
from tracker.importers.base import Parsed
from tracker.importers.descriptions import ENTITY
from tracker.importers.long_csv import CORRECTION, Reader
from tracker.importers.spreadsheets import SAFE
from tracker.importers.streaming.columns import BAD, Key, Meanings, keys
from tracker.importers.streaming.large import Chunk, Large, Unsuited
from tracker.importers.streaming.passing import Passing
from tracker.importers.streaming.plain import plain
from tracker.importers.table import Row
from tracker.store.staging.staged import Stated
from tracker.values import STATUSES

PERIOD = ("period", "period_start", "period_end", "precision")
NAMED = ("entity", *ENTITY)
SHARE = ("share", "low", "high", "decimals")
ALONE = ("role", "printed_period", *CORRECTION)
"""Columns that say, where they are not empty, that the row is something else than a share as printed."""


class Ours:
    """Reads on as the reader of the head does.

    Parameters
    ----------
    reader : Reader
        It has read the head.
    large : Large
        The file.
    passing : Passing
        Where the shares go.
    """

    def __init__(self, reader: Reader, large: Large, passing: Passing) -> None:
        self.reader, self.large, self.passing = reader, large, passing
        self.header = [cell.strip() for cell in large.head.header]
        self.chunk: Chunk = Chunk(1, [], range(0))
        self.dated, self.named = self._places(PERIOD), self._places(NAMED)
        shares = self._places(SHARE)
        self.others = [place for place in range(len(self.header)) if place not in {*self.dated, *self.named, *shares}]
        self.periods: Meanings[Key] = Meanings(self._learn_period)
        self.told: Meanings[Key] = Meanings(self._learn_told)
        self.series: dict[str, Meanings[Key]] = {}
        self.markets: dict[int, str] = {}
        if reader.keep_repeats or SAFE in self.header:
            raise Unsuited

    def _places(self, names: Sequence[str]) -> list[int]:
        return [self.header.index(name) for name in names if name in self.header]

    def take(self, chunk: Chunk) -> None:
        """Read a chunk."""
        self.chunk = chunk
        told = self.told.of(self._groups(self.others))
        dated = self.periods.of(self._groups(self.dated))
        odd = self.told.bad(told) | self.periods.bad(dated)
        read = self._plain(odd)
        markets = {self.markets[one] for one in set(told) if one != BAD}
        for market in sorted(markets):
            self._send(market, len(markets) == 1, told, dated, read, odd)
        for place in sorted(odd):
            self._with_care(chunk.row(place))

    def _groups(self, places: Sequence[int]) -> Sequence[Key]:
        return keys(map(self.chunk.column, places), len(self.chunk.lines))

    def _column(self, name: str) -> list[str] | None:
        return self.chunk.column(self.header.index(name)) if name in self.header else None

    def _plain(self, odd: set[int]) -> tuple[list[float], list[int]]:
        """The shares of the chunk; the rows of those that are no plain numbers are put among the odd."""
        cells = self.chunk.column(self.header.index("share"))
        read = plain(cells)
        if read is None:
            each = [plain([cell]) for cell in cells]
            odd |= {place for place, one in enumerate(each) if one is None}
            read = [one[0][0] if one else 0.0 for one in each], [one[1][0] if one else 0 for one in each]
        for name in ("low", "high"):
            bounds = self._column(name)
            if bounds and any(bounds):
                odd |= {place for place, cell in enumerate(bounds) if cell}
        printed = self._column("decimals")
        if printed and printed != list(map(str, read[1])):
            odd |= {
                place
                for place, (cell, places) in enumerate(zip(printed, read[1], strict=True))
                if cell and cell != str(places)
            }
        return read

    def _send(
        self,
        market: str,
        alone: bool,
        told: list[int],
        dated: list[int],
        read: tuple[list[float], list[int]],
        odd: set[int],
    ) -> None:
        """Send the shares of one market on."""
        places = (
            [place for place, one in enumerate(told) if one != BAD and place not in odd and self.markets[one] == market]
            if odd or not alone
            else range(len(told))
        )
        if market not in self.series:
            self.series[market] = Meanings(lambda cells, place: self._learn_series(market, cells, place))
        named = self._groups(self.named)
        if len(places) < len(told):
            named = [named[place] for place in places]
        series = self.series[market].of(named, places)
        if self.series[market].careful and BAD in series:
            odd |= {place for place, one in zip(places, series, strict=True) if one == BAD}
            places, series = (
                [place for place, one in zip(places, series, strict=True) if one != BAD],
                [one for one in series if one != BAD],
            )
        if len(places) == len(told):
            self.passing.rows(market, series, dated, *read, self.chunk.lines, told)
        elif places:
            shares, decimals, lines = read[0], read[1], self.chunk.lines
            self.passing.rows(
                market,
                series,
                [dated[place] for place in places],
                [shares[place] for place in places],
                [decimals[place] for place in places],
                [lines[place] for place in places],
                [told[place] for place in places],
            )

    def _cells(self, row: Row) -> dict[str, str]:
        return dict(zip(self.header, (cell.strip() for cell in row.cells), strict=True))

    def _with_care(self, row: Row) -> None:
        """Read one row as the reader of short files does."""
        if any(cell.strip() for cell in row.cells):
            self.reader.row(row, self._cells(row))
            self.drain()

    def drain(self) -> None:
        """Send on what the reader of short files has read."""
        entries, self.reader.parsed.entries = self.reader.parsed.entries, []
        for entry in entries:
            if entry.is_report or entry.printed_period or entry.told.correction is not None:
                raise Unsuited
            self.passing.entry(entry)

    def _learn_period(self, _: Key, place: int) -> int:
        row = self.chunk.row(place)
        period = self.reader.period_of(row, self._cells(row))
        return BAD if period is None else self.passing.period(period)

    def _learn_told(self, _: Key, place: int) -> int:
        """What a row says beside its share; one that is no share as printed is read with care."""
        row = self.chunk.row(place)
        cells = self._cells(row)
        market = cells["market"] or self.reader.market
        if not market or any(cells.get(name) for name in ALONE):
            return BAD
        beside = self.reader.beside(row, cells)
        status = cells.get("status") or None
        if (
            beside is None
            or (status is not None and status not in STATUSES)
            or (self.reader.market and market != self.reader.market)
        ):
            return BAD
        self.reader.described.take(row.line, cells | {"market": market})
        key = self.passing.stated(Stated(status, beside[0], cells.get("note") or None, beside[1]), market)
        self.markets[key] = market
        return key

    def _learn_series(self, market: str, _: Key, place: int) -> int:
        row = self.chunk.row(place)
        cells = self._cells(row)
        if not cells["entity"]:
            return BAD
        self.reader.described.take(row.line, cells | {"market": market})
        return self.passing.series(market, cells["entity"], row.line)

    def column_of(self, _: str) -> str:
        """The column that shares stand in."""
        return "share"

    def finish(self) -> Parsed:
        """Return what the file says beside its shares, and whom it speaks of."""
        parsed, width = self.reader.parsed, len(self.header)
        self.reader.described.finish()
        parsed.problems += [
            Problem(row.line, "", "", f"has {len(row.cells)} cells, the first line has {width}")
            for row in self.large.ragged
        ]
        parsed.passed = self.passing.met()
        return parsed
