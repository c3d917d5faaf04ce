"""`tracker market`: the wholes that shares are parts of."""

from __future__ import annotations

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, emit_one, format_option, say
from tracker.cli.ruling import command as rule
from tracker.values.vocabulary import FREQUENCIES, WHOLES

COLUMNS = ("slug", "source", "counted", "whole", "population", "region", "platform", "frequency", "note")


@click.group("market")
def command() -> None:
    """The wholes that shares are parts of."""


command.add_command(rule)


@command.command("add")
@click.argument("slug")
@click.option("--source", required=True, help="Slug of who measured: poe.")
@click.option("--counted", required=True, help="What is counted: messages, tokens, page views, respondents.")
@click.option("--whole", required=True, type=click.Choice(WHOLES), help="How the parts make a whole.")
@click.option("--population", help="Among whom: Poe subscribers, US businesses on Ramp.")
@click.option("--region", help="Where: worldwide, United States.")
@click.option("--platform", help="On what: desktop, mobile, all platforms.")
@click.option("--frequency", type=click.Choice(FREQUENCIES), help="How often it is published.")
@click.option("--note", help="Anything else that a reader must know.")
@db_option
def add(slug: str, source: str, counted: str, whole: str, db: str | None, **words: str | None) -> None:
    """Record a market: a source's count of something, among somebody, somewhere.

    The whole is closed (the parts sum to 100), open (a top list, the rest unnamed), overlapping (one may
    be counted for several) or an index (not a share of anything).

    For example: tracker market add poe/text-messages --source poe --counted 'text messages' --whole open
    """
    from tracker.store.engine import writing
    from tracker.store.markets import add_market
    from tracker.values import Market

    given = Market(slug, source, counted, whole, **words)
    with writing(chosen(db).path) as session:
        new = add_market(session, given)
    say(f"Recorded the market {slug}." if new else f"The market {slug} is recorded just so; nothing was changed.")


@command.command("list")
@db_option
@format_option
def list_(db: str | None, form: str) -> None:
    """List every market."""
    from tracker.store.engine import reading
    from tracker.store.markets import markets, sizes

    with reading(chosen(db).path) as session:
        known = markets(session)
        counts = sizes(session)
    columns = ("slug", "counted", "whole", "population", "region") if form == "table" else COLUMNS
    rows = [[*(getattr(market, name) for name in columns), counts.get(market.slug, 0)] for market in known]
    emit((*columns, "observations"), rows, form)


@command.command("show")
@click.argument("slug")
@db_option
@format_option
def show(slug: str, db: str | None, form: str) -> None:
    """Show all that is known of one market."""
    from tracker.store.engine import reading
    from tracker.store.markets import extent, market
    from tracker.store.rules import rule_of

    with reading(chosen(db).path) as session:
        found = market(session, slug)
        size, first, last, names = extent(session, slug)
        ruled = rule_of(session, slug).rule
    fields = [(name, getattr(found, name)) for name in COLUMNS]
    fields += [
        ("rule", ruled),
        ("observations", size),
        ("from", first),
        ("to", last),
        ("entities", tuple(names)),
    ]
    emit_one(fields, form)
