"""What the note says of the signs in a plot: each that is there is explained once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tracker.analysis.readings import Reading
from tracker.charts.picture import BREAK, UNSETTLED, Picture
from tracker.charts.words.dates import said, when
from tracker.charts.words.prose import joined
from tracker.charts.words.remarks import STATUS as STATUS
from tracker.charts.words.remarks import letter_remark

NAMED = 3
"""Readings of one status that are named; of more, it is said how many there are."""


def signs(picture: Picture) -> list[str]:
    """Explain every sign that is in the plot, the most important first."""
    return [*warnings(picture), *explained(picture)]


def warnings(picture: Picture) -> list[str]:
    """Name what a reader must not trust as the rest: breaks, what is not settled, and letters that are missing."""
    return [sentence for warn in (_breaks, _unsettled, _letters) for sentence in warn(picture)]


def explained(picture: Picture) -> list[str]:
    """Explain the other signs that are in the plot."""
    return [sentence for explain in _EXPLAINED for sentence in explain(picture)]


def _breaks(picture: Picture) -> Iterable[str]:
    found = [reading for reading in picture.drawn() if reading.status == BREAK]
    if found:
        yield f"A tick across a line marks a break in the series ({_some(found)}): do not compare across it."


def _unsettled(picture: Picture) -> Iterable[str]:
    """Say which figures are not settled, and how they are drawn."""
    kinds = [(word, [one for one in picture.drawn() if one.status == mark]) for mark, word in STATUS.items()]
    told = [f"{word} ({_some(found)})" for word, found in kinds if found and found[0].status in UNSETTLED]
    if told:
        dashed = any(len(run) > 1 and not one.few and _open(run) for one in picture.series for run in one.runs)
        how = "Dashed, with hollow dots" if dashed else "Hollow dots" if _open(picture.drawn()) else "Marked"
        yield f"{how}: {joined(told)}."


def _open(found: Iterable[Reading]) -> bool:
    return any(reading.status in UNSETTLED and reading.value is not None for reading in found)


def _gaps(picture: Picture) -> Iterable[str]:
    if any(series.ends for series in picture.series if not series.few):
        yield "A line breaks where no figure was published; hollow dots mark the ends."


def _beyond(picture: Picture) -> Iterable[str]:
    """Name what the scale has no place for."""
    for number, of in ((0, "zeros"), (100, "wholes")):
        names = [series.name for series in picture.series if getattr(series, of)]
        if names:
            yield f"Triangles on the {'axis' if number == 0 else 'upper edge'}: reported as {number} ({joined(names)})."
    if picture.absent:
        yield f"Not drawn, reported as 0 throughout: {joined(list(picture.absent))}."


def _bounds(picture: Picture) -> Iterable[str]:
    """Explain the marks of readings without a value."""
    bare = [reading for reading in picture.drawn() if reading.value is None]
    if any(reading.qualifier in ("<", ">") for reading in bare):
        yield "Carets are published bounds."
    if any(reading.qualifier not in ("<", ">") for reading in bare):
        yield "Bars are published ranges."


def _diamonds(picture: Picture) -> Iterable[str]:
    if any(series.corrected for series in picture.series):
        yield "Diamonds are corrected figures."


def _links(picture: Picture) -> Iterable[str]:
    few = [series for series in picture.series if series.few and series is not picture.main]
    if not picture.main.few and any(len(part) > 1 for series in few for part in series.linked):
        yield "Dotted lines join figures; they are not data."


def _letters(picture: Picture) -> Iterable[str]:
    yield from letter_remark([series.name for series in picture.series])


def _some(found: list[Reading]) -> str:
    """Name readings, or where there are many, whose they are, and from when to when."""
    names = list(dict.fromkeys(reading.entity for reading in found))
    if len(found) <= NAMED:
        told = [[when(reading) for reading in found if reading.entity == name] for name in names]
        return joined([f"{name} {joined(whens)}" for name, whens in zip(names, told, strict=True)])
    whose = joined(names) if len(names) <= NAMED else f"{len(names)} entities"
    first, last = min(found, key=lambda one: one.middle), max(found, key=lambda one: one.middle)
    spread = said(first) if said(first) == said(last) else f"{said(first)} to {said(last)}"
    return f"{whose}, {len(found)} figures, {spread}"


_EXPLAINED: tuple[Callable[[Picture], Iterable[str]], ...] = (*(_gaps, _beyond, _bounds, _diamonds, _links),)
