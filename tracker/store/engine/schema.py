"""Which schema this program reads, and what to say of another."""

from __future__ import annotations

from shlex import quote as quote_word

from tracker.errors import SchemaMismatch
from tracker.settings import Place

HEAD = "0003"
"""The schema revision that this program reads and writes."""


def mismatch(found: str | None, path: Place, *, empty: bool = False) -> SchemaMismatch:
    """Build the error for a database of another schema, with the command that mends it."""
    if empty:
        return SchemaMismatch(f"{path} is an empty file, not yet a database", init_hint(path))
    if found is None:
        return SchemaMismatch(
            f"{path} is not a database of tracker", "Name another with --db, or make one: tracker init."
        )
    if found < HEAD:
        return SchemaMismatch(
            f"{path} has the older schema {found}; this program reads {HEAD}",
            f"Bring it up to date: tracker db upgrade --db {quote_word(str(path))}",
        )
    return SchemaMismatch(
        f"{path} has the schema {found}, which is newer than this program ({HEAD})",
        "Upgrade the program: pip install --upgrade usage-share-tracker",
    )


def init_hint(path: Place) -> str:
    """Say how a database is made at `path`."""
    return f"Make one: tracker init --db {quote_word(str(path))}   (or name another with --db or $TRACKER_DB)"
