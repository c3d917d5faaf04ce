"""The free places of a plot: what lies where, and which place for a text covers least of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]

FORBIDDEN = float("inf")
SAMPLE = 2.5
"""Lines are looked at as points so far apart, in points."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in points from the lower left corner of the plot."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether the two have a common inside.

        >>> Box(0, 0, 2, 2).meets(Box(1, 1, 3, 3)), Box(0, 0, 2, 2).meets(Box(2, 0, 3, 3))
        (True, False)
        """
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def holds(self, point: Point) -> bool:
        """Whether a point lies within."""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top

    def within(self, other: Box) -> bool:
        """Whether this one leaves the other nowhere."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )

    def grown(self, margin: float) -> Box:
        """Return the box with a margin on all sides."""
        return Box(self.left - margin, self.bottom - margin, self.right + margin, self.top + margin)


@dataclass(slots=True)
class Board:
    """What lies in a plot, with how bad it is to cover it.

    Parameters
    ----------
    room : Box
        Where texts may stand.
    """

    room: Box
    boxes: list[tuple[Box, float]] = field(default_factory=list)
    _samples: list[NDArray[np.float64]] = field(default_factory=list)
    _sorted: bool = False

    def line(self, points: Sequence[Point] | NDArray[np.float64], weight: float) -> None:
        """Put down a line; every bit of it that is covered counts `weight`."""
        if len(points) < 2:
            return
        path = np.asarray(points, dtype=float)
        along = np.diff(path, axis=0)
        steps = np.maximum(np.ceil(np.hypot(along[:, 0], along[:, 1]) / SAMPLE), 1).astype(int)
        segment = np.repeat(np.arange(len(steps)), steps + 1)
        within = np.arange(len(segment)) - np.repeat(np.cumsum(steps + 1) - steps - 1, steps + 1)
        bits = path[segment] + along[segment] * (within / steps[segment])[:, None]
        self._samples.append(np.column_stack([bits, np.full(len(bits), weight)]))
        self._sorted = False

    def area(self, box: Box, weight: float = FORBIDDEN) -> None:
        """Put down a rectangle; texts are `FORBIDDEN` ground."""
        self.boxes.append((box, weight))

    def score(self, box: Box, margin: float = 0.0) -> float:
        """Say how much a text in this place would cover; infinite where it may not stand."""
        if not box.within(self.room):
            return FORBIDDEN
        wide = box.grown(margin)
        total = sum(weight for other, weight in self.boxes if wide.meets(other))
        if total == FORBIDDEN:
            return FORBIDDEN
        return total + self._covered(wide)

    def _covered(self, box: Box) -> float:
        """Add up the bits of lines in a box; they are kept in the order of their x, to look at a few only."""
        if not self._samples:
            return 0.0
        if not self._sorted:
            bits = np.concatenate(self._samples)
            self._samples, self._sorted = [bits[np.argsort(bits[:, 0], kind="stable")]], True
        bits = self._samples[0]
        first = np.searchsorted(bits[:, 0], box.left, "left")
        last = np.searchsorted(bits[:, 0], box.right, "right")
        near = bits[first:last]
        return float(near[(near[:, 1] >= box.bottom) & (near[:, 1] <= box.top), 2].sum())

    def best(self, places: Iterable[Box], margin: float = 0.0, most: float = FORBIDDEN) -> tuple[int, Box] | None:
        """Return the place that covers least, the earlier of equals; None where all cover `most` or more."""
        found: tuple[float, int, Box] | None = None
        for index, box in enumerate(places):
            score = self.score(box, margin)
            if score < most and (found is None or score < found[0]):
                found = (score, index, box)
            if score == 0:
                break
        return found[1:] if found else None
