"""The plot as a plane of points: where a day and a percentage lie on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import log10

EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> float:
    """Count days since 1970-01-01, the number matplotlib uses for dates.

    >>> day_number(date(1970, 1, 2))
    1.0
    """
    return float(day.toordinal() - EPOCH)


@dataclass(frozen=True, slots=True)
class Plane:
    """A plot of a known size on paper.

    Parameters
    ----------
    width, height : float
        Points.
    first, last : float
        Ends of the date axis, days since 1970-01-01.
    bottom, top : float
        Ends of the value axis, percent.
    log : bool
        Whether the value axis is logarithmic; its bottom is then above zero.

    Examples
    --------
    >>> plane = Plane(100.0, 50.0, 0.0, 10.0, 0.0, 8.0)
    >>> plane.x(5.0), plane.y(4.0)
    (50.0, 25.0)
    """

    width: float
    height: float
    first: float
    last: float
    bottom: float
    top: float
    log: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, points."""
        return self.width, self.height

    def x(self, day: float) -> float:
        """Return the distance of a day from the left edge, points."""
        return (day - self.first) / (self.last - self.first) * self.width

    def y(self, value: float) -> float:
        """Return the height of a percentage above the base line, points; below a log axis it is zero."""
        if not self.log:
            return (value - self.bottom) / (self.top - self.bottom) * self.height
        if value <= self.bottom:
            return 0.0
        return log10(value / self.bottom) / log10(self.top / self.bottom) * self.height

    def days(self, points: float) -> float:
        """Return how many days a distance on paper is."""
        return points / self.width * (self.last - self.first)

    def value(self, y: float) -> float:
        """Return the percentage at a height above the base line."""
        if not self.log:
            return self.bottom + y / self.height * (self.top - self.bottom)
        return float(self.bottom * (self.top / self.bottom) ** (y / self.height))
