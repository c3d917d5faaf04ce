"""What is said of two periods, or of one: notes, and a description."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.analysis.change import Change
from tracker.analysis.readings import Reading
from tracker.charts.between.exactness import ABOUT, is_rounded, told
from tracker.charts.between.pairs import Pairs
from tracker.charts.picture import Picture
from tracker.charts.words.corrections import corrections
from tracker.charts.words.dates import said, when
from tracker.charts.words.finding import FORECAST
from tracker.charts.words.numbers import half_unit, plain, published
from tracker.charts.words.prose import joined, possessive
from tracker.charts.words.remarks import letter_remark, overlap_remark, whole_remark
from tracker.charts.words.sums import sums
from tracker.charts.words.titles import subtitle

NAMED = 5
"""Names in a sentence of the note; more are counted."""

LINE = 60
"""Letters of a list that fits on one line of a small figure."""

LEFT = 3
"""The same where a row found no room: there is none for a long note, either."""

STATUS = {"F": "forecast", "P": "provisional", "E": "estimated"}

NOUNS = {"fell": "fall", "rose": "rise"}

NUMBERS = ("no", "one", "two", "three", "four", "five")


def break_note(pairs: Pairs) -> list[str]:
    """Name those whose series breaks between the two periods."""
    torn = [one.name for one in pairs.picture.series if one.name in pairs.broken and len(one.readings) == 2]
    return [f"The method changed between the two dates: no change is told of {some(torn)}."] if torn else []


def change_note(pairs: Pairs) -> list[str]:
    """Say what rounding leaves of the change of the main series."""
    moved = pairs.change(pairs.picture.main)
    return [] if moved is None else _rounded(pairs, moved)


def _rounded(pairs: Pairs, moved: Change) -> list[str]:
    """Say what rounding leaves of the change of the main series, where it is known."""
    main = pairs.picture.main
    said, unit = told(*main.readings), " points" if pairs.picture.unit else ""
    if not said.is_known or (moved.direction in NOUNS and not said.has_range):
        return []
    if moved.direction not in NOUNS:
        return [f"Once rounding is counted, the two figures of {main.name} may be equal."]
    forecast = "forecast " if main.last.status == FORECAST else ""
    noun = f"{possessive(main.name)} {forecast}{NOUNS[moved.direction]}"
    return [f"Once rounding is counted, {noun} is {said.sizes()}{unit}."]


def single_note(pairs: Pairs) -> list[str]:
    """Name those that have one of the two figures only."""
    told = []
    for period in (pairs.start, pairs.end):
        names = [series.name for series in pairs.single() if series.readings[0].period == period.period]
        if names:
            told.append(f"Only {when(period)}: {some(names)}.")
    return told


def common_note(picture: Picture, bounds: str, ranges: str) -> list[str]:
    """Say what holds for any picture of still figures.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    bounds, ranges : str
        Sentences that explain how published bounds and ranges are drawn.

    Returns
    -------
    list of str
        Sums, marks, and the market's own words; only what the picture has.
    """
    told = sums(picture)
    bare = [reading for reading in picture.drawn() if reading.value is None]
    told += [bounds] if any(reading.qualifier in ("<", ">") for reading in bare) else []
    told += [ranges] if any(reading.qualifier not in ("<", ">") for reading in bare) else []
    told += [ABOUT] if any(reading.qualifier == "~" for reading in picture.drawn()) else []
    return [*told, *whole_remark(picture.market), *overlap_remark(picture.market)]


def warnings(picture: Picture) -> list[str]:
    """Say what a reader must not miss: figures that are not settled or were corrected, and missing letters."""
    return [*status_note(picture), *corrections(picture), *letter_remark(series.name for series in picture.series)]


def status_note(picture: Picture) -> list[str]:
    """Name the figures that are not settled; they are drawn hollow."""
    told = []
    for mark, word in STATUS.items():
        names = list(dict.fromkeys(reading.entity for reading in picture.drawn() if reading.status == mark))
        if names:
            told.append(f"Marked as {word}: {some(names)}.")
    return told


def rounding(found: Sequence[Reading], picture: Picture) -> str:
    """Say how far rounding reaches: ``rounding of ±0.5 points``, ``rounding of ±0.05 to ±0.5 points``."""
    halves = sorted({half_unit(reading) for reading in found})
    unit = " points" if picture.unit else ""
    ends = dict.fromkeys(f"±{plain(half)}" for half in (halves[0], halves[-1]))
    return f"rounding of {' to '.join(ends)}{unit}"


def is_seen(reading: Reading, greatest: float) -> bool:
    """Whether the rounding of a number is known, and wide enough to be seen on a scale up to `greatest`."""
    valued = reading.value is not None and is_rounded(reading)
    return valued and reading.highest - reading.lowest >= 0.008 * greatest


def some(names: Sequence[str], most: int = NAMED) -> str:
    """List names, and count those beyond so many."""
    if len(names) <= most + 1:
        return joined(list(names))
    return joined([*names[:most], f"{len(names) - most} more"])


def no_label(names: Sequence[str]) -> list[str]:
    """Name the lines that found no room for a label."""
    return [f"Not labelled: {_left(names)}."] if names else []


def no_room(names: Sequence[str]) -> list[str]:
    """Name the rows that found no room."""
    return [f"Not shown for want of room: {_left(names)}."] if names else []


def _left(names: Sequence[str]) -> str:
    """List those left out, fewer where their names are long."""
    listed = [some(names, count) for count in range(LEFT, 0, -1)]
    return next((text for text in listed if len(text) <= LINE), listed[-1])


def described(pairs: Pairs, kind: str, title: str) -> str:
    """Describe a picture of two periods for those who do not see it."""
    unit, told = pairs.picture.unit, []
    for series in pairs.picture.series:
        ends = [one for one in (pairs.before(series), pairs.after(series)) if one]
        only = f" {when(ends[0])} only" if len(ends) == 1 else ""
        told.append(f"{series.name} {' to '.join(_settled(one, unit) for one in ends)}{only}")
    head = f"{kind}: {title}. {subtitle(pairs.picture)}."
    return f"{head} From {said(pairs.start)} to {said(pairs.end)}: {'; '.join(told)}."


def _settled(reading: Reading, unit: str) -> str:
    """Say a figure, and whether it is forecast."""
    return f"{published(reading, unit)}{' (forecast)' if reading.status == FORECAST else ''}"


def dated(told: str, time: str) -> str:
    """Put a time into a subtitle, before its unit.

    >>> dated("Share of text messages, %", "February 2025")
    'Share of text messages, February 2025, %'
    """
    return f"{told.removesuffix(', %')}, {time}, %" if told.endswith(", %") else f"{told}, {time}"
