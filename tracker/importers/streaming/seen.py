"""What a long file shows beside its shares: the texts from which the whole of it would be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tracker.importers.judgement.nulls import is_null
from tracker.importers.reading import Reading
from tracker.importers.streaming.columns import BAD, Key, Meanings
from tracker.importers.streaming.plain import plain
from tracker.importers.table import Row


class Seen:
    """The texts of the rows that are read one by one: those of the head, and whatever is unusual.

    Parameters
    ----------
    reading : Reading
        It has read the head.

    Attributes
    ----------
    unplain : set of str
        Printed shares that are no plain numbers.
    bare : bool
        Whether any plain number was met that is not zero.
    apart : dict of int to Counter of str
        By column: texts of dates, of publication and of sample sizes, and how many rows have them.
    missing : int
        Shares of these rows that were not read: wrong ones, or of a wrong row.
    """

    def __init__(self, reading: Reading) -> None:
        layout = reading.layout
        watched = (layout.date, layout.end, layout.published, layout.sample_size)
        self.reading = reading
        self.unplain: set[str] = set()
        self.bare = False
        self.apart: dict[int, Counter[str]] = {place: Counter() for place in watched if place is not None}
        self.missing = 0
        for row in reading.rows:
            self.add(row)

    def add(self, row: Row) -> None:
        """See one row; its shares are missing until they are `found`."""
        for place, texts in self.apart.items():
            if not self.reading.cell.is_null(row.cells[place]):
                texts[row.cells[place]] += 1
        for column in self.reading.layout.shares:
            number, _ = self.reading.cell.flagged(row.cells[column.place])
            if not is_null(number, self.reading.asked.nulls):
                self.missing += 1
                if (read := plain([number])) is None:
                    self.unplain.add(number)
                elif any(read[0]):
                    self.bare = True

    def found(self, shares: int) -> None:
        """Count shares that were read."""
        self.missing -= shares

    def below(self, known: Meanings[Key], places: Sequence[int], wanted: Iterable[int]) -> Iterator[str]:
        """Give the distinct texts of some columns in the rows that were read many at a time.

        Parameters
        ----------
        known : Meanings
            What their cells were found to mean.
        places : sequence of int
            The columns whose cells those were.
        wanted : iterable of int
            The columns that are meant.
        """
        among = [places.index(place) for place in wanted]
        for key, number in known.known.items():
            if number != BAD:
                for one in among:
                    text = key if isinstance(key, str) else key[one]
                    if not self.reading.cell.is_null(text):
                        yield text
