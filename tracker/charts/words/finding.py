"""The finding of a picture: which two readings tell it, and which verb they bear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.change import Change, change
from tracker.analysis.peak import peak
from tracker.analysis.readings import Reading
from tracker.charts.picture import BREAK, Series

FORECAST = "F"

CLEAR = 0.25
"""A peak tells the story only where both its sides are this part of each other."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What happened to a series.

    Parameters
    ----------
    verb : str
        ``fell``, ``rose``, ``peaked``, or ``was`` where rounding allows no other word.
    base, last : Reading
        The two that tell it: the first or the peak, and the last.
    change : Change or None
        Between the two; None for a single reading.
    peak : Reading or None
        The highest reading, where the last one is lower by more than rounding.
    later, sooner : bool
        Whether it starts after the first reading of the series, for there was a break, and whether it ends
        before the last one, for that is a forecast.
    """

    verb: str
    base: Reading
    last: Reading
    change: Change | None
    peak: Reading | None
    later: bool = False
    sooner: bool = False

    @property
    def moved(self) -> Change | None:
        """The change, where it is more than rounding."""
        return self.change if self.change and self.change.direction in ("fell", "rose") else None


def finding(series: Series) -> Finding:
    """Find what a series tells.

    Notes
    -----
    A peak in between is the story where the series clearly rose to it and clearly fell from it, and
    neither side is less than a quarter of the other; else first and last are. Forecasts are no findings,
    and what was before a break cannot be compared: only settled readings since the last break count.

    *Not valid* as a statement about what happened between two readings.
    """
    found = comparable(series.readings)
    cut = found[0] is not series.readings[0], found[-1] is not series.last
    first, last = found[0], found[-1]
    if len(found) == 1:
        return Finding("was", last, last, None, None, *cut)
    highest = peak(found)
    top = highest.reading if highest and change(highest.reading, last).holds("fell") else None
    if top is not None and top is not first and _clear(first, top, last):
        return Finding("peaked", top, last, change(top, last), top, *cut)
    whole = change(first, last)
    verb = whole.direction if whole.direction in ("fell", "rose") else "was"
    return Finding(verb, first, last, whole, top, *cut)


def comparable(found: Sequence[Reading]) -> Sequence[Reading]:
    """Return the readings since the last break, without forecasts unless there is nothing else."""
    facts = [reading for reading in found if reading.status != FORECAST] or list(found)
    breaks = [index for index, reading in enumerate(facts) if reading.status == BREAK]
    return facts[breaks[-1] :] if breaks else facts


def _clear(first: Reading, top: Reading, last: Reading) -> bool:
    up, down = change(first, top), change(top, last)
    if not (up.holds("rose") and down.holds("fell")):
        return False
    rise, drop = top.level - first.level, top.level - last.level
    return min(rise, drop) >= CLEAR * max(rise, drop)
