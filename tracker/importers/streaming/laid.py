"""A long table that is read by its layout: whole columns at a time, and by itself a row that is anything unusual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from tracker.errors import InvalidValue, Problem
from tracker.importers.base import Parsed
from tracker.importers.judgement.flags import status_of
from tracker.importers.layout import Column
from tracker.importers.reading import Reading, is_zero
from tracker.importers.streaming.columns import BAD, Key, Meanings, keys
from tracker.importers.streaming.large import Chunk, Large, Unsuited
from tracker.importers.streaming.passing import Passing
from tracker.importers.streaming.printed import Printed, Read
from tracker.importers.streaming.seen import Seen
from tracker.importers.streaming.verdict import TOLD_BY, check_beside, check_choice, check_dates, check_unit
from tracker.importers.table import Row
from tracker.store.staging.staged import Stated


class _Sent(NamedTuple):
    """Plain shares, as `Passing.rows` takes them."""

    series: Sequence[int]
    periods: Sequence[int]
    shares: Sequence[float]
    decimals: Sequence[int]
    lines: Sequence[int]
    stated: Sequence[int]


class Laid:
    """Reads on as the reader of the head does.

    Parameters
    ----------
    reading : Reading
        It has read the head.
    large : Large
        The file.
    passing : Passing
        Where the shares go.
    unit : str or None
        What the person said of the unit.

    Raises
    ------
    Unsuited
        If how a row is read depends on more than its own cells.
    """

    def __init__(self, reading: Reading, large: Large, passing: Passing, unit: str | None) -> None:
        self.reading, self.large, self.passing, self.unit = reading, large, passing, unit
        layout = self.layout = reading.layout
        self.chunk: Chunk = Chunk(1, [], range(0))
        if (
            layout.trailing_zeros_lost
            or layout.low is not None
            or layout.high is not None
            or (layout.market_of and layout.market_by is None)
            or reading.asked.keep_repeats
            or len(reading.rows) < TOLD_BY
            or len(reading.table.header) > len(self._used())
        ):
            raise Unsuited
        self.told_places = self._told_places()
        self.date_places = [place for place in (layout.date, layout.end) if place is not None]
        self.periods: Meanings[Key] = Meanings(self._learn_period)
        self.told: Meanings[Key] = Meanings(self._learn_told)
        self.entities: dict[str, Meanings[str]] = {}
        self.markets: dict[int, str] = {}
        self.seen = Seen(reading)
        self.printed = Printed(reading, self.seen)

    def _used(self) -> set[int]:
        """The columns that the layout reads, or that the person said to leave out."""
        layout, header = self.layout, [cell.strip() for cell in self.reading.table.header]
        places = {column.place for column in layout.shares} | set(layout.market_by or ())
        places |= {place for place in (layout.entity, layout.date, layout.end) if place is not None}
        ignored = {header.index(name) for name in self.reading.asked.columns.get("ignore", ()) if name in header}
        return places | set(self._told_places()) | ignored

    def _told_places(self) -> list[int]:
        layout = self.layout
        fields = (layout.status, layout.sample_size, layout.note, layout.published, layout.url)
        return [*(place for place in fields if place is not None), *(layout.market_by or ())]

    def take(self, chunk: Chunk) -> None:
        """Read a chunk."""
        odd: set[int] = set(self._padding(chunk))
        columns = [self.printed.column(chunk.column(column.place), odd) for column in self.layout.shares]
        odd |= self._empty(columns)
        alone = [chunk.row(place) for place in odd]
        if odd:
            # Nothing is learned from a row that may say nothing.
            chunk, columns = chunk.without(odd), [read.without(odd) for read in columns]
        self._take_whole(chunk, columns, alone)
        for row in sorted(alone, key=lambda row: row.line):
            self._with_care(row)

    def _take_whole(self, chunk: Chunk, columns: list[Read], alone: list[Row]) -> None:
        """Read rows of which each has a share; those that have to be read with care are put among `alone`."""
        self.chunk = chunk
        count = len(chunk.lines)
        told = self.told.of(keys(map(chunk.column, self.told_places), count))
        dated = self.periods.of(keys(map(chunk.column, self.date_places), count)) if self.date_places else []
        if odd := self.told.bad(told) | self.periods.bad(dated):
            # Nor are names learned from a row that may be wrong.
            alone += [chunk.row(place) for place in odd]
            self._take_whole(chunk.without(odd), [read.without(odd) for read in columns], alone)
            return
        for market, places in self._markets(told):
            named = self._entities(market, places, odd) if self.layout.entity is not None else None
            sent = [
                plain
                for column, read in zip(self.layout.shares, columns, strict=True)
                if (plain := self._plain(market, column, read, places, odd, named, dated, told)) is not None
            ]
            if sent:
                self.passing.rows(
                    market,
                    *(sent[0] if len(sent) == 1 else map(list, map(chain.from_iterable, zip(*sent, strict=True)))),
                )
        alone += [chunk.row(place) for place in odd]

    @staticmethod
    def _empty(columns: list[Read]) -> set[int]:
        """The places of rows that have no share at all."""
        if not all(read.others for read in columns):
            return set()
        absent = ({place for place, share in read.others.items() if share is None} for read in columns)
        return set.intersection(*absent)

    def _padding(self, chunk: Chunk) -> Iterator[int]:
        """Rows of zeros only, which may be padding."""
        if self.layout.padding:
            places = [column.place for column in self.layout.shares]
            for number, cell in enumerate(chunk.column(places[0])):
                if is_zero(cell) and all(is_zero(chunk.row(number).cells[place]) for place in places):
                    yield number

    def _markets(self, told: Sequence[int]) -> Iterator[tuple[str, range | list[int]]]:
        """The markets of a chunk, each with the places of its rows."""
        found = {self.markets[one] for one in set(told) if one != BAD}
        for market in sorted(found):
            if len(found) == 1:
                yield market, range(len(told))
            else:
                yield market, [place for place, one in enumerate(told) if one != BAD and self.markets[one] == market]

    def _entities(self, market: str, places: Sequence[int], odd: set[int]) -> dict[int, int] | list[int]:
        """The series of the rows of a market, by the place of the row."""
        assert self.layout.entity is not None
        if market not in self.entities:
            self.entities[market] = Meanings(lambda text, place: self._learn_entity(market, text, place))
        cells = self.chunk.column(self.layout.entity)
        if len(places) == len(cells):
            series = self.entities[market].of(cells)
            odd |= self.entities[market].bad(series)
            return series
        some = self.entities[market].of([cells[place] for place in places], places)
        odd |= {place for place, one in zip(places, some, strict=True) if one == BAD}
        return dict(zip(places, some, strict=True))

    def _plain(
        self,
        market: str,
        column: Column,
        read: Read,
        places: Sequence[int],
        odd: set[int],
        named: dict[int, int] | list[int] | None,
        dated: Sequence[int],
        told: Sequence[int],
    ) -> _Sent | None:
        """The plain shares of one column and market; the others are sent on one by one."""
        passing, lines = self.passing, self.chunk.lines
        if odd or read.others or len(places) < len(told):
            some: Sequence[int] = [
                place for place in places if place not in odd and read.others.get(place, read) is not None
            ]
            self.reading.nulls += sum(place not in odd for place in places) - len(some)
        else:
            some = places
        if not some:
            return None
        one = passing.series(market, column.entity or "", lines[some[0]]) if named is None else 0
        when = passing.period(column.period) if column.period else 0
        if some is places and len(some) == len(told):
            series = named if isinstance(named, list) else [one] * len(told)
            periods = [when] * len(told) if column.period else dated
            return _Sent(series, periods, read.numbers, read.decimals, lines, told)
        for place in some:
            if share := read.others.get(place):
                series_of, period = one if named is None else named[place], when if column.period else dated[place]
                passing.one(series_of, period, share, lines[place], told[place], market)
        kept = [place for place in some if place not in read.others]
        return (
            _Sent(
                [one if named is None else named[place] for place in kept],
                [when if column.period else dated[place] for place in kept],
                [read.numbers[place] for place in kept],
                [read.decimals[place] for place in kept],
                [lines[place] for place in kept],
                [told[place] for place in kept],
            )
            if kept
            else None
        )

    def _with_care(self, row: Row) -> None:
        """Read one row as the reader of short files does."""
        if any(cell.strip() for cell in row.cells):
            self.seen.add(row)
            self.reading.row(row)
            self.drain()

    def drain(self) -> None:
        """Send on what the reader of short files has read."""
        entries, self.reading.done.entries = self.reading.done.entries, []
        self.seen.found(len(entries))
        for entry in entries:
            self.passing.entry(entry)

    def _learn_period(self, _: Key, place: int) -> int:
        """The number of a period; a row whose dates are absent or wrong is read with care."""
        row, before = self.chunk.row(place), len(self.reading.done.problems)
        if any(self.reading.cell.is_null(row.cells[one]) for one in self.date_places):
            return BAD
        period = self.reading.period(row)
        if period is None:
            del self.reading.done.problems[before:]
            return BAD
        return self.passing.period(period)

    def _learn_told(self, _: Key, place: int) -> int:
        row, before = self.chunk.row(place), len(self.reading.done.problems)
        told = self.reading.told(row)
        try:
            status = status_of(told.status) if told else None
        except InvalidValue:
            told = None
        if told is None:
            del self.reading.done.problems[before:]
            return BAD
        key = self.passing.stated(Stated(status, told.sample_size, told.note, told.citation), told.market)
        self.markets[key] = told.market
        return key

    def _learn_entity(self, market: str, text: str, place: int) -> int:
        name = self.layout.rename(text)
        return self.passing.series(market, name, self.chunk.lines[place]) if name.strip() else BAD

    def column_of(self, entity: str) -> str:
        """The column that the shares of a recorded entity stand in."""
        header = self.reading.table.header
        if self.layout.entity is not None:
            return header[self.layout.shares[0].place].strip() if len(self.layout.shares) == 1 else "share"
        return next(
            header[column.place].strip()
            for column in self.layout.shares
            if self.passing.names.get(column.entity or "") == entity
        )

    def finish(self) -> Parsed:
        """Return what the file says beside its shares, and whom it speaks of.

        Raises
        ------
        Unsuited
            If the whole file would be read otherwise than its head was.
        """
        reading, tally = self.reading, self.passing.tally
        width = len(reading.table.header)
        reading.done.problems += [
            Problem(row.line, "", "", f"has {len(row.cells)} cells, the first line has {width}")
            for row in self.large.ragged
        ]
        seen = self.seen
        check_choice(reading, self.large, tally, wrong=bool(reading.done.problems))
        check_dates(reading, seen, seen.below(self.periods, self.date_places, self.date_places))
        check_beside(
            reading,
            seen,
            lambda place: seen.below(self.told, self.told_places, [place]),
            with_point=tally.with_point > 0,
        )
        reading.judged = replace(reading.judged, unit=check_unit(reading, self.unit, tally, seen))
        reading.note()
        reading.done.passed = self.passing.met()
        return reading.done
