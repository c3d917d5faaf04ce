"""A file as a table: bytes to text to rows, each with its line."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tracker.errors import Problem, RejectedInput, TrackerError

DELIMITERS = (",", ";", "\t")

_LINE_END = re.compile(r"\r\n|\r|\n")


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
        As the person gave it.
    content : bytes
        The whole file.
    """

    name: str
    content: bytes

    @classmethod
    def open(cls, path: Path) -> Table:
        """Read a file.

        Raises
        ------
        TrackerError
            If it cannot be read.
        """
        try:
            return cls(str(path), path.read_bytes())
        except OSError as error:
            raise TrackerError(
                f"{path}: {error.strerror}", "Look at the name, and at the rights of the file."
            ) from error

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
            If it is empty, or not UTF-8.
        """
        try:
            text = self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            # The decoder counts from behind the byte order mark.
            byte = f"byte 0x{error.object[error.start]:02X}"
            problem = Problem(_line(error.object[: error.start].decode()), "", byte, "is not UTF-8")
            raise RejectedInput(self.name, [problem], "Save the file as UTF-8, then import it again.") from error
        if not text.strip():
            raise RejectedInput(self.name, [Problem(0, "", "", "the file is empty")])
        if "\0" in text:
            line = _line(text[: text.index("\0")])
            raise RejectedInput(self.name, [Problem(line, "", "", "holds a NUL character: this is no text file")])
        return text

    @cached_property
    def delimiter(self) -> str:
        """The character between cells: the one that the first line has most of."""
        first = self.text.lstrip().partition("\n")[0]
        return max(DELIMITERS, key=first.count)

    @cached_property
    def first(self) -> Row:
        """The first row, which names the columns, with the line that it stands on."""
        return next(self._records(), Row(1, []))

    @property
    def header(self) -> list[str]:
        """The cells of the first row."""
        return self.first.cells

    def rows(self) -> Iterator[Row]:
        """Iterate over the rows below the header; blank lines are left out."""
        records = self._records()
        next(records, None)
        yield from records

    def _records(self) -> Iterator[Row]:
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                problem = Problem(line, "", "", f"cannot be read as a table: {error}")
                raise RejectedInput(self.name, [problem], "Is a quotation mark left open?") from error
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)


def _line(before: str) -> int:
    """The line that follows a text, each of the three line ends counted once."""
    return len(_LINE_END.findall(before)) + 1
