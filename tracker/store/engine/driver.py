"""Psycopg, by which PostgreSQL is spoken to: an extra that not everybody installs."""

from __future__ import annotations

from typing import Any

from tracker.errors import TrackerError


def driver() -> Any:
    """Import psycopg.

    Raises
    ------
    TrackerError
        If it is not installed.
    """
    try:
        import psycopg
    except ImportError as error:
        raise TrackerError(
            f"PostgreSQL needs psycopg, which is not here ({error})",
            "Install it: pip install 'usage-share-tracker[postgres]'",
        ) from error
    return psycopg
