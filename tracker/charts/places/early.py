"""Labels of those who left: at their last disc, where nothing else is."""

from __future__ import annotations

from tracker.charts.grid.marks import value
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.page.board import Box, Point
from tracker.charts.page.text import Line
from tracker.charts.places.fit import Across, Lanes, label
from tracker.charts.places.ranking import Ranking
from tracker.charts.places.shapes import Curve, Disc, Scene
from tracker.charts.places.texts import text_color
from tracker.charts.words.dates import when

AWAY = 4.0
"""Between a disc and its label, and around the label, points."""

STEPS = 24
"""Points at which a curve is looked at."""


def label_early(made: Ranking, wide: Across, lanes: Lanes, scene: Scene, style: Style) -> None:
    """Label those of the focus who have no place in the last period, or say that there is no room."""
    size, taken = style.label_size, list[Box]()
    for name in lanes.early:
        last = [one for one in scene.discs if one.name == name][-1]
        reading = last.place.reading
        texts = label(made, reading), f"{name} {value(reading, made.grid.picture.unit)}"
        tried = [(text, box) for text in texts for box in _boxes(last, scene.radius, width(text, size, True), size)]
        text, box = next((one for one in tried if _is_free(one[1], wide, scene, taken)), ("", None))
        if box is None:
            scene.unlabelled.append(f"{name}, {value(reading, made.grid.picture.unit)} {when(reading)}")
            continue
        base = (box.bottom + box.top) / 2 - 0.36 * size
        scene.lines.append(Line(box.left, base, text, size, text_color(made, name, style), True))
        taken.append(box)


def _boxes(last: Disc, radius: float, wide: float, size: float) -> list[Box]:
    """Return the places of a label, the best first: at the right of its disc, above it, beneath it."""
    (x, y), half = last.at, 0.6 * size
    up = radius + AWAY + half
    right = Box(x + radius + AWAY, y - half, x + radius + AWAY + wide, y + half)
    others = [(left, y + side) for side in (up, -up) for left in (x - wide / 2, x + radius - wide, x - radius)]
    return [right, *(Box(left, middle - half, left + wide, middle + half) for left, middle in others)]


def _is_free(box: Box, wide: Across, scene: Scene, taken: list[Box]) -> bool:
    floor = min(one.at[1] for one in scene.discs) - scene.radius
    if box.left < 0 or box.right > scene.size[0] - wide.gutter - scene.radius:
        return False
    if box.bottom < floor or box.top > scene.size[1]:
        return False
    if any(_meet(box, other) for other in [*taken, *(_around(one, scene.radius) for one in scene.discs)]):
        return False
    return not any(_holds(box, point) for curve in scene.curves for point in _along(curve))


def _around(one: Disc, radius: float) -> Box:
    far = radius + 1.0
    return Box(one.at[0] - far, one.at[1] - far, one.at[0] + far, one.at[1] + far)


def _meet(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0 and min(one.top, other.top) - max(one.bottom, other.bottom) > 0


def _holds(box: Box, point: Point) -> bool:
    near = AWAY / 2
    return box.left - near < point[0] < box.right + near and box.bottom - near < point[1] < box.top + near


def _along(curve: Curve) -> list[Point]:
    """Return points of a curve, drawn as in `tracker.charts.places.paint`."""
    (x, y), (to, up) = curve.start, curve.end
    steps = [i / STEPS for i in range(STEPS + 1)]
    middle = (x + to) / 2
    return [
        (
            (1 - t) ** 3 * x + 3 * t * (1 - t) * middle + t**3 * to,
            y + (up - y) * t * t * (3 - 2 * t),
        )
        for t in steps
    ]
