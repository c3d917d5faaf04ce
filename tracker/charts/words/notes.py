"""The note and the source line: what a reader must know to trust the picture, most important first."""

from __future__ import annotations

from itertools import pairwise

from tracker.analysis.change import Change
from tracker.analysis.readings import Reading
from tracker.charts.picture import BREAK, Picture
from tracker.charts.words.corrections import corrections
from tracker.charts.words.dates import when
from tracker.charts.words.finding import comparable, finding
from tracker.charts.words.numbers import half_unit, plain, published, readable, span
from tracker.charts.words.prose import joined, spoken_pair
from tracker.charts.words.signs import STATUS as STATUS
from tracker.charts.words.signs import signs
from tracker.charts.words.sources import source_of
from tracker.charts.words.sums import is_sum, sums

JUMP = 10.0
"""A factor between two neighbouring readings that a change of method explains better than people do."""

MOST_PERCENT = 1000.0
"""A relative change of this much says less than the points do."""

NAMED = 5
"""Events without room that are named; more are counted."""

COUNTS = {2: "Two", 3: "Three"}


def note(picture: Picture) -> list[str]:
    """Return the sentences of the note, the most important first."""
    told = _readings_note(picture) if picture.main.few else _series_note(picture)
    said = [*told, *corrections(picture), *sums(picture), *signs(picture), *_whole_note(picture)]
    return [sentence for sentence in said if sentence]


def source(picture: Picture) -> str:
    """Say who published the figures that are drawn, see `tracker.charts.words.sources.source_of`."""
    return source_of(picture.data)


def left_out(labels: list[str], events: list[str]) -> list[str]:
    """Name what had no room in the picture."""
    said = []
    if labels:
        said.append(f"Not labelled: {joined(labels)}.")
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
        return [f"One figure was {done}: {published(base, unit)} {when(base)}.", _boxes(picture, found)]
    whens = spoken_pair(base, last)
    times = [whens[0], *(when(reading, year=False) for reading in found[1:-1]), whens[1]]
    each = joined([f"{published(reading, unit)} {time}" for reading, time in zip(found, times, strict=True)])
    rounded = "rounded " if all(half_unit(reading) > 0 for reading in found) else ""
    told = f"{COUNTS[len(found)]} {rounded}figures were {done}: {each}."
    moved = finding(picture.main).moved
    linked = any(len(part) > 1 for part in picture.main.linked)
    link = "The dotted line joins the figures; it is not data." if linked else ""
    return [told, _boxes(picture, found), _moved(picture, moved), link]


def _boxes(picture: Picture, found: tuple[Reading, ...]) -> str:
    """Say what the boxes mean; silent where there are none to see."""
    found = tuple(reading for reading in found if reading.qualifier not in ("<", ">"))
    halves = sorted({half_unit(reading) for reading in found if half_unit(reading) > 0})
    spread = any(reading.earliest != reading.latest for reading in found)
    unit = " points" if picture.unit else ""
    parts = [f"±{plain(halves[0])}{unit}" if len(halves) == 1 else "its rounding"] if halves else []
    parts += ["the spread of its date"] if spread else []
    subject = "The box shows what it can mean: " if len(found) == 1 else "Boxes show what each can mean: "
    return f"{subject}{', and '.join(parts)}." if parts else ""


def _moved(picture: Picture, moved: Change | None) -> str:
    """Say how far a fall or rise goes once rounding is counted."""
    if moved is None:
        several = len(comparable(picture.main.readings)) > 1
        return "Once rounding is counted, the figures may be equal." if several else ""
    noun = "fall" if moved.direction == "fell" else "rise"
    unit = " points" if picture.unit else ""
    low, high = sorted((abs(moved.points_low), abs(moved.points_high)))
    relative = ""
    if moved.percent_low is not None and moved.percent_high is not None and moved.percent_high < MOST_PERCENT:
        decimals = 0 if max(abs(moved.percent_low), abs(moved.percent_high)) >= 10 else 1
        relative = f" ({span(moved.percent_low, moved.percent_high, decimals)}%)"
    bounds = any(reading.value is None for reading in picture.main.readings)
    counted = "the published bounds are counted" if bounds else "rounding is counted"
    least, most, points = (readable(plain(number)) for number in (low, high, abs(moved.points or 0.0)))
    if least == most == points and moved.points is not None:
        return f"The {noun} is {points}{unit}{relative}."
    between = f"between {least} and {most}{unit}{relative} once {counted}"
    if moved.points is None:
        return f"The {noun} is {between}."
    if any(reading.qualifier == "~" for reading in picture.main.readings):
        return f"The {noun} is about {points}{unit}: “about” does not say how exact the figures are."
    published_ = f"{points}{unit if abs(moved.points) != 1 else unit[:-1]} as published"
    return f"The {noun} is {published_}, and {between}."


def _series_note(picture: Picture) -> list[str]:
    main = picture.main
    halves = {half_unit(reading) for reading in main.readings if _is_seen(picture, reading)}
    unit = " points" if picture.unit else ""
    said = [f"The {verb} is unexplained: treat it as a possible break in the series." for verb in _jumps(picture)[:1]]
    if len(halves) == 1:
        said.append(f"Band: rounding of ±{plain(halves.pop())}{unit}.")
    elif halves:
        said.append("Band: rounding of the last printed digit.")
    return said


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


def _whole_note(picture: Picture) -> list[str]:
    """What a reader must know of the whole, in the market's own words."""
    own = str(picture.market.get("market_note") or "").strip().rstrip(".")
    said = [f"{own[0].upper()}{own[1:]}."] if own else []
    if picture.market.get("whole") == "overlapping" and picture.unit:
        said.append("One may be counted for several, so that parts do not sum to 100.")
    return said
