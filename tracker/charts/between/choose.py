"""Which periods are compared: those asked for, else the first and the last that most entities have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tracker.analysis.readings import Reading
from tracker.charts.words.prose import joined
from tracker.errors import TrackerError
from tracker.values import Period

NEAREST = 3
"""So many periods are named where the one that is asked for is not there."""

Found = Mapping[str, tuple[Reading, ...]]


def periods(found: Found) -> list[Reading]:
    """Return a reading of each period that there is, by time."""
    kinds = {reading.period: reading for series in found.values() for reading in series}
    return sorted(kinds.values(), key=lambda reading: (reading.middle, reading.start, reading.period))


def chosen(found: Found, wanted: str | None, focus: Sequence[str], *, last: bool) -> Reading:
    """Return a reading of the period that is asked for.

    Parameters
    ----------
    found : mapping of str to sequence of Reading
        Readings of one market.
    wanted : str or None
        A period as it is written: ``2025-02``. None is the first or last one of the first entity of the
        focus; without a focus, the first or last of those that at least half as many entities have as the
        best filled one.
    focus : sequence of str
        Names, perhaps none.
    last : bool
        Whether None means the last one.

    Raises
    ------
    InvalidValue
        If the text is no period.
    TrackerError
        If there is no share of that period; the nearest ones are named.
    """
    known = periods(found)
    if wanted is not None:
        return _asked(known, wanted)
    if focus:
        return found[focus[0]][-1 if last else 0]
    counts = Counter(reading.period for series in found.values() for reading in series)
    most = max(counts.values())
    filled = [reading for reading in known if 2 * counts[reading.period] >= most]
    return filled[-1 if last else 0]


def _asked(known: Sequence[Reading], wanted: str) -> Reading:
    period = Period.parse(wanted).named()
    for reading in known:
        if Period(reading.start, reading.end, reading.precision).named() == period:
            return reading
    middle = (period.start.toordinal() + period.end.toordinal()) / 2
    near = sorted(known, key=lambda reading: (abs(reading.middle - middle), reading.middle))[:NEAREST]
    names = [reading.period for reading in sorted(near, key=lambda reading: reading.middle)]
    nearest = f"The nearest {'is' if len(names) == 1 else 'are'} {joined(names)}."
    raise TrackerError(f"there is no share of {period} here", nearest)


def of_period(readings: Sequence[Reading], period: str) -> Reading | None:
    """Return the reading of a period; None where there is none.

    Raises
    ------
    TrackerError
        If there are several: neither is the share of the period.
    """
    held = [reading for reading in readings if reading.period == period]
    if len(held) > 1:
        shares = joined([f"{reading.printed}" for reading in held])
        raise TrackerError(
            f"{held[0].entity} has {len(held)} shares of {period}: {shares}", "Leave one of them out of the frame."
        )
    return held[0] if held else None
