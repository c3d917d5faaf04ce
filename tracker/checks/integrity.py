"""`integrity`: whether the database itself is whole."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.checks.base import Check, Finding, Scope
from tracker.store.integrity import damages


def integrity(scope: Scope) -> Iterator[Finding]:
    """Say what is damaged, whatever market is asked for."""
    for said in damages(scope.path):
        yield Finding("integrity", "", "", "", f"{said}; take a copy from before the damage")


CHECK = Check(
    "integrity",
    "a file that SQLite finds damaged (PRAGMA integrity_check), references to rows that are not there (PRAGMA"
    " foreign_key_check), views that show other counts than their tables, rows that contradict the ledger",
    "nothing else that is read from a damaged file can be believed",
    of_database=integrity,
)
