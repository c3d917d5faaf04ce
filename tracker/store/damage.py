"""What is wrong with the file of a database before anybody asks SQLite, and what to say of a damaged one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from tracker.errors import SchemaMismatch, TrackerError
from tracker.store.waiting import is_busy, say

MAGIC = b"SQLite format 3\0"
HEADER = 100
"""Bytes at the start of the file that say how it is to be read."""

SMALL = 1 << 20
"""Up to this many bytes a file is looked through before each write: some thousandths of a second."""

LARGE = 8 << 20
"""Up to this many bytes it is looked through but for the rules of its tables, which take most of the time."""

FEW = 5_000
"""Up to this many rows a table of a still larger file is looked through."""

READ = 4 << 20
"""Up to this many bytes a file is looked through when it is read: a twentieth of a second."""

_FIXED: tuple[tuple[int, str, tuple[int, ...]], ...] = (
    (18, "the version for writing", (1, 2)),
    (19, "the version for reading", (1, 2)),
    (20, "what is kept free", (0,)),
    (21, "the largest part", (64,)),
    (22, "the smallest part", (32,)),
    (23, "the part of a leaf", (32,)),
)
_NUMBERS = ((44, "the format of the schema", (4,)), (56, "the encoding of texts", (1,)))


MALFORMED = ("disk image is malformed", "malformed database schema", "not a database", "unsupported file format")
DAMAGED = (*MALFORMED, "Could not decode to UTF-8")
"""What SQLite says only where the file is damaged."""


def damaged(path: Path, said: str) -> SchemaMismatch:
    """Build the error for a damaged database, with the commands that say what is left and save it.

    A file that SQLite does not take for one of its own may be another file.
    """
    if "not a database" not in said:
        return SchemaMismatch(f"{path} is damaged ({said})", ways_out(path))
    message = f"{path} is no SQLite database ({said})"
    if not _may_be_pages(path):
        return SchemaMismatch(message, "Name another with --db.")
    return SchemaMismatch(
        f"{message}, or it is damaged", f"Name another with --db, or, if it was one:\n{ways_out(path)}"
    )


def _may_be_pages(path: Path) -> bool:
    """Whether a file holds what only a database does: bytes of zero, and more than a page of anything."""
    with path.open("rb") as file:
        begun = file.read(1 << 20)
    return len(begun) >= 512 and b"\0\0" in begun


def ways_out(path: Path) -> str:
    """Name the commands that help with a damaged database."""
    db = f"--db {quote(str(path))}"
    return (
        f"See what can be read: tracker db check {db}\n"
        f"Put a backup back: tracker db restore FILE {db}\n"
        f"Without one, save what can be read: tracker db salvage -o NEW {db}"
    )


def look_first(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse to write to a file that is damaged, as far as a short look can tell.

    Parameters
    ----------
    connection : sqlite3.Connection
        It, with a transaction open that keeps others from writing.
    path : pathlib.Path
        The file. Its length is looked at, and it is looked through; of one that is large only the small tables are:
        mostly all but that of the shares.

    Raises
    ------
    SchemaMismatch
        If it is damaged.
    """
    # While there is a log, the file itself is behind.
    if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
        return
    # It must not be opened here by anything but SQLite: to close it would end all locks that this process has on it.
    length = path.stat().st_size
    (size,), (pages,) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_size", "page_count"))
    if length < size * pages:
        raise damaged(path, f"it has {length:,} bytes, and its header says {size * pages:,}")
    said = None
    if length <= SMALL:
        said = _said(connection, "1") or _lost(connection)
    elif length <= LARGE:
        said = _structure(connection)
    else:
        parts = (_said(connection, table) for table in _small_tables(connection))
        said = next((part for part in parts if part is not None), None)
    if said is not None:
        raise damaged(path, said)


def look_along(connection: sqlite3.Connection, path: Path) -> None:
    """Say on stderr that a file is damaged which is only read, once; what can be read of it is read.

    Parameters
    ----------
    connection : sqlite3.Connection
        It, with a transaction open.
    path : pathlib.Path
        The file; a large one is not looked through.
    """
    stat = path.stat()
    if stat.st_size > READ or _seen.get(path) == (found := (stat.st_ino, stat.st_size, stat.st_mtime_ns)):
        return
    try:
        said = _structure(connection)
    except UnicodeDecodeError:
        said = "malformed database schema"
    except sqlite3.DatabaseError as error:
        if is_busy(error):
            return
        said = str(error)
    _seen[path] = found
    if said is not None:
        say(f"{path} is damaged ({said}): what is read of it may be wrong, or not all.\n{ways_out(path)}")


