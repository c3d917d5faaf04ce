"""A description of the line chart for those who do not see it."""

from __future__ import annotations

from tracker.charts.picture import BREAK, Picture, Series
from tracker.charts.words.dates import when
from tracker.charts.words.finding import FORECAST, finding
from tracker.charts.words.numbers import published
from tracker.charts.words.titles import subtitle


def alt(picture: Picture, title: str) -> str:
    """Describe the picture for those who do not see it."""
    said_ = [f"{'Line chart' if not picture.main.few else 'Chart of published readings'}: {title}.", subtitle(picture)]
    said_[-1] += "."
    said_ += [_described(picture, series) for series in picture.series if series.role != "context"]
    context = [series for series in picture.series if series.role == "context"]
    if context:
        listed = [f"{series.name} {published(series.last, picture.unit)}" for series in context]
        of = "another one" if len(context) == 1 else f"{len(context)} others"
        said_.append(f"For comparison, the last readings of {of}: {', '.join(listed)}.")
    return " ".join(said_)


def _described(picture: Picture, series: Series) -> str:
    found, unit = finding(series), picture.unit
    count = len(series.readings)
    first, last = series.readings[0], series.last
    broken = ", with a break in the series" if any(reading.status == BREAK for reading in series.readings[1:]) else ""
    ahead = ", a forecast" if last.status == FORECAST else ""
    if count == 1:
        return f"{series.name}: one reading, {published(last, unit)} {when(last)}{ahead}{broken}."
    told = f"{series.name}: {count} readings, from {published(first, unit)} {when(first)}"
    if found.peak is not None and found.peak is not first:
        told += f" over a peak of {published(found.peak, unit)} {when(found.peak)}"
    return f"{told} to {published(last, unit)} {when(last)}{ahead}{broken}."
