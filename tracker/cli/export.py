"""`tracker export`: write observations as CSV or JSON, with every field."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.moments import moment_options, reading_then
from tracker.cli.options import chosen, db_option, interval_options
from tracker.cli.output import emit, emit_text, is_spreadsheet_safe, say, spreadsheet_option
from tracker.cli.rolling import level_options
from tracker.cli.selecting import selection

if TYPE_CHECKING:
    from tracker.analysis.rollup import WhenBoth
    from tracker.values import Period
    from tracker.values.asof import AsOf


SHOWN = ("market", "entity", "period", "share", "printed_share", "status", "role", "printed_period", "publisher", "url")
"""Columns of the table; CSV and JSON have them all."""


@click.command("export")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File; else stdout.")
@click.option("--market", "markets", multiple=True, metavar="SLUG", help="Only this market; may be repeated.")
@click.option("--entity", "entities", multiple=True, metavar="NAME", help="Only this entity; may be repeated.")
@interval_options
@moment_options
@level_options
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), help="Else by the ending of the file, else csv."
)
@spreadsheet_option
@db_option
def command(
    output: Path | None,
    markets: tuple[str, ...],
    entities: tuple[str, ...],
    since: Period | None,
    until: Period | None,
    as_of: AsOf | None,
    as_published: Period | None,
    level: str | None,
    when_both: WhenBoth | None,
    form: str | None,
    db: str | None,
) -> None:
    """Write observations as CSV or JSON, with every field.

    The CSV can be imported again, also into an empty database; with --spreadsheet-safe, too: a column says so,
    and the import takes the apostrophes away. Without --market, --entity, --from and --to
    it holds all that is current: the events, and what has no observation, too.

    With --level it holds sums, each with its parts. These are computed and no facts: they cannot be imported.
    """
    from tracker.cli import rolling
    from tracker.cli.writing import replace_file
    from tracker.importers import exporting

    rolling.check_options(level, when_both)
    place = chosen(db).path
    with reading_then(place, as_of, as_published) as session:
        wanted = selection(session, entities, markets, since, until)
        found = rolling.rows_of(session, wanted, level, when_both) if level else exporting.records(session, wanted)
    form = form or ("json" if output and output.suffix.lower() == ".json" else "csv")
    if form == "table":
        if output is not None:
            raise click.UsageError(
                "A table is for reading: it goes to stdout, without -o.", click.get_current_context()
            )
        shown = rolling.SHOWN if level else SHOWN
        emit(shown, [[record[name] for name in shown] for record in found], form)
        return
    written = rolling if level else exporting
    text = written.as_json(found) if form == "json" else written.as_csv(found, safe=is_spreadsheet_safe())
    if output is None:
        emit_text(text)
        return
    replace_file(output, text.encode(), but=place)
    say(f"Wrote {len(found)} rows to {output}")
