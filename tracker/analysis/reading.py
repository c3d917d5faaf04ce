"""A reading: what one observation says, apart from frames."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reading:
    """One share of one entity in one period.

    Parameters
    ----------
    entity : str
        Who has the share.
    start, end : datetime.date
        First and last day of the period as published.
    precision : str
        How exact the period is, see `tracker.values.PRECISIONS`.
    earliest, latest : datetime.date
        First and last day that a vague period may speak of.
    printed : str
        The share as printed: ``7``, ``7.0``, ``<1``, ``6.5..7.5``.
    value : float or None
        Percent; None where only bounds were printed.
    lowest, highest : float
        Percent that rounding, or the published bounds, allow.
    qualifier : str or None
        ``<``, ``>`` or ``~``.
    status : str
        SDMX observation status.
    row : int
        Position of the observation in its frame.
    sample_size : int or None
        How many were asked or counted, where the source says so.
    unit : str
        ``%``; empty where it is the value of an index and no share.
    """

    entity: str
    start: date
    end: date
    precision: str
    earliest: date
    latest: date
    printed: str
    value: float | None
    lowest: float
    highest: float
    qualifier: str | None = None
    status: str = "A"
    row: int = 0
    sample_size: int | None = None
    unit: str = "%"

    @property
    def period(self) -> str:
        """The period as it is written: ``2025-02``, ``~2025-02-15``."""
        from tracker.values import Period

        return str(Period(self.start, self.end, self.precision))

    @property
    def middle(self) -> float:
        """Middle of the days that it may speak of, proleptic Gregorian ordinal."""
        return (self.earliest.toordinal() + self.latest.toordinal()) / 2

    @property
    def level(self) -> float:
        """Percent to order and place the reading by: the number, else the bound, else the middle of the two."""
        if self.value is not None:
            return self.value
        if self.qualifier == "<":
            return self.highest
        if self.qualifier == ">":
            return self.lowest
        return (self.lowest + self.highest) / 2
