"""`tracker db`: the database itself."""

from __future__ import annotations

import click

from tracker.cli.dbcopies import backup, restore, vacuum
from tracker.cli.dbdamage import check, salvage
from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, emit_text, format_option, say
from tracker.errors import TrackerError
from tracker.settings import file_of


@click.group("db")
def command() -> None:
    """The database itself."""


for part in (backup, restore, check, salvage, vacuum):
    command.add_command(part)


@command.command("path")
@db_option
@format_option
def path(db: str | None, form: str) -> None:
    """Say which database is meant, and who chose it."""
    found = chosen(db)
    file = file_of(found.path)
    exists = None if file is None else file.exists()
    if form != "table":
        emit(("path", "chosen_by", "exists"), [(str(found.path), found.why, exists)], form)
        return
    emit_text(f"{found.path}\n")
    say(f"chosen by {found.why}" + ("; there is no file yet" if exists is False else ""))


@command.command("upgrade")
@click.option("--no-backup", is_flag=True, help="Make no copy of the database first.")
@db_option
def upgrade(db: str | None, no_backup: bool) -> None:
    """Bring a database of an older schema up to date.

    A copy of it as it was is made beside it first. What fails half way leaves the database as it was.
    """
    from tracker.store.backup import back_up
    from tracker.store.engine import HEAD
    from tracker.store.migrate import upgrade as bring_up

    place = chosen(db).path

    def keep() -> None:
        file = file_of(place)
        if file is None:
            raise TrackerError(f"{place}: make a copy first, with pg_dump", "Then: tracker db upgrade --no-backup")
        say(f"As it was, it is kept in {back_up(file, f'before-{HEAD}')}")

    before, after = bring_up(place, None if no_backup else keep)
    say(f"{place} is at schema {after} already." if before == after else f"{place} went from {before} to {after}.")
