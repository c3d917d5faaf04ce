"""The interval of a bar: what the sample leaves where shares are answers, else what rounding leaves."""

from __future__ import annotations

from tracker.analysis.readings import Reading
from tracker.analysis.refused import Refused
from tracker.analysis.wilson import sampled
from tracker.charts.between.exactness import is_rounded
from tracker.charts.between.sampling import is_asked, sampling_note
from tracker.charts.between.words import rounding
from tracker.charts.picture import Picture

Interval = tuple[float, float]


def is_sample(picture: Picture) -> bool:
    """Whether every figure is a share of people who were asked: only then the intervals are of one kind."""
    valued = [reading for reading in picture.drawn() if reading.value is not None]
    return (
        is_asked(picture)
        and bool(valued)
        and all(bool(reading.sample_size) and reading.qualifier is None for reading in valued)
    )


def intervals(picture: Picture) -> dict[str, Interval]:
    """Return the interval of each entity with a number whose rounding is known, percent."""
    sample = is_sample(picture)
    valued = [reading for reading in picture.drawn() if reading.value is not None and (sample or is_rounded(reading))]
    return {reading.entity: _interval(reading, sample) for reading in valued}


def _interval(reading: Reading, sample: bool) -> Interval:
    found = sampled(reading) if sample else None
    if found is None or isinstance(found, Refused):
        return reading.lowest, reading.highest
    return 100.0 * found.low, 100.0 * found.high


def whiskers_note(picture: Picture) -> list[str]:
    """Say which interval the whiskers show; silent where there are none to see."""
    drawn = seen(picture)
    if not is_sample(picture):
        told = [reading for reading in picture.drawn() if reading.entity in drawn]
        whiskers = [f"Whiskers: {rounding(told, picture)}."] if told else []
        return [*whiskers, *sampling_note(picture)]
    if not drawn:
        return []
    sizes = sorted({reading.sample_size for reading in picture.drawn() if reading.sample_size})
    asked = f"{sizes[0]:,}" if len(sizes) == 1 else f"{sizes[0]:,} to {sizes[-1]:,}"
    return [
        f"Whiskers: 95% intervals (Wilson) for a simple random sample of {asked}, rounding included; "
        "weighting makes them wider."
    ]


def seen(picture: Picture) -> dict[str, Interval]:
    """Return the intervals that are wide enough to be drawn."""
    found = intervals(picture)
    greatest = max([reading.level for reading in picture.drawn()] + [high for _, high in found.values()])
    return {name: ends for name, ends in found.items() if ends[1] - ends[0] >= 0.008 * greatest}
