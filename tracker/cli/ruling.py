"""`tracker market rule`: which of several conflicting reports of one fact stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit_one, format_option, say
from tracker.values.vocabulary import RULES

if TYPE_CHECKING:
    from tracker.store.rules import Turned

LISTED = 30


@click.command("rule")
@click.argument("slug")
@click.argument("rule", required=False, type=click.Choice(RULES), metavar="[RULE]")
@click.option("--reason", help="Why it is changed.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@db_option
@format_option
def command(slug: str, rule: str | None, reason: str | None, dry_run: bool, db: str | None, form: str) -> None:
    """Show by which RULE one of several conflicting reports of a fact stands, or change it.

    primary: the source's own page before a retelling, and then what was published last. latest: what was
    published last. first: what was recorded first. A page whose day of publication is not known gives way to one
    whose day is. A change decides every such fact of the market again; what gives way is kept beside it.

    For example: tracker market rule semianalysis/app-users latest --reason 'the early pages misread the chart'
    """
    if rule is None:
        if reason is not None or dry_run:
            raise click.UsageError("Say which RULE.", click.get_current_context())
        _show(slug, db, form)
    elif reason is None or not reason.strip():
        raise click.UsageError("--reason says why the rule is changed.", click.get_current_context())
    else:
        _change(slug, rule, reason, db, dry_run)


def _show(slug: str, db: str | None, form: str) -> None:
    from tracker.store.contested import contested
    from tracker.store.engine import reading
    from tracker.store.rules import rule_of
    from tracker.values.rule import MEANINGS

    with reading(chosen(db).path) as session:
        found = rule_of(session, slug)
        facts = contested(session, slug)
    emit_one(
        [
            ("market", slug),
            ("rule", found.rule),
            ("means", MEANINGS[found.rule]),
            (
                "set_by",
                "nobody; it is the rule where nobody sets one" if found.batch is None else f"batch {found.batch}",
            ),
            ("reason", found.reason),
            ("known_from", found.known_from),
            ("contested", len(facts)),
        ],
        form,
    )


def _change(slug: str, rule: str, reason: str, db: str | None, dry_run: bool) -> None:
    from tracker import __version__
    from tracker.store.batches import Batch, holds_many
    from tracker.store.engine import writing
    from tracker.store.rules import change_rule
    from tracker.values.rule import MEANINGS

    with writing(chosen(db).path, dry_run=dry_run, many=holds_many) as session:
        done = change_rule(session, slug, rule, Batch("rule", __version__, reason=reason))
    if done is None:
        say(f"The rule of {slug} is {rule} already; nothing was changed.")
        return
    key, turned = done
    say(f"The rule of {slug} {'would be' if dry_run else 'is now'} {rule}: {MEANINGS[rule]}.")
    for one in turned[:LISTED]:
        say(f"  {_turned(one)}")
    if len(turned) > LISTED:
        say(f"  ... and {len(turned) - LISTED} more")
    if not turned:
        say("No fact is decided otherwise by it.")
    if dry_run:
        say("This was a dry run: nothing was changed.")
    else:
        say(f"Recorded as batch {key}; to take it back: tracker undo {key}")


def _turned(one: Turned) -> str:
    fact, told = one
    return f"{fact.entity}, {fact.period}: {told.share}% stands, {fact.stands.share}% beside it"
