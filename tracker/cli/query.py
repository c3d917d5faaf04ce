"""`tracker query`: SQL that only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.moments import moment_options, reading_then
from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, format_option

if TYPE_CHECKING:
    from tracker.values import Period
    from tracker.values.asof import AsOf


@click.command("query")
@click.argument("sql")
@moment_options
@db_option
@format_option
def command(sql: str, as_of: AsOf | None, as_published: Period | None, db: str | None, form: str) -> None:
    """Run SQL that only reads.

    The views are shares (what is current), share_history (all that was ever known) and reports (what
    further pages say).

    For example: tracker query "select entity, period, share from shares where market = 'poe/text-messages'"
    """
    from tracker.store.select import select

    with reading_then(chosen(db).path, as_of, as_published) as session:
        columns, rows = select(session, sql)
    emit(_distinct(columns), rows, form, as_named=True)


def _distinct(columns: list[str]) -> list[str]:
    """Tell columns of one name apart, as SQLite's own shell does.

    >>> _distinct(["share", "share", "entity"])
    ['share', 'share:1', 'entity']
    """
    return [
        f"{name}:{columns[:place].count(name)}" if name in columns[:place] else name
        for place, name in enumerate(columns)
    ]
