"""`tracker refresh`: fetch again what was imported from a url."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, format_option, say

if TYPE_CHECKING:
    from tracker.importers.outcome import Outcome
    from tracker.importers.refreshing import Due, Refreshed
    from tracker.settings import Place

COLUMNS = ("url", "importer", "became", "batch", "new", "same", "revised", "conflicting", "vanished")


@click.command("refresh")
@click.argument("source", required=False)
@click.option("--all", "everything", is_flag=True, help="All that was imported from urls, of whatever source.")
@click.option("--new-entities", is_flag=True, help="Also make entities whose names resemble recorded ones.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@db_option
@format_option
def command(
    source: str | None, everything: bool, new_entities: bool, dry_run: bool, db: str | None, form: str
) -> int | None:
    """Fetch again what was imported from urls, of one SOURCE or of all.

    A file that is the same as before changes nothing. What is new in it is stored, as it was imported the last
    time. Of a source that restates its past (`tracker source` says `full` or `window`) changed shares are
    revisions; of any other they are refused. Shares that such a source no longer has are listed, not withdrawn.
    Proxies are not used.
    """
    from tracker.importers.refreshing import due
    from tracker.store.engine import reading

    if (source is None) is not everything:
        raise click.UsageError("Say which: SOURCE, or --all.", click.get_current_context())
    place = chosen(db).path
    with reading(place) as session:
        files = due(session, source)
    if not files:
        say(f"Nothing was imported from a url{f' of {source}' if source else ''}: there is nothing to refresh.")
    rows: list[tuple[object, ...]] = []
    try:
        for file in files:
            rows.append(_refreshed(place, file, new_entities, dry_run))
    finally:
        emit(COLUMNS, rows, form)
        if dry_run:
            say("This was a dry run: nothing was stored.")
        if left := [file.last.url for file in files[len(rows) :]]:
            say(f"Not refreshed: {', '.join(left)}")
    return 1 if any(row[2] in ("failed", "refused") for row in rows) else None


def _refreshed(place: Place, file: Due, new_entities: bool, dry_run: bool) -> tuple[object, ...]:
    """Refresh one file, and say what became of it; that one fails does not stop the others."""
    from tracker.errors import RejectedInput, TrackerError
    from tracker.importers.refreshing import refresh

    url = file.last.url
    try:
        done = refresh(place, file, new_entities=new_entities, dry_run=dry_run)
    except TrackerError as error:
        say(str(error) if error.message.startswith(url) else f"{url}: {error}")
        became = "refused" if isinstance(error, RejectedInput) else "failed"
        return (url, file.last.importer, became, *([None] * 6))
    _tell(url, done, dry_run)
    return (url, file.last.importer, *_counted(done, dry_run))


def _counted(done: Refreshed, dry_run: bool) -> tuple[object, ...]:
    if done.outcome is None:
        return ("unchanged", *([None] * 6))
    made = done.outcome.plan
    return (
        _became(done.outcome, dry_run),
        None if dry_run else done.outcome.batch,
        len(made.added),
        len(made.same),
        len(made.revised),
        len(made.conflicts),
        len(done.vanished),
    )


def _became(outcome: Outcome, dry_run: bool) -> str:
    if outcome.problems:
        return "refused"
    if not outcome.plan.changes and not outcome.described:
        return "nothing new"
    return "would change" if dry_run else "changed"


def _tell(url: str, done: Refreshed, dry_run: bool) -> None:
    from tracker.cli.importing import summed_up

    for line in summed_up(done.outcome, dry_run) if done.outcome else ():
        say(f"{url}: {line}")
    for one in done.vanished:
        market, entity, period = one.key
        say(f"{url}: proposed for withdrawal, no longer there: {entity}, {market}, {period}: {one.share}%")
    if done.vanished:
        say(f"{url}: nothing of that was changed")
