"""A file as a table: bytes to text to rows, each with its line."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tracker.errors import Problem, RejectedInput, TrackerError
from tracker.importers.decoding import decode, line_after

DELIMITERS = (",", ";", "\t")
SNIFFED = 20_000
"""Characters that are looked at to find the delimiter."""

LONGEST_PREAMBLE = 30
WIDEST = 20_000
"""Cells in a row, above which a file is no table."""

WINDOW = 2**20
"""Characters without a line end, among which no table has `WIDEST` delimiters."""

_WEB_PAGE = re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A record: the line it starts on, and its cells as text."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A delimited text file.

    Parameters
    ----------
    name : str
        As the person gave it: a path, or a url.
    content : bytes
        The whole file.
    encoding : str or None
        As declared; None for UTF-8, or what a byte order mark says.
    fetched : bool
        Whether it came over the network: then nothing lies beside it.
    """

    name: str
    content: bytes
    encoding: str | None = None
    fetched: bool = False

    @classmethod
    def open(cls, path: Path, encoding: str | None = None) -> Table:
        """Read a file of delimited text.

        Raises
        ------
        TrackerError
            If it cannot be read.
        """
        return cls(str(path), read_bytes(path), encoding)

    @property
    def stem(self) -> str:
        """The file's own name, without its folder and its ending."""
        return Path(self.name).stem

    @property
    def sha256(self) -> str:
        """Digest of the whole file, in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def text(self) -> str:
        """The file as text.

        Raises
        ------
        RejectedInput
            If it is empty, a web page, or in another encoding than was said.
        """
        text = decode(self.name, self.content, self.encoding)
        if not text.strip():
            raise RejectedInput(self.name, [Problem(0, "", "", "the file is empty")])
        if _WEB_PAGE.match(text):
            problem = Problem(0, "", "", "this is a web page, where data was meant")
            raise RejectedInput(self.name, [problem], "Look for the link to the data itself: CSV, JSON or xlsx.")
        if "\0" in text:
            line = line_after(text[: text.index("\0")])
            raise RejectedInput(self.name, [Problem(line, "", "", "holds a NUL character: this is no text file")])
        return text

    @cached_property
    def delimiter(self) -> str:
        """The character between cells: a tab where there are any, else what the first wide line has most of."""
        lines = [line for line in self.text[:SNIFFED].splitlines() if line.strip()]
        wide = next((line for line in lines if any(mark in line for mark in DELIMITERS)), "")
        return "\t" if "\t" in wide else max(DELIMITERS, key=wide.count)

    @cached_property
    def preamble(self) -> list[str]:
        """Lines above the header: those that fill one cell only, where the line below them has more."""
        return [row.cells[0].strip() for row in self._above]

    @cached_property
    def _above(self) -> list[Row]:
        above: list[Row] = []
        for row, _ in zip(self._records(), range(LONGEST_PREAMBLE), strict=False):
            if len(row.cells) > 1 and not _is_title(row):
                return above
            above.append(row)
        return []

    @cached_property
    def first(self) -> Row:
        """The first row, which names the columns, with the line that it stands on.

        Raises
        ------
        RejectedInput
            If no cell of the file holds anything.
        """
        for row in self._table():
            return row
        raise RejectedInput(self.name, [Problem(0, "", "", "the file is empty: no cell of it holds anything")])

    @property
    def header(self) -> list[str]:
        """The cells of the first row."""
        return self.first.cells

    @property
    def beside(self) -> Mapping[str, str]:
        """Texts that stand beside the rows, by name: none in delimited text."""
        return {}

    def neighbour(self, ending: str) -> bytes | None:
        """Return the file of the same name with another ending that lies beside this one; None where there is none."""
        path = Path(self.name).with_suffix(ending)
        try:
            return path.read_bytes() if path.is_file() and not self.fetched else None
        except OSError:
            return None

    def rows(self) -> Iterator[Row]:
        """Iterate over the rows below the header; blank lines are left out."""
        records = self._table()
        next(records, None)
        yield from records

    def _table(self) -> Iterator[Row]:
        """The header and what is below it."""
        records = self._records()
        for _ in self._above:
            next(records)
        yield from records

    def _records(self) -> Iterator[Row]:
        self._refuse_endless_line()
        text = io.StringIO(self.text, newline="")
        reader = csv.reader(text, delimiter=self.delimiter, skipinitialspace=True, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                problem = Problem(line, "", "", f"cannot be read as a table: {error}")
                raise RejectedInput(self.name, [problem], "Is a quotation mark left open?") from error
            if cells is None:
                return
            if len(cells) > WIDEST:
                raise RejectedInput(self.name, [Problem(line, "", "", f"has {len(cells):,} cells: this is no table")])
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)

    def _refuse_endless_line(self) -> None:
        """Refuse a line of millions of cells before all of them are held."""
        text, start = self.text, 0
        while start + WINDOW < len(text):
            end = max(text.rfind(mark, start, start + WINDOW) for mark in "\n\r")
            cells = text.count(self.delimiter, start, start + WINDOW) if end < start else 0
            if cells > WIDEST:
                wrong = f"has more than {cells:,} cells: this is no table"
                raise RejectedInput(self.name, [Problem(line_after(text[:start]), "", "", wrong)])
            start = max(start + WINDOW if end < start else end + 1, start + 1)


def _is_title(row: Row) -> bool:
    """Whether a row is a line of a preamble that a spreadsheet made as wide as the table: ``Category: All,,``."""
    first, *rest = row.cells
    return (":" in first or "：" in first) and not any(cell.strip() for cell in rest)


@dataclass(frozen=True)
class Records(Table):
    """Rows that did not come from delimited text: of a workbook, of JSON, of Parquet.

    Parameters
    ----------
    listed : sequence of (int, list of str)
        Their numbers and cells; the first names the columns.
    texts : mapping of str to str
        What stands beside them.
    """

    listed: list[tuple[int, list[str]]] = field(default_factory=list)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def beside(self) -> Mapping[str, str]:
        """Texts that stand beside the rows, by name: ``meta.as_of``."""
        return self.texts

    def _records(self) -> Iterator[Row]:
        if not self.listed:
            raise RejectedInput(self.name, [Problem(0, "", "", "the file is empty")])
        yield from (Row(line, cells) for line, cells in self.listed)


@dataclass(frozen=True)
class Head(Table):
    """The first rows of a file that is too long to hold.

    Parameters
    ----------
    readings : list
        Whoever reads it leaves here what reads on in the same way.
    """

    readings: list[Any] = field(default_factory=list, compare=False)


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises
    ------
    TrackerError
        If it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise TrackerError(f"{path}: {error.strerror}", "Look at the name, and at the rights of the file.") from error
