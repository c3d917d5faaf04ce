"""Printing a result that may be large: some thousands of rows are held at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any

Chunk = Sequence[tuple[Any, ...]]
"""Some rows."""


class Cut:
    """The first rows of a result, and whether that was all.

    Parameters
    ----------
    chunks : iterable of sequences of rows
        The result.
    limit : int
        How many rows to let through; 0 for all.

    Attributes
    ----------
    taken : int
        How many were let through so far.

    Examples
    --------
    >>> cut = Cut([[(1,), (2,)], [(3,)]], 2)
    >>> [row for rows in cut for row in rows]
    [(1,), (2,)]
    >>> cut.left()
    1
    """

    def __init__(self, chunks: Iterable[Chunk], limit: int) -> None:
        self._chunks, self._room, self._is_cut = iter(chunks), limit, limit > 0
        self._over = 0
        self.taken = 0

    def __iter__(self) -> Iterator[Chunk]:
        for rows in self._chunks:
            through = rows[: self._room] if self._is_cut else rows
            self.taken += len(through)
            if through:
                yield through
            if not self._is_cut:
                continue
            self._over = max(0, len(rows) - self._room)
            self._room = max(0, self._room - len(rows))
            if self._over:
                return

    @property
    def has_more(self) -> bool:
        """Whether there are rows that were not let through; known when all others were taken."""
        return self._over > 0

    def left(self) -> int:
        """Count the rows that were not let through; the rest of the result is read for that."""
        return self._over + sum(len(rows) for rows in self._chunks)


def texts(form: str, columns: Sequence[str], chunks: Iterable[Chunk]) -> Iterator[str]:
    """Write rows as ``csv``, ``json`` or ``ndjson``, a text for each of the chunks."""
    return {"csv": _csv, "json": _json, "ndjson": _ndjson}[form](columns, chunks)


def write(form: str, columns: Sequence[str], chunks: Iterable[Chunk], file: IO[bytes]) -> None:
    """Write rows into a file, as ``csv``, ``json`` or ``ndjson``, in UTF-8."""
    for text in texts(form, columns, chunks):
        file.write(text.encode())


def _csv(columns: Sequence[str], chunks: Iterable[Chunk]) -> Iterator[str]:
    from tracker.cli.output import as_csv

    head: Sequence[str] = columns
    for rows in chunks:
        yield as_csv(head, rows)
        head = ()
    if head:
        yield as_csv(head, ())


def _ndjson(columns: Sequence[str], chunks: Iterable[Chunk]) -> Iterator[str]:
    from json import JSONEncoder

    from tracker.cli.output import plain
    from tracker.values.harmless import harmless_json

    encode: Callable[[Any], str] = JSONEncoder(ensure_ascii=False).encode
    for rows in chunks:
        records = (dict(zip(columns, map(plain, row), strict=True)) for row in rows)
        yield harmless_json("".join(f"{encode(record)}\n" for record in records))


def _json(columns: Sequence[str], chunks: Iterable[Chunk]) -> Iterator[str]:
    """The list that `tracker.cli.output.as_json` writes, bit by bit."""
    from tracker.cli.output import as_json

    before = "["
    for rows in chunks:
        yield before + as_json(columns, rows).removeprefix("[").removesuffix("\n]\n")
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"
