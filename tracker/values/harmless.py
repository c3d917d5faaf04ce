"""Showing what others wrote: stored as given, shown without the power to do anything."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_PLAIN = re.compile(r"[^\n -~]")
_FORMULA = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?%?", re.ASCII)


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


def harmless_json(text: str) -> str:
    r"""Write what is not safe to show as JSON writes it: the same text to a program, and no power to do anything.

    >>> harmless_json('["a\u202eb"]')
    '["a\\u202eb"]'
    """
    return text if text.isascii() and "\x7f" not in text else _NOT_PLAIN.sub(lambda found: _in_json(found[0]), text)


@lru_cache(maxsize=4096)
def _in_json(char: str) -> str:
    if _is_harmless(char):
        return char
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def spreadsheet_safe(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula: an apostrophe before it makes it a text.

    >>> spreadsheet_safe("=HYPERLINK(1)"), spreadsheet_safe("-2+3"), spreadsheet_safe("-2.5"), spreadsheet_safe("R1")
    ("'=HYPERLINK(1)", "'-2+3", '-2.5', 'R1')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def from_spreadsheet_safe(text: str) -> str:
    """Undo `spreadsheet_safe`.

    >>> from_spreadsheet_safe("'=HYPERLINK(1)"), from_spreadsheet_safe("'s")
    ('=HYPERLINK(1)', "'s")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
