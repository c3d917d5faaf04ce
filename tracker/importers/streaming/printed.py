"""The shares of a column as they are printed: plain numbers at once, and each other text understood once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.errors import InvalidValue
from tracker.importers.judgement.nulls import is_null
from tracker.importers.judgement.units import UNITS
from tracker.importers.reading import Reading
from tracker.importers.streaming.columns import BAD
from tracker.importers.streaming.plain import plain
from tracker.importers.streaming.seen import Seen
from tracker.values import Share

REMEMBERED = 200_000
"""Printed shares that are no plain numbers, and are remembered."""


class Read(NamedTuple):
    """The shares of one column in a chunk; None where nothing was reported."""

    numbers: Sequence[float]
    decimals: Sequence[int]
    others: dict[int, Share | None]
    """By the place of their rows: shares that are no plain numbers."""

    def without(self, places: set[int]) -> Read:
        """The same without some rows."""
        kept = [place for place in range(len(self.numbers)) if place not in places]
        return Read(
            [self.numbers[place] for place in kept],
            [self.decimals[place] for place in kept],
            {new: self.others[old] for new, old in enumerate(kept) if old in self.others},
        )


class Printed:
    """Understands shares as the reader of the head does.

    Parameters
    ----------
    reading : Reading
        It has read the head.
    seen : Seen
        What is to be known of the whole file.
    """

    def __init__(self, reading: Reading, seen: Seen) -> None:
        self.reading, self.seen = reading, seen
        self.is_plain = UNITS[reading.judged.unit.name] == 0 and reading.judged.marks.decimal == "."
        self._known: dict[str, Share | int | None] = {}

    def column(self, cells: list[str], odd: set[int]) -> Read:
        """The shares of a column; the rows of those that have to be read with care are put among the odd."""
        read = plain(cells) if self.is_plain else None
        if read is not None:
            self.seen.bare = self.seen.bare or any(read[0])
            return Read(*read, {})
        numbers, decimals, others = [0.0] * len(cells), [0] * len(cells), {}
        for place, cell in enumerate(cells):
            share = self._share(cell)
            if share == BAD:
                odd.add(place)
            elif (
                isinstance(share, Share)
                and share.value is not None
                and share.decimals is not None
                and not share.qualifier
            ):
                numbers[place], decimals[place] = share.value, share.decimals
            else:
                others[place] = share if isinstance(share, Share) else None
        return Read(numbers, decimals, others)

    def _share(self, cell: str) -> Share | int | None:
        """A share; None where nothing was reported; `BAD` where it has to be read with care."""
        if cell not in self._known:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            self._known[cell] = self._understood(cell)
        return self._known[cell]

    def _understood(self, cell: str) -> Share | int | None:
        if self.reading.cell.is_null(cell):
            return None
        number, flag = self.reading.cell.flagged(cell)
        self.seen.unplain.add(number)
        if flag or is_null(number, self.reading.asked.nulls):
            return BAD
        try:
            return self.reading.share(number)
        except InvalidValue:
            return BAD
