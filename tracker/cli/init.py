"""`tracker init`: make a database."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import say

if TYPE_CHECKING:
    from tracker.importers.outcome import Outcome
    from tracker.settings import Place
    from tracker.store.engine import Session


@click.command("init")
@click.option("--empty", is_flag=True, help="Without the starter data.")
@db_option
def command(empty: bool, db: str | None) -> None:
    """Make a database, with the starter data.

    The starter data are 159 facts on AI usage share, each with the page it was read on. A database
    that is there already is left as it is.
    """
    place = chosen(db)
    made = make(place.path, empty=empty)
    if made is None:
        say(f"{place} is there already, and up to date; nothing was changed.")
        return
    say(f"Made {place}, {made}.")
    named = f" --db {quote(str(place))}" if place.why == "--db" else ""
    if empty:
        say(f"Next: tracker import{named} FILE, or tracker source add{named} --help")
    else:
        say(f"Next: tracker show{named}, or tracker chart{named} 'DeepSeek R1' --market poe/text-messages")


def make(path: Place, *, empty: bool = False) -> str | None:
    """Make a database, or fill one that has nothing in it yet; say what it holds, None if nothing was done."""
    from tracker.store.contents import contents
    from tracker.store.engine import HEAD, mismatch, reading, writing
    from tracker.store.migrate import create, state

    found = state(path)
    if found is None:
        create(path, None if empty else load_starter)
    elif found != HEAD:
        raise mismatch(found, path)
    elif not empty and _is_pristine(path):
        with writing(path) as session:
            load_starter(session)
    else:
        return None
    if empty:
        return "empty"
    with reading(path) as session:
        return _said(contents(session))


def load_starter(session: Session) -> Outcome:
    """Put the starter data in."""
    from tracker import __version__
    from tracker.importers.asked import Asked
    from tracker.importers.long_csv import LongCsv
    from tracker.importers.policy import Policy
    from tracker.importers.run import ingest
    from tracker.importers.table import Table
    from tracker.starter import FACTS
    from tracker.store.batches import Batch

    table = Table.open(FACTS)
    batch = Batch("init", __version__, "starter data", table.sha256, LongCsv.name)
    return ingest(session, "starter data", LongCsv().read(table, Asked()), batch, Policy())


def _is_pristine(path: Place) -> bool:
    from tracker.store.contents import contents
    from tracker.store.engine import reading

    with reading(path) as session:
        return not any(contents(session).values())


def _said(counts: dict[str, int]) -> str:
    facts = counts["observation"] + counts["report"]
    return (
        f"with {facts} facts from {counts['url']} pages: {counts['observation']} observations in"
        f" {counts['market']} markets, and {counts['report']} further reports of them"
    )
