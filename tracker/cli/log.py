"""`tracker log`: what was done to the database, batch by batch."""

from __future__ import annotations

import click

from tracker.cli.diff import CHANGED, emit_changes
from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, emit_one, format_option
from tracker.errors import clip

SHOWN = (
    *("batch", "recorded_at", "command", "file"),
    *("added", "revised", "withdrawn", "restored", "moved", "reported", "reason"),
)
"""Columns of the table; CSV and JSON have them all."""
WIDTH = 44


@click.group("log", invoke_without_command=True)
@click.option("--last", type=click.IntRange(1), metavar="N", help="Only the newest N.")
@db_option
@format_option
@click.pass_context
def command(context: click.Context, last: int | None, db: str | None, form: str) -> None:
    """List what was done, batch by batch, with counts.

    A batch is one run of a command that writes. `tracker log show N` tells all that one changed, and
    `tracker undo N` takes it back.
    """
    if context.invoked_subcommand is not None:
        return
    from tracker.store.engine import reading
    from tracker.store.past.log import FIELDS, batches

    with reading(chosen(db).path) as session:
        found = batches(session)[-(last or 0) :]
    names = SHOWN if form == "table" else FIELDS
    emit(names, [[_cell(dict(zip(FIELDS, row, strict=True)), name, form) for name in names] for row in found], form)


def _cell(row: dict[str, object], name: str, form: str) -> object:
    """A field; in a table times are cut to the second, texts to a width, and what was taken back says so."""
    if form != "table":
        return row[name]
    if name == "recorded_at":
        return f"{str(row[name])[:19]}Z".replace("T", " ")
    said = row[name]
    if name == "reason" and row["undone_by"]:
        said = f"taken back by batch {row['undone_by']}" + (f"; {row['reason']}" if row["reason"] else "")
    return clip(said, WIDTH) if isinstance(said, str) else said


@command.command("show")
@click.argument("number", type=click.IntRange(1, 2**62), metavar="N")
@db_option
@format_option
def show(number: int, db: str | None, form: str) -> None:
    """Tell all that batch N changed, with what was before."""
    from tracker.store.engine import reading
    from tracker.store.past.diff import between
    from tracker.store.past.log import FIELDS, batch
    from tracker.store.past.moments import Moment

    with reading(chosen(db).path) as session:
        row = batch(session, number)
        changes = between(session, Moment(number - 1, ""), Moment(number, ""))
    if form == "table":
        told = [(name, value) for name, value in zip(FIELDS, row, strict=True) if value not in (0, None, "{}")]
        emit_one(told, form)
        if changes:
            click.echo()
    emit_changes(changes, form, brief=CHANGED[:-2])
