"""`tracker undo`: take a batch back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import say

if TYPE_CHECKING:
    from tracker.store.amend.undo import Undone


@click.command("undo")
@click.argument("batch", type=click.IntRange(1, 2**62))
@click.option("--with-later", is_flag=True, help="Also what later batches did to the same facts.")
@click.option("--reason", help="Why.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken back, and change nothing.")
@db_option
def command(batch: int, with_later: bool, reason: str | None, dry_run: bool, db: str | None) -> None:
    """Take a batch back: by new entries, nothing is erased.

    What the batch wrote is withdrawn, and what it had superseded is current again. Where a later batch changed
    the same facts that is refused, unless --with-later takes those changes back, too. An undo can be undone.

    For example: tracker undo 3 --reason 'the wrong file'
    """
    from tracker import __version__
    from tracker.store.amend.undo import undo
    from tracker.store.batches import Batch, changed_many
    from tracker.store.engine import writing

    place = chosen(db).path
    with writing(place, dry_run=dry_run, many=lambda session: changed_many(session, batch)) as session:
        undone = undo(session, batch, Batch("undo", __version__, reason=reason), with_later=with_later)
    _tell(batch, undone, dry_run)


def _tell(batch: int, undone: Undone, dry_run: bool) -> None:
    for one in undone.later:
        now = "nothing" if one.now is None else f"{one.now}%"
        said = "its further pages" if one.is_report else f"{now} (batch {one.batch}, {one.command})"
        say(f"Also {'would be ' if dry_run else ''}taken back: {one.entity}, {one.market}, {one.period}: {said}")
    verb = "Would take" if dry_run else "Took"
    done = [
        f"{what}: {number}"
        for number, what in (
            (undone.withdrawn, "observations withdrawn"),
            (undone.restored, "current again"),
            (undone.succeeded, "facts for which a further page stands now"),
            (undone.reports, "further pages withdrawn"),
        )
        if number
    ]
    say(f"{verb} batch {batch} back; {', '.join(done) or 'no share is changed by that'}.")
    for name, into in undone.parted:
        is_ = "would be" if dry_run else "is"
        say(f"{name} {is_} an entity of its own again; what was recorded of {into} since the merge stays with {into}.")
    if dry_run:
        say("This was a dry run: nothing was changed.")
    else:
        say(f"Recorded as batch {undone.batch}; to put it back: tracker undo {undone.batch}")
