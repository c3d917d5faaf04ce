"""`tracker db backup`, `restore` and `vacuum`: the file of the database as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.dbfile import chosen_file, sized
from tracker.cli.options import db_option
from tracker.cli.output import say

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="The copy; else a new name by the date, beside it.")
@click.option("--force", is_flag=True, help="Replace a FILE that is there already, once the copy is whole.")
@db_option
def backup(output: Path | None, force: bool, db: str | None) -> None:
    """Make a copy of the database, whole also while others write to it.

    The copy is a database as any other: --db reads it, and `tracker db restore` puts it back.

    For example: tracker db backup -o /media/usb/shares.db
    """
    from datetime import UTC, datetime

    from tracker.store.backup import back_up, back_up_to
    from tracker.store.engine import reading

    place = chosen_file(db)
    with reading(place):
        pass
    if output is None:
        output = back_up(place, f"backup-{datetime.now(UTC):%Y-%m-%d}")
    else:
        back_up_to(place, output, force=force)
    with reading(output) as session:
        batches = int(session.value("SELECT count(*) FROM batch"))
    say(f"Copied {place} to {output}: {sized(output.stat().st_size)}, {batches} batch{'es' * (batches != 1)}.")


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--no-backup", is_flag=True, help="Do not keep the database as it was.")
@db_option
def restore(file: Path, no_backup: bool, db: str | None) -> None:
    """Put a backup in the place of the database, if it is sound.

    FILE is looked through first, and stays. The database as it was is kept beside under another name, unless
    --no-backup says otherwise. Refused while others write to it.

    For example: tracker db restore tracker.db.backup-2026-01-31
    """
    from tracker.store.engine import HEAD
    from tracker.store.restore import restore as put_back

    place = chosen_file(db)
    done = put_back(file, place, keep=not no_backup)
    if done.kept is not None:
        say(f"As it was, it is kept in {done.kept}")
    say(f"{place} is now what {file} is.")
    if done.revision != HEAD:
        say(f"It has the older schema {done.revision}; bring it up to date: tracker db upgrade")


@click.command("vacuum")
@db_option
def vacuum(db: str | None) -> None:
    """Make the file as small as it can be.

    It is written anew without gaps, whole or not at all. Nothing that is recorded changes. Others that use it are
    waited for; refused where it is damaged.
    """
    from tracker.store.vacuum import vacuum as compact

    place = chosen_file(db)
    before, after = compact(place)
    say(f"{place} had {sized(before)}, and has {sized(after)}.")
