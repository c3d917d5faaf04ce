"""`tracker import` of a file that is too long to hold."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.output import say

if TYPE_CHECKING:
    from tracker.cli.importing import Importing
    from tracker.importers.asked import Asked
    from tracker.importers.outcome import Outcome
    from tracker.importers.streaming.large import Large
    from tracker.store.engine import Session

BY_CONTENT = ("tracker", "table", "statcounter", "openrouter", "google-trends", "polls", "sdmx")
"""Importers that look at nothing but the file and its name, and change with this program only."""

MANY = 1_200_000
"""Shares, from which on others cannot read meanwhile unless a log is kept."""


def import_large(run: Importing, file: str, said: Asked) -> tuple[str, Outcome] | None:
    """Import a long file of delimited text in passing; None where it has to be read as a short one is."""
    from tracker.importers.streaming.large import LARGE, Large, Unsuited

    path = Path(file)
    try:
        if said.only or said.keep_repeats or said.encoding or path.stat().st_size < LARGE:
            return None
        large = Large(path)
        return _unchanged(run, large, said) or _imported(run, large, file, said)
    except (Unsuited, OSError):
        return None


def _unchanged(run: Importing, large: Large, said: Asked) -> tuple[str, Outcome] | None:
    """See whether this very file was the last one; then nothing is read."""
    from tracker import __version__
    from tracker.importers.outcome import AtOnce, Described, Outcome
    from tracker.store.engine import reading
    from tracker.store.plan import Plan
    from tracker.store.unchanged import last_of

    if run.save_as or run.dry_run or run.policy.skip_bad:
        return None
    with reading(run.place) as session:
        last = last_of(session, large.path.name, large.digest(), said.to_json(), __version__)
    if last is None or run.importer not in (None, last.importer) or last.importer not in BY_CONTENT:
        return None
    rows = large.rows_below()
    # What was left out then, empty or bad, is told only by reading it.
    if last.shares not in (rows, rows * (len(large.head.header) - 1)):
        return None
    note = f"this very file was imported last, as batch {last.batch} on {last.recorded_at[:10]}; it was not read again"
    return last.importer, Outcome(Plan(), Described(), notes=[note], at_once=AtOnce(same=last.shares))


def _imported(run: Importing, large: Large, file: str, said: Asked) -> tuple[str, Outcome]:
    """Read it; nothing is stored where the rejected rows cannot be written."""
    from tracker.cli.importing import opened
    from tracker.cli.rejected import kept
    from tracker.store.engine import writing

    with ExitStack() as stack:
        with writing(run.place, dry_run=run.dry_run, many=large.shares > MANY, bulk=True) as session:
            importer, outcome = _stored(session, run, large, file, said)
            is_left = bool(outcome.rejected) and not run.dry_run
            named = stack.enter_context(kept(file, file, opened(file, said)[0], outcome)) if is_left else None
        if named is not None:
            say(f"Wrote the rejected rows to {named()}")
    return importer, outcome


def _stored(session: Session, run: Importing, large: Large, file: str, said: Asked) -> tuple[str, Outcome]:
    from tracker import __version__
    from tracker.cli.importing import watching
    from tracker.errors import TrackerError
    from tracker.importers.choosing import choose
    from tracker.importers.streaming.large import Unsuited
    from tracker.importers.streaming.run import examine_large, ingest_large
    from tracker.store.batches import Batch
    from tracker.store.mappings import save_mapping

    try:
        importer, asked = choose(session, large.head, run.importer, said)
    except TrackerError as error:
        # The rest may tell more than the head.
        raise Unsuited from error
    batch = Batch("import", __version__, large.path.name, importer=importer.name, asked=asked.to_json())
    if run.save_as:
        save_mapping(session, run.save_as, importer.name, asked.to_json())
    with watching(large.path.name, run.progress) as progress:
        asked = replace(asked, progress=progress)
        if run.dry_run:
            outcome, _ = examine_large(session, large, importer, asked, run.policy, dry_run=True)
        else:
            outcome = ingest_large(session, file, large, importer, asked, replace(batch, reason=run.reason), run.policy)
    return importer.name, outcome
