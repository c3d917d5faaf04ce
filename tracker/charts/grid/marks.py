"""How a value is written in a cell or beside a name, and what its marks mean."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10

import pandas as pd

from tracker.analysis.decimals import exact, plain
from tracker.analysis.readings import Reading
from tracker.charts.words.dates import when
from tracker.charts.words.numbers import label_value
from tracker.charts.words.prose import joined

LONGEST = 3
"""More decimals than so many are computed rather than printed, and are not shown."""

NAMED = 3

FLAGS = {"F": "forecast", "P": "provisional", "E": "estimated", "B": "break in the series"}


def value(reading: Reading, unit: str = "") -> str:
    """Write a value as printed; digits that no page prints are left out.

    >>> from datetime import date
    >>> day = date(2025, 1, 1)
    >>> long = Reading("A", day, day, "day", day, day, "21.870872876777964", 21.870872876777964, 21.87, 21.88)
    >>> value(long, "%")
    '21.87%'
    """
    if not is_cut(reading) or reading.value is None:
        return label_value(reading, unit)
    decimals = 2
    if 0 < abs(reading.value) < 0.1:
        decimals = 1 - floor(log10(abs(reading.value)))
    mark = reading.qualifier if reading.qualifier == "~" else ""
    return f"{mark}{_padded(reading.value, decimals)}{unit}"


def _padded(number: float, decimals: int) -> str:
    return plain(float(round(exact(number), decimals)), decimals)


def is_cut(reading: Reading) -> bool:
    """Whether a value has more decimals than are shown."""
    return reading.value is not None and len(reading.printed.partition(".")[2]) > LONGEST


def flag(reading: Reading, frame: pd.DataFrame) -> str:
    """Return the marks of a value: a dagger where it is corrected, and the letter of its status."""
    status = reading.status.lower() if reading.status in FLAGS else ""
    return f"{'†' if is_corrected(reading, frame) else ''}{status}"


def is_corrected(reading: Reading, frame: pd.DataFrame) -> bool:
    """Whether the share is not what the source printed."""
    return isinstance(frame["corrected_from"].iloc[reading.row], str)


def corrected(drawn: Iterable[Reading], frame: pd.DataFrame, unit: str) -> str:
    """Name what is corrected, with what was printed; nothing where nothing is."""
    found = [reading for reading in drawn if is_corrected(reading, frame)]
    if not found:
        return ""
    told = []
    for one in found[: NAMED if len(found) > NAMED + 1 else None]:
        printed = frame["corrected_from"].iloc[one.row]
        what = "of another status" if printed == one.printed else f"printed as {printed}{unit}"
        told.append(f"{one.entity} {when(one)}, {what}")
    more = [f"{len(found) - len(told)} more"] if len(found) > len(told) else []
    reasons = dict.fromkeys(str(frame["correction"].iloc[one.row]) for one in found)
    reasons.pop("None", None)
    why = f" ({'; '.join(list(reasons)[:NAMED])})" if reasons else ""
    return f"Corrected: {'; '.join([*told, *more])}{why}."


def statuses(drawn: Iterable[Reading]) -> str:
    """Name what is forecast, provisional or estimated; nothing where all is settled."""
    said = []
    readings = list(drawn)
    for mark, word in FLAGS.items():
        found = [one for one in readings if one.status == mark]
        if found and mark != "B":
            shown = [f"{one.entity} {when(one)}" for one in found[:NAMED]]
            more = [f"{len(found) - NAMED} more"] if len(found) > NAMED else []
            said.append(f"{word[0].upper()}{word[1:]}: {joined([*shown, *more])}.")
    return " ".join(said)


def cut(drawn: Iterable[Reading]) -> str:
    """Say that values have more digits than are shown; nothing where they have not."""
    return "Shares are rounded here; the data keep all digits." if any(is_cut(reading) for reading in drawn) else ""


def unnamed(names: list[str], most: int = 8) -> str:
    """List names for the note; many are counted."""
    return joined(names if len(names) <= most + 1 else [*names[:most], f"{len(names) - most} more"])
