"""Deciding how the cells of a table are written: marks, dates, unit and counts, each from whole columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.errors import InvalidValue, Problem, RejectedInput, clip
from tracker.importers.asked import Asked
from tracker.importers.judgement import dates, numbers, units
from tracker.importers.judgement.dates import Dates
from tracker.importers.judgement.nulls import is_null
from tracker.importers.layout import Column, Layout
from tracker.importers.table import Row, Table

_FLAGGED = re.compile(r"(.*?[\d:])\s*([a-z]{1,3})", re.DOTALL)

SUMMED = 3
"""Parts that a period must have for their sum to say anything of the unit."""

FEW = 0.05
"""Of so few numbers above 1, beside many below, nobody can say whether they or the others are the exception."""


@dataclass(frozen=True)
class Cells:
    """How a single cell is taken apart.

    Parameters
    ----------
    nulls : sequence of str
        What the person named as absent, beside what always is.
    split_flags : bool
        Whether letters behind a number are SDMX flags.
    """

    nulls: Sequence[str] = ()
    split_flags: bool = False

    def flagged(self, cell: str) -> tuple[str, str | None]:
        """Return a number and its flag.

        >>> Cells(split_flags=True).flagged("12.3 e")
        ('12.3', 'e')
        """
        text = cell.strip()
        match = _FLAGGED.fullmatch(text) if self.split_flags else None
        return (match[1].strip(), match[2]) if match else (text, None)

    def is_null(self, cell: str) -> bool:
        """Whether a cell says that nothing was reported, be it with a flag that says why."""
        return is_null(cell, self.nulls) or (self.split_flags and is_null(self.flagged(cell)[0], self.nulls))

    def text(self, row: Row, place: int | None) -> str | None:
        """Return what stands in a cell, or None."""
        return None if place is None or self.is_null(row.cells[place]) else row.cells[place].strip()


@dataclass(frozen=True)
class Judged:
    """What was decided.

    Parameters
    ----------
    marks, counts : Marks
        How shares, and how whole numbers, are written.
    unit : Unit
        What the shares are printed in.
    dates, published : Dates or None
        How the dates, and those of publication, are written; None where there is no such column.
    """

    marks: numbers.Marks
    unit: units.Unit
    dates: Dates | None
    published: Dates | None
    counts: numbers.Marks


def judge(table: Table, layout: Layout, asked: Asked, rows: Sequence[Row]) -> Judged:
    """Decide how a table is written.

    Raises
    ------
    RejectedInput
        If it can be read in two ways; the hint names the option that settles it.
    """
    judging = _Judging(table, layout, asked, rows)
    return Judged(
        judging.marks,
        judging.unit,
        judging.judged_dates(layout.date, layout.end),
        judging.published(),
        judging.counts(),
    )


class _Judging:
    """One table, looked at as a whole."""

    def __init__(self, table: Table, layout: Layout, asked: Asked, rows: Sequence[Row]) -> None:
        self.table, self.layout, self.asked, self.rows = table, layout, asked, rows
        self.cell = Cells(asked.nulls, layout.split_flags)

    def placed(self) -> Iterator[tuple[Row, Column, str]]:
        """Every share as printed, without its flag, and where it stands."""
        for row in self.rows:
            for column in self.layout.shares:
                if not self.cell.is_null(row.cells[column.place]):
                    yield row, column, self.cell.flagged(row.cells[column.place])[0]

    @cached_property
    def cells(self) -> list[str]:
        """The shares as printed."""
        return [text for _, _, text in self.placed()]

    @cached_property
    def marks(self) -> numbers.Marks:
        """How the shares are written."""
        try:
            if self.asked.thousands and not self.asked.decimal:
                return numbers.counts([], None, self.asked.thousands)
            return numbers.Marks(self.asked.decimal or numbers.decimal_mark(self.cells), self.asked.thousands or "")
        except InvalidValue as error:
            raise self._refuse(self._shares_named(), error) from error

    @cached_property
    def unit(self) -> units.Unit:
        """What the shares are printed in."""
        if self.layout.unit == "index":
            return units.Unit("percent", "an index from 0 to 100")
        declared = self.asked.unit or self.layout.unit
        headers = [*(self.table.header[column.place] for column in self.layout.shares), *self.layout.titles]
        try:
            if declared is None:
                self._one_kind_of_sign()
            unit = units.judge(headers, self.cells, self._sums(), self._values(), declared)
            if unit.why == units.ABOVE_ONE:
                self._not_by_a_few()
            return unit
        except InvalidValue as error:
            raise self._refuse(self._shares_named(), error) from error

    def judged_dates(self, *columns: int | None) -> Dates | None:
        """How the dates of some columns are written."""
        places = [place for place in columns if place is not None]
        if not places:
            return None
        if self.layout.dates is not None and self.asked.date_format is None:
            return self.layout.dates
        texts = [row.cells[place] for row in self.rows for place in places if not self.cell.is_null(row.cells[place])]
        try:
            return dates.judge(texts, self.asked.date_format)
        except InvalidValue as error:
            raise self._refuse(self.table.header[places[0]], error) from error

    def published(self) -> Dates | None:
        """How the days of publication are written: as the other dates where those do not decide it alone."""
        place = self.layout.published
        if place is None:
            return None
        texts = [text for row in self.rows if (text := self.cell.text(row, place)) is not None]
        if not texts:
            return None
        try:
            return dates.judge(texts, self.asked.date_format)
        except InvalidValue:
            return self.judged_dates(self.layout.date, self.layout.end, place)

    def counts(self) -> numbers.Marks:
        """How sample sizes are written."""
        place = self.layout.sample_size
        cells = [text for row in self.rows if (text := self.cell.text(row, place)) is not None]
        seen = self.asked.decimal or any(numbers.has_decimals(cell, self.marks.decimal) for cell in self.cells)
        try:
            return numbers.counts(cells, self.marks.decimal if seen else None, self.asked.thousands)
        except InvalidValue as error:
            raise self._refuse(self.table.header[place or 0], error) from error

    def _refuse(self, column: str, error: InvalidValue) -> RejectedInput:
        return RejectedInput(self.table.name, [Problem(self.table.first.line, column, "", error.message)], error.hint)

    def _shares_named(self) -> str:
        """The name of the column of shares, where there is only one."""
        shares = self.layout.shares
        return self.table.header[shares[0].place].strip() if len(shares) == 1 else ""

    def _number(self, cell: str) -> float | None:
        """The number in a cell in its printed unit, for judging only; None where it cannot be read."""
        try:
            return float(self.marks.plain(numbers.without_sign(cell)).lstrip("<>~"))
        except (InvalidValue, ValueError):
            return None

    def _values(self) -> list[float]:
        return [value for value in map(self._number, self.cells) if value is not None]

    def _sums(self) -> list[float]:
        """What the parts of each period sum to, in the printed unit; nothing where they are no parts of one whole."""
        if not self.layout.parts:
            return []
        parts: dict[str, list[float]] = {}
        for row, column, cell in self.placed():
            number = self._number(cell)
            if number is not None:
                parts.setdefault(self._sum_key(row, column), []).append(number)
        return [sum(found) for found in parts.values() if len(found) >= SUMMED]

    def _sum_key(self, row: Row, column: Column) -> str:
        if column.entity is not None and column.period is None:
            return str(row.line)
        market = self.layout.market_of(row) if self.layout.market_of else ""
        dated = [self.layout.date or 0, *([] if self.layout.end is None else [self.layout.end])]
        when = str(column.period) if column.period else " ".join(row.cells[place] for place in dated)
        return f"{market} {when}"

    def _one_kind_of_sign(self) -> None:
        """Refuse a table of which some shares have a percent sign and others, that are not zero, have none."""
        bare = signed = None
        for row, column, cell in self.placed():
            if cell.endswith(tuple(numbers.SIGNS)):
                signed = signed or cell
            elif bare is None and self._number(cell):
                bare = Problem(row.line, self.table.header[column.place].strip(), cell, "")
            if bare and signed:
                wrong = bare._replace(message=f"has no percent sign, and others have ({clip(signed)})")
                raise RejectedInput(self.table.name, [wrong], "If all of them are percent: --unit percent.")

    def _not_by_a_few(self) -> None:
        """Refuse numbers of which only a few are above 1: those may be wrong, and the others fractions."""
        above = [(row, column, cell) for row, column, cell in self.placed() if (self._number(cell) or 0) > 1]
        if above and len(above) < len(self.cells) * FEW:
            row, column, cell = above[0]
            many = "only this one is" if len(above) == 1 else f"only {len(above)} of {len(self.cells)} are"
            wrong = f"{many} above 1: the numbers may be percent, or fractions of 1 with something wrong here"
            problem = Problem(row.line, self.table.header[column.place].strip(), cell, wrong)
            raise RejectedInput(self.table.name, [problem], units.CHOICE)
