"""From the bytes of a file to its text: the encoding that it has, or says, or that was declared."""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress

from tracker.errors import InvalidValue, Problem, RejectedInput

CANDIDATES = ("cp1252", "mac-roman", "iso8859-15", "cp1250", "iso8859-2", "cp1251", "cp1254", "cp437")
"""Encodings that are tried where a file is not UTF-8, the most frequent first."""

OF_NO_FILE = ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7")
"""Encodings of Python's that are for other things than files, and may give halves of characters."""

_LINE_END = re.compile(r"\r\n|\r|\n")


def decode(name: str, content: bytes, encoding: str | None = None) -> str:
    """Return a file as text: UTF-8, what a byte order mark says, or what was declared.

    Raises
    ------
    RejectedInput
        If it is in another encoding; the hint shows the first differing word in those that fit.
    InvalidValue
        If the declared encoding is not known.
    """
    if encoding is None and content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        if encoding is not None and codecs.lookup(encoding).name in OF_NO_FILE:
            raise LookupError
        return content.decode(encoding or "utf-8-sig")
    except LookupError as error:
        raise InvalidValue(
            f"{encoding!r} is no encoding of files", f"Known are, for example: {', '.join(CANDIDATES)}."
        ) from error
    except UnicodeDecodeError as error:
        # The decoder counts from behind the byte order mark.
        byte = f"byte 0x{error.object[error.start]:02X}"
        line = line_after(error.object[: error.start].decode(encoding or "utf-8", errors="replace"))
        problem = Problem(line, "", byte, f"is not {encoding or 'UTF-8'}")
        raise RejectedInput(name, [problem], _encodings(error.object, error.start)) from error


def _encodings(content: bytes, place: int) -> str:
    """Show the word around a byte as each candidate reads it: a person sees which one is right."""
    start = max(content.rfind(mark, 0, place) for mark in (b"\n", b",", b";", b"\t", b'"', b" ")) + 1
    ends = [content.find(mark, place) for mark in (b"\r", b"\n", b",", b";", b"\t", b'"', b" ")]
    word = content[start : min((end for end in ends if end >= 0), default=len(content))][:40]
    read: dict[str, list[str]] = {}
    for name in CANDIDATES:
        with suppress(UnicodeDecodeError):
            text = word.decode(name)
            if not any(unicodedata.category(letter) == "Cc" for letter in text):
                read.setdefault(text, []).append(name)
    shown = "; ".join(f"{text} with --encoding {' or '.join(names)}" for text, names in read.items())
    return f"The word there is: {shown}. Choose the one that is right, or save the file as UTF-8."


def line_after(before: str) -> int:
    """Return the line that follows a text, each of the three line ends counted once."""
    return len(_LINE_END.findall(before)) + 1
