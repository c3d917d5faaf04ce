"""`tracker entity parent`: to whom an entity belongs, and on which days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import PERIOD, chosen, db_option
from tracker.cli.output import say

if TYPE_CHECKING:
    from tracker.store.engine import Session
    from tracker.values import Parent, Period


@click.command("parent")
@click.argument("children", nargs=-1, required=True, metavar="CHILD...")
@click.argument("parent")
@click.option(
    "--from", "since", type=PERIOD, metavar="DATE", help="It belongs to it from this day on; else at all times."
)
@click.option("--to", "until", type=PERIOD, metavar="DATE", help="Its last day there.")
@click.option("--remove", is_flag=True, help="Take back what is recorded; with --from only what starts on this day.")
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, and record nothing.")
@db_option
def command(
    children: tuple[str, ...],
    parent: str,
    since: Period | None,
    until: Period | None,
    remove: bool,
    dry_run: bool,
    db: str | None,
) -> None:
    """Say to whom an entity belongs, for adding shares up with --level.

    A model belongs to a product or to a lab, a product to a lab. What is recorded keeps its other day where only
    one of --from and --to is given; what was recorded before stays in the history.

    For example: tracker entity parent 'DeepSeek R1' DeepSeek --from 2025-01-20
    """
    from tracker.store.engine import writing
    from tracker.store.entities import entity
    from tracker.values import Parent

    if remove and until:
        raise click.UsageError("--remove takes back; --to ends. Give one of them.", click.get_current_context())
    _refuse_vague(since, until)
    with writing(chosen(db).path, dry_run=dry_run) as session:
        above = entity(session, parent)
        given = Parent(above, since.start if since else None, until.end if until else None)
        told = []
        for name in dict.fromkeys(entity(session, child) for child in children):
            told += _removed(session, name, given) if remove else _recorded(session, name, given)
    for line in told:
        say(line)
    if dry_run:
        say("This was a dry run: nothing was recorded.")


def _refuse_vague(*periods: Period | None) -> None:
    for period in periods:
        if period is not None and period.precision == "approx":
            raise click.UsageError(
                f"{period} is vague: the first and last day of a parent are days.", click.get_current_context()
            )


def _recorded(session: Session, name: str, given: Parent) -> list[str]:
    from tracker.store.parents import rivals, set_parent, spoken

    before, after = set_parent(session, name, given)
    if before == after:
        said = [f"{name} is recorded to belong to {after.name} {spoken(after)} already; nothing was changed."]
    elif before is None:
        said = [f"Recorded that {name} belongs to {after.name} {spoken(after)}."]
    else:
        said = [f"Recorded that {name} belongs to {after.name} {spoken(after)} (before: {spoken(before)})."]
    for other in rivals(session, name, after):
        said.append(
            f"It belongs to {other.name}, too, {spoken(other)}, and cannot be added up to both. Where one of them has"
            f" ended: tracker entity parent {_word(name)} {_word(other.name)} --to DATE"
        )
    return said


def _removed(session: Session, name: str, given: Parent) -> list[str]:
    from tracker.store.parents import remove_parent, spoken

    removed = remove_parent(session, name, given.name, given.from_date)
    return [f"{name} is not recorded to belong to {given.name} any more (before: {spoken(one)})." for one in removed]


def _word(name: str) -> str:
    from shlex import quote

    return quote(name)
