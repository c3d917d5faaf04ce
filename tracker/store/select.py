"""Somebody's own SQL, which can only read."""

from __future__ import annotations

import sqlite3

from tracker.errors import TrackerError
from tracker.store.engine import Row, Session

VIEWS = "The views are shares, share_history and reports: select * from shares limit 1"


def select(session: Session, sql: str) -> tuple[list[str], list[Row]]:
    """Run one statement that reads.

    Parameters
    ----------
    session : Session
        A reading one: it denies writes in every form.
    sql : str
        One statement.

    Returns
    -------
    tuple
        The names of the columns, and the rows.

    Raises
    ------
    TrackerError
        If it writes, attaches or loads anything, is not one statement, or is no SQL.
    """
    try:
        columns, rows = session.select(sql)
    except sqlite3.Error as error:
        if "interrupted" in str(error):
            raise KeyboardInterrupt from error
        raise _refusal(error) from error
    if not columns:
        raise TrackerError("this statement returns no rows: only statements that read are run", VIEWS)
    return columns, [tuple(_plain(value) for value in row) for row in rows]


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


def _refusal(error: sqlite3.Error) -> TrackerError:
    text = str(error)
    if "authoriz" in text or "prohibited" in text or "readonly" in text:
        return TrackerError("refused: this statement would write, attach, load or set something", VIEWS)
    if "one statement at a time" in text:
        return TrackerError("refused: this is more than one statement", "Run them one by one.")
    if "binding" in text:
        return TrackerError(f"refused: {text}", "Write the values into the statement.")
    return TrackerError(f"this SQL cannot be run: {text}", VIEWS)
