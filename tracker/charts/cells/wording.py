"""What is said around a table."""

from __future__ import annotations

from tracker.charts.cells.fit import Fit, change_text
from tracker.charts.cells.titles import titles
from tracker.charts.grid.columns import choice, noun_of, silence
from tracker.charts.grid.grid import Grid
from tracker.charts.grid.marks import FLAGS, corrected, cut, unnamed, value
from tracker.charts.words.dates import when
from tracker.charts.words.prose import joined
from tracker.charts.words.remarks import letter_remark, overlap_remark, sampling_remark, some, whole_remark
from tracker.charts.words.sources import source_of
from tracker.charts.words.sums import sums
from tracker.charts.words.titles import kicker, subtitle
from tracker.charts.words.wording import Wording


def wording(grid: Grid, every: Grid, fit: Fit) -> Wording:
    """Say what the table shows.

    Parameters
    ----------
    grid : Grid
        What is shown.
    every : Grid
        What there is.
    fit : Fit
        What had room.
    """
    picture = grid.picture
    parts = [subtitle(picture), choice(every.columns, fit.columns)]
    notes = [note for note in _notes(grid, every, fit) if note]
    said = "; ".join(part for part in parts if part)
    return Wording(tuple(titles(grid, every)), said, tuple(notes), source_of(grid.data), kicker(picture))


def alt(grid: Grid, title: str, said: str) -> str:
    """Describe the table for those who do not see it."""
    unit = grid.picture.unit
    rows = []
    for name in grid.names:
        row = grid.row(name)
        first, last = value(row[0], unit), value(row[-1], unit)
        told = f"{first} {when(row[0])}, {last} {when(row[-1])}" if len(row) > 1 else f"{last} {when(row[-1])}"
        rows.append(f"{name}: {told}.")
    return " ".join([f"Table: {title}.", f"{said}.", *rows])


def _notes(grid: Grid, every: Grid, fit: Fit) -> list[str]:
    drawn = grid.all()
    empty = len(grid.names) * len(grid.columns) > len(drawn)
    gone = [name for name in every.names if name not in grid.names and not _is_silent(every, name, fit)]
    silent = [name for name in every.names if name not in grid.names and _is_silent(every, name, fit)]
    noun = noun_of(grid.columns)
    return [
        "Hatched: not published." if empty else "",
        f"Not shown for want of room: {unnamed(gone, 4)}." if gone else "",
        f"No figure in a {noun} that is shown: {unnamed(silent)}." if silent else "",
        _flags(grid),
        ("†\N{THIN SPACE}" if grid.data["corrected_from"].notna().any() else "")
        + corrected(drawn, grid.data, grid.picture.unit),
        _changes(grid, fit),
        "Colour runs on a square-root scale.",
        cut(drawn),
        silence(grid.columns) if len(grid.columns) == len(every.columns) else "",
        *(sums(grid.picture)),
        *(sampling_remark(drawn) if any(len(grid.row(name)) > 1 for name in grid.names) else []),
        *letter_remark(grid.names),
        *(whole_remark(grid.picture.market) if grid.picture.unit else []),
        *(overlap_remark(grid.picture.market) if grid.picture.unit else []),
    ]


def _is_silent(every: Grid, name: str, fit: Fit) -> bool:
    return all(every.at(name, every.columns[i]) is None for i in fit.columns)


def _flags(grid: Grid) -> str:
    """Explain the letters behind values."""
    marks = {one.status for one in grid.all()}
    told = [f"{mark.lower()} {word}" for mark, word in FLAGS.items() if mark in marks]
    return f"Letters behind values: {joined(told)}." if told else ""


def _changes(grid: Grid, fit: Fit) -> str:
    """Say what a change without colour means, and why there is none."""
    rows = {name: change_text(grid, name) for name in grid.names}
    plain = any(text and not verb for text, verb in rows.values())
    found = sorted((one.middle, f"{one.entity} {when(one)}") for name in grid.names for one in grid.broken(name))
    broken = some([text for _, text in found])
    if not fit.changes:
        lost = ["There was no room for the changes."] if any(text for text, _ in rows.values()) else []
        lost += [f"A break in the series ({broken}): figures before and after it are not compared."] if broken else []
        return " ".join(lost)
    said = ["Change: from the first to the last figure shown."]
    said += ["Without colour it may be rounding."] if plain else []
    said += [f"None is given across a break in the series ({broken})."] if broken else []
    return " ".join(said)
