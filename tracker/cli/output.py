"""Printing: rows as a table, CSV or JSON on stdout, everything else on stderr."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from tracker.values.harmless import harmless, harmless_json, spreadsheet_safe

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("table", "csv", "json")


_SAFE = "tracker.spreadsheet-safe"


def format_option(command: F) -> F:
    """Give a reading command its ``--format``, and what goes with it."""
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print."
    )(spreadsheet_option(command))


def spreadsheet_option(command: F) -> F:
    """Give a command that writes CSV its ``--spreadsheet-safe``; `is_spreadsheet_safe` tells whether it was said."""
    return click.option(
        "--spreadsheet-safe",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="In CSV: write ' before texts that a spreadsheet would run as a formula (= + - @). It changes them.",
    )(command)


def _remember(context: click.Context, _: click.Parameter, value: bool) -> None:
    context.meta[_SAFE] = value


def is_spreadsheet_safe() -> bool:
    """Whether ``--spreadsheet-safe`` was said."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_SAFE))


def emit(columns: Sequence[str], rows: Iterable[Sequence[object]], form: str, *, as_named: bool = False) -> None:
    """Print rows on stdout.

    Parameters
    ----------
    columns : sequence of str
        Their names.
    rows : iterable of sequences
        None is a missing value: blank in a table and in CSV, null in JSON. A tuple is a list in JSON, and
        else joined by semicolons; True and False are so in JSON, and else yes and no.
    form : str
        One of `FORMATS`.
    as_named : bool
        Whether a table, too, shows the names as they are, for typing them again.
    """
    named = columns if as_named or form != "table" else [column.replace("_", " ") for column in columns]
    {"table": _table, "csv": _csv, "json": _json}[form](named, list(rows))


def emit_one(fields: Sequence[tuple[str, object]], form: str) -> None:
    """Print one thing on stdout: a line a field as a table, one row as CSV and JSON."""
    if form != "table":
        emit([name for name, _ in fields], [[value for _, value in fields]], form)
        return
    shown = [(name, _cell(value)) for name, value in fields if value not in (None, "", ())]
    width = max(len(name) for name, _ in shown)
    for name, text in shown:
        click.echo(f"{one_line(name.replace('_', ' ')):{width}}  {text}")


def say(text: str) -> None:
    """Tell the person something on stderr, where it does not mix with data; commands in it name the database, too."""
    from tracker.cli.boundary import with_database

    context = click.get_current_context(silent=True)
    db = None if context is None else context.params.get("db") or context.find_root().obj
    click.echo(harmless(with_database(text, ["--db", db] if isinstance(db, str) else [])), err=True)


def _table(columns: Sequence[str], rows: list[Sequence[object]]) -> None:
    from prettytable import PrettyTable, TableStyle

    if not rows:
        return
    table = PrettyTable(_heads(columns))
    table.set_style(TableStyle.PLAIN_COLUMNS)
    table.left_padding_width, table.right_padding_width = 0, 2
    for place, name in enumerate(table.field_names):
        numbers = all(row[place] is None or isinstance(row[place], int | float) for row in rows)
        table.align[name] = "r" if numbers else "l"
    for row in rows:
        table.add_row([_cell(value) for value in row])
    click.echo("\n".join(line.rstrip() for line in table.get_string().splitlines()))


def _heads(columns: Sequence[str]) -> list[str]:
    """The names of columns, harmless; no two alike, as a table needs."""
    from tracker.store.select import distinct

    return distinct(map(one_line, columns))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return one_line(f"{value:.15g}" if isinstance(value, float) else str(_flat(value)))


def one_line(text: str) -> str:
    r"""Make a text harmless, and keep it to its line.

    >>> one_line("two\nlines")
    'two lines'
    """
    return harmless(text.replace("\n", " "))


def _flat(value: object) -> object:
    """A value that has no form of its own outside JSON, in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value


def _csv(columns: Sequence[str], rows: list[Sequence[object]]) -> None:
    emit_text(as_csv(columns, rows))


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], *, safe: bool | None = None) -> str:
    """Write rows as CSV, under the names of the columns if there are any; `safe` is else what the command was told."""
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    safe = is_spreadsheet_safe() if safe is None else safe
    if columns:
        writer.writerow([_in_csv(column, safe) for column in columns])
    writer.writerows([_in_csv(value, safe) for value in row] for row in rows)
    return text.getvalue()


def _in_csv(value: object, safe: bool) -> object:
    value = _flat(value)
    return spreadsheet_safe(value) if safe and isinstance(value, str) else value


def emit_text(text: str) -> None:
    """Print a text on stdout as it is: programs read it, so nothing is left out. A terminal gets it harmless."""
    click.echo(harmless(text) if sys.stdout.isatty() else text, nl=False, color=True)


def _json(columns: Sequence[str], rows: list[Sequence[object]]) -> None:
    emit_text(as_json(columns, rows))


def as_json(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows as one list of objects."""
    import json

    found = [{name: plain(value) for name, value in zip(columns, row, strict=True)} for row in rows]
    return harmless_json(json.dumps(found, ensure_ascii=False, indent=1)) + "\n"


def plain(value: object) -> object:
    """A value as JSON has it, which knows no infinity."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return [str(part) for part in value] if isinstance(value, tuple) else value
