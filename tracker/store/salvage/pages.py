"""The pages of a database file, as they lie there: no index, no root and no header is needed to read one."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tracker.store.damage import HEADER, MAGIC, page_size

INDEX_NODE, TABLE_NODE, INDEX_LEAF, TABLE_LEAF = 2, 5, 10, 13
"""The kinds of pages that hold rows, or lead to such. A table without rowid is an index to SQLite."""

NODES = (INDEX_NODE, TABLE_NODE)
SIZES = (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
FRACTIONS = bytes((64, 32, 32))
"""What stands in every header, and tells one whose first bytes are damaged."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a tree.

    Parameters
    ----------
    number : int
        From 1.
    kind : int
        One of the four.
    data : bytes
        The page.
    cells : tuple of int
        Where its cells start; those that cannot be are left out.
    whole : bool
        Whether none was left out.
    right : int
        The last child; 0 for a leaf.
    """

    number: int
    kind: int
    data: bytes
    cells: tuple[int, ...]
    whole: bool
    right: int

    def children(self) -> Iterator[int]:
        """The pages below this one, in order."""
        if self.kind in NODES:
            for cell in self.cells:
                yield int.from_bytes(self.data[cell : cell + 4])
            yield self.right


class Pages:
    """A file, cut into pages.

    Parameters
    ----------
    path : pathlib.Path
        The file. It is only read.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self.length = path.stat().st_size
        self.header = self._file.read(HEADER)
        stated = page_size(self.header)
        is_one = self.header.startswith(MAGIC) or self.header[21:24] == FRACTIONS
        self.has_header = is_one and stated is not None
        self.size: int = stated if stated is not None and self.has_header else self._guess()

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    @property
    def count(self) -> int:
        """How many there are; the last may be cut off."""
        return -(-self.length // self.size)

    def data(self, number: int) -> bytes:
        """Return the bytes of a page; what is cut off is zeros."""
        self._file.seek((number - 1) * self.size)
        return self._file.read(self.size).ljust(self.size, b"\0")

    def page(self, number: int) -> Page | None:
        """Return a page of a tree; None where there is none of this number, or it is none of a tree."""
        return parse(number, self.data(number)) if 1 <= number <= self.count else None

    def free(self) -> set[int]:
        """Return the numbers of the pages that are free: rows on them were deleted."""
        found: set[int] = set()
        if not self.has_header:
            return found
        trunk = int.from_bytes(self.header[32:36])
        while 1 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            data = self.data(trunk)
            following, leaves = struct.unpack_from(">II", data)
            if leaves > self.size // 4 - 2:
                break
            found.update(struct.unpack_from(f">{leaves}I", data, 8))
            trunk = following
        return found

    def _guess(self) -> int:
        """The smallest size by which much of the file is pages of trees: their rows end where they end."""
        fitting: dict[int, int] = {}
        for self.size in SIZES:
            pages = [self.page(number) for number in range(1, min(self.count, 5000) + 1)]
            fitting[self.size] = self.size * sum(page is not None and page.whole and bool(page.cells) for page in pages)
        return min(size for size in SIZES if 2 * fitting[size] >= max(fitting.values()))


def parse(number: int, data: bytes) -> Page | None:
    """Read the head of a page of a tree; None where it is none."""
    base = HEADER if number == 1 else 0
    kind = data[base]
    if kind not in (INDEX_NODE, TABLE_NODE, INDEX_LEAF, TABLE_LEAF):
        return None
    count = int.from_bytes(data[base + 3 : base + 5])
    start = base + (12 if kind in NODES else 8)
    if start + 2 * count > len(data):
        return None
    stated = struct.unpack_from(f">{count}H", data, start)
    least = start + 2 * count
    cells = tuple(cell for cell in stated if least <= cell < len(data) - 3)
    right = int.from_bytes(data[base + 8 : base + 12]) if kind in NODES else 0
    return Page(number, kind, data, cells, len(cells) == count, right)
