"""What comes from a server in the types that SQLite has, and goes there as if it were typed."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.adapt import AdaptersMap, Loader
from psycopg.types.numeric import FloatDumper
from psycopg.types.string import TextLoader

AS_TEXT = ("date", "time", "timetz", "timestamp", "timestamptz", "interval", "json", "jsonb", "uuid", "inet", "cidr")
"""Types that SQLite does not have, and that are shown as they are written."""


class _Zero(Loader):
    """A truth is 1 or 0."""

    def load(self, data: Any) -> int:
        return int(bytes(data) == b"t")


class _Number(Loader):
    """A sum of whole numbers is one; what has a fraction is a float."""

    def load(self, data: Any) -> int | float:
        text = bytes(data)
        return int(text) if text.lstrip(b"-").isdigit() else float(text)


class _Float(FloatDumper):
    """A number that stays binary where it stands in the text of a statement: 0.1 alone would be a decimal there."""

    def quote(self, obj: float) -> bytes:
        plain = bytes(super().quote(obj))
        return plain if b"float8" in plain else plain + b"::float8"


class _Adapted:
    """What psycopg asks for its types."""

    connection = None

    def __init__(self) -> None:
        self.adapters = AdaptersMap(psycopg.adapters)


def adapters() -> Any:
    """Return the types of our connections."""
    made = _Adapted()
    made.adapters.register_loader("bool", _Zero)
    made.adapters.register_loader("numeric", _Number)
    made.adapters.register_dumper(float, _Float)
    for name in AS_TEXT:
        made.adapters.register_loader(name, TextLoader)
    return made
