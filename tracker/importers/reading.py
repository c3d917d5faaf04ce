"""Reading a table by its layout: every share becomes an entry, every bad cell a problem, every decision a note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.errors import InvalidValue, Problem, RejectedInput
from tracker.importers.asked import Asked
from tracker.importers.base import Parsed
from tracker.importers.judgement import dates, numbers, units
from tracker.importers.judgement.nulls import is_null
from tracker.importers.layout import Column, Layout
from tracker.importers.table import Row, Table
from tracker.store.plan import Entry
from tracker.values import Citation, Observation, Period, Share

FLAGS = {
    "e": "E", "p": "P", "b": "B", "f": "F", "d": "D", "u": "U", "s": "E", "i": "I",
    "n": "O", "r": "A", "c": "Q", "z": "M", "bp": "B", "be": "B", "ep": "E", "bd": "B", "bu": "B", "du": "D",
    "ed": "E", "dp": "D", "up": "U", "er": "E", "pr": "P", "br": "B",
}  # fmt: skip
"""Eurostat's observation flags as SDMX OBS_STATUS; of two flags the graver one. A revised value is a normal one."""

_FLAGGED = re.compile(r"(.*?)\s+([a-z]{1,3})", re.DOTALL)


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
    return _Reading(table, layout, asked).parsed()


