"""Where the discs, curves and texts of a rank chart stand, in points from the lower left corner."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.analysis.rank import Rank
from tracker.charts.grid.columns import breaks, key
from tracker.charts.grid.heads import heads
from tracker.charts.look.style import Style
from tracker.charts.page.board import Point
from tracker.charts.places.early import label_early
from tracker.charts.places.fit import EDGE, RADIUS, Across, Lanes
from tracker.charts.places.ranking import Ranking
from tracker.charts.places.shapes import NEAR, Curve, Disc, Scene
from tracker.charts.places.texts import dates, labels, numbers

TALLEST = 70.0
"""Lanes are at most so high, points."""


def head_height(made: Ranking, chosen: Sequence[int], style: Style) -> float:
    """Return the height of the texts beneath, points."""
    most = max(len(lines) for lines in heads([made.columns[i] for i in chosen]))
    return 1.2 * style.label_size * most + 4.0


def compose(made: Ranking, wide: Across, lanes: Lanes, size: Point, style: Style) -> Scene:
    """Lay a rank chart out."""
    foot = head_height(made, wide.chosen, style)
    pitch = min((size[1] - foot) / lanes.count, TALLEST)
    left, right = EDGE, size[0] - wide.gutter - EDGE
    span = wide.x[-1] - wide.x[0]
    places = [left + (x - wide.x[0]) / span * (right - left) if span else left for x in wide.x]
    across = dict(zip(wide.chosen, places, strict=True))
    nearest = min((b - a for a, b in pairwise(across.values())), default=4 * RADIUS)
    radius = min(RADIUS, 0.43 * pitch, 0.31 * nearest)
    discs = _discs(made, wide, lanes, across, (size[1], pitch), style)
    scale = (span or 1.0) / (right - left)
    scene = Scene(
        size, radius, discs, _curves(made, wide, discs, radius, style), _ties(discs),
        [], (wide.x[0] - left * scale, wide.x[0] + (size[0] - left) * scale),
        (size[1] / pitch - 0.5, -0.5), [],
    )  # fmt: skip
    scene.lines.extend(numbers(discs, radius, style))
    scene.lines.extend(labels(made, wide, scene, style))
    label_early(made, wide, lanes, scene, style)
    scene.lines.extend(dates(made, across, size[1] - lanes.count * pitch, style))
    return scene


def color_of(made: Ranking, name: str, style: Style) -> str:
    """Return the colour of the discs of an entity."""
    hue = next(series.hue for series in made.grid.picture.series if series.name == name)
    return style.focus(hue) if name in made.focus else style.muted_line


def _discs(
    made: Ranking, wide: Across, lanes: Lanes, across: dict[int, float], paper: Point, style: Style
) -> list[Disc]:
    found = []
    for i, x in zip(wide.chosen, wide.x, strict=True):
        period = key(made.columns[i])
        for name in lanes.names:
            lane = lanes.slots.get((name, period))
            if lane is None:
                continue
            place = made.ranks[name, period]
            at = across[i], paper[0] - (lane + 0.5) * paper[1]
            found.append(Disc(name, place, x, lane, at, color_of(made, name, style), is_open(place)))
    return found


def is_open(place: Rank) -> bool:
    """Whether rounding leaves the place open."""
    return place.rank_low != place.rank_high


def _curves(made: Ranking, wide: Across, discs: Sequence[Disc], radius: float, style: Style) -> list[Curve]:
    """Join neighbours where nothing is missing between them, the focus last."""
    order = {key(made.columns[i]): n for n, i in enumerate(wide.chosen)}
    gaps = breaks(made.columns)
    found = []
    for name in sorted({one.name for one in discs}, key=lambda name: (name in made.focus, name)):
        own = {order[key(one.place.reading)]: one for one in discs if one.name == name}
        for n in sorted(own):
            if n + 1 in own and _is_whole(made, name, wide.chosen[n], wide.chosen[n + 1], gaps):
                found.append(_curve(own[n], own[n + 1], radius, name in made.focus, style))
    return found


def _is_whole(made: Ranking, name: str, first: int, last: int, gaps: Sequence[int]) -> bool:
    """Whether an entity has a place in every period from one to another, none of them missing."""
    if any(first < gap <= last for gap in gaps):
        return False
    return all((name, key(made.columns[i])) in made.ranks for i in range(first, last + 1))


def _curve(one: Disc, other: Disc, radius: float, bold: bool, style: Style) -> Curve:
    away = radius + NEAR
    start, end = (one.at[0] + away, one.at[1]), (other.at[0] - away, other.at[1])
    unsettled = other.place.reading.status in ("F", "P", "E")
    wide = style.focus_width if bold else style.named_width
    return Curve(one.name, start, end, one.color, wide, unsettled)


def _ties(discs: Sequence[Disc]) -> list[tuple[float, float, float]]:
    """Hold discs of one printed share together."""
    groups: dict[tuple[float, int], list[Disc]] = {}
    for one in discs:
        if one.place.rank is not None:
            groups.setdefault((one.at[0], one.place.rank), []).append(one)
    return [
        (x, min(one.at[1] for one in group), max(one.at[1] for one in group))
        for (x, _), group in groups.items()
        if len(group) > 1
    ]
