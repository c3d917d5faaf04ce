"""`tracker demo`: from nothing to the chart of DeepSeek's fall on Poe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.output import say
from tracker.values.harmless import harmless

if TYPE_CHECKING:
    from tracker.charts.chart import Chart
    from tracker.store.engine import Session
    from tracker.store.shares import Selection

ENTITY, MARKET, OTHER_MARKET = "DeepSeek R1", "poe/text-messages", "poe/reasoning-messages"
NAME = "deepseek-on-poe"


@click.command("demo")
@click.argument("folder", default="tracker-demo", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Make a database and the chart of DeepSeek's fall on Poe.

    In DIR (tracker-demo, unless you name another) it makes a database with the starter data, the chart as PNG
    and SVG, and the data behind it as CSV; and it prints the finding.
    """
    from tracker.cli.drawing import draw
    from tracker.cli.init import make
    from tracker.cli.writing import replace_file
    from tracker.importers.exporting import as_csv, records
    from tracker.store.engine import reading
    from tracker.store.shares import Selection
    from tracker.values import Period

    database = folder.absolute() / "tracker.db"
    made = make(database)
    wanted = Selection([MARKET], [ENTITY], Period.parse("2025-02").start, Period.parse("2025-04").end)
    with reading(database) as session:
        chart = draw(session, wanted).chart
        behind = as_csv(records(session, wanted))
        elsewhere = _elsewhere(session, wanted)
    pictures = [chart.save(folder / f"{NAME}.{ending}") for ending in ("png", "svg")]
    table = folder / f"{NAME}.csv"
    replace_file(table, behind.encode(), but=database)
    click.echo(harmless(_finding(chart, elsewhere)))
    click.echo()
    click.echo(harmless(_files(folder, database, made, pictures, table)))
    say(_next(database))


def _finding(chart: Chart, elsewhere: str) -> str:
    return "\n".join([chart.title + ".", "", chart.note, "", elsewhere, chart.source])


def _elsewhere(session: Session, wanted: Selection) -> str:
    """What the same entity has of another whole, which is another number."""
    from dataclasses import replace

    from tracker.store.markets import market
    from tracker.store.shares import observations

    other = observations(session, replace(wanted, markets=[OTHER_MARKET], start=None, end=None))
    said = ", ".join(f"{one.share}% ({one.period})" for one in other)
    counted = market(session, OTHER_MARKET).counted
    return f"Of Poe's {counted}, which is another whole, {ENTITY} had {said}. The two never stand on one line."


def _files(folder: Path, database: Path, made: str | None, pictures: list[Path], table: Path) -> str:
    named = [
        (folder / database.name, made or "there already"),
        *((picture, "the chart") for picture in pictures),
        (table, "the data behind it"),
    ]
    width = max(len(str(path)) for path, _ in named)
    return "\n".join(f"{path!s:{width}}  {what}" for path, what in named)


def _next(database: Path) -> str:
    import os
    import shlex

    place = shlex.quote(os.path.relpath(database))
    return "\n".join(
        [
            "",
            "Next:",
            f"  tracker show --db {place} --market {MARKET}",
            f"  tracker query --db {place} \"select entity, period, share from shares where market = '{MARKET}'\"",
            f"  tracker chart --db {place} ChatGPT --market similarweb/generative-ai-ww",
        ]
    )