_seen: dict[Path, tuple[int, int, int]] = {}
"""The files that this process has looked through, as they were then."""


def _structure(connection: sqlite3.Connection) -> str | None:
    """Look through a file but for the rules of its tables, and whether its references lead somewhere."""
    ((ignored,),) = connection.execute("PRAGMA ignore_check_constraints").fetchall()
    connection.execute("PRAGMA ignore_check_constraints = ON")
    try:
        return _said(connection, "1") or _lost(connection)
    finally:
        connection.execute(f"PRAGMA ignore_check_constraints = {ignored}")


def _lost(connection: sqlite3.Connection) -> str | None:
    found = connection.execute("PRAGMA foreign_key_check").fetchone()
    return found and f"a reference of {found[0]} to {found[2]} leads nowhere"


def _said(connection: sqlite3.Connection, part: str) -> str | None:
    """The first damage that SQLite finds in a part of a file."""
    (said,) = connection.execute(f"PRAGMA integrity_check({part})").fetchone()
    return None if said == "ok" else str(said).removeprefix("*** in database main ***\n").splitlines()[0]


def _small_tables(connection: sqlite3.Connection) -> Iterator[str]:
    """Name the tables that are looked through in no time, quoted."""
    yield "sqlite_schema"
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    for (name,) in names.fetchall():
        quoted = '"' + str(name).replace('"', '""') + '"'
        (rows,) = connection.execute(f"SELECT count(*) FROM (SELECT 1 FROM {quoted} LIMIT {FEW + 1})").fetchone()
        if rows <= FEW:
            yield quoted


UNFORESEEN = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What our own reading may stumble over where values are not what was written."""


def blamed(path: Path, error: Exception) -> SchemaMismatch | None:
    """Look whether an error that nobody foresaw comes of a damaged file; None where that is sound.

    Parameters
    ----------
    path : pathlib.Path
        The file. A large one is not looked through for an error that has words of its own.
    error : Exception
        What was raised while it was read.
    """
    from tracker.store.integrity import file_damages

    if isinstance(error, TrackerError) and (isinstance(error, SchemaMismatch) or path.stat().st_size > SMALL):
        return None
    said = next(file_damages(path), None)
    return None if said is None else damaged(path, said.removeprefix("the file is damaged: "))


def page_size(header: bytes) -> int | None:
    """Return the size of the pages that a header states; None where it states none that can be."""
    stated = int.from_bytes(header[16:18])
    size = 65536 if stated == 1 else stated
    return size if len(header) >= HEADER and 512 <= size <= 65536 and size & (size - 1) == 0 else None


def beginnings(path: Path) -> Iterator[str]:
    """Say what is wrong with the header and the length of a file, in words; nothing is read but those.

    Parameters
    ----------
    path : pathlib.Path
        A file; a journal beside it may explain a length that is no whole number of pages.
    """
    length = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(HEADER)
    if not header.startswith(MAGIC):
        yield "its first bytes are not those of a SQLite database"
        return
    size = page_size(header)
    if size is None:
        yield "its header states no size of pages that can be"
        return
    for place, what, known in _FIXED:
        if header[place] not in known:
            yield f"its header is damaged: {what} cannot be {header[place]}"
    for place, what, known in _NUMBERS:
        if (found := int.from_bytes(header[place : place + 4])) not in known:
            yield f"its header is damaged: {what} cannot be {found}"
    yield from _lengths(header, length, size)


def _lengths(header: bytes, length: int, size: int) -> Iterator[str]:
    stated = int.from_bytes(header[28:32])
    if length % size:
        yield f"it ends within a page: {length:,} bytes are no whole number of pages of {size:,}"
    # Only where the two counters agree is the number of pages kept up to date.
    if header[24:28] == header[92:96] and stated > -(-length // size):
        missing = stated - length // size
        yield f"it is cut off: {missing:,} of its {stated:,} pages are missing, whole or in part"
