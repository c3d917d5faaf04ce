"""Fetching again what was imported from a url: what is new is stored, what vanished is proposed for withdrawal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from shlex import quote

from tracker.errors import TrackerError
from tracker.importers.addresses import is_masked
from tracker.importers.asked import Asked
from tracker.importers.base import Parsed
from tracker.importers.download import download, opened
from tracker.importers.fetched import Limits, NotModified
from tracker.importers.outcome import Outcome
from tracker.importers.policy import Policy
from tracker.importers.registry import importers, named
from tracker.importers.run import examine, ingest
from tracker.settings import Place
from tracker.store.batches import MANY, Batch
from tracker.store.engine import Session, writing
from tracker.store.imported import Held, Imported, held, imported, restating

REASON = "restated by the source on refresh"

RESTATES = ("full", "window")
"""Sources that publish their past anew: a changed share is theirs, not a contradiction."""


@dataclass(frozen=True)
class Due:
    """A file to fetch again.

    Attributes
    ----------
    last : Imported
        The newest batch that was read from it.
    batches : frozenset of int
        Ids of all of them.
    """

    last: Imported
    batches: frozenset[int]


@dataclass
class Refreshed:
    """What became of one file.

    Attributes
    ----------
    outcome : Outcome or None
        What changed, or would; None where the file is the same as before.
    vanished : list of Held
        What is recorded from earlier versions of the file and should be in this one, but is not.
    """

    outcome: Outcome | None = None
    vanished: list[Held] = field(default_factory=list)


def due(session: Session, source: str | None = None) -> list[Due]:
    """Return the files that were imported from urls; of one source where it is named.

    One url can be several files: sheets of a workbook, or selections of its rows, each for a market of its own.

    Raises
    ------
    UnknownName
        If there is no such source.
    """
    of_source = {batch.batch for batch in imported(session, source)}
    files: dict[object, list[Imported]] = {}
    for batch in imported(session):
        files.setdefault(_file(batch), []).append(batch)
    return [
        Due(batches[-1], frozenset(one.batch for one in batches))
        for batches in files.values()
        if any(one.batch in of_source for one in batches)
    ]


def _file(batch: Imported) -> object:
    """What tells the files of one url apart."""
    try:
        asked = Asked.from_json(batch.asked or "{}")
    except TrackerError:
        return batch.url, batch.asked
    return batch.url, asked.market, asked.sheet, tuple(sorted(asked.only.items()))


def refresh(
    place: Place, one: Due, *, new_entities: bool = False, dry_run: bool = False, limits: Limits | None = None
) -> Refreshed:
    """Fetch a file again, and store what it says now. The network is waited for before the database is locked.

    Raises
    ------
    TrackerError
        If it cannot be fetched or read, or contradicts what is recorded of a source that does not restate its past.
    """
    last = one.last
    if is_masked(last.url):
        raise TrackerError(
            f"{last.url}: it was fetched with a secret, which is not kept",
            "Import it again, with the secret in the url: tracker import 'https://...'",
        )
    asked = Asked.from_json(last.asked or "{}")
    importer = named(last.importer or "", importers())
    found = download(last.url, etag=last.etag, last_modified=last.last_modified, limits=limits)
    if isinstance(found, NotModified):
        return Refreshed()
    table, batch = opened(found, asked, "refresh")
    if batch.sha256 == last.sha256:
        return Refreshed()
    parsed = importer.read(table, asked)
    batch = replace(batch, importer=importer.name, asked=last.asked, reason=REASON)
    with writing(place, dry_run=dry_run, many=len(parsed.entries) > MANY) as session:
        return _store(session, one, parsed, batch, new_entities=new_entities, dry_run=dry_run)


def _store(session: Session, one: Due, parsed: Parsed, batch: Batch, *, new_entities: bool, dry_run: bool) -> Refreshed:
    revises = restating(session) | _declared(parsed)
    policy = Policy(
        "refuse",
        new_entities,
        primary_prevails=True,
        to_revise=f"tracker import {quote(one.last.url)} --on-change revise --reason 'the reason'",
        to_compete=f"tracker import {quote(one.last.url)} --on-change compete",
        restated=frozenset(market for market, how in revises.items() if how in RESTATES),
    )
    before = held(session, one.last.url, one.batches)
    if dry_run:
        outcome = examine(session, parsed, policy)
    else:
        outcome = ingest(session, batch.file or one.last.url, parsed, batch, policy)
    return Refreshed(outcome, [] if outcome.problems else vanished(before, outcome, revises))


def _declared(parsed: Parsed) -> dict[str, str | None]:
    """How the sources that the file itself describes restate the past of its new markets."""
    revises = {source.slug: source.revises for source in parsed.sources}
    return {market.slug: revises[market.source] for market in parsed.markets if revises.get(market.source)}


def vanished(before: Iterable[Held], outcome: Outcome, revises: Mapping[str, str | None]) -> list[Held]:
    """Return what was recorded from a file, and is missing in it though its source restates its past.

    Of a source that publishes everything anew (``full``) that is all that is missing. Of one that publishes a
    window it is what lies within the days that the file speaks of: the rest has merely left the window.
    """
    made = outcome.plan
    entries = [*made.added, *made.same, *made.reported, *(change.entry for change in made.revised)]
    there = {entry.key for entry in entries}
    spans: dict[str, tuple[date, date]] = {}
    for entry in entries:
        period = entry.told.period
        first, last = spans.get(entry.told.market, (period.start, period.end))
        spans[entry.told.market] = min(first, period.start), max(last, period.end)
    return [
        one
        for one in before
        if one.key not in there and _should_be_there(one, revises.get(one.key[0]), spans.get(one.key[0]))
    ]


def _should_be_there(one: Held, revises: str | None, span: tuple[date, date] | None) -> bool:
    if revises == "window":
        return span is not None and span[0] <= one.start and one.end <= span[1]
    return revises == "full"
