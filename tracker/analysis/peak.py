"""The highest reading of a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.analysis.readings import Reading
from tracker.analysis.sentence import Sentence
from tracker.analysis.words import told


@dataclass(frozen=True, slots=True)
class Peak(Sentence):
    """The first of the highest readings.

    Parameters
    ----------
    reading : Reading
        Where the series is highest.
    index : int
        Its position in the series.
    so_far : bool
        Whether it is the last reading: it may be no peak for long. Of equal ones the first is the peak.
    """

    reading: Reading
    index: int
    so_far: bool

    def __str__(self) -> str:
        return f"{self.reading.entity} {'is at its peak so far' if self.so_far else 'peaked'} at {told(self.reading)}."

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


def peak(series: Sequence[Reading]) -> Peak | None:
    """Find the first maximum of a series.

    Parameters
    ----------
    series : sequence of Reading
        In the order of time; shares in percent.

    Returns
    -------
    Peak or None
        None where no reading has a number, or where a published bound allows a higher one: after "7", ">8"
        leaves no peak to speak of.

    Notes
    -----
    *Not valid* as "the all-time high": between two readings, and within the rounding of the highest,
    anything may have been higher.

    Examples
    --------
    >>> from datetime import date
    >>> days = [date(2025, month, 1) for month in (1, 2, 3)]
    >>> series = [Reading("R1", d, d, "day", d, d, str(v), v, v, v) for d, v in zip(days, (1.0, 7.0, 7.0))]
    >>> peak(series).index, peak(series[:2]).so_far
    (1, True)
    """
    numbered = [(index, reading.value) for index, reading in enumerate(series) if reading.value is not None]
    if not numbered:
        return None
    index, _ = max(numbered, key=lambda pair: (pair[1], -pair[0]))
    if beyond(series, series[index]):
        return None
    return Peak(series[index], index, index == len(series) - 1)


def beyond(those: Sequence[Reading], top: Reading) -> list[Reading]:
    """Return the bounds that allow more than the greatest number: what is the highest, they leave open."""
    return [one for one in those if one.value is None and one.highest > top.level]
