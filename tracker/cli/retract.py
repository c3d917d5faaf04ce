"""`tracker retract`: withdraw what should never have been recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.changing import choosing_options, facts, tell
from tracker.cli.options import chosen, db_option

if TYPE_CHECKING:
    from tracker.values import Period


@click.command("retract")
@click.argument("entity")
@choosing_options
@click.option("--reason", required=True, help="Why.")
@click.option("--dry-run", is_flag=True, help="Say what would be withdrawn, and change nothing.")
@db_option
def command(
    entity: str,
    market: str,
    dates: tuple[Period, ...],
    since: Period | None,
    until: Period | None,
    reason: str,
    dry_run: bool,
    db: str | None,
) -> None:
    """Withdraw shares that should never have been recorded.

    They are closed, not erased: `tracker history` and --as-of still show them, with the reason. An import that
    says the same again does not bring them back.

    For example: tracker retract 'DeepSeek R1' --market poe/text-messages --date ~2025-04-30 --reason 'misread'
    """
    from tracker import __version__
    from tracker.store.amend.retract import retract
    from tracker.store.batches import Batch
    from tracker.store.engine import writing
    from tracker.values.checks import check_text

    batch = Batch("retract", __version__, reason=check_text(reason, "reason"))
    with writing(chosen(db).path, dry_run=dry_run) as session:
        found = facts(session, [entity], market, dates, since, until)
        key = retract(session, found, batch)
    tell(found, ("withdraw", "Withdrew"), key, dry_run=dry_run)
