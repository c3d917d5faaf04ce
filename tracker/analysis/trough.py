"""The lowest reading of a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.readings import Reading
from tracker.analysis.sentence import Sentence
from tracker.analysis.words import told


@dataclass(frozen=True, slots=True)
class Trough(Sentence):
    """The first of the lowest readings.

    Parameters
    ----------
    reading : Reading
        Where the series is lowest; shares in percent.
    index : int
        Its position in the series.
    so_far : bool
        Whether it is the last reading: it may go lower.
    """

    reading: Reading
    index: int
    so_far: bool

    def __str__(self) -> str:
        verb = "is at its lowest so far," if self.so_far else "was lowest"
        return f"{self.reading.entity} {verb} at {told(self.reading)}."

    def row(self) -> dict[str, object]:
        """Return it as a row: column to plain value; shares in percent."""
        one = self.reading
        return {
            "entity": one.entity,
            "share": one.value,
            "lowest": one.lowest,
            "highest": one.highest,
            "period": one.period,
            "so_far": self.so_far,
        }


def trough(series: Sequence[Reading]) -> Trough | None:
    """Find the first minimum of a series.

    Parameters
    ----------
    series : sequence of Reading
        In the order of time; shares in percent.

    Returns
    -------
    Trough or None
        None where no reading has a number, or where a published bound allows a lower one: after "3", "<1"
        leaves no trough to speak of.

    Notes
    -----
    *Not valid* as "the all-time low": between two readings, and within the rounding of the lowest, anything
    may have been lower. An entity that is left out of a list is not at zero.

    Examples
    --------
    >>> from datetime import date
    >>> days = [date(2025, month, 1) for month in (1, 2, 3)]
    >>> series = [Reading("R1", d, d, "day", d, d, str(v), v, v, v) for d, v in zip(days, (7.0, 3.0, 5.0))]
    >>> print(trough(series))
    R1 was lowest at 3.0% (2025-02-01).
    """
    numbered = [(index, reading.value) for index, reading in enumerate(series) if reading.value is not None]
    if not numbered:
        return None
    index, least = min(numbered, key=lambda pair: (pair[1], pair[0]))
    if any(reading.value is None and reading.lowest < least for reading in series):
        return None
    return Trough(series[index], index, index == len(series) - 1)
