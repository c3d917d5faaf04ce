"""`tracker identify`: who would read a file, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.import_ import asked_for, reading_options
from tracker.cli.output import emit, emit_one, format_option, say

if TYPE_CHECKING:
    from tracker.importers.base import Parsed
    from tracker.importers.table import Table

SHOWN = 5
COLUMNS = ("line", "market", "entity", "period", "share", "status", "sample_size")


@click.command("identify")
@click.argument("file", metavar="FILE|URL|-")
@reading_options
@format_option
def command(file: str, importer: str | None, form: str, **words: Any) -> None:
    """Say who claims a file, what is understood of it, and its first rows as they would be stored.

    Nothing is stored, and no database is needed.
    """
    from tracker.cli.importing import expanded, opened
    from tracker.errors import TrackerError
    from tracker.importers.registry import claims, importer_for

    asked = asked_for(words)
    table, _ = opened(expanded([file])[0], asked)
    claiming = claims(table)
    fields = [*_file(table), *((f"claimed by {name}", why) for name, why in claiming.items())]
    parsed, refusal = None, None
    try:
        chosen_importer = importer_for(table, importer, mapped=bool(asked.columns))
        parsed = chosen_importer.read(table, asked)
        fields += [("importer", chosen_importer.name), *parsed.understood.items(), *_counts(parsed)]
    except TrackerError as error:
        refusal = error
    if parsed and form == "json":
        fields.append(("first rows", [dict(zip(COLUMNS, row, strict=True)) for row in _rows(parsed)]))
    emit_one(fields, form)
    if parsed:
        for note in parsed.notes:
            say(note)
        if form == "table" and parsed.entries:
            click.echo()
            emit(COLUMNS, _rows(parsed), form)
    if refusal:
        raise refusal


def _file(table: Table) -> list[tuple[str, object]]:
    from tracker.importers.table import Records

    header = ", ".join(cell.strip() for cell in table.header)
    if isinstance(table, Records):
        return [("columns", header)]
    names = {",": "comma", ";": "semicolon", "\t": "tab"}
    fields: list[tuple[str, object]] = [
        ("delimiter", names[table.delimiter]),
        ("encoding", table.encoding or "UTF-8"),
        ("columns", header),
    ]
    return fields + ([("preamble", "; ".join(table.preamble))] if table.preamble else [])


def _counts(parsed: Parsed) -> list[tuple[str, object]]:
    problems = [("first problem", str(parsed.problems[0]))] if parsed.problems else []
    return [("shares read", len(parsed.entries)), ("problems", len(parsed.problems)), *problems]


def _rows(parsed: Parsed) -> list[tuple[object, ...]]:
    return [
        (entry.line, told.market, told.entity, str(told.period), str(told.share), told.status, told.sample_size)
        for entry in parsed.entries[:SHOWN]
        for told in (entry.told,)
    ]