class _Reading:
    """One table on its way to entries."""

    def __init__(self, table: Table, layout: Layout, asked: Asked) -> None:
        self.table, self.layout, self.asked = table, layout, asked
        self.done = Parsed(sources=list(layout.sources), markets=list(layout.markets), of_source=layout.of_source)
        self.rows = list(self._whole_rows())
        self.marks = numbers.Marks(asked.decimal or numbers.decimal_mark(self._cells()), asked.thousands or "")
        self.dates = self._judge_dates()
        self.unit = self._judge_unit()
        self.counts = self._judge_counts()

    def parsed(self) -> Parsed:
        """Read every row."""
        decimals = self._common_decimals()
        padded: list[Period] = []
        nulls = 0
        for row in self.rows:
            period = self._period(row)
            if self.layout.padding and period and all(_is_zero(row.cells[c.place]) for c in self.layout.shares):
                padded.append(period)
                continue
            for column in self.layout.shares:
                if self._is_null(row.cells[column.place]):
                    nulls += 1
                elif when := column.period or period:
                    self._entry(row, column, when, decimals)
        self._note(padded, nulls, decimals)
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

    def _is_null(self, cell: str) -> bool:
        return is_null(cell, self.asked.nulls)

    def _cells(self) -> list[str]:
        """The shares as printed, without their nulls."""
        places = [column.place for column in self.layout.shares]
        return [row.cells[place] for row in self.rows for place in places if not self._is_null(row.cells[place])]

    def _refuse(self, column: str, error: InvalidValue) -> RejectedInput:
        return RejectedInput(self.table.name, [Problem(0, column, "", error.message)], error.hint)

    def _judge_dates(self) -> dates.Dates | None:
        if self.layout.date is None:
            return None
        if self.layout.dates is not None and self.asked.date_format is None:
            return self.layout.dates
        places = [place for place in (self.layout.date, self.layout.end) if place is not None]
        texts = [row.cells[place] for row in self.rows for place in places if row.cells[place].strip()]
        try:
            return dates.judge(texts, self.asked.date_format)
        except InvalidValue as error:
            raise self._refuse(self.table.header[self.layout.date], error) from error

    def _judge_unit(self) -> units.Unit:
        if self.layout.unit == "index":
            return units.Unit("percent", "an index from 0 to 100")
        headers = [self.table.header[column.place] for column in self.layout.shares]
        values = [self._number(cell) for cell in self._cells()]
        declared = self.asked.unit or self.layout.unit
        try:
            return units.judge([*headers, *self.layout.titles], self._cells(), self._sums(), _known(values), declared)
        except InvalidValue as error:
            shown = headers[0] if len(headers) == 1 else ""
            raise self._refuse(shown, error) from error

    def _judge_counts(self) -> numbers.Marks:
        place = self.layout.sample_size
        cells = [] if place is None else [row.cells[place] for row in self.rows if not self._is_null(row.cells[place])]
        try:
            return numbers.counts(cells, self.marks.decimal, self.asked.thousands)
        except InvalidValue as error:
            raise self._refuse(self.table.header[place or 0], error) from error

    def _number(self, cell: str) -> float | None:
        """The number in a cell in its printed unit, for judging only; None where it cannot be read."""
        try:
            return float(self.marks.plain(numbers.without_sign(self._flagged(cell)[0])).lstrip("<>~"))
        except (InvalidValue, ValueError):
            return None

    def _sums(self) -> list[float]:
        """What the parts of each period sum to, in the printed unit; periods with fewer than three are left out."""
        parts: dict[str, list[float]] = {}
        for row in self.rows:
            for column in self.layout.shares:
                number = None if self._is_null(row.cells[column.place]) else self._number(row.cells[column.place])
                if number is not None:
                    parts.setdefault(self._sum_key(row, column), []).append(number)
        return [sum(found) for found in parts.values() if len(found) >= 3]

    def _sum_key(self, row: Row, column: Column) -> str:
        if column.entity is not None and column.period is None:
            return str(row.line)
        market = self.layout.market_of(row) if self.layout.market_of else ""
        when = str(column.period) if column.period else row.cells[self.layout.date or 0]
        return f"{market} {when}"

    def _common_decimals(self) -> int | None:
        if not self.layout.trailing_zeros_lost:
            return None
        printed = (self._share_text(cell).partition(".")[2] for cell in self._cells())
        return max((len(decimals) for decimals in printed), default=0)

    def _share_text(self, cell: str) -> str:
        try:
            return self.marks.plain(numbers.without_sign(self._flagged(cell)[0]))
        except InvalidValue:
            return ""

    def _period(self, row: Row) -> Period | None:
        if self.layout.date is None or self.dates is None:
            return None
        first = self._date(row, self.layout.date)
        if first is None or self.layout.end is None:
            return dates.week_from(first.start) if first and self.layout.weekly else first
        last = self._date(row, self.layout.end)
        if last is None:
            return None
        if first == last:
            return first
        try:
            return Period(first.start, last.end, "range")
        except InvalidValue as error:
            self._wrong(row, self.layout.end, error)
            return None

    def _date(self, row: Row, place: int) -> Period | None:
        assert self.dates is not None
        try:
            return self.dates.period(row.cells[place])
        except InvalidValue as error:
            self._wrong(row, place, error)
            return None

    def _wrong(self, row: Row, place: int, error: InvalidValue) -> None:
        said = " ".join(part for part in (error.message, error.hint) if part)
        self.done.problems.append(Problem(row.line, self.table.header[place], row.cells[place], said))

    def _flagged(self, cell: str) -> tuple[str, str | None]:
        """A number and its flag."""
        text = cell.strip()
        match = _FLAGGED.fullmatch(text) if self.layout.split_flags else None
        return (match[1], match[2]) if match else (text, None)

    def _entry(self, row: Row, column: Column, period: Period, decimals: int | None) -> None:
        try:
            told = self._observation(row, column, period, decimals)
        except InvalidValue as error:
            self._wrong(row, column.place, error)
            return
        self.done.entries.append(Entry(row.line, told))

    def _observation(self, row: Row, column: Column, period: Period, decimals: int | None) -> Observation:
        number, flag = self._flagged(row.cells[column.place])
        share = self.unit.share(self.marks.plain(numbers.without_sign(number)))
        if decimals is not None and share.value is not None and not share.qualifier:
            share = Share(share.value, decimals=decimals)
        entity = column.entity if self.layout.entity is None else self.layout.rename(row.cells[self.layout.entity])
        if not (entity or "").strip():
            raise InvalidValue("the row names no entity")
        market = self.layout.market_of(row) if self.layout.market_of else self.layout.market
        return Observation(
            market or "",
            entity or "",
            period,
            self._bounded(row, share),
            self._citation(row),
            self._status(row, flag),
            self._count(row),
            self._text(row, self.layout.note),
        )

    def _bounded(self, row: Row, share: Share) -> Share:
        """The share with the published interval around it."""
        low, high = (self._bound(row, place) for place in (self.layout.low, self.layout.high))
        if low is None and high is None:
            return share
        return Share(share.value, low, high, share.qualifier, share.decimals)

    def _bound(self, row: Row, place: int | None) -> float | None:
        text = self._text(row, place)
        return None if text is None else self.unit.share(self.marks.plain(numbers.without_sign(text))).value

    def _text(self, row: Row, place: int | None) -> str | None:
        if place is None or self._is_null(row.cells[place]):
            return None
        return row.cells[place].strip()

    def _count(self, row: Row) -> int | None:
        text = self._text(row, self.layout.sample_size)
        return None if text is None else numbers.whole_number(text, self.counts)

    def _status(self, row: Row, flag: str | None) -> str | None:
        given = self._text(row, self.layout.status)
        code = flag or given
        if code is None:
            return None
        known = FLAGS.get(code) or FLAGS.get(code.lower()) if self.layout.split_flags else None
        return known or code.upper()

    def _citation(self, row: Row) -> Citation:
        text = self._text(row, self.layout.published)
        if text is None:
            return self.layout.citation
        period = (self.dates or dates.Dates("iso", "")).period(text)
        return replace(self.layout.citation, published=period.start if period.precision == "day" else None)

    def _note(self, padded: Sequence[Period], nulls: int, decimals: int | None) -> None:
        """Say what was decided."""
        notes = self.done.notes
        if self.layout.unit is None:
            notes.append(f"shares are read as {self.unit.name}: {self.unit.why}")
        if self.dates and self.layout.dates is None and self.dates.form != "iso":
            form = dates.FORM_NAMES.get(self.dates.form, self.dates.form)
            notes.append(f"dates are read as {form}: {self.dates.why}")
        if self.marks.decimal == ",":
            notes.append("the comma separates decimals")
        if self.counts.thousands and self.layout.sample_size is not None:
            column = self.table.header[self.layout.sample_size]
            notes.append(f"{self.counts.thousands!r} separates thousands in {column}")
        if decimals:
            notes.append(f"every share is kept with {decimals} decimals: the export leaves trailing zeros out")
        if padded:
            span = f"{min(padded)} to {max(padded)}"
            notes.append(f"{len(padded)} rows of zeros only ({span}) are padding, not data, and were left out")
        if nulls:
            notes.append(f"{nulls} empty cells, or cells that say that nothing was reported, were left out")


def _known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _is_zero(cell: str) -> bool:
    text = cell.strip()
    return bool(text) and not text.strip("0.")
