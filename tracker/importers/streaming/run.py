"""A long file on its way in: the head shows how, the rest passes by, and all of it becomes one batch."""

from __future__ import annotations

from dataclasses import replace

from tracker.analysis.decimals import plain
from tracker.errors import RejectedInput, TrackerError
from tracker.importers.asked import Asked
from tracker.importers.base import Importer, Parsed
from tracker.importers.describe import describe, matched
from tracker.importers.long_csv import Reader
from tracker.importers.outcome import AtOnce, Described, Outcome
from tracker.importers.policy import Policy
from tracker.importers.reading import Reading
from tracker.importers.run import conflict, hints, reason_of
from tracker.importers.streaming.laid import Laid
from tracker.importers.streaming.large import Large, Unsuited
from tracker.importers.streaming.ours import Ours
from tracker.importers.streaming.passing import Passing
from tracker.importers.streaming.verdict import PROVISIONAL
from tracker.importers.sums import said_of
from tracker.store.batches import Batch, now, open_batch
from tracker.store.engine import Session
from tracker.store.ledger import write
from tracker.store.markets import markets
from tracker.store.parents import came_with
from tracker.store.planning import Deciding, plan
from tracker.store.rules import rules
from tracker.store.staging import written
from tracker.store.withdrawn import withdrawn

PASSED = ("table", "tracker")
"""Importers that read a row without having looked at all others."""


def ingest_large(
    session: Session, name: str, large: Large, importer: Importer, asked: Asked, batch: Batch, policy: Policy
) -> Outcome:
    """Store what a long file says, whole or not at all; as `tracker.importers.run.ingest` does for a short one.

    Parameters
    ----------
    session : Session
        A writing one, opened for ``bulk``.
    name : str
        The file, as the person knows it.
    large : Large
        The file; it is read once, and its digest is known then.
    importer : Importer
        How it is read.
    asked : Asked
        What the person said of it.
    batch : Batch
        Under what it is stored.
    policy : Policy
        What may be done without asking.

    Raises
    ------
    RejectedInput
        If anything of it cannot be stored; every reason is listed.
    Unsuited
        If only the reader of short files can tell what is meant. What was written is undone with the transaction,
        or by `Session.back`.
    """
    started = now(session)
    outcome, passing = examine_large(session, large, importer, asked, policy)
    if outcome.problems:
        raise RejectedInput(name, outcome.problems, outcome.hint)
    if outcome.changes:
        made, at_once = outcome.plan, outcome.at_once
        reason = batch.reason if at_once.revised else reason_of(batch, made)
        outcome.batch = open_batch(
            session,
            replace(batch, sha256=large.sha256, reason=reason),
            added=at_once.added + len(made.added),
            same=at_once.same + len(made.same),
            revised=at_once.revised + len(made.revised),
            reported=made.pages,
        )
        passing.staged.write_keys()
        try:
            written.write(passing.staged, outcome.batch, at_once.revised)
        except written.StandsTwice as error:
            raise Unsuited from error
        write(session, outcome.batch, made)
        came_with(session, outcome.batch, started)
    return outcome


def examine_large(
    session: Session, large: Large, importer: Importer, asked: Asked, policy: Policy, *, dry_run: bool = False
) -> tuple[Outcome, Passing]:
    """Find out what a long file would change, and everything that is wrong with it."""
    session.mark()
    with Passing(session, dry_run=dry_run) as passing:
        course = _course(large, importer, asked, passing)
        course.drain()
        for chunk in large.chunks():
            course.take(chunk)
            if asked.progress and chunk.lines:
                asked.progress(chunk.lines[-1])
        passing.settle()
        if not passing.first:
            raise Unsuited
        parsed = course.finish()
    outcome = _examined(session, parsed, course, passing, policy, dry_run=dry_run)
    if outcome.problems and passing.staged.stands_twice():
        # Every reason is listed, also that two lines contradict each other.
        raise Unsuited
    if outcome.problems and policy.skip_bad:
        # Of our own CSV a row can be read, and be bad by what it says of its market.
        if isinstance(course, Ours):
            raise Unsuited
        outcome = _without_bad(outcome, parsed)
    return outcome, passing


def _without_bad(outcome: Outcome, parsed: Parsed) -> Outcome:
    """Leave out the rows that could not be read, of which nothing was staged.

    Raises
    ------
    Unsuited
        If anything else is wrong, with rows that are staged.
    """
    if set(outcome.problems) != set(parsed.problems) or not all(problem.line for problem in outcome.problems):
        raise Unsuited
    return replace(outcome, problems=[], rejected=outcome.problems, hint="")


def _course(large: Large, importer: Importer, asked: Asked, passing: Passing) -> Laid | Ours:
    """Read the head, and return what reads on as its reader did."""
    head = large.head
    # Whether the numbers are percent is told by all of them, at the end.
    try:
        importer.read(head, replace(asked, unit=asked.unit or PROVISIONAL, progress=None))
    except TrackerError as error:
        raise Unsuited from error
    # Others look at all rows before they read any, or add to what was read.
    if importer.name not in PASSED or len(head.readings) != 1:
        raise Unsuited
    (reading,) = head.readings
    if isinstance(reading, Reader):
        return Ours(reading, large, passing)
    assert isinstance(reading, Reading)
    reading.done.notes.clear()
    return Laid(reading, large, passing, asked.unit)


def _examined(
    session: Session, parsed: Parsed, course: Laid | Ours, passing: Passing, policy: Policy, *, dry_run: bool
) -> Outcome:
    problems, staged = list(parsed.problems), passing.staged
    described = describe(session, parsed, problems, new_entities=policy.new_entities)
    matched(session, parsed, described, problems)
    _check_names(passing, described)
    slugs = sorted({market for market, _ in passing.first})
    gone, ruled = withdrawn(session, slugs), rules(session)
    staged.sift()
    staged.set_apart(gone, revise=policy.on_change == "revise" and not dry_run)
    entries = staged.entries(course.column_of)
    deciding = Deciding(policy.on_change, policy.primary_prevails, policy.restated, ruled, gone)
    made = plan(entries, staged.standing(slugs), staged.reports(slugs), deciding)
    problems += [*made.problems, *(conflict(change) for change in made.conflicts)]
    if dry_run and any(problem.column in ("market", "entity") for problem in problems):
        # What is of no known name is not counted among the new ones.
        raise Unsuited
    added, revised = staged.count()
    return Outcome(
        made,
        described,
        problems=sorted(set(problems)),
        hint=hints(parsed, made, described, policy, problems),
        notes=[*parsed.notes, *_exceeding(session, passing)],
        rules=ruled,
        at_once=AtOnce(added, staged.same, revised),
    )


def _check_names(passing: Passing, described: Described) -> None:
    """See that each name means what it was taken to mean before all of them were known."""
    for printed, name in described.names.items():
        if passing.names.get(printed, name) != name:
            raise Unsuited


def _exceeding(session: Session, passing: Passing) -> list[str]:
    """Name periods in which the parts of a market sum to more than 100: as `tracker.importers.sums.exceeding`."""
    tally, found = passing.tally, []
    for market in markets(session):
        if market.whole in ("closed", "open"):
            said = [
                f"{passing.periods[period]}: {plain(round(total, min(tally.finest, 9)))}"
                for period, total in tally.over(market.slug, 100.0)
            ]
            found += said_of(market.slug, said)
    return found
