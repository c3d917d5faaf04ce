"""The title of a table: what became of one share, always with both times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.analysis.change import change
from tracker.analysis.readings import Reading
from tracker.charts.grid.columns import key
from tracker.charts.grid.grid import Grid
from tracker.charts.grid.marks import value
from tracker.charts.words.dates import when
from tracker.charts.words.finding import FORECAST, finding
from tracker.charts.words.numbers import published
from tracker.charts.words.prose import possessive, spoken_pair
from tracker.charts.words.subject import is_index, subject_of


def titles(grid: Grid, every: Grid) -> list[str]:
    """Say the finding, from the fullest sentence to the shortest; all are true.

    Parameters
    ----------
    grid : Grid
        What is shown.
    every : Grid
        What there is: a peak may be in a period that is left out, and is no finding then.
    """
    name, market = grid.picture.main.name, grid.picture.market
    short = f"{possessive(name)} {'index' if is_index(market) else 'share'}"
    way, other = _way(grid, every, name), _beside(grid, name)
    said = [f"{start} {way}{end}" for end in dict.fromkeys([other, ""]) for start in (subject_of(name, market), short)]
    return [*said, f"{name} {way}"]


def _way(grid: Grid, every: Grid, name: str) -> str:
    row, unit = settled(grid, name), grid.picture.unit
    first, last = row[0], row[-1]
    is_ = "is forecast at" if last.status == FORECAST else "was"
    if len(row) == 1:
        return f"{is_} {_said(last, unit)} {when(last)}"
    if len(grid.columns) == len(every.columns) and last.status != FORECAST and not grid.broken(name):
        found = finding(grid.picture.main)
        if found.verb == "peaked":
            top = f"peaked at {_said(found.base, unit)} {when(found.base)}"
            return f"{top}, then fell to {_said(last, unit)} {when(last)}"
    early, late = spoken_pair(first, last)
    start, end = f"{_said(first, unit)} {early}", f"{_said(last, unit)} {late}"
    verb = _verb(grid, name)
    return f"{verb} from {start} to {end}" if verb else f"{is_} {start} and {end}"


def _beside(grid: Grid, main: str) -> str:
    """Go on with another one that was asked for, where the same times hold for both; nothing where they do not."""
    own, unit = settled(grid, main), grid.picture.unit
    others = [name for name in grid.asked if name != main]
    if not others or own[-1].status == FORECAST:
        return ""
    row = settled(grid, others[0])
    if len(row) < 2 or len(own) < 2 or (key(row[0]), key(row[-1])) != (key(own[0]), key(own[-1])):
        return ""
    first, last, verb = _said(row[0], unit), _said(row[-1], unit), _verb(grid, others[0])
    told = f"{verb} from {first} to {last}" if verb else f"was {first} and {last}"
    joint = "and" if verb and verb == _verb(grid, main) else "while"
    return f", {joint} {possessive(others[0])} {told.removeprefix(f'{verb} ') if joint == 'and' else told}"


def settled(grid: Grid, name: str) -> Sequence[Reading]:
    """Return what is shown of an entity, without forecasts unless there is nothing else."""
    row = grid.row(name)
    return [one for one in row if one.status != FORECAST] or row


def _verb(grid: Grid, name: str) -> str:
    """Return ``fell`` or ``rose`` where that is more than rounding, and no break or forecast lies between."""
    row = settled(grid, name)
    if len(row) < 2 or row[-1].status == FORECAST or grid.broken(name):
        return ""
    moved = change(row[0], row[-1]).direction
    return moved if moved in ("fell", "rose") else ""


def _said(reading: Reading, unit: str) -> str:
    return published(replace(reading, printed=value(reading)), unit)
