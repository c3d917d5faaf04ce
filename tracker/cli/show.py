"""`tracker show`: series as a table of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    from tracker.analysis.summary import summary

    check_options(level, when_both)
    with reading_then(chosen(db).path, as_of, as_published) as session:
        frame = frame_of(session, selection(session, entities, markets, since, until), level, when_both)
    if frame.empty:
        say("No observation fits; see what there is: tracker market list")
    found = summary(frame).rename(columns={"n": "readings"})
    found = found.astype(object).where(found.notna(), None)
    found["corrected"] = _by_series(frame, found, _corrected(frame))
    if form != "table":
        cells = found[list(COLUMNS)].to_numpy().tolist()
        if level:
            absent = _by_series(frame, found, _missing(frame))
            cells = [[*row, names] for row, names in zip(cells, absent, strict=True)]
        emit((*COLUMNS, "missing") if level else COLUMNS, cells, form)
        return
    for number, (market, rows) in enumerate(found.groupby("market", sort=False)):
        if number:
            click.echo()
        _print_market(frame[frame["market"] == market], rows)


def _missing(frame: pd.DataFrame) -> list[str | None]:
    """What is missing from the sum of each row."""
    cells = (frame[name].astype(object) for name in ("period", "missing"))
    return [f"{period}: {absent}" if isinstance(absent, str) else None for period, absent in zip(*cells, strict=True)]


def _corrected(frame: pd.DataFrame) -> list[str | None]:
    """What was printed where a row is corrected, and why."""
    cells = (frame[name].astype(object) for name in ("period", "printed", "corrected_from", "correction"))
    return [
        _in_words(period, now, before, reason) if isinstance(before, str) else None
        for period, now, before, reason in zip(*cells, strict=True)
    ]


def _in_words(period: str, now: str, before: str, reason: str) -> str:
    what = f"printed {before}" if before != now else "of another status than printed"
    return f"{period}: {now}, {what} ({reason})"


def _by_series(frame: pd.DataFrame, found: pd.DataFrame, said: list[str | None]) -> list[tuple[str, ...]]:
    """What is said of the rows of each series."""
    told: dict[tuple[str, str], list[str]] = {}
    for market, entity, text in zip(frame["market"], frame["entity"], said, strict=True):
        if text is not None:
            told.setdefault((market, entity), []).append(text)
    return [tuple(told.get(key, ())) for key in zip(found["market"], found["entity"], strict=True)]


def _print_market(frame: pd.DataFrame, rows: pd.DataFrame) -> None:
    from tracker.cli.output import one_line
    from tracker.cli.sparkline import usual_step

    first = frame.iloc[0]
    index = first["whole"] == "index"
    words = [first["population"], first["region"], first["platform"]]
    whole = ", ".join(str(word) for word in words if word == word and word is not None)
    top = float(frame["share"].max()) if frame["share"].notna().any() else 0.0
    step = usual_step([day.date() for day in frame["period_start"]])
    unit = "index, peak = 100" if index else f"% of {first['counted']}"
    click.echo(one_line(f"{first['market']}   {unit}" + (f" ({whole})" if whole else "") + f", {first['whole']}"))
    lines = [_line(frame, row, top, step, "" if index else "%") for row in rows.to_dict("records")]
    scale = f"0 to {top:.3g}{'' if index else '%'}" if top else ""
    emit(("entity", "last", "in", "peak", "when", "change in points", scale), lines, "table")
    for entity, corrected in zip(rows["entity"], rows["corrected"], strict=True):
        for text in corrected:
            click.echo(one_line(f"corrected: {entity}, {text}"))


def _line(frame: pd.DataFrame, row: dict[Any, Any], top: float, step: float, sign: str) -> list[object]:
    from tracker.analysis.decimals import signed
    from tracker.cli.sparkline import sparkline

    series = frame[(frame["entity"] == row["entity"]) & frame["share"].notna()]
    points = [
        (start.date(), float(share)) for start, share in zip(series["period_start"], series["share"], strict=True)
    ]
    starts = frame["period_start"]
    published, low, high = row["points"], row["points_low"], row["points_high"]
    points_text = ""
    if low is not None:
        said = "" if published is None else f"{signed(published)} "
        points_text = f"{said}({signed(low)} to {signed(high)})"
    return [
        row["entity"],
        f"{row['last']}{sign}",
        row["last_period"],
        None if row["peak"] is None else f"{row['peak']}{sign}",
        row["peak_period"],
        points_text,
        sparkline(points, first=starts.min().date(), last=starts.max().date(), top=top, step_days=step),
    ]
