"""Undoing the compression that a server applies to what it sends: bounded, and checked to its end."""

from __future__ import annotations

import zlib

NONE = ("", "identity")
PACKED = ("gzip", "x-gzip", "deflate")

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_BARE = -zlib.MAX_WBITS


class TooLarge(Exception):
    """More came than may come."""


class BadPacking(Exception):
    """It is not compressed in a way that is understood; the message says why."""


class Unpacker:
    """Takes what comes in pieces, and never holds more than `limit` bytes of it.

    Parameters
    ----------
    encoding : str
        The header ``Content-Encoding``.
    limit : int
        Bytes, of what was sent as well as of what comes out.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._packed = encoding.strip().lower() not in NONE
        if self._packed and encoding.strip().lower() not in PACKED:
            raise BadPacking(f"it is compressed with {encoding!r}, which was not asked for")
        self._limit = limit
        self._taken = 0
        self._unpacking = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._found = bytearray()

    def take(self, piece: bytes) -> None:
        """Take the next piece.

        Raises
        ------
        TooLarge
            If it is more than the limit.
        BadPacking
            If it cannot be unpacked.
        """
        self._taken += len(piece)
        if self._taken > self._limit:
            raise TooLarge
        try:
            self._found += self._unpacked(piece) if self._packed else piece
        except zlib.error:
            raise BadPacking("it is not compressed in the way that the server says") from None
        if len(self._found) > self._limit:
            raise TooLarge

    def whole(self) -> bytes:
        """Return all that came.

        Raises
        ------
        EOFError
            If the compressed data end before their end.
        """
        if self._packed and self._taken and not self._unpacking.eof:
            raise EOFError
        return bytes(self._found)

    def _unpacked(self, piece: bytes) -> bytes:
        """Unpack a piece; another packed file may follow the first, as gzip allows."""
        out = b""
        while piece:
            if self._unpacking.eof:
                self._unpacking = zlib.decompressobj(_GZIP_OR_ZLIB)
            out += self._step(piece, self._limit + 1 - len(self._found) - len(out))
            if self._unpacking.unconsumed_tail:
                raise TooLarge
            piece = self._unpacking.unused_data.lstrip(b"\0")
        return out

    def _step(self, piece: bytes, room: int) -> bytes:
        try:
            return self._unpacking.decompress(piece, max(room, 1))
        except zlib.error:
            if self._found or self._taken != len(piece):
                raise
            # Some servers leave out the header that "deflate" stands for.
            self._unpacking = zlib.decompressobj(_BARE)
            return self._unpacking.decompress(piece, max(room, 1))
