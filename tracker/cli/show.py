"""`tracker show`: series as a table of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.moments import moment_options, reading_then
from tracker.cli.options import chosen, db_option, interval_options
from tracker.cli.output import emit, format_option, say
from tracker.cli.rolling import check_options, frame_of, level_options
from tracker.cli.selecting import selection

if TYPE_CHECKING:
    import pandas as pd

    from tracker.analysis.rollup import WhenBoth
    from tracker.values import Period
    from tracker.values.asof import AsOf

COLUMNS = (
    *("market", "entity", "readings", "first", "first_period", "last", "last_period", "peak", "peak_period"),
    *("points", "points_low", "points_high", "corrected"),
)


@click.command("show")
@click.argument("entities", nargs=-1, metavar="[ENTITY]...")
@click.option("--market", "markets", multiple=True, metavar="SLUG", help="Only this market; may be repeated.")
@interval_options
@moment_options
@level_options
@db_option
@format_option
def command(
    entities: tuple[str, ...],
    markets: tuple[str, ...],
    since: Period | None,
    until: Period | None,
    as_of: AsOf | None,
    as_published: Period | None,
    level: str | None,
    when_both: WhenBoth | None,
    db: str | None,
    form: str,
) -> None:
    """Print series: last, peak, change and a sparkline.

    Each market is a whole of its own, with a table and a scale of its own. The change runs from the first to
    the last reading, in points, with the range that rounding allows.

    With --level the shares of models are added up to their products or labs, within one market and one period;
    what is missing from a sum is said.
    """
    from tracker.cli.seriestable import by_series, print_series, series_rows

    check_options(level, when_both)
    with reading_then(chosen(db).path, as_of, as_published) as session:
        frame = frame_of(session, selection(session, entities, markets, since, until), level, when_both)
    if frame.empty:
        say("No observation fits; see what there is: tracker market list")
    found = series_rows(frame)
    if form != "table":
        cells = found[list(COLUMNS)].to_numpy().tolist()
        if level:
            absent = by_series(frame, found, _missing(frame))
            cells = [[*row, names] for row, names in zip(cells, absent, strict=True)]
        emit((*COLUMNS, "missing") if level else COLUMNS, cells, form)
        return
    print_series(frame, found)


def _missing(frame: pd.DataFrame) -> list[str | None]:
    """What is missing from the sum of each row."""
    cells = (frame[name].astype(object) for name in ("period", "missing"))
    return [f"{period}: {absent}" if isinstance(absent, str) else None for period, absent in zip(*cells, strict=True)]
