"""`tracker source`: who measured and published."""

from __future__ import annotations

import click

from tracker.cli.options import URL, chosen, db_option
from tracker.cli.output import emit, emit_one, format_option, say
from tracker.values.vocabulary import REVISES

COLUMNS = (
    *("slug", "title", "producer", "url", "licence", "licence_url"),
    *("credit", "may_redistribute", "revises", "note"),
)


@click.group("source")
def command() -> None:
    """Who measured and published."""


@command.command("add")
@click.argument("slug")
@click.option("--title", required=True, help="Name in prose: Poe.")
@click.option("--producer", help="Who makes it, where that is another name.")
@click.option("--url", type=URL, metavar="TEXT", help="Its home page.")
@click.option("--licence", help="Name of the licence of its data: CC BY 4.0.")
@click.option("--licence-url", help="Where the licence stands.")
@click.option("--credit", help="The credit line that it asks for.")
@click.option("--may-redistribute", type=click.Choice(["yes", "no"]), help="Whether its data may be passed on.")
@click.option("--revises", type=click.Choice(REVISES), help="How it restates its past.")
@click.option("--note", help="Anything else.")
@db_option
def add(slug: str, db: str | None, may_redistribute: str | None, **words: str | None) -> None:
    """Record a source.

    For example: tracker source add poe --title Poe --producer Quora --url https://poe.com
    """
    from tracker.store.engine import writing
    from tracker.store.sources import add_source
    from tracker.values import Source

    title = words.pop("title") or ""
    passed_on = None if may_redistribute is None else may_redistribute == "yes"
    given = Source(slug=slug, title=title, may_redistribute=passed_on, **words)
    with writing(chosen(db).path) as session:
        new = add_source(session, given)
    say(f"Recorded the source {slug}." if new else f"The source {slug} is recorded just so; nothing was changed.")


@command.command("list")
@db_option
@format_option
def list_(db: str | None, form: str) -> None:
    """List every source."""
    from tracker.store.engine import reading
    from tracker.store.sources import sources

    with reading(chosen(db).path) as session:
        known = sources(session)
    columns = ("slug", "title", "url", "licence", "revises") if form == "table" else COLUMNS
    emit(columns, [[getattr(source, name) for name in columns] for source in known], form)


@command.command("show")
@click.argument("slug")
@db_option
@format_option
def show(slug: str, db: str | None, form: str) -> None:
    """Show all that is known of one source."""
    from tracker.store.engine import reading
    from tracker.store.sources import markets_by, source

    with reading(chosen(db).path) as session:
        found = source(session, slug)
        slugs = markets_by(session, slug)
    fields = [(name, getattr(found, name)) for name in COLUMNS]
    fields.append(("markets", tuple(slugs)))
    emit_one(fields, form)
