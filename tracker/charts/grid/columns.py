"""Which periods have a column: all of them, or evenly chosen ones with the first and the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from tracker.analysis.gaps import WIDEST, spacings, usual_spacing
from tracker.analysis.readings import Reading
from tracker.charts.words.dates import said

ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

NOUNS = {name: name for name in ("day", "week", "month", "quarter", "half", "year")}

Key = tuple[date, date, str]


def ordinal(number: int) -> str:
    """Say a number of order.

    >>> ordinal(3), ordinal(11), ordinal(21), ordinal(112)
    ('third', '11th', '21st', '112th')
    """
    if number < len(ORDINALS):
        return ORDINALS[number]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def key(reading: Reading) -> Key:
    """Return what makes the period of a reading: its days, and how exact they are."""
    return reading.start, reading.end, reading.precision


def columns(found: Iterable[Reading]) -> list[Reading]:
    """Return one reading for each period, in the order of time."""
    periods = {key(reading): reading for reading in found}
    return sorted(periods.values(), key=lambda one: (one.middle, one.start, one.end, one.precision))


def evenly(count: int, most: int, pinned: Iterable[int] = ()) -> list[int]:
    """Choose at most `most` of `count` places, evenly from the last one back, and always the first.

    Those that are pinned, the most important first, take the places of their nearest neighbours.

    >>> evenly(7, 4), evenly(18, 10), evenly(3, 5), evenly(7, 4, [1])
    ([0, 2, 4, 6], [0, 3, 5, 7, 9, 11, 13, 15, 17], [0, 1, 2], [0, 1, 4, 6])
    """
    chosen = _evenly(count, most)
    kept = list(dict.fromkeys(pinned))[: max(most, 2)]
    for pin in kept:
        if pin in chosen:
            continue
        free = sorted((one in (0, count - 1), abs(one - pin), one) for one in chosen if one not in kept)
        near = [one for end, far, one in free if not end and 2 * far * len(chosen) <= count]
        if near or len(chosen) >= max(most, 2):
            chosen.remove(near[0] if near else free[0][-1])
        chosen.append(pin)
    return sorted(chosen)


def _evenly(count: int, most: int) -> list[int]:
    if count <= max(most, 2):
        return list(range(count))
    last = count - 1
    least = -(-last // (max(most, 2) - 1))
    step = next((step for step in range(least, least + least // 3 + 1) if last % step == 0), least)
    chosen = list(range(last, -1, -step))[::-1]
    if chosen[0] != 0:
        crowded = chosen[0] <= step / 2 or len(chosen) >= most
        chosen = [0, *chosen[1 if crowded and len(chosen) > 1 else 0 :]]
    return chosen


def choice(every: Sequence[Reading], chosen: Sequence[int]) -> str:
    """Say which periods are shown; nothing where all are.

    >>> from datetime import date
    >>> days = [date(2025, month, 1) for month in range(1, 8)]
    >>> choice([Reading("A", d, d, "month", d, d, "1", 1.0, 1.0, 1.0) for d in days], [0, 3, 6])
    'every third month shown'
    """
    if len(chosen) == len(every):
        return ""
    noun = noun_of(every)
    steps = [after - before for before, after in pairwise(chosen)]
    if len(set(steps)) == 1 and len(set(spacings(every))) == 1:
        return f"every {ordinal(steps[0])} {noun} shown"
    if len(set(steps[1:])) == 1 and len(set(spacings(every))) == 1 and len(steps) > 2:
        return f"the first and every {ordinal(steps[1])} {noun} shown"
    return f"{len(chosen)} of {len(every)} {noun if noun != 'half' else 'half-year'}s shown"


def noun_of(every: Sequence[Reading]) -> str:
    """Return what one period is called; ``period`` where they differ or have no name."""
    kinds = {"week" if is_week(one) else one.precision for one in every}
    return NOUNS.get(kinds.pop(), "period") if len(kinds) == 1 else "period"


def is_week(one: Reading) -> bool:
    """Whether a period is seven days, whatever day it starts on."""
    return one.precision == "week" or (one.precision == "range" and (one.end - one.start).days == 6)


def is_regular(every: Sequence[Reading]) -> bool:
    """Whether periods follow each other at equal distances, months counted as equal."""
    return len(set(spacings(every))) <= 1


def breaks(every: Sequence[Reading]) -> list[int]:
    """Return the places before which nothing was published for more than the usual time.

    *Not valid* with fewer than four periods: none are found, since one spacing is as usual as the other.
    """
    usual = usual_spacing(every)
    if usual is None or len(every) <= 3:
        return []
    return [i + 1 for i, spacing in enumerate(spacings(every)) if spacing > WIDEST * usual]


def silence(every: Sequence[Reading]) -> str:
    """Say between which periods nothing was published; nothing where there is no such gap."""
    found = breaks(every)
    if not found:
        return ""
    if len(found) > 3:
        return f"At {len(found)} places nothing was published for longer than usual."
    told = [f"{said(every[i - 1])} and {said(every[i])}" for i in found]
    return f"Nothing was published between {'; between '.join(told)}."
