"""Rows that are lost in their table, and stand whole in an index of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from tracker.store.salvage.filling import Row
from tracker.store.salvage.pages import INDEX_LEAF
from tracker.store.salvage.trees import Contents, Walk


def from_indexes(walk: Walk, found: Contents, connection: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
    """Read the indexes, and of those that have every column of their table the rows.

    Parameters
    ----------
    walk : Walk
        The way through the damaged file.
    found : Contents
        Where its indexes begin.
    connection : sqlite3.Connection
        A database of the same schema, which says what the indexes have.

    Yields
    ------
    tuple of str and dict
        The table and a row of it.
    """
    tables = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'").fetchall())
    for index, root in found.indexes.items():
        rows = walk.tree(root, INDEX_LEAF)
        names = _columns(connection, index, tables[index]) if index in tables else None
        for record in rows:
            if names is not None and len(record.values) == len(names):
                yield tables[index], {name: v for name, v in zip(names, record.values, strict=True) if name}


def _columns(connection: sqlite3.Connection, index: str, table: str) -> list[str] | None:
    """The columns of an index as it is stored; None where the table has more. A rowid that is no column is ''."""
    stated = connection.execute("SELECT name, pk, type FROM pragma_table_info(?)", (table,)).fetchall()
    key = [(name, kind) for name, pk, kind in stated if pk]
    rowid = key[0][0] if len(key) == 1 and key[0][1].upper() == "INTEGER" else ""
    found = connection.execute("SELECT cid, name FROM pragma_index_xinfo(?) ORDER BY seqno", (index,)).fetchall()
    names = [rowid if place == -1 else str(name) for place, name in found]
    return names if {name for name, _, _ in stated} <= set(names) else None
