"""Printing: rows as a table, CSV or JSON on stdout, everything else on stderr."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("table", "csv", "json")


def format_option(command: F) -> F:
    """Give a reading command its ``--format``."""
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print."
    )(command)


def emit(columns: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> None:
    """Print rows on stdout.

    Parameters
    ----------
    columns : sequence of str
        Their names.
    rows : iterable of sequences
        None is a missing value: blank in a table and in CSV, null in JSON.
    form : str
        One of `FORMATS`.
    """
    {"table": _table, "csv": _csv, "json": _json}[form](columns, list(rows))


def emit_one(fields: Sequence[tuple[str, object]], form: str) -> None:
    """Print one thing on stdout: a line a field as a table, one row as CSV and JSON."""
    if form != "table":
        emit([name for name, _ in fields], [[value for _, value in fields]], form)
        return
    width = max(len(name) for name, _ in fields)
    for name, value in fields:
        if value not in (None, ""):
            click.echo(f"{name.replace('_', ' '):{width}}  {harmless(str(value))}")


def say(text: str) -> None:
    """Tell the person something on stderr, where it does not mix with data."""
    click.echo(harmless(text), err=True)


def harmless(text: str) -> str:
    r"""Make what others wrote safe to show: no control characters, no escapes, no turned reading direction.

    >>> harmless("red\x1b[31m alert")
    'red\\x1b[31m alert'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char == "\n" or _is_harmless(char) else _escaped(char) for char in text)


def _is_harmless(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def _table(columns: Sequence[str], rows: list[Sequence[object]]) -> None:
    from prettytable import PrettyTable, TableStyle

    if not rows:
        return
    table = PrettyTable([column.replace("_", " ") for column in columns])
    table.set_style(TableStyle.PLAIN_COLUMNS)
    table.left_padding_width, table.right_padding_width = 0, 2
    for place, name in enumerate(table.field_names):
        numbers = all(row[place] is None or isinstance(row[place], int | float) for row in rows)
        table.align[name] = "r" if numbers else "l"
    for row in rows:
        table.add_row([_cell(value) for value in row])
    click.echo("\n".join(line.rstrip() for line in table.get_string().splitlines()))


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return harmless(text.replace("\n", " "))


def _csv(columns: Sequence[str], rows: list[Sequence[object]]) -> None:
    import csv
    import sys

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def _json(columns: Sequence[str], rows: list[Sequence[object]]) -> None:
    import json

    click.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
