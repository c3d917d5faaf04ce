"""`tracker event`: what happened, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import PERIOD, URL, chosen, db_option
from tracker.cli.output import emit, format_option, say

if TYPE_CHECKING:
    from tracker.values import Period

COLUMNS = ("date", "label", "entities", "tags", "url", "note")


@click.group("event")
def command() -> None:
    """What happened, and when."""


@command.command("add")
@click.argument("date", type=PERIOD, metavar="PERIOD")
@click.argument("label")
@click.option("--entity", "entities", multiple=True, help="Whom it concerns; may be repeated.")
@click.option("--tag", "tags", multiple=True, help="What kind of event: release; may be repeated.")
@click.option("--url", type=URL, metavar="TEXT", help="Where that is said.")
@click.option("--note", help="Anything else.")
@db_option
def add(
    date: Period,
    label: str,
    entities: tuple[str, ...],
    tags: tuple[str, ...],
    url: str | None,
    note: str | None,
    db: str | None,
) -> None:
    """Record an event: a day or a span, and a few words.

    For example: tracker event add 2025-01-20 'R1 released' --entity 'DeepSeek R1' --tag release
    """
    from tracker.store.engine import writing
    from tracker.store.events import add_event
    from tracker.values import Event

    given = Event(date, label, url, note, entities, tags)
    with writing(chosen(db).path) as session:
        new = add_event(session, given)
    said = f"event {date} {label!r}"
    say(f"Recorded the {said}." if new else f"The {said} is recorded already; nothing was changed.")


@command.command("list")
@db_option
@format_option
def list_(db: str | None, form: str) -> None:
    """List every event, by date."""
    from tracker.store.engine import reading
    from tracker.store.events import events

    with reading(chosen(db).path) as session:
        known = events(session)
    rows = [(str(e.period), e.label, e.entities, e.tags, e.url, e.note) for e in known]
    emit(COLUMNS, rows, form)
