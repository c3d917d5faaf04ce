"""A long file of delimited text: its head as a table, the rest as chunks of cells, read once."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BufferedReader
from itertools import chain, islice
from pathlib import Path

from tracker.errors import TrackerError
from tracker.importers.table import DELIMITERS, Head, Row

LARGE = 1 << 18
"""Bytes, from which on a file is read in passing."""

HEAD_LINES = 200
HEAD_CELLS = 2_000
"""Lines, and about how many cells, that are read with care to learn how the others are to be read."""

LEAST_LINES = 8
"""Of lines with very many cells: whoever tells a family by its first rows looks at five of them."""

BLOCK = 1 << 20
"""The most bytes that are read at a time."""

LEAST = 1 << 17
"""The least: what becomes of them still fits into the cache of a processor."""

BLOCK_LINES = 1_000
"""Lines that are to be read at a time, as far as these bounds allow."""

QUOTED = 8_000
"""Rows of a chunk where cells are quoted."""

_NO_TEXT = (b"PK\x03\x04", b"PAR1", b"\x1f\x8b", b"%PDF", b"SQLite format 3\0")


class Unsuited(Exception):
    """The file cannot be read in passing with the same answer; whoever catches this reads it whole."""


@dataclass(frozen=True)
class Chunk:
    """Rows, all of one width, cell by cell.

    Parameters
    ----------
    width : int
        Cells of a row.
    cells : list of str
        Those of the first row, of the second ...
    lines : sequence of int
        The line of each row.
    """

    width: int
    cells: list[str]
    lines: Sequence[int]

    def column(self, place: int) -> list[str]:
        """Return one cell of each row."""
        return self.cells[place :: self.width]

    def row(self, number: int) -> Row:
        """Return a row, counted from 0."""
        return Row(self.lines[number], self.cells[number * self.width : (number + 1) * self.width])

    def without(self, places: set[int]) -> Chunk:
        """Return the same without some rows."""
        kept = [place for place in range(len(self.lines)) if place not in places]
        cells = [cell for place in kept for cell in self.row(place).cells]
        return Chunk(self.width, cells, [self.lines[place] for place in kept])


class Large:
    """A file that is read once, from its head to its end.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Attributes
    ----------
    head : Head
        Its first lines.
    ragged : list of Row
        Rows that were met with more or fewer cells than the first line has.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ragged: list[Row] = []
        self._hash = hashlib.sha256()
        self._lines = 0

    @cached_property
    def head(self) -> Head:
        """The first lines as a table.

        Raises
        ------
        Unsuited
            If this is no long file of delimited text in UTF-8.
        """
        with self._opened() as file:
            start = file.read(BLOCK)
        wide = max(start.partition(b"\n")[0].count(mark.encode()) for mark in DELIMITERS)
        ends = list(islice(_ends(start), max(LEAST_LINES, min(HEAD_LINES, HEAD_CELLS // (wide + 1)))))
        if not ends or start.startswith(_NO_TEXT) or b"\0" in start:
            raise Unsuited
        content = start[: ends[-1]]
        if content.count(b'"') % 2 or content.lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:1] in (b"{", b"["):
            raise Unsuited
        head = Head(str(self.path), content)
        try:
            if len(head.header) < 2 or head.delimiter not in DELIMITERS:
                raise Unsuited
        except TrackerError as error:
            raise Unsuited from error
        self._lines = len(ends)
        return head

    def beginning(self, lines: int) -> Head:
        """Return its first lines as a table, more of them than the head has."""
        with self._opened() as file:
            return Head(str(self.path), b"".join(islice(file, lines)))

    @property
    def shares(self) -> float:
        """About how many shares it holds, one or more a row."""
        head = self.head
        rows = self.path.stat().st_size / len(head.content) * self._lines
        numbers = sum(cell[:1].isdigit() for cell in next(iter(head.rows()), Row(0, [])).cells)
        return rows * max(1, numbers - 1)

    @property
    def sha256(self) -> str:
        """The digest of what was read, which is the whole file once `chunks` has ended."""
        return self._hash.hexdigest()

    def digest(self) -> str:
        """Read the whole file for its digest only."""
        with self._opened() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def rows_below(self) -> int:
        """Count the lines below the first one; the last need not end."""
        last, ends = b"", 0
        with self._opened() as file:
            for last in iter(lambda: file.read(BLOCK), b""):
                ends += last.count(b"\n")
        return ends - last.endswith(b"\n")

    def chunks(self) -> Iterator[Chunk]:
        """Give the rows behind the head, in their order; rows of another width are put among the `ragged`.

        Raises
        ------
        Unsuited
            If the rest is not written as the head is.
        """
        head = self.head
        width, mark = len(head.header), head.delimiter
        size = min(BLOCK, max(LEAST, len(head.content) // self._lines * BLOCK_LINES))
        with self._opened() as file:
            self._hash.update(file.read(len(head.content)))
            line = self._lines + 1
            blocks = self._texts(file, size)
            for text in blocks:
                if '"' in text:
                    yield from self._quoted(chain([text], blocks), line, width, mark)
                    return
                if (cells := _cells(text, width, mark)) is not None:
                    yield Chunk(width, cells, range(line, line + len(cells) // width))
                    line += len(cells) // width
                else:
                    lines = text.removesuffix("\n").split("\n")
                    rows = zip(
                        range(line, line + len(lines)),
                        csv.reader(lines, delimiter=mark, skipinitialspace=True),
                        strict=False,
                    )
                    yield from self._sorted_out(rows, width)
                    line += len(lines)

    def _quoted(self, texts: Iterator[str], line: int, width: int, mark: str) -> Iterator[Chunk]:
        """The same where cells may be quoted; none may hold a line end, or lines could not be counted."""
        # Not `str.splitlines`, to which U+2028 ends a line, too.
        lines = chain.from_iterable(io.StringIO(text, newline="\n") for text in texts)
        reader = csv.reader(lines, delimiter=mark, skipinitialspace=True, strict=True)
        while True:
            try:
                rows = list(islice(reader, QUOTED))
            except csv.Error as error:
                raise Unsuited from error
            if not rows:
                return
            if reader.line_num - self._read_lines(line) != len(rows):
                raise Unsuited
            yield from self._sorted_out(zip(range(line, line + len(rows)), rows, strict=False), width)
            line += len(rows)

    def _read_lines(self, line: int) -> int:
        """Lines that the reader of quoted cells had read before this one."""
        if self._quoted_from is None:
            self._quoted_from = line
        return line - self._quoted_from

    _quoted_from: int | None = None

    def _sorted_out(self, rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[Chunk]:
        """The rows of the right width; the others are put aside, and blank ones left out."""
        whole: list[tuple[int, list[str]]] = []
        try:
            for line, cells in rows:
                if len(cells) == width:
                    whole.append((line, cells))
                elif any(cell.strip() for cell in cells):
                    self.ragged.append(Row(line, cells))
        except csv.Error as error:
            raise Unsuited from error
        if whole:
            yield Chunk(width, list(chain.from_iterable(cells for _, cells in whole)), [line for line, _ in whole])

    def _texts(self, file: BufferedReader, size: int) -> Iterator[str]:
        """Blocks of whole lines, as text with plain line ends."""
        left = b""
        while block := file.read(size):
            self._hash.update(block)
            whole, mark, rest = block.rpartition(b"\n")
            if mark:
                yield _text(left + whole + mark)
                left = rest
            else:
                left += block
                if len(left) > 16 * BLOCK:
                    raise Unsuited
        if left:
            yield _text(left)

    def _opened(self) -> BufferedReader:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise TrackerError(
                f"{self.path}: {error.strerror}", "Look at the name, and at the rights of the file."
            ) from error


def _ends(content: bytes) -> Iterator[int]:
    """Where lines end."""
    place = 0
    while place := content.find(b"\n", place) + 1:
        yield place


def _cells(text: str, width: int, mark: str) -> list[str] | None:
    r"""Return the cells of whole lines that have no quotes, row by row; None where a line has more or fewer of them.

    None also where a cell starts with a blank, which the reader of short files leaves out.

    >>> _cells("a,b\nc,d\n", 2, ","), _cells("a\nb,c,d\n", 2, ",")
    (['a', 'b', 'c', 'd'], None)
    """
    if not text.endswith("\n"):
        text += "\n"
    # Each line end stays with the cell before it, so that to look at the last column is to have looked at all lines.
    marked = text.replace("\n", f"\n{mark}")
    if f"{mark} " in marked or text[0] == " ":
        return None
    cells = marked.split(mark)
    cells.pop()
    last = "".join(cells[width - 1 :: width])
    if len(cells) % width or last.count("\n") != len(cells) // width or text.count("\n") != len(cells) // width:
        return None
    cells[width - 1 :: width] = last[:-1].split("\n")
    return cells


def _text(content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise Unsuited from error
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "\r" in text or "\0" in text:
        raise Unsuited
    return text
