"""What is said of two periods, or of one: titles, notes, and a description."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from tracker.analysis.readings import Reading
from tracker.charts.between.pairs import Pairs
from tracker.charts.look.fonts import MISSING, drawable
from tracker.charts.picture import Picture
from tracker.charts.words.corrections import corrections
from tracker.charts.words.dates import said, when
from tracker.charts.words.numbers import half_unit, label_value, plain, published
from tracker.charts.words.prose import capital, joined, possessive, spoken_pair
from tracker.charts.words.sums import sums
from tracker.charts.words.titles import subtitle, titles

NAMED = 5
"""Names in a sentence of the note; more are counted."""

LONGEST = 7
"""Figures with more signs than this are shortened beside their mark."""

LEFT = 3
"""The same where a row found no room: there is none for a long note, either."""

STATUS = {"F": "forecast", "P": "provisional", "E": "estimated"}

NUMBERS = ("no", "one", "two", "three", "four", "five")


def finding_titles(pairs: Pairs) -> tuple[str, ...]:
    """Say the finding, from the fullest sentence to the shortest; across a break it has no verb."""
    picture = pairs.picture
    coloured = [series for series in picture.series if series.role != "context"]
    if pairs.broken.isdisjoint(series.name for series in coloured) or len(picture.main.readings) == 1:
        return tuple(titles(picture))
    first, last = picture.main.readings
    early, late = spoken_pair(first, last)
    head = subtitle(picture).split(",")[0]
    head = head[0].lower() + head[1:]
    told = f"was {published(first, picture.unit)} {early} and {published(last, picture.unit)} {late}"
    name = possessive(picture.main.name)
    thing = head if picture.unit else "interest index"
    return (f"{name} {thing} {told}", f"{name} {'share' if picture.unit else 'index'} {told}")


def change_note(pairs: Pairs, *, rounded: bool = True) -> list[str]:
    """Say who breaks and, if `rounded`, what rounding leaves of the change of the main series."""
    picture, moved = pairs.picture, pairs.change(pairs.picture.main)
    told = []
    torn = [series.name for series in picture.series if series.name in pairs.broken and len(series.readings) == 2]
    if torn:
        told.append(f"The method changed between the two dates: no change is told of {some(torn)}.")
    if moved is not None and rounded:
        unit = " points" if picture.unit else ""
        low, high = sorted((abs(moved.points_low), abs(moved.points_high)))
        if moved.direction in ("fell", "rose"):
            noun = "fall" if moved.direction == "fell" else "rise"
            if low != high:
                whose = possessive(picture.main.name)
                told.append(f"Once rounding is counted, {whose} {noun} is {plain(low)} to {plain(high)}{unit}.")
        else:
            told.append(f"Once rounding is counted, the two figures of {picture.main.name} may be equal.")
    return told


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
        Corrections, sums, marks, and the market's own words; only what the picture has.
    """
    told = [*corrections(picture), *sums(picture)]
    bare = [reading for reading in picture.drawn() if reading.value is None]
    told += [bounds] if any(reading.qualifier in ("<", ">") for reading in bare) else []
    told += [ranges] if any(reading.qualifier not in ("<", ">") for reading in bare) else []
    told += status_note(picture)
    if any(drawable(series.name) != series.name for series in picture.series):
        told.append(f"{MISSING} stands for a letter that no installed font has.")
    own = str(picture.market.get("market_note") or "").strip().rstrip(".")
    told += [f"{capital(own)}."] if own else []
    if picture.market.get("whole") == "overlapping":
        told.append("One may be counted for several, so that parts do not sum to 100.")
    return told


def status_note(picture: Picture) -> list[str]:
    """Name the figures that are not settled; they are drawn hollow."""
    told = []
    for mark, word in STATUS.items():
        names = list(dict.fromkeys(reading.entity for reading in picture.drawn() if reading.status == mark))
        if names:
            told.append(f"Marked as {word}: {some(names)}.")
    return told


def rounding(found: Sequence[Reading], picture: Picture) -> str:
    """Say how far rounding reaches: ``rounding of ±0.5 points``."""
    halves = {half_unit(reading) for reading in found if reading.value is not None}
    unit = " points" if picture.unit else ""
    return f"rounding of ±{plain(halves.pop())}{unit}" if len(halves) == 1 else "rounding of the last printed digit"


def is_seen(reading: Reading, greatest: float) -> bool:
    """Whether the interval of a reading is wide enough to be seen on a scale up to `greatest`."""
    return reading.value is not None and reading.highest - reading.lowest >= 0.008 * greatest


def some(names: Sequence[str], most: int = NAMED) -> str:
    """List names, and count those beyond so many."""
    if len(names) <= most + 1:
        return joined(list(names))
    return joined([*names[:most], f"{len(names) - most} more"])


def beside(reading: Reading, unit: str) -> str:
    """Say a figure beside its mark: as printed, to four figures where more than seven signs were.

    *Not valid* as the published figure where it is shortened: that one is in the data.
    """
    if reading.value is None or len(reading.printed) <= LONGEST:
        return label_value(reading, unit)
    decimals = max(0, 3 - floor(log10(reading.value))) if reading.value > 0 else 0
    mark = "~" if reading.qualifier == "~" else ""
    return f"{mark}{plain(reading.value, decimals)}{unit}"


def no_label(names: Sequence[str]) -> list[str]:
    """Name the lines that found no room for a label."""
    return [f"Not labelled: {some(names, LEFT)}."] if names else []


def no_room(names: Sequence[str]) -> list[str]:
    """Name the rows that found no room."""
    return [f"Not shown for want of room: {some(names, LEFT)}."] if names else []


def described(pairs: Pairs, kind: str, title: str) -> str:
    """Describe a picture of two periods for those who do not see it."""
    unit, told = pairs.picture.unit, []
    for series in pairs.picture.series:
        found = series.readings
        ends = (pairs.before(series), pairs.after(series))
        if len(found) == 2:
            told.append(f"{series.name} {' to '.join(published(one, unit) for one in ends if one)}")
        else:
            told.append(f"{series.name} {published(found[0], unit)} {when(found[0])} only")
    head = f"{kind}: {title}. {subtitle(pairs.picture)}."
    return f"{head} From {said(pairs.start)} to {said(pairs.end)}: {'; '.join(told)}."


def dated(told: str, time: str) -> str:
    """Put a time into a subtitle, before its unit.

    >>> dated("Share of text messages, %", "February 2025")
    'Share of text messages, February 2025, %'
    """
    return f"{told.removesuffix(', %')}, {time}, %" if told.endswith(", %") else f"{told}, {time}"
