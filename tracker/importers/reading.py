"""Reading a table by its layout: every share becomes an entry, every bad cell a problem, every decision a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from tracker.errors import InvalidValue, Problem
from tracker.importers.asked import Asked
from tracker.importers.base import Parsed
from tracker.importers.judgement import dates, numbers
from tracker.importers.judgement.flags import status_of
from tracker.importers.judgement.nulls import likely_null
from tracker.importers.judgement.units import UNITS
from tracker.importers.judging import Cells, Judged, judge
from tracker.importers.layout import Column, Layout
from tracker.importers.repeats import first_stands
from tracker.importers.table import Head, Row, Table
from tracker.store.plan import Entry
from tracker.values import Citation, Observation, Period, Share
from tracker.values.share import MAX_DECIMALS

_PRINTED = re.compile(rf"\d+(?:\.(\d{{0,{MAX_DECIMALS}}}))?", re.ASCII)

EVERY = 1_000
"""Rows between two calls of `Asked.progress`."""


def read(table: Table, layout: Layout, asked: Asked) -> Parsed:
    """Read a whole table.

    Parameters
    ----------
    table : Table
        What to read.
    layout : Layout
        How.
    asked : Asked
        What the person said; it goes before what is decided here.

    Returns
    -------
    Parsed
        Every share as an entry, every cell that cannot be read as a problem, and every decision as a note.

    Raises
    ------
    RejectedInput
        If the unit, the dates or the numbers of the table can be read in two ways; the hint names the option.
    """
    reading = Reading(table, layout, asked)
    if isinstance(table, Head):
        table.readings.append(reading)
    return reading.parsed()


class Told(NamedTuple):
    """What a row says of all its shares."""

    market: str
    citation: Citation
    sample_size: int | None
    note: str | None
    status: str | None


class Reading:
    """One table on its way to entries."""

    def __init__(self, table: Table, layout: Layout, asked: Asked) -> None:
        self.table, self.layout, self.asked = table, layout, asked
        self.done = Parsed(sources=list(layout.sources), markets=list(layout.markets), of_source=layout.of_source)
        self.rows = list(self._whole_rows())
        self.cell = Cells(asked.nulls, layout.split_flags)
        self.judged: Judged = judge(table, layout, asked, self.rows)
        self.decimals = self._common_decimals()
        self.padded: list[Period] = []
        self.nulls = self.half_dated = 0

    def parsed(self) -> Parsed:
        """Read every row."""
        for number, row in enumerate(self.rows, 1):
            if self.asked.progress and number % EVERY == 0:
                self.asked.progress(row.line)
            self.row(row)
        if self.asked.keep_repeats:
            self.done.entries, said = first_stands(self.done.entries)
            self.done.notes += said
        self.note()
        self.done.understood = self._understood()
        self.done.share_columns = {self.table.header[column.place].strip() for column in self.layout.shares}
        self.done.problems.sort()
        return self.done

    def _whole_rows(self) -> Iterator[Row]:
        width = len(self.table.header)
        for row in self.table.rows():
            if len(row.cells) == width:
                yield row
            else:
                wrong = f"has {len(row.cells)} cells, the first line has {width}"
                self.done.problems.append(Problem(row.line, "", "", wrong))

    def row(self, row: Row) -> None:
        """Read one row: its shares become entries, what is wrong with it a problem."""
        period = self.period(row)
        if self.layout.padding and period and all(is_zero(row.cells[one.place]) for one in self.layout.shares):
            self.padded.append(period)
            return
        present = [column for column in self.layout.shares if self._says(row, column)]
        self.nulls += len(self.layout.shares) - len(present)
        told = self.told(row) if present else None
        if told is None:
            return
        for column in present:
            when = column.period or period
            if when:
                self._entry(row, column, when, told)

    def _says(self, row: Row, column: Column) -> bool:
        """Whether a share is there, or both bounds of one."""
        if not self.cell.is_null(row.cells[column.place]):
            return True
        return bool(self.cell.text(row, self.layout.low) and self.cell.text(row, self.layout.high))

    def told(self, row: Row) -> Told | None:
        """What the row says of all its shares; None where that is wrong, which is noted."""
        before = len(self.done.problems)
        layout = self.layout
        size = self._size(row)
        published = self._published(row)
        citation = layout.citation
        if layout.published is not None:
            citation = replace(citation, published=published)
        if url := self.cell.text(row, layout.url):
            try:
                citation = replace(citation, url=url)
            except InvalidValue as error:
                self._wrong(row, layout.url or 0, error)
        if len(self.done.problems) > before:
            return None
        market = (layout.market_of(row) if layout.market_of else layout.market) or ""
        return Told(market, citation, size, self.cell.text(row, layout.note), self.cell.text(row, layout.status))

    def _size(self, row: Row) -> int | None:
        place = self.layout.sample_size
        text = self.cell.text(row, place)
        try:
            return None if text is None else numbers.whole_number(text, self.judged.counts)
        except InvalidValue as error:
            self._wrong(row, place or 0, error)
            return None

    def _published(self, row: Row) -> date | None:
        place = self.layout.published
        text = self.cell.text(row, place)
        try:
            period = self.judged.published.period(text) if text and self.judged.published else None
        except InvalidValue as error:
            self._wrong(row, place or 0, error)
            return None
        return period.start if period and period.precision == "day" else None

    def period(self, row: Row) -> Period | None:
        """Return what a row speaks of; None where no column says, or it is wrong, which is noted."""
        if self.layout.date is None or self.judged.dates is None:
            return None
        if self.layout.end is None:
            first = self._date(row, self.layout.date)
            return dates.week_from(first.start) if first and self.layout.weekly else first
        return self._span(row, self.layout.date, self.layout.end)

    def _span(self, row: Row, start: int, end: int) -> Period | None:
        """From a first to a last date; vague where one of the two is not reported."""
        absent = [self.cell.is_null(row.cells[place]) for place in (start, end)]
        if absent == [True, False] or absent == [False, True]:
            one = self._date(row, start if absent[1] else end)
            self.half_dated += 1
            return one and Period(one.start, one.end, "approx")
        first, last = self._date(row, start), self._date(row, end)
        if first is None or last is None:
            return None
        if first == last:
            return first
        try:
            return Period(first.start, last.end, "range")
        except InvalidValue as error:
            self._wrong(row, end, error)
            return None

    def _date(self, row: Row, place: int) -> Period | None:
        assert self.judged.dates is not None
        try:
            return self.judged.dates.period(row.cells[place])
        except InvalidValue as error:
            self._wrong(row, place, error)
            return None

    def _wrong(self, row: Row, place: int, error: InvalidValue) -> None:
        said = ". ".join(part for part in (error.message, error.hint) if part)
        value = row.cells[place]
        self.done.problems.append(Problem(row.line, self.table.header[place].strip(), value, said))
        if likely_null(value) and not self.done.hint:
            word = value.strip()
            self.done.hint = f"If {word} says that nothing was reported: --null '{word}'"

    def _entry(self, row: Row, column: Column, period: Period, told: Told) -> None:
        try:
            number, flag = self.cell.flagged(row.cells[column.place])
            share = self._bounded(row, None if self.cell.is_null(number) else self.share(number))
            entity = self.entity(row, column)
            status = status_of(flag or told.status)
            observed = Observation(
                told.market, entity, period, share, told.citation, status, told.sample_size, told.note
            )
        except InvalidValue as error:
            self._wrong(row, column.place, error)
            return
        self.done.entries.append(Entry(row.line, observed, column=self.table.header[column.place].strip()))

    def entity(self, row: Row, column: Column) -> str:
        """Return whose share stands in a column of a row."""
        if self.layout.entity is None:
            return column.entity or ""
        name = self.layout.rename(row.cells[self.layout.entity])
        if not name.strip():
            raise InvalidValue("the row names no entity")
        return name

    def share(self, number: str) -> Share:
        """Read a printed share."""
        if self.judged.unit.name != "percent" and "%" in number:
            raise InvalidValue(f"has a percent sign, and the shares are read as {self.judged.unit.name}")
        if ".." in number:
            raise InvalidValue("is no number")  # our own form of an interval; elsewhere a slip
        share = self.judged.unit.share(self.judged.marks.plain(numbers.without_sign(number)))
        if self.decimals is not None and share.value is not None and not share.qualifier:
            return Share(share.value, decimals=max(self.decimals, share.decimals or 0))
        return share

    def _bounded(self, row: Row, share: Share | None) -> Share:
        """The share with the published interval around it, or that alone."""
        cells = (self.cell.text(row, place) for place in (self.layout.low, self.layout.high))
        low, high = (None if text is None else self.share(text) for text in cells)
        least, most = (None if one is None else one.value for one in (low, high))
        if share is None:
            decimals = max((one.decimals or 0 for one in (low, high) if one), default=0)
            return Share(None, least, most, None, decimals)
        if least is None and most is None:
            return share
        return Share(share.value, least, most, share.qualifier, share.decimals)

    def _common_decimals(self) -> int | None:
        if not self.layout.trailing_zeros_lost:
            return None
        places = [column.place for column in self.layout.shares]
        return max((self._printed_decimals(row.cells[place]) for row in self.rows for place in places), default=0)

    def _printed_decimals(self, cell: str) -> int:
        """Decimals of a share in percent; 0 where the cell is no plain number."""
        try:
            match = _PRINTED.fullmatch(self.judged.marks.plain(numbers.without_sign(cell)))
        except InvalidValue:
            return 0
        return max(len(match[1] or "") - UNITS[self.judged.unit.name], 0) if match else 0

    def _understood(self) -> dict[str, str]:
        """How the table is read, column by column."""
        layout, header, judged = self.layout, self.table.header, self.judged
        said = {
            "unit": f"{judged.unit.name}: {judged.unit.why}",
            "decimal mark": judged.marks.decimal,
            "dates": f"{judged.dates.named}: {judged.dates.why}" if judged.dates else "",
            "shares": ", ".join(header[column.place].strip() for column in layout.shares),
        }
        columns = ("entity", "date", "end", "low", "high", "status", "sample_size", "published")
        said |= {
            name: header[place].strip() or "(no name)"
            for name in columns
            if (place := getattr(layout, name)) is not None
        }
        return {name: text for name, text in said.items() if text}

    def note(self) -> None:
        """Say what was decided."""
        notes, judged, layout = self.done.notes, self.judged, self.layout
        if layout.unit is None:
            notes.append(f"shares are read as {judged.unit.name}: {judged.unit.why}")
        if judged.dates and layout.dates is None and judged.dates.form != "iso":
            notes.append(f"dates are read as {judged.dates.named}: {judged.dates.why}")
        if judged.marks.decimal == ",":
            notes.append("the comma separates decimals")
        if judged.counts.thousands and layout.sample_size is not None:
            column = self.table.header[layout.sample_size].strip()
            notes.append(f"{judged.counts.thousands!r} separates thousands in {column}")
        notes += layout.notes
        notes += self._note_rows()

    def _note_rows(self) -> Iterator[str]:
        """Say which rows and cells were left out, or read otherwise than they stand."""
        if self.decimals:
            yield f"every share is kept with {self.decimals} decimals: the export leaves trailing zeros out"
        if self.padded:
            span = f"{min(self.padded)} to {max(self.padded)}"
            yield f"{len(self.padded)} rows of zeros only ({span}) are padding, not data, and were left out"
        if self.half_dated:
            yield f"{self.half_dated} rows have only a first or only a last day: their periods are kept as vague (~)"
        if self.nulls:
            yield f"{self.nulls} empty cells, or cells that say that nothing was reported, were left out"


def is_zero(cell: str) -> bool:
    """Whether a cell holds a zero, with any decimals."""
    text = cell.strip()
    return bool(text) and not text.strip("0.")
