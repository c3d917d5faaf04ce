"""`tracker import`: read files of shares."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, format_option, say

if TYPE_CHECKING:
    from tracker.importers.run import Outcome, Policy
    from tracker.store.plan import OnChange

COLUMNS = ("file", "importer", "batch", "new", "same", "revised", "skipped", "reports", "entities", "markets")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--importer", metavar="NAME", help="How to read them; else found out from the content.")
@click.option("--market", metavar="SLUG", help="The market of a file that does not name one.")
@click.option("--new-entities", is_flag=True, help="Also make entities whose names resemble recorded ones.")
@click.option(
    "--on-change",
    type=click.Choice(["refuse", "revise", "skip"]),
    default="refuse",
    show_default=True,
    help="What becomes of a share that differs from the recorded one.",
)
@click.option("--reason", help="Why the shares were revised; goes with --on-change revise.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@db_option
@format_option
def command(
    files: tuple[Path, ...],
    importer: str | None,
    market: str | None,
    new_entities: bool,
    on_change: OnChange,
    reason: str | None,
    dry_run: bool,
    db: str | None,
    form: str,
) -> None:
    """Read files of shares, each whole or not at all.

    Formats: our own long CSV (what `tracker export` writes), and StatCounter's wide CSV by month.

    A share that the source itself publishes takes the place of one that was only retold; the old one stays
    in the history. Any other difference is refused, unless --on-change says otherwise.
    """
    from tracker.importers.run import Policy

    if reason is not None and on_change != "revise":
        raise click.UsageError("--reason goes with --on-change revise.", click.get_current_context())
    policy = Policy(on_change, new_entities, primary_prevails=True)
    place = chosen(db).path
    rows = []
    try:
        for file in files:
            name, outcome = _import(place, file, importer, market, policy, reason, dry_run)
            rows.append(_row(file, name, outcome, dry_run))
            _tell(file, outcome, dry_run)
    finally:
        emit(COLUMNS, rows, form)
        if dry_run:
            say("This was a dry run: nothing was stored.")
        if unread := [str(file) for file in files[len(rows) + 1 :]]:
            say(f"Not read: {', '.join(unread)}")


def _import(
    place: Path, file: Path, importer: str | None, market: str | None, policy: Policy, reason: str | None, dry_run: bool
) -> tuple[str, Outcome]:
    from tracker import __version__
    from tracker.importers.asked import Asked
    from tracker.importers.opening import open_file
    from tracker.importers.registry import importer_for
    from tracker.importers.run import ingest
    from tracker.store.engine import writing
    from tracker.store.ledger import Batch

    with writing(place, dry_run=dry_run) as session:
        table = open_file(file)
        chosen_importer = importer_for(table, importer)
        parsed = chosen_importer.read(table, Asked(market=market))
        batch = Batch("import", __version__, file.name, table.sha256, chosen_importer.name, reason)
        return chosen_importer.name, ingest(session, str(file), parsed, batch, policy)


def _row(file: Path, importer: str, outcome: Outcome, dry_run: bool) -> tuple[object, ...]:
    made = outcome.plan
    return (
        str(file),
        importer,
        None if dry_run else outcome.batch,
        len(made.added),
        len(made.same),
        len(made.revised),
        len(made.skipped),
        len(made.reported),
        len(outcome.described.entities),
        len(outcome.described.markets),
    )


def _tell(file: Path, outcome: Outcome, dry_run: bool) -> None:
    """Say what was decided, and what is new beside the shares."""
    made, described, would = outcome.plan, outcome.described, "would be " if dry_run else ""
    for note in outcome.notes:
        say(f"{file.name}: {note}")
    for duplicate in made.duplicates:
        say(f"{file.name}: line {duplicate.entry.line} repeats line {duplicate.before.line}")
    new = {
        "sources": [] if described.markets else described.sources,  # a new market brings its source
        "markets": described.markets,
        "entities": [f"{entity.name} ({entity.kind})" for entity in described.entities],
        "events": described.events,
    }
    for what, names in new.items():
        if names:
            say(f"{file.name}: {would}new {what}: {', '.join(names)}")
    for market, count in Counter(change.entry.told.market for change in made.outranked).items():
        say(
            f"{file.name}: {count} shares of {market} that were only retold give way to the source's own figures;"
            " they stay in share_history"
        )
    if made.skipped:
        left = "would be left out" if dry_run else "were left out"
        say(f"{file.name}: shares that differ from the recorded ones, and {left}: {len(made.skipped)}")
    elif not made.changes and not described:
        say(f"{file.name}: all of it is recorded already; nothing was changed")
