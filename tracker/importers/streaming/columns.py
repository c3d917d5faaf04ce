"""What the cells of a long file mean, looked up for whole columns: each distinct text is understood once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

BAD = -1
"""Stands for what has to be read with care: the row is given to the reader of short files."""


class Meanings(Generic[K]):
    """From what is printed to a number that stands for it.

    Parameters
    ----------
    learn : callable
        Gives the number of a text that was not met before, from the place of a row that has it; `BAD` where the
        row has to be read with care.
    most : int
        Texts that are remembered; of a column that has more, all are forgotten now and then.

    Attributes
    ----------
    known : dict
        What was learned.
    careful : bool
        Whether any row was met that has to be read with care.
    """

    def __init__(self, learn: Callable[[K, int], int], most: int = 1_000_000) -> None:
        self._learn, self._most = learn, most
        self.known: dict[K, int] = {}
        self.careful = False

    def of(self, texts: Sequence[K], places: Sequence[int] | None = None) -> list[int]:
        """Return the number of each; `places` are those of their rows, where these are not all of the chunk."""
        if texts and texts[0] == () and len(self.known) == 1:
            return list(self.known.values()) * len(texts)
        try:
            return list(map(self.known.__getitem__, texts))
        except KeyError:
            return self._with_new(texts, range(len(texts)) if places is None else places)

    def _with_new(self, texts: Sequence[K], places: Sequence[int]) -> list[int]:
        if len(self.known) > self._most:
            self.known.clear()
        at = 0
        for text in [text for text in dict.fromkeys(texts) if text not in self.known]:
            at = texts.index(text, at)
            self.known[text] = self._learn(text, places[at])
            self.careful |= self.known[text] == BAD
        return list(map(self.known.__getitem__, texts))

    def bad(self, numbers: Sequence[int]) -> set[int]:
        """Return the places of rows that have to be read with care."""
        return {place for place, one in enumerate(numbers) if one == BAD} if self.careful else set()


Key = str | tuple[str, ...]
"""The cell of one column, or those of several together."""


def keys(columns: Iterable[Sequence[str]], count: int) -> Sequence[Key]:
    """Put the cells of several columns together, row by row; those of one stay as they are.

    >>> keys([["a", "b"]], 2), keys([["a", "b"], ["1", "2"]], 2), keys([], 2)
    (['a', 'b'], [('a', '1'), ('b', '2')], [(), ()])
    """
    several = list(columns)
    if len(several) == 1:
        return several[0]
    return list(zip(*several, strict=True)) if several else [()] * count
