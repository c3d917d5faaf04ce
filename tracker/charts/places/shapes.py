"""What a rank chart is made of: discs, curves, and the scene of both with their texts."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.analysis.rank import Rank
from tracker.charts.page.board import Point
from tracker.charts.page.text import Line

NEAR = 1.6
"""Between a disc and the curve that leads to it, points."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A place: where, whose, and whether rounding leaves it open.

    Parameters
    ----------
    x, lane : float
        In the units of the axes.
    at : tuple of float
        Points.
    """

    name: str
    place: Rank
    x: float
    lane: int
    at: Point
    color: str
    hollow: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A connector, which is no data."""

    name: str
    start: Point
    end: Point
    color: str
    wide: float
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A rank chart in its place.

    Parameters
    ----------
    ties : list of (x, low, high)
        Discs of equal shares, which are held together; points.
    across, up : tuple of float
        Ends of the axes, so that discs stand at their period and lane.
    unlabelled : list of str
        Those of the focus who left, with their last figure shown, where their label has no room.
    """

    size: Point
    radius: float
    discs: list[Disc]
    curves: list[Curve]
    ties: list[tuple[float, float, float]]
    lines: list[Line]
    across: Point
    up: Point
    unlabelled: list[str]
