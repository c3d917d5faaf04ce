"""One file on its way into the database, and what is said of that."""

from __future__ import annotations

import glob
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.deciding import decided
from tracker.cli.output import one_line, say
from tracker.settings import Place

if TYPE_CHECKING:
    from tracker.importers.asked import Asked
    from tracker.importers.outcome import Outcome
    from tracker.importers.policy import Policy
    from tracker.importers.table import Table
    from tracker.store.batches import Batch
    from tracker.store.engine import Session

LISTED = 30
"""Names, and revised shares, that are listed before the rest is counted."""


@dataclass(frozen=True)
class Importing:
    """What is the same for every file of one call."""

    place: Place
    importer: str | None
    asked: Asked
    policy: Policy
    reason: str | None
    dry_run: bool = False
    save_as: str | None = None
    progress: bool | None = None

    def one(self, file: str) -> tuple[str, Outcome]:
        """Import one file; return the name of its importer, and what became of it."""
        from tracker.cli.importlarge import import_large

        said = self._said()
        if not is_url(file) and file != "-" and (done := import_large(self, file, said)):
            return done
        return self._whole(file, said)

    def _whole(self, file: str, said: Asked) -> tuple[str, Outcome]:
        """Import a file that is held as a whole; nothing is stored where the rejected rows cannot be written."""
        from tracker.cli.rejected import kept
        from tracker.store.engine import writing

        # The network is waited for before the database is locked.
        fetched = opened(file, said) if is_url(file) else None
        with ExitStack() as stack:
            with writing(self.place, dry_run=self.dry_run) as session:
                table, batch = fetched or opened(file, said)
                importer, outcome = self._stored(session, file, table, batch, said)
                is_left = bool(outcome.rejected) and not self.dry_run
                name = "stdin" if file == "-" else table.stem if is_url(file) else file
                named = stack.enter_context(kept(file, name, table, outcome)) if is_left else None
            if named is not None:
                say(f"Wrote the rejected rows to {named()}")
        return importer, outcome

    def _stored(self, session: Session, file: str, table: Table, batch: Batch, said: Asked) -> tuple[str, Outcome]:
        from tracker.importers.choosing import choose
        from tracker.importers.run import examine, ingest
        from tracker.store.mappings import save_mapping

        importer, asked = choose(session, table, self.importer, said)
        cited = replace(asked, url=asked.url or batch.url)
        with watching(Path(table.name).name, self.progress) as progress:
            parsed = importer.read(table, replace(cited, progress=progress))
        batch = replace(batch, importer=importer.name, reason=self.reason, asked=cited.to_json())
        if self.save_as:
            save_mapping(session, self.save_as, importer.name, asked.to_json())
        if self.dry_run:
            return importer.name, examine(session, parsed, self.policy)
        return importer.name, ingest(session, batch.url or file, parsed, batch, self.policy)

    def _said(self) -> Asked:
        """What was said, with the words of a saved mapping: its encoding is needed to open a file."""
        from tracker.importers.asked import Asked
        from tracker.store.engine import reading
        from tracker.store.mappings import find_mapping

        if self.importer is None:
            return self.asked
        with reading(self.place) as session:
            saved = find_mapping(session, self.importer)
        return self.asked if saved is None else self.asked.over(Asked.from_json(saved.asked))


def opened(file: str, asked: Asked) -> tuple[Table, Batch]:
    """Open a file, a url or standard input; return it with the batch that it will be stored under."""
    from tracker import __version__
    from tracker.importers.opening import open_file
    from tracker.store.batches import Batch

    if is_url(file):
        from tracker.importers.download import open_url

        return open_url(file, asked)
    table = open_file(Path(file), asked.encoding, asked.sheet)
    return table, Batch("import", __version__, Path(file).name, table.sha256)


def expanded(files: Iterable[str]) -> list[str]:
    """Return the files that are meant: patterns that no shell expanded, urls and ``-`` as they are.

    Raises
    ------
    click.BadParameter
        If there is no such file.
    """
    found: list[str] = []
    for file in files:
        if is_url(file) or file == "-" or Path(file).is_file():
            found.append(file)
            continue
        matching = sorted(name for name in glob.glob(file, recursive=True) if Path(name).is_file())
        if not matching:
            what = "is a folder" if Path(file).is_dir() else "does not exist"
            raise click.BadParameter(f"{file!r} {what}.", click.get_current_context(), param_hint="FILE")
        found += matching
    return list(dict.fromkeys(found))


