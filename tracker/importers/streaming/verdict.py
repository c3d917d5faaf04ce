"""Whether the whole of a long file is written as its head was taken to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.errors import InvalidValue, Problem, RejectedInput
from tracker.importers.judgement import dates, numbers, units
from tracker.importers.judging import FEW, SUMMED
from tracker.importers.reading import Reading
from tracker.importers.streaming.large import Unsuited
from tracker.importers.streaming.tally import Tally

PROVISIONAL = "percent"
"""The unit that a file is read in until all of its numbers are known."""


def check_dates(reading: Reading, texts: Sequence[str]) -> None:
    """See that all dates together tell the same form as those of the head.

    Raises
    ------
    Unsuited
        If they do not.
    """
    judged, layout = reading.judged.dates, reading.layout
    if judged is None or (layout.dates is not None and reading.asked.date_format is None) or not texts:
        return
    try:
        whole = dates.judge(texts, reading.asked.date_format)
    except InvalidValue as error:
        raise Unsuited from error
    if whole.form != judged.form:
        raise Unsuited


def check_unit(reading: Reading, said: str | None, tally: Tally, unplain: Iterable[str]) -> units.Unit:
    """Return the unit of the shares, as all of them together tell it, and why it is that; unless somebody said it.

    Raises
    ------
    Unsuited
        If it is another one than the file was read in.
    RejectedInput
        If only a person can tell.
    """
    layout, table, judged = reading.layout, reading.table, reading.judged
    said = said or layout.unit
    unplain = list(unplain)
    _check_marks(reading, tally, unplain)
    if layout.unit == "index" or said is not None:
        return judged.unit
    if tally.most > 100.5 or any(sign in cell for cell in unplain for sign in numbers.SIGNS):
        raise Unsuited
    headers = [*(table.header[column.place] for column in layout.shares), *layout.titles]
    sums = tally.sums_of(SUMMED) if layout.parts else []
    try:
        unit = units.judge(headers, unplain, sums, [tally.most], None)
    except InvalidValue as error:
        column = table.header[layout.shares[0].place].strip() if len(layout.shares) == 1 else ""
        raise RejectedInput(table.name, [Problem(table.first.line, column, "", error.message)], error.hint) from error
    few = unit.why == units.ABOVE_ONE and tally.above_one < tally.count * FEW
    if unit.name != judged.unit.name or few:
        raise Unsuited
    return unit


def _check_marks(reading: Reading, tally: Tally, unplain: list[str]) -> None:
    """See that the decimal mark of the head is that of all numbers."""
    if reading.asked.decimal is not None:
        return
    commas = any("," in cell for cell in unplain)
    if reading.judged.marks.decimal == "." and not commas:
        return
    try:
        if tally.with_point and commas:
            raise Unsuited
        if numbers.decimal_mark(unplain) != reading.judged.marks.decimal:
            raise Unsuited
    except InvalidValue as error:
        raise Unsuited from error
