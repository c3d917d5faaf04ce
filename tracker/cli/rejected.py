"""The rows of a file that were left out: written beside it, each with the reasons, whole or not at all."""

from __future__ import annotations

import csv
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.beside import apart, link, rights
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.importers.outcome import Outcome
    from tracker.importers.table import Table

LONGEST_NAME = 200
"""Bytes of the name of a file that are kept where it is too long to have an ending."""


@contextmanager
def kept(file: str, name: str, table: Table, outcome: Outcome) -> Iterator[Callable[[], Path]]:
    """Write the rejected rows under no name yet; they are gone when the block ends, unless they were given theirs.

    Parameters
    ----------
    file : str
        What was imported; beside it they belong, else here.
    name : str
        A file, of the name that it goes by.
    table : Table
        What it holds.
    outcome : Outcome
        What was rejected, and why.

    Yields
    ------
    callable
        Gives them a name, never that of another file, and returns it.

    Raises
    ------
    TrackerError
        If they can be written nowhere.
    """
    content = _content(table, outcome)
    with ExitStack() as stack:
        try:
            made = _written(stack, Path(name), content)
        except OSError:
            # Beside the file nothing can be written, or the name is too long with the ending: here, then.
            try:
                made = _written(stack, Path(_shorter(Path(name).name)), content)
            except OSError as error:
                raise _refused(file, error) from error
        yield lambda: _named(*made)


def _content(table: Table, outcome: Outcome) -> bytes:
    reasons: dict[int, list[str]] = {}
    for problem in outcome.rejected:
        said = ": ".join(part for part in (problem.column, problem.message) if part)
        reasons.setdefault(problem.line, []).append(said)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["line", "reason", *table.header])
    for row in table.rows():
        if row.line in reasons:
            writer.writerow([row.line, "; ".join(reasons[row.line]), *row.cells])
    return text.getvalue().encode("utf-8", errors="backslashreplace")


def _shorter(name: str) -> str:
    """The name of a file, cut so that an ending has room behind it."""
    return os.fsdecode(os.fsencode(name)[:LONGEST_NAME])


def _written(stack: ExitStack, file: Path, content: bytes) -> tuple[Path, Path]:
    _free(file)  # whose name is too long cannot have another ending either
    part = stack.enter_context(apart(file.with_name(f"{file.stem}.rejected.csv")))
    with part.open("wb") as made:
        made.write(content)
        made.flush()
        os.fsync(made.fileno())
    part.chmod(rights())
    return part, file


def _named(part: Path, file: Path) -> Path:
    """Give them the first name that nothing has yet, a link neither."""
    while True:
        path = _free(file)
        with suppress(FileExistsError):
            link(part, path)
            return path


def _free(file: Path) -> Path:
    for number in range(1, 1000):
        path = file.with_name(f"{file.stem}.rejected{'' if number == 1 else f'-{number}'}.csv")
        try:
            path.lstat()
        except FileNotFoundError:
            return path
    raise OSError(errno.EEXIST, "a thousand files of rejected rows are beside it", str(file))


def _refused(file: str, error: OSError) -> TrackerError:
    return TrackerError(
        f"{file}: the rejected rows can be written neither beside it nor here ({error.strerror}); nothing was stored",
        "Free some room, or run it in a folder that you can write to.",
    )
