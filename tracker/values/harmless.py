"""Showing what others wrote: stored as given, shown without the power to do anything."""

from __future__ import annotations

import unicodedata


def harmless(text: str) -> str:
    r"""Make what others wrote safe to show: no control characters, no escapes, no turned reading direction.

    >>> harmless("red\x1b[31m alert")
    'red\\x1b[31m alert'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char == "\n" or _is_harmless(char) else _escaped(char) for char in text)


def _is_harmless(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
