"""The note and the source line: what a reader must know to trust the picture, most important first."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from tracker.analysis.change import Change
from tracker.analysis.readings import Reading
from tracker.charts.picture import BREAK, Picture
from tracker.charts.words.bands import banded
from tracker.charts.words.corrections import corrections
from tracker.charts.words.dates import when
from tracker.charts.words.finding import Finding, comparable, finding
from tracker.charts.words.numbers import decimals_of, half_unit, outward, plain, published, readable, span
from tracker.charts.words.prose import capital, joined, spoken_pair
from tracker.charts.words.remarks import overlap_remark, sampling_remark, some, whole_remark
from tracker.charts.words.signs import STATUS as STATUS
from tracker.charts.words.signs import explained, warnings
from tracker.charts.words.sources import source_of
from tracker.charts.words.sums import is_sum, sums

JUMP = 10.0
"""A factor between two neighbouring readings that a change of method explains better than people do."""

MOST_PERCENT = 1000.0
"""A relative change of this much says less than the points do."""

LABELS, NAMED = 8, 5
"""Labels and events without room that are named; more are counted."""

COUNTS = {2: "Two", 3: "Three"}


def note(picture: Picture) -> list[str]:
    """Return the sentences of the note, the most important first: warnings before explanations."""
    told = _readings_note(picture) if picture.main.few else _series_note(picture)
    said = [
        *([] if picture.main.few else _unexplained(picture)),
        *warnings(picture),
        *corrections(picture),
        *told,
        *sums(picture),
        *sampling_remark(reading for series in picture.series for reading in series.readings),
        *explained(picture),
        *whole_remark(picture.market),
        *(overlap_remark(picture.market) if picture.unit else []),
    ]
    return [sentence for sentence in said if sentence]


def source(picture: Picture) -> str:
    """Say who published the figures that are drawn, see `tracker.charts.words.sources.source_of`."""
    return source_of(picture.data)


def left_out(labels: list[str], events: list[str]) -> list[str]:
    """Name what had no room in the picture."""
    said = []
    if labels:
        said.append(f"Not labelled: {some(labels, LABELS)}.")
    if events:
        more = [f"{len(events) - NAMED} other events"] if len(events) > NAMED + 1 else []
        named = events[:NAMED] if more else events
        said.append(f"Not shown for want of room: {joined([*named, *more])}.")
    return said


def _readings_note(picture: Picture) -> list[str]:
    found, unit = picture.main.readings, picture.unit
    base, last = found[0], found[-1]
    done = "added up" if is_sum(picture) else "published"
    if len(found) == 1:
        told = f"One figure was {done}: {published(base, unit)} {when(base)}."
        return [told, _boxes(picture, found), _about(picture)]
    same = len({reading.start.year for reading in found} | {last.end.year}) == 1
    whens = spoken_pair(base, last)
    times = [whens[0], *(when(reading, year=not same) for reading in found[1:-1]), whens[1]]
    each = joined([f"{published(reading, unit)} {time}" for reading, time in zip(found, times, strict=True)])
    rounded = "rounded " if all(half_unit(reading) > 0 for reading in found) else ""
    told = f"{COUNTS[len(found)]} {rounded}figures were {done}: {each}."
    moved = _moved(picture, finding(picture.main))
    linked = any(len(part) > 1 for part in picture.main.linked)
    link = "The dotted line joins the figures; it is not data." if linked else ""
    return [told, _boxes(picture, found), moved, "" if "“about”" in moved else _about(picture), link]


def _about(picture: Picture) -> str:
    """Say that "about" is no rounding, where it is said of a figure with a colour."""
    named = [series for series in picture.series if series.role != "context"]
    vague = any(reading.qualifier == "~" for series in named for reading in series.readings)
    return "“About” (~) does not say how exact the figures are." if vague else ""


def _boxes(picture: Picture, found: tuple[Reading, ...]) -> str:
    """Say what the boxes mean; silent where there are none to see."""
    found = tuple(reading for reading in found if reading.qualifier is None)
    halves = [half_unit(reading) for reading in found if half_unit(reading) > 0]
    spread = any(reading.earliest != reading.latest for reading in found)
    parts = [_plus_minus(picture, halves)] if halves else []
    parts += ["the spread of its date"] if spread else []
    alone = published(found[0], picture.unit) if len(found) == 1 < len(picture.main.readings) else "it"
    subject = f"The box shows what {alone} can mean: " if len(found) == 1 else "Boxes show what each can mean: "
    return f"{subject}{', and '.join(parts)}." if parts else ""


def _plus_minus(picture: Picture, halves: Iterable[float]) -> str:
    """Say a rounding, or of several the least and the greatest."""
    ends = sorted(set(halves))
    text = f"±{plain(ends[0])}" if len(ends) == 1 else f"±{plain(ends[0])} to ±{plain(ends[-1])}"
    return f"{text} points" if picture.unit else text


def _moved(picture: Picture, found: Finding) -> str:
    """Say how far a fall or rise goes once rounding is counted."""
    moved, ends = found.moved, (found.base, found.last)
    if moved is None:
        several = len(comparable(picture.main.readings)) > 1
        return "Once rounding is counted, the figures may be equal." if several else ""
    noun, unit = "fall" if moved.direction == "fell" else "rise", " points" if picture.unit else ""
    points = readable(plain(abs(moved.points or 0.0)))
    if any(reading.qualifier == "~" for reading in ends):
        unknown = "“about” does not say how exact the figures are."
        return f"The {noun} is about {points}{unit}: {unknown}" if moved.points is not None else capital(unknown)
    if moved.points is not None and not any(half_unit(reading) for reading in ends):
        return f"The {noun} is {points}{unit}{_exact_percent(moved)}."
    decimals = min(decimals_of(reading) for reading in ends) + 1
    least, most = outward(moved.points_low, moved.points_high, decimals)
    bounds = any(reading.value is None for reading in ends)
    counted = "the published bounds are counted" if bounds else "rounding is counted"
    between = f"between {least} and {most}{unit}{_percent_span(moved)} once {counted}"
    if moved.points is None:
        return f"The {noun} is {between}."
    published_ = f"{points}{unit if abs(moved.points) != 1 else unit[:-1]} as published"
    return f"The {noun} is {published_}, and {between}."


def _percent_span(moved: Change) -> str:
    """Say the relative change that rounding allows, in brackets."""
    low, high = moved.percent_low, moved.percent_high
    if low is None or high is None or high >= MOST_PERCENT:
        return ""
    return f" ({span(low, high, 0 if max(abs(low), abs(high)) >= 10 else 1)}%)"


def _exact_percent(moved: Change) -> str:
    """Say the relative change of figures that were not rounded, in brackets."""
    if moved.percent is None or moved.percent >= MOST_PERCENT:
        return ""
    return f" ({plain(abs(moved.percent), 0 if abs(moved.percent) >= 10 else 1)}%)"


def _unexplained(picture: Picture) -> list[str]:
    return [f"The {verb} is unexplained: treat it as a possible break in the series." for verb in _jumps(picture)[:1]]


def _series_note(picture: Picture) -> list[str]:
    """Say how wide the rounding is, where a band of it is wide enough to be seen."""
    named = [series for series in picture.series if series.role != "context" and not series.few]
    joined_up = [reading for series in named for run in banded(series) for reading in run]
    halves = [half_unit(reading) for reading in joined_up if _is_seen(picture, reading)]
    return [f"Band: rounding of {_plus_minus(picture, halves)}." if halves else "", _about(picture)]


def _is_seen(picture: Picture, reading: Reading) -> bool:
    """Whether the rounding band is wide enough to be seen."""
    half = half_unit(reading)
    if picture.scale != "linear":
        return half > 0 and half >= 0.04 * reading.level
    return half > 0 and half >= 0.004 * picture.levels[1]


def _jumps(picture: Picture) -> list[str]:
    """Name jumps by more than a factor of ten, neighbours of one direction as one."""
    found: list[tuple[str, Reading, Reading]] = []
    for before, after in pairwise(picture.main.readings):
        if after.status == BREAK:
            continue
        noun = "drop" if _times(after, before) >= JUMP else "jump" if _times(before, after) >= JUMP else ""
        if noun and found and found[-1][0] == noun and found[-1][2] is before:
            found[-1] = (noun, found[-1][1], after)
        elif noun:
            found.append((noun, before, after))
    unit = picture.unit
    return [
        f"{noun} from {published(a, unit)} {spoken_pair(a, b)[0]} to {published(b, unit)} {spoken_pair(a, b)[1]}"
        for noun, a, b in found
    ]


def _times(small: Reading, great: Reading) -> float:
    """How many times the one is the other, at least; zero where the small one may be zero."""
    return great.lowest / small.highest if small.lowest > 0 else 0.0
