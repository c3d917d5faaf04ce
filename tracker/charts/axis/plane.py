"""The plot as a plane of points: where a day and a percentage lie on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tracker.charts.axis.scales import bent, straight, to_logits

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
    scale : {'linear', 'log', 'logit'}
        Of the value axis. Without a zero, its bottom is above zero; on a logit axis its top is below 100.

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
    scale: str = "linear"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, points."""
        return self.width, self.height

    def x(self, day: float) -> float:
        """Return the distance of a day from the left edge, points."""
        return (day - self.first) / (self.last - self.first) * self.width

    def y(self, value: float) -> float:
        """Return the height of a percentage above the base line, points; what has no place is at the nearer end."""
        if self.scale == "linear":
            return (value - self.bottom) / (self.top - self.bottom) * self.height
        if value <= self.bottom:
            return 0.0
        low, high = bent(self.bottom, self.scale), bent(self.top, self.scale)
        place = bent(self.within(value), self.scale)
        return (place - low) / (high - low) * self.height

    def heights(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the heights of many percentages, see `y`."""
        bend: dict[str, Callable[..., NDArray[np.float64]]] = {"log": np.log10, "logit": to_logits}
        places = bend.get(self.scale, np.asarray)(self.inside(values))
        low, high = bent(self.bottom, self.scale), bent(self.top, self.scale)
        return np.asarray((places - low) / (high - low) * self.height)

    def inside(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return many percentages cut at the ends of the value axis, see `within`."""
        if self.scale == "linear":
            return values
        return np.clip(values, self.bottom, self.top if self.scale == "logit" else None)

    def days(self, points: float) -> float:
        """Return how many days a distance on paper is."""
        return points / self.width * (self.last - self.first)

    def value(self, y: float) -> float:
        """Return the percentage at a height above the base line."""
        low, high = bent(self.bottom, self.scale), bent(self.top, self.scale)
        return straight(low + y / self.height * (high - low), self.scale)

    def within(self, value: float) -> float:
        """Return a percentage, or the end of the value axis that it lies beyond where the scale is not linear."""
        if self.scale == "linear":
            return value
        above = max(value, self.bottom)
        return min(above, self.top) if self.scale == "logit" else above
