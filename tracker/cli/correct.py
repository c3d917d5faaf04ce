"""`tracker correct`: mend what a source printed wrongly; the printed share stays beside the corrected one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.cli.changing import choosing_options, facts, guard_options, guarded, tell
from tracker.cli.options import SHARE, chosen, db_option
from tracker.cli.output import emit, format_option
from tracker.values.vocabulary import STATUSES, UPSTREAM

if TYPE_CHECKING:
    from tracker.store.amend.chosen import Chosen
    from tracker.store.amend.correct import Change
    from tracker.values import Share

F = TypeVar("F", bound=Callable[..., Any])

COLUMNS = (
    *("batch", "kind", "market", "entity", "period", "printed", "printed_status", "now", "status"),
    *("reason", "upstream", "upstream_url"),
)
VERBS = {
    "drop": ("drop", "Dropped"),
    "override": ("correct", "Corrected"),
    "scale": ("correct", "Corrected"),
    "flag": ("flag", "Flagged"),
}


@click.group("correct")
def command() -> None:
    """Mend what a source printed wrongly; the printed share stays beside the corrected one.

    Which observations are meant is said by --market, --entity and --date, or --from and --to; and what they say
    now by --expect, so that a slip changes nothing.
    """


def correcting_options(function: F) -> F:
    """Give a correction its options."""
    for option in reversed(
        [
            click.option("--entity", "entities", multiple=True, metavar="NAME", help="Whose; may be repeated."),
            choosing_options,
            guard_options,
            click.option("--reason", required=True, help="Why."),
            click.option(
                "--upstream",
                type=click.Choice(UPSTREAM),
                default="open",
                show_default=True,
                help="Whether the source knows: open (it does not), reported, or fixed.",
            ),
            click.option("--upstream-url", metavar="URL", help="Where the source was told."),
            click.option("--dry-run", is_flag=True, help="Say what would be corrected, and change nothing."),
            db_option,
        ]
    ):
        function = option(function)
    return function


@command.command("drop")
@correcting_options
def drop(**said: Any) -> None:
    """Withdraw shares that the source should not have printed, such as zeros that are padding.

    For example: tracker correct drop --market w3schools/browsers --entity Chrome --date 2008-01 --expect 0
    --reason 'not on the market yet'
    """
    _correct("drop", None, said)


@command.command("override")
@click.argument("share", type=SHARE)
@correcting_options
def override(share: Share, **said: Any) -> None:
    """Put another SHARE in the place of a printed one.

    For example: tracker correct override 8.2 --market m/a --entity R1 --date 2025-02 --expect 82 --reason 'a slip'
    """
    from tracker.store.amend.correct import overriding

    _correct("override", overriding(share), said)


@command.command("scale")
@click.argument("factor", metavar="FACTOR")
@correcting_options
def scale(factor: str, **said: Any) -> None:
    """Multiply printed shares, such as fractions by 100.

    For example: tracker correct scale 100 --market m/a --from 2025-01 --to 2025-03 --expect-rows 12
    --reason 'fractions'
    """
    from decimal import Decimal, InvalidOperation

    from tracker.store.amend.correct import scaling

    try:
        number = Decimal(factor)
    except InvalidOperation:
        raise click.UsageError(f"{factor!r} is no factor; write 100 or 0.01.", click.get_current_context()) from None
    _correct("scale", scaling(number), said)


@command.command("flag")
@click.argument("status", type=click.Choice(STATUSES), metavar="STATUS")
@correcting_options
def flag(status: str, **said: Any) -> None:
    """Give shares another SDMX status: B for a break in the series, E estimated, P provisional.

    For example: tracker correct flag B --market m/a --entity R1 --date 2025-02 --expect 7 --reason 'new method'
    """
    from tracker.store.amend.correct import flagging

    _correct("flag", flagging(status), said)


def _correct(kind: str, change: Change | None, said: dict[str, Any]) -> None:
    from tracker import __version__
    from tracker.store.amend.correct import Correcting, correct
    from tracker.store.batches import Batch, holds_many
    from tracker.store.engine import writing

    batch = Batch("correct", __version__, reason=said["reason"])
    how = Correcting(kind, change, said["upstream"], said["upstream_url"])
    with writing(chosen(said["db"]).path, dry_run=said["dry_run"], many=holds_many) as session:
        found = facts(session, said["entities"], said["market"], said["dates"], said["since"], said["until"])
        guarded(found, said["expect"], said["expect_rows"])
        key = correct(session, found, how, batch)
    tell([_line(fact, change) for fact in found], VERBS[kind], key, dry_run=said["dry_run"])


def _line(fact: Chosen, change: Change | None) -> str:
    """What was, and what it is corrected to."""
    if change is None:
        return str(fact)
    share, status = change(fact.share, fact.status)
    return (
        f"{fact}"
        + (f" to {share}%" if share != fact.share else "")
        + (f", status {fact.status} to {status}" if status != fact.status else "")
    )


@command.command("list")
@db_option
@format_option
def list_(db: str | None, form: str) -> None:
    """List the corrections that are in force."""
    from tracker.store.amend.corrections import corrections
    from tracker.store.engine import reading

    with reading(chosen(db).path) as session:
        rows = corrections(session)
    emit(COLUMNS, rows, form)
