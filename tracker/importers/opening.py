"""Opening whatever people have: the first bytes say which kind of file it is."""

from __future__ import annotations

import sys
from pathlib import Path

from tracker.errors import Problem, RejectedInput
from tracker.importers.decoding import decode
from tracker.importers.table import Records, Table, read_bytes

_REFUSED = {
    b"\x1f\x8b": ("is compressed with gzip", "Unpack it first: gunzip FILE."),
    b"%PDF": ("is a PDF", "Look for the data behind it: CSV, JSON or xlsx."),
    b"\xd0\xcf\x11\xe0": ("is an old Excel workbook (.xls)", "Save it as .xlsx or as CSV."),
    b"SQLite format 3\0": ("is a SQLite database", "Name it with --db, or export a table of it as CSV."),
}

STANDARD_INPUT = Path("-")


def open_file(path: Path, encoding: str | None = None, sheet: str | None = None) -> Table:
    """Open a file, or standard input where the path is ``-``.

    Raises
    ------
    TrackerError
        If it cannot be read, or is of a kind that is not read.
    """
    content = sys.stdin.buffer.read() if path == STANDARD_INPUT else read_bytes(path)
    return open_bytes(str(path), content, encoding, sheet)


def open_bytes(name: str, content: bytes, encoding: str | None = None, sheet: str | None = None) -> Table:
    """Open what was read: delimited text, JSON, JSON Lines, an Excel workbook or Parquet.

    Parameters
    ----------
    name : str
        As the person knows it.
    content : bytes
        The whole file.
    encoding, sheet : str or None
        As declared.

    Raises
    ------
    RejectedInput
        If it is of a kind that is not read, or damaged.
    """
    for start, (what, hint) in _REFUSED.items():
        if content.startswith(start):
            raise RejectedInput(name, [Problem(0, "", "", f"this file {what}")], hint)
    if content.startswith(b"PK\x03\x04"):
        from tracker.importers.excel import rows

        return Records(name, content, listed=rows(name, content, sheet))
    if content.startswith(b"PAR1"):
        from tracker.importers.parquet import from_parquet

        return Records(name, content, listed=from_parquet(name, content))
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        from tracker.importers.records import from_json

        listed, beside = from_json(name, decode(name, content, encoding))
        return Records(name, content, listed=listed, texts=beside)
    return Table(name, content, encoding)
