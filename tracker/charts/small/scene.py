"""From panels to places: scales, dates, and every text of small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.charts.axis.plane import Plane
from tracker.charts.axis.ranges import day_range, plane_of, value_axis
from tracker.charts.look.style import Style
from tracker.charts.page.board import Box
from tracker.charts.page.text import Line
from tracker.charts.page.timeplot import Ticks, below, left_gutter
from tracker.charts.small.choice import Choice, Panel, Wish
from tracker.charts.small.grid import COMFORT, LEAST, Grid, Needs, best_grid, last_resort
from tracker.charts.small.heads import ABOVE, entity_head, fits, height, market_head
from tracker.charts.words.numbers import tick

NEAR = timedelta(days=92)
"""Spans of time so near to each other are shown on one date axis."""

TICK_SIZE = 8.5

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Cell:
    """A panel with everything in its place, in points from the lower left corner of its plot."""

    panel: Panel
    plot: Box
    plane: Plane
    ticks: Ticks
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """All panels of a figure."""

    choice: Choice
    cells: tuple[Cell, ...]


def small(style: Style) -> Style:
    """Return the style with the widths and sizes of small plots."""
    return replace(style, label_size=TICK_SIZE, named_width=2.0, context_width=0.8, halo=0.5)


def spans(choice: Choice) -> list[Days]:
    """Return the date axis of each panel; those that overlap, or nearly do, share theirs."""
    if choice.whole is not None:
        return [day_range(choice.whole, ())] * len(choice.panels)
    found = [day_range(panel.picture, ()) for panel in choice.panels]
    groups: list[list[int]] = []
    for i in sorted(range(len(found)), key=lambda i: found[i]):
        if groups and found[i][0] <= max(found[j][1] for j in groups[-1]) + NEAR:
            groups[-1].append(i)
        else:
            groups.append([i])
    shared = {i: (min(found[j][0] for j in group), max(found[j][1] for j in group)) for group in groups for i in group}
    return [shared[i] for i in range(len(found))]


def value_ticks(panel: Panel, choice: Choice, tall: float) -> list[tuple[float, str]]:
    """Return the ticks of the value axis and their texts; the unit stands on the top one only."""
    picture = panel.picture if choice.whole is None else choice.whole
    ticks, _, _ = value_axis(picture, tall)
    return [(value, tick(value, picture.unit if value == ticks[-1] else "")) for value in ticks]


@dataclass(frozen=True, slots=True)
class Body:
    """Fills a room with as many panels as it has room for."""

    wish: Wish
    count: int
    columns: int | None
    style: Style

    def __call__(self, room: Box) -> tuple[Scene, list[str]]:
        """Return the panels with their places; those left out are in the choice, and named by its note."""
        for least, fewest in ((LEAST, 1),) if self.wish.asked else ((COMFORT, 4), (LEAST, 1)):
            for count in range(self.count, fewest - 1, -1):
                choice = self.wish.take(count)
                for lean in (False, True) if choice.by == "market" else (False,):
                    grid = best_grid(count, self.columns, room, self.needs(choice, lean), least)
                    if grid and (self.wish.asked or count == len(self.wish.keys) or count % grid.columns == 0):
                        return Scene(choice, self._cells(choice, grid, lean)), _details(choice) if lean else []
        choice = self.wish.take(max(self.count - 1, 1))
        if self.count > 1:  # fewer panels have fewer sources to name: there may be room for them
            return Scene(choice, ()), []
        grid = last_resort(self.columns, room, self.needs(choice, True))
        return Scene(choice, self._cells(choice, grid, True)), _details(choice)

    def needs(self, choice: Choice, lean: bool = False) -> Needs:
        """Return what these panels need besides their plots."""
        own = choice.by == "market"
        style = self.style

        def gutters(columns: int, tall: float) -> list[float]:
            wide = [left_gutter([t for _, t in value_ticks(one, choice, tall)], style) for one in choice.panels]
            return [max(wide[column::columns]) if own or column == 0 else 0.0 for column in range(columns)]

        def heads(wide: float, gutters: Sequence[float]) -> list[float]:
            return [height(lines) for lines in self._heads(choice, wide, gutters, lean)]

        return Needs(gutters, heads, below(style), len(set(spans(choice))) > 1)

    def _heads(self, choice: Choice, wide: float, gutters: Sequence[float], lean: bool) -> list[list[Line]]:
        """Set the heads; a market's starts at the edge of its column, for it needs the room."""
        panels, style = choice.panels, self.style
        if choice.by == "entity" or len(panels) == 1:  # the whole of a single panel is in title and subtitle
            one_line = all(fits(panel, wide) for panel in panels)
            return [entity_head(panel, wide, one_line, style) for panel in panels]
        named, columns = len(choice.names) > 1, len(gutters)
        return [market_head(panel, wide + gutters[i % columns], named, lean, style) for i, panel in enumerate(panels)]

    def _cells(self, choice: Choice, grid: Grid, lean: bool) -> tuple[Cell, ...]:
        wide, tall = grid.size
        heads, days = self._heads(choice, wide, grid.gutters, lean), spans(choice)
        every = len(set(days)) > 1
        cells = []
        for i, (panel, plot) in enumerate(zip(choice.panels, grid.plots, strict=True)):
            row = slice(i - i % grid.columns, i - i % grid.columns + grid.columns)
            high = max(height(lines) for lines in heads[row])
            lines = _placed(heads[i], tall + ABOVE, high - height(heads[i]), _out(choice, grid, i))
            plane = plane_of(choice.whole or panel.picture, days[i], wide, tall)
            ticks = Ticks.of(plane, value_ticks(panel, choice, tall))
            at_left, at_foot = choice.by == "market" or i % grid.columns == 0, every or grid.is_lowest(i)
            for line in ticks.lines(plane, self.style):
                if line.x < 0 and at_left:
                    lines.append(replace(line, x=-grid.gutters[i % grid.columns]))
                elif line.x >= 0 and at_foot:
                    lines.append(line)
            cells.append(Cell(panel, plot, plane, ticks, tuple(lines)))
        return tuple(cells)


def _placed(lines: list[Line], up: float, more: float, out: float) -> list[Line]:
    """Move a head to its place: the lowest line to the plot, the others to the top of their row."""
    *upper, lowest = lines
    return [
        *(replace(one, x=one.x - out, y=one.y + up + more) for one in upper),
        replace(lowest, x=lowest.x - out, y=up + lowest.y),
    ]


def _out(choice: Choice, grid: Grid, index: int) -> float:
    """Return how far left of its plot a head starts, points."""
    return grid.gutters[index % grid.columns] if choice.by == "market" and len(choice.panels) > 1 else 0.0


def _details(choice: Choice) -> list[str]:
    """Say of each whole what its head had no room for."""
    known = [f"{panel.heading} ({panel.details})" for panel in choice.panels if panel.details]
    return [f"Wholes: {'; '.join(known)}."] if len(known) > 1 and choice.by == "market" else []
