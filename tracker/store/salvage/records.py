"""The rows on a page: what SQLite wrote of them, read back value by value, or refused."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tracker.store.salvage.pages import INDEX_NODE, TABLE_LEAF, TABLE_NODE, Page, Pages

Value = int | float | str | bytes | None

_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""The bytes of an integer, by its type."""

_NOTHING = {0: None, 8: 0, 9: 1}
"""Values that take no bytes."""

_REAL = struct.Struct(">d")


class Broken(ValueError):
    """What stands there is no row."""


class Record(NamedTuple):
    """A row as it is stored."""

    rowid: int | None
    """None where the table has none."""
    values: tuple[Value, ...]


def records(pages: Pages, page: Page, used: set[int] | None = None) -> Iterator[Record | Broken]:
    """Read the rows of a page, each by itself.

    Parameters
    ----------
    pages : Pages
        The file, for rows that are longer than a page.
    page : Page
        The page.
    used : set of int, optional
        Takes the numbers of the pages on which such rows go on.

    Yields
    ------
    Record or Broken
        A row, or why there is none.
    """
    if page.kind == TABLE_NODE:
        return
    for cell in page.cells:
        try:
            yield _record(pages, page, cell, used)
        except (Broken, IndexError, struct.error, UnicodeDecodeError) as error:
            yield error if isinstance(error, Broken) else Broken(str(error))


def _record(pages: Pages, page: Page, cell: int, used: set[int] | None) -> Record:
    place = cell + 4 if page.kind == INDEX_NODE else cell
    length, place = varint(page.data, place)
    rowid = None
    if page.kind == TABLE_LEAF:
        rowid, place = varint(page.data, place)
        rowid -= (rowid >> 63) << 64
    return Record(rowid, values(_payload(pages, page, place, length, used)))


def _payload(pages: Pages, page: Page, place: int, length: int, used: set[int] | None) -> bytes:
    usable = pages.size
    if length > pages.length:
        raise Broken("it is longer than the file")
    most = usable - 35 if page.kind == TABLE_LEAF else (usable - 12) * 64 // 255 - 23
    if length <= most:
        if place + length > usable:
            raise Broken("it goes over the end of its page")
        return page.data[place : place + length]
    least = (usable - 12) * 32 // 255 - 23
    here = least + (length - least) % (usable - 4)
    here = here if here <= most else least
    following = int.from_bytes(page.data[place + here : place + here + 4])
    return page.data[place : place + here] + _rest(pages, following, length - here, used)


def _rest(pages: Pages, number: int, length: int, used: set[int] | None) -> bytes:
    """What of a row stands on pages of its own, each of which names the next."""
    parts, seen = [], set()
    while length > 0:
        if not 1 < number <= pages.count or number in seen:
            raise Broken("it goes on at a page that is not there")
        seen.add(number)
        data = pages.data(number)
        parts.append(data[4 : 4 + length])
        length -= len(parts[-1])
        number = int.from_bytes(data[:4])
    if number:
        raise Broken("it goes on after its end")
    if used is not None:
        used |= seen
    return b"".join(parts)


def varint(data: bytes, place: int) -> tuple[int, int]:
    """Read a number of one to nine bytes; return it and where it ends.

    >>> varint(bytes([0x81, 0x00]), 0)
    (128, 2)
    """
    found = 0
    for step in range(8):
        byte = data[place + step]
        found = found << 7 | byte & 127
        if byte < 128:
            return found, place + step + 1
    return found << 8 | data[place + 8], place + 9


def values(payload: bytes) -> tuple[Value, ...]:
    """Read the values of a row; their lengths must come out even.

    Raises
    ------
    Broken
        If they do not.
    """
    start, place = varint(payload, 0)
    if start > len(payload):
        raise Broken("its head is longer than it is")
    layout, length = _layout(payload[place:start])
    if start + length != len(payload):
        raise Broken("its values have another length than it states")
    return tuple(_value(payload, start + begin, start + end, kind) for kind, begin, end in layout)


@lru_cache(maxsize=4096)
def _layout(head: bytes) -> tuple[tuple[tuple[int, int, int], ...], int]:
    """Return of each value its type, and where it begins and ends; and the length of all. Most rows are alike."""
    place = end = 0
    found = []
    while place < len(head):
        try:
            kind, place = varint(head, place)
        except IndexError as error:
            raise Broken("its head ends within a number") from error
        begin, end = end, end + _length(kind)
        found.append((kind, begin, end))
    return tuple(found), end


def _length(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    if kind in (10, 11):
        raise Broken("a value has a type that there is not")
    return 8 if kind == 7 else _INTEGERS.get(kind, 0)


def _value(payload: bytes, begin: int, end: int, kind: int) -> Value:
    if kind in _NOTHING:
        return _NOTHING[kind]
    if kind < 7:
        return int.from_bytes(payload[begin:end], signed=True)
    if kind == 7:
        return _REAL.unpack_from(payload, begin)[0]  # type: ignore[no-any-return]
    part = payload[begin:end]
    return part.decode() if kind % 2 else part
