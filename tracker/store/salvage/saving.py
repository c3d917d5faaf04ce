"""Saving what can be read of a damaged database in a fresh one; the damaged one is never written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tracker.beside import apart
from tracker.errors import TrackerError
from tracker.store.damage import beginnings
from tracker.store.engine import HEAD, connect, explain, mismatch
from tracker.store.engine.journals import hold
from tracker.store.integrity import damages, file_damages
from tracker.store.migrate import config
from tracker.store.salvage.covering import from_indexes
from tracker.store.salvage.filling import Filling
from tracker.store.salvage.pages import TABLE_LEAF, Pages
from tracker.store.salvage.shapes import Guess, Shape, shapes
from tracker.store.salvage.trees import Contents, Walk, contents
from tracker.store.settled import beside, settled
from tracker.store.waiting import SAY_AFTER

OURS = frozenset(("source", "market", "entity", "citation", "batch", "period", "series", "observation", "report"))
"""Tables by some of which a database of ours is known."""


@dataclass(frozen=True)
class Saved:
    """What was saved, and what was not.

    Parameters
    ----------
    revision : str
        The schema of both.
    rows : dict
        Rows saved, by table.
    left : list of tuple
        Table, reason, and how many rows were read and are not kept for it.
    broken : int
        Rows of which something is there, but no row can be read.
    pages : int
        Pages of the file.
    lost : list of int
        Those of which something cannot be read.
    remarks : list of str
        What else is to be known, in words.
    batches : list of tuple
        Batch, facts that it recorded, and how many of these are lost.
    """

    revision: str
    rows: dict[str, int]
    left: list[tuple[str, str, int]]
    broken: int
    pages: int
    lost: list[int]
    remarks: list[str]
    batches: list[tuple[int, int, int]]


def salvage(path: Path, target: Path, tell: Callable[[int], None] | None = None) -> Saved:
    """Read everything that can be read of a database, and write it into a new one of the same schema.

    Parameters
    ----------
    path : pathlib.Path
        The damaged one.
    target : pathlib.Path
        The new one; nothing may be there.
    tell : callable, optional
        Told now and then how many pages were read.

    Returns
    -------
    Saved
        What was saved, and what was not.

    Raises
    ------
    DatabaseMissing, SchemaMismatch
        If there is none, or it is not ours or of a newer schema.
    TrackerError
        If something is at the target, it cannot be written, or not one row can be read.
    """
    connect(path, "ro").close()
    if not path.stat().st_size:
        raise mismatch(None, path, empty=True)
    if os.path.lexists(target):
        raise TrackerError(f"{target} is there already", "Name a file that is not there yet.")
    try:
        with apart(target, folder=True) as folder:
            made = folder / "new.db"
            with _settled(path, folder) as (source, remarks), Pages(source) as pages:
                saved = _save(path, Walk(pages, tell), made, [*beginnings(source), *remarks])
            _place(made, target, like=path)
    except sqlite3.Error as error:
        raise explain(error, target) from error
    except OSError as error:
        raise TrackerError(f"{target}: {error.strerror}", "Look at the folder, and at the room on its disk.") from error
    return saved


@contextmanager
def _settled(path: Path, folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """The file as it is between two writes: where one was interrupted, SQLite settles that in a copy."""
    with _held(path) as is_held:
        # While it can be held, a journal is that of a write that goes on, and has not reached the file.
        if not [ending for ending, _ in beside(path) if not (is_held and ending == "-journal")]:
            yield path, []
            return
        copy, is_right = settled(path, folder)
        said = "is left out" if is_right else "is not known, for its journal cannot be used: some rows may be wrong"
        yield copy, [f"a write had been interrupted; what it had not committed {said}"]


@contextmanager
def _held(path: Path) -> Iterator[bool]:
    """Keep others from writing meanwhile, as far as SQLite can still open the file; whether it can."""
    with closing(connect(path, "ro", wait=SAY_AFTER)) as connection:
        is_held = False
        with suppress(sqlite3.Error):
            hold(connection, path)
            is_held = True
        yield is_held


def _save(path: Path, walk: Walk, made: Path, remarks: list[str]) -> Saved:
    found = contents(walk)
    revision = _revision(path, walk, found, remarks)
    _make(made, revision)
    with closing(connect(made, "rw")) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            known = shapes(connection)
            filling = Filling(connection)
            _fill(walk, found, known, filling, remarks)
            filling.drop_dangling(known)
            if "carried" in known:
                filling.drop_notes()
            rows = {t: int(connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0]) for t in sorted(known)}
            connection.execute("COMMIT")
            batches = _short(connection) if revision == HEAD else []
        except sqlite3.Error as error:
            raise explain(error, made) from error
    if not any(rows.values()):
        raise TrackerError(f"{path}: not one row of it can be read", "Put a backup back: tracker db restore FILE")
    look = damages if revision == HEAD else file_damages
    remarks += [f"in the new database: {said}" for said in look(made)]
    left = [(table, reason, count) for (table, reason), count in sorted(filling.left.items())]
    return Saved(revision, rows, left, walk.broken, walk.pages.count, walk.lost(), remarks, batches)


def _fill(walk: Walk, found: Contents, known: dict[str, Shape], filling: Filling, remarks: list[str]) -> None:
    """First what the roots lead to, then the pages nothing leads to, then what indexes tell of lost rows."""
    for name, shape in known.items():
        if name in found.tables:
            filling.take(shape, walk.tree(found.tables[name], shape.leaf))
    covering = list(from_indexes(walk, found, filling.connection))
    with closing(sqlite3.connect(":memory:")) as scratch:
        filling.copy_schema(scratch)
        guess = Guess(scratch, known)
        for leaf, rows in walk.strays():
            fitting = guess.shape(leaf, rows)
            if fitting is not None:
                filling.take(fitting, rows)
            elif leaf == TABLE_LEAF and not all(_is_own(row.values) for row in rows):
                remarks.append(f"{len(rows)} rows on a page that nothing leads to fit no table, and are left out")
    for table, row in covering:
        filling.add(table, row)
    if not walk.pages.has_header:
        remarks.append("which pages are free cannot be read: rows that had been deleted may be among those saved")


def _is_own(values: tuple[object, ...]) -> bool:
    """Whether a row is of SQLite's or of Alembic's own table: what it says is known without it."""
    return len(values) == 1 or (len(values) == 5 and values[0] in ("table", "index", "view"))


def _revision(path: Path, walk: Walk, found: Contents, remarks: list[str]) -> str:
    """The schema of the file; the newest where that cannot be read, which takes the rows of all older ones."""
    from alembic.script import ScriptDirectory

    read = [
        values[0]
        for root in [found.tables.get("alembic_version")]
        if root is not None
        for _, values in walk.tree(root, TABLE_LEAF)
        if len(values) == 1
    ]
    stated = str(read[0]) if read else None
    if stated in {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}:
        return str(stated)
    if found.tables and not OURS & set(found.tables):
        raise mismatch(None, path)
    if stated is not None and stated > HEAD and not _is_this_schema(found):
        raise mismatch(stated, path)
    remarks.append(f"which schema it had cannot be read: taken for {HEAD}")
    return HEAD


def _is_this_schema(found: Contents) -> bool:
    """Whether every table is made as this program makes it."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "new.db"
        _make(made, HEAD)
        with closing(connect(made, "ro")) as connection:
            ours = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    return found.statements.items() <= ours.items()


def _make(path: Path, revision: str) -> None:
    from alembic import command

    path.touch()
    alembic = config()
    alembic.attributes["creator"] = lambda: connect(path, "rw")
    try:
        command.upgrade(alembic, revision)
    except Exception as error:
        if isinstance(error.__cause__, sqlite3.Error):
            raise explain(error.__cause__, path) from error
        raise


def _short(connection: sqlite3.Connection) -> list[tuple[int, int, int]]:
    """Batches that recorded more facts than are there."""
    facts = " + ".join(
        f"(SELECT count(*) FROM {table} WHERE batch_id = batch.id)" for table in ("observation", "superseded", "report")
    )
    counted = connection.execute(f"SELECT id, added + revised + reported AS told, {facts} AS found FROM batch")
    return [(batch, told, told - found) for batch, told, found in counted.fetchall() if found < told]


def _place(made: Path, target: Path, *, like: Path) -> None:
    """Give the finished file its name, unless something came there meanwhile."""
    shutil.copymode(like, made)
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(made, target)
    except FileExistsError:
        raise TrackerError(f"{target} was made by somebody else meanwhile", "Name another.") from None
    except OSError:
        # A disk that knows no links.
        os.rename(made, target)
