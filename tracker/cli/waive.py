"""`tracker waive`: say why a finding of a check is no mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.check import chosen_checks
from tracker.cli.options import PERIOD, chosen, db_option
from tracker.cli.output import emit, format_option, say

if TYPE_CHECKING:
    from tracker.checks.base import Check
    from tracker.settings import Place
    from tracker.store.waivers import Waiver
    from tracker.values import Period

COLUMNS = ("number", "check", "market", "entity", "period", "reason", "batch", "known_from")

UNWAIVABLE = ("integrity",)


@click.command("waive")
@click.argument("check", required=False)
@click.option("--market", "slug", metavar="SLUG", help="The findings of this market.")
@click.option("--entity", metavar="NAME", help="The findings of this entity.")
@click.option("--period", type=PERIOD, metavar="PERIOD", help="The findings of this period, as they show it.")
@click.option("--reason", help="Why it is no mistake.")
@click.option("--list", "listing", is_flag=True, help="List the waivers that are in force.")
@click.option("--remove", type=int, metavar="N", help="Take the waiver of this number back: its findings show again.")
@click.option("--dry-run", is_flag=True, help="Say what would be waived, and record nothing.")
@db_option
@format_option
def command(
    check: str | None,
    slug: str | None,
    entity: str | None,
    period: Period | None,
    reason: str | None,
    listing: bool,
    remove: int | None,
    dry_run: bool,
    db: str | None,
    form: str,
) -> None:
    """Say why the findings of a CHECK are no mistake; they are shown no more.

    A waiver covers what its --market, --entity and --period name, at least one of them. It holds for what is
    recorded when it is made: where a later batch changes an observation that a finding rests on, the finding is
    shown again, with the reason that was given.

    For example: tracker waive sums --market statcounter/ai-chatbot-ww --period 2025-08 --reason 'verified: Grok
    and the rest were not printed'
    """
    place = chosen(db).path
    _check_usage(check, any((slug, entity, period)), reason, listing, remove)
    if listing:
        _list(place, form)
    elif remove is not None:
        _remove(place, remove, dry_run)
    else:
        assert check is not None
        assert reason is not None
        written = "" if period is None else str(period.named())
        _waive(place, check, (slug or "", entity or "", written), reason.strip(), dry_run)


def _check_usage(check: str | None, narrowed: bool, reason: str | None, listing: bool, remove: int | None) -> None:
    context = click.get_current_context()
    others = bool(check or narrowed or reason)
    if listing + (remove is not None) + others > 1:
        raise click.UsageError("Waive a CHECK, --list the waivers, or --remove one: one at a time.", context)
    if listing or remove is not None:
        return
    if check is None:
        raise click.UsageError("Say which CHECK; see them all: tracker check --list", context)
    if check in UNWAIVABLE:
        raise click.UsageError(f"What {check} finds is damage: it cannot be waived.", context)
    if not narrowed:
        raise click.UsageError("Say of what: --market, --entity or --period.", context)
    if not (reason or "").strip():
        raise click.UsageError("Say why: --reason '...'", context)


def _waive(place: Place, name: str, where: tuple[str, str, str], reason: str, dry_run: bool) -> None:
    from tracker.store.engine import reading, writing
    from tracker.store.entities import entity as entity_named
    from tracker.store.markets import market
    from tracker.store.waivers import Waiver, add_waiver

    (check,) = chosen_checks((name,))
    slug, entity, period = where
    with reading(place) as session:
        slug = market(session, slug).slug if slug else ""
        entity = entity_named(session, entity) if entity else ""
    covered = _covered(place, check, Waiver(0, name, slug, entity, period, reason, 0, ""))
    with writing(place, dry_run=dry_run) as session:
        number = add_waiver(session, name, slug, entity, period, reason)
    what = f"{covered} finding{'s' * (covered != 1)}" if covered else "nothing that is found now"
    if number is None:
        say(f"This is waived just so; it covers {what}.")
    elif dry_run:
        say(f"Would waive {what}. This was a dry run: nothing was changed.")
    else:
        say(f"Waived, as number {number}; it covers {what}. To take it back: tracker waive --remove {number}")


def _covered(place: Place, check: Check, waiver: Waiver) -> int:
    """How many findings of now a waiver covers."""
    from tracker.checks.base import Scope
    from tracker.checks.run import found
    from tracker.checks.waived import covers
    from tracker.store.engine import reading

    with reading(place) as session:
        scope = Scope(session, place, (waiver.market,) if waiver.market else ())
        return sum(covers(waiver, finding) for finding in found(scope, [check]))


def _list(place: Place, form: str) -> None:
    from tracker.store.engine import reading
    from tracker.store.waivers import waivers

    with reading(place) as session:
        rows = [[value if value != "" else None for value in waiver] for waiver in waivers(session)]
    emit(COLUMNS, rows, form)


def _remove(place: Place, number: int, dry_run: bool) -> None:
    from tracker.store.engine import writing
    from tracker.store.waivers import drop_waiver

    with writing(place, dry_run=dry_run) as session:
        gone = drop_waiver(session, number)
    where = ", ".join(part for part in (gone.market, gone.entity, gone.period) if part)
    said = "Would take back" if dry_run else "Took back"
    say(f"{said} the waiver {number} of {gone.check} ({where}): {gone.reason}")
