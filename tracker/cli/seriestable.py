"""Series as a table of text: last, peak, change and a sparkline, each market with a scale of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.output import emit, one_line

if TYPE_CHECKING:
    import pandas as pd


def series_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Sum up every series of a frame, a row each: `tracker.analysis.summary.summary`, and what is corrected."""
    from tracker.analysis.summary import summary

    found = summary(frame).rename(columns={"n": "readings"})
    found = found.astype(object).where(found.notna(), None)
    found["corrected"] = by_series(frame, found, _corrected(frame))
    return found


def print_series(frame: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Print the series of a frame, of any number of markets.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame.
    rows : pandas.DataFrame
        Of `series_rows`.
    """
    for number, (market, found) in enumerate(rows.groupby("market", sort=False)):
        if number:
            click.echo()
        _print_market(frame[frame["market"] == market], found)


def _print_market(frame: pd.DataFrame, rows: pd.DataFrame) -> None:
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


def by_series(frame: pd.DataFrame, found: pd.DataFrame, said: list[str | None]) -> list[tuple[str, ...]]:
    """What is said of the rows of each series."""
    told: dict[tuple[str, str], list[str]] = {}
    for market, entity, text in zip(frame["market"], frame["entity"], said, strict=True):
        if text is not None:
            told.setdefault((market, entity), []).append(text)
    return [tuple(told.get(key, ())) for key in zip(found["market"], found["entity"], strict=True)]
