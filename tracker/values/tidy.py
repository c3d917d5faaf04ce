"""The texts of a record as a file of text can keep them."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

from tracker.errors import InvalidValue, clip

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def tidy(record: DataclassInstance) -> None:
    """Keep texts as a file keeps them: one kind of line end, no blanks around; an empty one is absent.

    Raises
    ------
    InvalidValue
        If a text holds what no file of text can.
    """
    for name, may_be_absent in _names(type(record)):
        value = getattr(record, name)
        if isinstance(value, str):
            # A text that must be there stays as it is when empty, and is refused by its own check.
            kept = _kept(value, name)
            object.__setattr__(record, name, kept or (None if may_be_absent else kept))
        elif isinstance(value, tuple) and value:
            texts = (_kept(part, name) if isinstance(part, str) else part for part in value)
            object.__setattr__(record, name, tuple(part for part in texts if part))


@cache
def _names(kind: type[DataclassInstance]) -> list[tuple[str, bool]]:
    """The fields of a record, and whether each may be absent."""
    return [(one.name, one.default is None) for one in fields(kind)]


def _kept(text: str, what: str) -> str:
    if text.isascii() and text.isprintable():
        return text.strip()
    if "\0" in text:
        raise InvalidValue(f"the {what} {clip(text)!r} holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidValue(f"the {what} {clip(text)!r} is not UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
