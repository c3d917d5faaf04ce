"""Whether the whole of a long file is written as its head was taken to be."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable

from tracker.errors import InvalidValue, Problem, RejectedInput
from tracker.importers.asked import Asked
from tracker.importers.columns import LOOKED_AT, column_kinds
from tracker.importers.judgement import numbers, units
from tracker.importers.judgement.units import TOLERANCE
from tracker.importers.judging import FEW, SUMMED
from tracker.importers.reading import Reading
from tracker.importers.streaming.forms import check_form
from tracker.importers.streaming.large import Large, Unsuited
from tracker.importers.streaming.seen import Seen
from tracker.importers.streaming.tally import Tally

TOLD_BY = 5
"""Rows by which a family is told."""

PROVISIONAL = "percent"
"""The unit that a file is read in until all of its numbers are known."""


def check_choice(reading: Reading, large: Large, tally: Tally, *, wrong: bool) -> None:
    """See that all rows together would be given to the same importer, and their columns be taken for the same.

    Raises
    ------
    Unsuited
        If they may not.
    """
    layout, head = reading.layout, large.head
    whole_numbers = tally.count - tally.with_point
    if layout.entity is None and (
        any(": (" in name or "\uff1a" in name for name in head.header)
        or (tally.most == 100 and whole_numbers * 2 >= tally.count)
    ):
        # Google Trends has whole numbers of which one is 100, or names its columns TERM: (REGION).
        raise Unsuited
    if wrong:
        more = large.beginning(2 * LOOKED_AT)
        if any(column_kinds(more, asked) != column_kinds(head, asked) for asked in (Asked(), reading.asked)):
            raise Unsuited


def check_dates(reading: Reading, seen: Seen, below: Iterable[str]) -> None:
    """See that all dates together tell the same form as those of the head.

    Raises
    ------
    Unsuited
        If they do not.
    """
    judged, layout = reading.judged.dates, reading.layout
    if judged is None or layout.dates is not None or reading.asked.date_format is not None:
        return
    apart = sum((seen.apart[place] for place in (layout.date, layout.end) if place is not None), Counter[str]())
    check_form(judged, below, apart)


def check_beside(reading: Reading, seen: Seen, below: Callable[[int], Iterable[str]], *, with_point: bool) -> None:
    """See that days of publication and sample sizes are written as those of the head.

    Parameters
    ----------
    reading : Reading
        It has read the head.
    seen : Seen
        The rows that were read one by one.
    below : callable
        The texts of a column in the other rows.
    with_point : bool
        Whether any plain share has decimals.

    Raises
    ------
    Unsuited
        If they are not.
    """
    layout, judged, asked = reading.layout, reading.judged, reading.asked
    if layout.published is not None and asked.date_format is None:
        texts, apart = list(below(layout.published)), seen.apart[layout.published]
        if judged.published is not None:
            check_form(judged.published, texts, apart)
        elif texts or apart:
            raise Unsuited
    if layout.sample_size is not None:
        cells = {cell.strip() for cell in [*below(layout.sample_size), *seen.apart[layout.sample_size]]}
        decimal = judged.marks.decimal
        known = asked.decimal or with_point or any(numbers.has_decimals(cell, decimal) for cell in seen.unplain)
        try:
            whole = numbers.counts(cells, decimal if known else None, asked.thousands)
        except InvalidValue as error:
            raise Unsuited from error
        if whole != judged.counts:
            raise Unsuited


def check_unit(reading: Reading, said: str | None, tally: Tally, seen: Seen) -> units.Unit:
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
    unplain = list(seen.unplain)
    _check_marks(reading, tally, unplain)
    if layout.unit == "index" or said is not None:
        return judged.unit
    if any(sign in cell for cell in unplain for sign in numbers.SIGNS):
        _check_signs(seen)
        return units.judge((), unplain, (), (), None)
    if tally.most > 100.5:
        raise Unsuited
    headers = [*(table.header[column.place] for column in layout.shares), *layout.titles]
    wide, padded = len(layout.shares), len(reading.padded)
    sums = tally.sums_of(SUMMED) + [0.0] * (padded if wide >= SUMMED else 0) if layout.parts else []
    _check_missing(tally, sums, seen.missing - padded * wide)
    try:
        unit = units.judge(headers, unplain, sums, [tally.most], None)
    except InvalidValue as error:
        column = table.header[layout.shares[0].place].strip() if len(layout.shares) == 1 else ""
        raise RejectedInput(table.name, [Problem(table.first.line, column, "", error.message)], error.hint) from error
    few = unit.why == units.ABOVE_ONE and tally.above_one < (tally.count + seen.missing) * FEW
    if unit.name != judged.unit.name or few:
        raise Unsuited
    return unit


def _check_signs(seen: Seen) -> None:
    """See that all shares have a percent sign, if any has one."""
    if seen.bare or not all(cell.endswith("%") and cell[:1].isdigit() for cell in seen.unplain):
        raise Unsuited


def _check_missing(tally: Tally, sums: list[float], missing: int) -> None:
    """See that shares which are not among the counted ones, for they may be wrong, would not tell another unit."""
    if not missing:
        return
    if tally.most <= 1 or missing * 2 >= tally.count or (sums and missing * 2 >= len(sums)):
        raise Unsuited
    middle, ordered = len(sums) // 2, sorted(sums)
    # Each of them may belong to a sum that is among these, or to one that is not.
    if len(set(map(_near, ordered[max(middle - missing - 1, 0) : middle + missing + 1]))) > 1:
        raise Unsuited


def _near(total: float) -> int:
    """Below 1, about 1, above that, about 100, or more: where a sum lies for `tracker.importers.judgement.units`."""
    return bisect([1 - TOLERANCE, 1 + TOLERANCE, 100 * (1 - TOLERANCE), 100 * (1 + TOLERANCE)], total)


def _check_marks(reading: Reading, tally: Tally, unplain: list[str]) -> None:
    """See that the decimal mark of the head is that of all numbers."""
    if reading.asked.decimal is not None:
        return
    commas = any("," in cell for cell in unplain)
    if reading.judged.marks.decimal == "." and not commas:
        return
    try:
        if commas and (tally.with_point or any("." in cell for cell in unplain)):
            raise Unsuited
        if numbers.decimal_mark(unplain) != reading.judged.marks.decimal:
            raise Unsuited
    except InvalidValue as error:
        raise Unsuited from error
