"""`tracker db check` and `salvage`: what can be read of a database, and saving that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.dbfile import chosen_file
from tracker.cli.options import db_option
from tracker.cli.output import emit, format_option, say

if TYPE_CHECKING:
    from tracker.store.salvage.saving import Saved

SOUND, FOUND = 0, 1
SHOWN = 10


@click.command("check")
@db_option
@format_option
def check(db: str | None, form: str) -> int:
    """Say what of the file can be read, and what is damaged.

    Every page is looked at, and every table and view is read from its first row to its last. Nothing is written and
    nothing mended. Exit code 1 where anything is found. A changed digit in a row that is otherwise whole cannot be
    seen: there are no checksums. What is recorded wrongly is looked for by `tracker check`.
    """
    from tracker.store.damage import ways_out
    from tracker.store.engine import HEAD
    from tracker.store.readable import parts, schema

    place = chosen_file(db)
    seen = list(parts(place))
    emit(("part", "rows", "finding"), [(part.part, part.rows, part.finding or None) for part in seen], form)
    found = sum(bool(part.finding) for part in seen)
    revision = schema(place)
    if revision is not None and revision != HEAD:
        say(f"It has the schema {revision}; this program reads {HEAD}.")
    if not found:
        say(f"{place} is whole: {sum(part.rows is not None for part in seen)} tables and views can be read.")
        return SOUND
    say(f"{place}: {found} finding{'s' * (found > 1)}\n{ways_out(place)}")
    return FOUND


@click.command("salvage")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="NEW",
    required=True,
    help="The new database; nothing may be there.",
)
@db_option
def salvage(output: Path, db: str | None) -> None:
    """Save in a new database what can be read of a damaged one.

    The file is read page by page, also where its index of pages is gone. Only rows whose references are there are
    kept; what is left out is told with the reason. The damaged file is not touched: keep it.

    For example: tracker db salvage -o saved.db
    """
    from tracker.cli.importing import watching
    from tracker.store.salvage.saving import salvage as save

    place = chosen_file(db)
    with watching(place.name, None, "page") as tell:
        saved = save(place, output, tell)
    say(f"Saved what can be read of {place} in {output}, of schema {saved.revision}:")
    say("  " + ", ".join(f"{table} {rows}" for table, rows in saved.rows.items() if rows))
    _tell_lost(saved)
    say(f"Then: tracker db check --db {_quoted(output)}; tracker check --db {_quoted(output)}")


def _tell_lost(saved: Saved) -> None:
    if not (saved.left or saved.broken or saved.lost or saved.batches or saved.remarks):
        say("Nothing is missing that the file tells of.")
        return
    say("What is not whole:")
    if saved.lost:
        shown = ", ".join(map(str, saved.lost[:SHOWN])) + (" ..." if len(saved.lost) > SHOWN else "")
        say(f"  {len(saved.lost)} of {saved.pages} pages are lost, or something on them: {shown}")
    if saved.broken:
        say(f"  {saved.broken} rows are there in parts only, and left out")
    for table, reason, count in saved.left:
        say(f"  {table}: {count} row{'s' * (count != 1)} left out: {reason}")
    for batch, recorded, missing in saved.batches:
        say(f"  batch {batch}: {missing} of the {recorded} facts that it recorded are not there")
    for remark in saved.remarks:
        say(f"  {remark}")


def _quoted(path: Path) -> str:
    from shlex import quote

    return quote(str(path))