def is_url(file: str) -> bool:
    """Whether an argument is to be fetched over the network."""
    return file.lower().startswith(("http://", "https://"))


def shown(file: str) -> str:
    """An argument as it may be said: the secrets of a url are masked."""
    from tracker.importers.addresses import masked

    return masked(file) if is_url(file) else file


def watching(name: str, wanted: bool | None, of: str = "line") -> _Watch:
    """Show on stderr which line is being read, once that takes more than a second: on a terminal, or as wanted."""
    return _Watch(name, sys.stderr.isatty() if wanted is None else wanted, of)


class _Watch:
    """One line on the terminal that is written over."""

    def __init__(self, name: str, wanted: bool, of: str) -> None:
        self.name, self.wanted, self.of, self.shown = name, wanted, of, False
        self.next = time.monotonic() + 1

    def __enter__(self) -> Callable[[int], None] | None:
        return self.show if self.wanted else None

    def show(self, line: int) -> None:
        """Tell the line, at most ten times a second."""
        if time.monotonic() >= self.next:
            self.shown, self.next = True, time.monotonic() + 0.1
            click.echo(f"\r{one_line(self.name)}: {self.of} {line:,}", err=True, nl=False)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r\x1b[K" if sys.stderr.isatty() else "", err=True, nl=not sys.stderr.isatty())


def summed_up(outcome: Outcome, dry_run: bool) -> Iterator[str]:
    """Say what was decided, what is new beside the shares, and what became of shares that differ."""
    made, would = outcome.plan, "would be " if dry_run else ""
    yield from outcome.notes
    for duplicate in made.duplicates[:LISTED]:
        yield f"line {duplicate.entry.line} repeats line {duplicate.before.line}"
    if len(made.duplicates) > LISTED:
        yield f"{len(made.duplicates) - LISTED} more shares stand twice, the same both times"
    yield from _new(outcome, would)
    for change in made.revised[: LISTED if dry_run else 0]:
        told = change.entry.told
        yield f"{told.entity}, {told.market}, {told.period.named()}: {change.before.share}% would become {told.share}%"
    for change in made.beside[: LISTED if dry_run else 0]:
        told = change.entry.told
        where = f"{told.entity}, {told.market}, {told.period.named()}"
        yield f"{where}: {told.share}% would stand beside {change.before.share}%"
    yield from decided(made, outcome.rules, dry_run=dry_run)
    yield from _withheld(outcome)
    if made.skipped:
        yield f"shares that differ from the recorded ones, and {would or 'were '}left out: {len(made.skipped)}"
    elif not outcome.changes and not outcome.described and not outcome.problems:
        yield "nothing was changed" if made.withheld else "all of it is recorded already; nothing was changed"
    for problem in outcome.problems if dry_run else ():
        yield f"would be refused: {problem}"
    if dry_run and outcome.hint:
        yield outcome.hint


def _new(outcome: Outcome, would: str) -> Iterator[str]:
    described = outcome.described
    new = {
        "sources": [] if described.markets else described.sources,  # a new market brings its source
        "markets": described.markets,
        "entities": [f"{entity.name} ({entity.kind or 'product'})" for entity in described.entities],
        "events": described.events,
    }
    for what, names in new.items():
        if names:
            more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
            yield f"{would}new {what}: {', '.join(names[:LISTED])}{more}"


def _withheld(outcome: Outcome) -> Iterator[str]:
    """Say what stays withdrawn, though the input says it again."""
    # The first of each fact: further pages on it are held back with it.
    withheld = list({change.entry.key: change for change in reversed(outcome.plan.withheld)}.values())[::-1]
    for change in withheld[:LISTED]:
        told = change.entry.told
        yield (
            f"{told.entity}, {told.market}, {told.period.named()}: {told.share}% {change.before.where}, and stays so;"
            " --on-change revise brings it back"
        )
    if len(withheld) > LISTED:
        yield f"{len(withheld) - LISTED} more that were withdrawn stay so"
