"""`tracker db`: the database itself."""

from __future__ import annotations

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, format_option, say


@click.group("db")
def command() -> None:
    """The database itself."""


@command.command("path")
@db_option
@format_option
def path(db: str | None, form: str) -> None:
    """Say which database is meant, and who chose it."""
    found = chosen(db)
    if form != "table":
        emit(("path", "chosen_by", "exists"), [(str(found.path), found.why, found.path.exists())], form)
        return
    click.echo(found.path)
    say(f"chosen by {found.why}" + ("" if found.path.exists() else "; there is no file yet"))


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
        say(f"As it was, it is kept in {back_up(place, f'before-{HEAD}')}")

    before, after = bring_up(place, None if no_backup else keep)
    say(f"{place} is at schema {after} already." if before == after else f"{place} went from {before} to {after}.")
