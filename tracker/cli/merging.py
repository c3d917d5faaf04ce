"""`tracker entity merge`: two recorded entities are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import say

if TYPE_CHECKING:
    from tracker.store.meetings import Meeting
    from tracker.store.merges import Merging, WhenBoth

LISTED = 30


@click.command("merge")
@click.argument("entity")
@click.argument("into")
@click.option("--reason", required=True, help="Why they are one.")
@click.option(
    "--when-both",
    type=click.Choice(["refuse", "compete"]),
    default="refuse",
    show_default=True,
    help="Where both have a share, and not the same: refuse, or keep both and let the market's rule decide.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be merged, and change nothing.")
@db_option
def command(entity: str, into: str, reason: str, when_both: WhenBoth, dry_run: bool, db: str | None) -> None:
    """Merge an ENTITY INTO another one: they are the same.

    Its observations move to the other one, its names mean the other one, and what belongs to it belongs to the
    other one. Where both have the same share of one market and period, the page becomes a further one on it.

    For example: tracker entity merge 'Deepseek R1' 'DeepSeek R1' --reason 'one model, two spellings'
    """
    from tracker import __version__
    from tracker.store.batches import Batch, holds_many
    from tracker.store.engine import writing
    from tracker.store.merges import merge
    from tracker.values.checks import check_text

    batch = Batch("merge", __version__, reason=check_text(reason, "reason"))
    with writing(chosen(db).path, dry_run=dry_run, many=holds_many) as session:
        done = merge(session, entity, into, batch, when_both=when_both)
    _tell(done, dry_run)


def _tell(done: Merging, dry_run: bool) -> None:
    counts = [
        f"{what}: {number}"
        for what, number in (
            ("observations moved", done.moved),
            (f"further pages on what {done.into} has", done.supporting),
            ("facts on which the two differ", len(done.settled)),
        )
        if number
    ]
    say(f"{'Would merge' if dry_run else 'Merged'} {done.name} into {done.into}.")
    say(f"{'; '.join(counts) or f'{done.name} had no share'}.")
    for meeting in done.settled[:LISTED]:
        say(f"  {_settled(meeting)}")
    if len(done.settled) > LISTED:
        say(f"  ... and {len(done.settled) - LISTED} more")
    if dry_run:
        say("This was a dry run: nothing was changed.")
    else:
        say(f"Recorded as batch {done.batch}; to take it back: tracker undo {done.batch}")


def _settled(meeting: Meeting) -> str:
    """Which share stands, and which beside it."""
    shares = (meeting.stands.share, meeting.moves.share)
    stands, beside = reversed(shares) if meeting.prevails else shares
    return f"{meeting.market}, {meeting.period}: {stands}% stands, {beside}% beside it (by its rule, {meeting.rule})"
