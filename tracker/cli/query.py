"""`tracker query`: SQL that only reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.asked import parameters, statement
from tracker.cli.moments import moment_options, reading_then
from tracker.cli.options import chosen, db_option
from tracker.cli.output import emit, emit_text, say, spreadsheet_option
from tracker.cli.streams import Cut, texts, write
from tracker.settings import Place

if TYPE_CHECKING:
    from tracker.store.engine import Row
    from tracker.store.select import Running
    from tracker.values import Period
    from tracker.values.asof import AsOf

FORMATS = ("table", "csv", "json", "ndjson", "parquet")

ENDINGS = {".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".parquet": "parquet"}

MOST_CELLS = 2_000_000

SHOWN = 1000
"""Rows of a table on a terminal, where nobody says how many."""


class Seconds(click.FloatRange):
    """How long: a number that has an end."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the number, and refuse what is none."""
        seconds = float(super().convert(value, param, ctx))
        if not isfinite(seconds):
            self.fail(f"{value} is no number of seconds; 0 is no limit.", param, ctx)
        return seconds


@click.command("query")
@click.argument("sql", metavar="SQL|-|@FILE")
@click.option("--param", "given", multiple=True, metavar="NAME=VALUE", help="What :NAME stands for; may be repeated.")
@moment_options
@click.option("--format", "form", type=click.Choice(FORMATS), help="Else a table; for a file by its ending, else csv.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File; else stdout.")
@click.option(
    *("--timeout", "seconds"),
    type=Seconds(min=0),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long SQLite may work; 0 for no limit.",
)
@click.option(
    *("--limit",),
    type=click.IntRange(min=0),
    metavar="N",
    help=f"At most so many rows; 0 for all. Else all, but of a table on a terminal {SHOWN}.",
)
@spreadsheet_option
@db_option
def command(
    sql: str,
    given: tuple[str, ...],
    as_of: AsOf | None,
    as_published: Period | None,
    form: str | None,
    output: Path | None,
    seconds: float,
    limit: int | None,
    db: str | None,
) -> None:
    """Run SQL that only reads.

    The views are shares (what is current), share_history (all that was ever known) and reports (what
    further pages say). SQL is one statement; - reads it from stdin, and @FILE from a file.

    For example: tracker query "select entity, period, share from shares where market = 'poe/text-messages'"

    A value of --param that is written as a number is a number, all else is text; for the text of a number
    say cast(:NAME as text). ndjson has an object a line. CSV, ndjson and parquet are written while they are
    read, and can be larger than the memory; a table is held whole, as JSON is on stdout. parquet has the
    types, descriptions and units of the columns.
    """
    from tracker.store.memory import limit_memory
    from tracker.store.select import start

    form = _form(form, output)
    limit_memory()
    place, asked, values = chosen(db).path, statement(sql), parameters(given)
    _check_output(sql, output)
    with reading_then(place, as_of, as_published) as session:
        running = start(session, asked, values, seconds=seconds or None, at_worst=_end)
        if output is not None:
            _write(running, asked, form, output, limit or 0, place)
        elif form == "table":
            _table(running, limit)
        else:
            _print(running, asked, form, limit or 0)


def _end(error: Exception) -> None:
    """Say so and go: the statement cannot be stopped, and what is half written has no name yet."""
    from tracker.cli.boundary import REFUSED

    say(str(error))
    os._exit(REFUSED)


def _form(form: str | None, output: Path | None) -> str:
    """The format that is meant, if it can go where it is to go."""
    context = click.get_current_context()
    if output is not None:
        if form == "table":
            raise click.UsageError("A table is for reading: it goes to stdout, without -o.", context)
        return form or ENDINGS.get(output.suffix.lower(), "csv")
    if form == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for reading: write it to a file with -o, or into a pipe.", context)
    return form or "table"


def _check_output(sql: str, output: Path | None) -> None:
    """Refuse to write over the file that the statement is read from."""
    if output is not None and sql.startswith("@") and output.exists() and output.samefile(sql[1:]):
        raise click.UsageError(f"{output} is the file that the SQL is read from.", click.get_current_context())


def _table(running: Running, limit: int | None) -> None:
    from tracker.errors import TrackerError

    by_itself = limit is None and sys.stdout.isatty()
    cut = Cut(running.chunks(), SHOWN if by_itself else limit or 0)
    emit(running.columns, chain.from_iterable(_held(_in_words(cut), len(running.columns))), "table", as_named=True)
    if not by_itself:
        _say_cut(cut, limit or 0)
    elif cut.has_more:
        try:
            count = f"{cut.left():,} more are not"
        except TrackerError:  # its time is up; what is shown stays right
            count = "the others are not"
        say(f"The first {SHOWN:,} rows are shown, {count}: --limit 0 shows all, -o FILE keeps all.")


def _held(chunks: Iterator[list[Row]], width: int, what: str = "table") -> Iterator[list[Row]]:
    """Hand rows on that will all be held, as long as that is no harm."""
    from tracker.errors import TrackerError

    cells = 0
    for rows in chunks:
        cells += len(rows) * width
        if cells > MOST_CELLS:
            raise TrackerError(
                f"a {what} of more than {MOST_CELLS:,} cells is not held at once, as it must be to be printed",
                "Take less of it with --limit N, or write all of it: -o FILE, --format csv or ndjson.",
            )
        yield rows


def _in_words(cut: Cut) -> Iterator[list[Row]]:
    """The rows with bytes in hexadecimal."""
    from tracker.store.select import in_words

    return (list(map(in_words, rows)) for rows in cut)


def _print(running: Running, asked: str, form: str, limit: int) -> None:
    from tracker.cli import parquet

    cut = Cut(running.chunks(), limit)
    if form == "parquet":
        parquet.write(running.columns, cut, sys.stdout.buffer, statement=asked)
    elif form == "json":
        emit(running.columns, chain.from_iterable(_held(_in_words(cut), len(running.columns), "JSON list")), form)
    else:
        _stream(texts(form, running.columns, _in_words(cut)))
    _say_cut(cut, limit)


def _stream(parts: Iterator[str]) -> None:
    """Print what can fail in its middle only: its beginning is there already."""
    from tracker.errors import TrackerError

    try:
        for text in parts:
            emit_text(text)
    except TrackerError as error:
        raise TrackerError(f"{error.message}; what was printed is not all of it", error.hint) from error


def _write(running: Running, asked: str, form: str, output: Path, limit: int, place: Place) -> None:
    from tracker.cli import parquet
    from tracker.cli.writing import replacing

    cut = Cut(running.chunks(), limit)
    with replacing(output, but=place) as file:
        if form == "parquet":
            parquet.write(running.columns, cut, file, statement=asked)
        else:
            write(form, running.columns, _in_words(cut), file)
    say(f"Wrote {cut.taken:,} rows to {output}")
    _say_cut(cut, limit)


def _say_cut(cut: Cut, limit: int) -> None:
    if cut.has_more:
        say(f"Only the first {limit:,} rows, as --limit says; there are more.")
