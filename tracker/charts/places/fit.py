"""What a rank chart has room for: periods in its width, places in its height."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.analysis.readings import Reading
from tracker.charts.axis.plane import day_number
from tracker.charts.grid.columns import Key, evenly, is_regular, key
from tracker.charts.grid.marks import flag, value
from tracker.charts.look.fonts import width
from tracker.charts.look.style import Style
from tracker.charts.places.ranking import Disc, Ranking
from tracker.charts.words.prose import short_when

ACROSS, UP = 31.0, 15.5
"""Least distance of two discs, points: of one row, of one column."""

GUTTER_SHARE = 0.4
"""Labels take at most this part of the width."""

RADIUS = 9.0
EDGE = 12.0
"""Half the room of the first and last column, points."""


@dataclass(frozen=True, slots=True)
class Across:
    """The periods that are shown, and where.

    Parameters
    ----------
    chosen : tuple of int
        Places in the ranking's periods.
    x : tuple of float
        Where they stand: days, or the places themselves.
    gutter : float
        Width of the labels, points.
    equal : bool
        Whether they stand at equal distances although the dates do not.
    """

    chosen: tuple[int, ...]
    x: tuple[float, ...]
    gutter: float
    equal: bool


def across(made: Ranking, names: Sequence[str], wide: float, style: Style) -> Across:
    """Choose as many periods as have room, at their true places where these have room."""
    columns = made.columns
    last = key(columns[-1])
    labels = [(label(made, made.ranks[name, last].reading), name) for name in names if (name, last) in made.ranks]
    widest = max((width(text, style.label_size, name in made.focus) for text, name in labels), default=0.0)
    gutter = min(widest + EDGE + 6.0, GUTTER_SHARE * wide)
    room = wide - gutter - 2 * EDGE
    chosen = tuple(evenly(len(columns), max(int(room / ACROSS) + 1, 2)))
    if is_regular(columns):
        return Across(chosen, tuple(float(i) for i in chosen), gutter, False)
    days = [(day_number(columns[i].earliest) + day_number(columns[i].latest)) / 2 for i in chosen]
    span = days[-1] - days[0]
    if all((after - before) / span * room >= ACROSS for before, after in pairwise(days) if span):
        return Across(chosen, tuple(days), gutter, False)
    return Across(chosen, tuple(float(i) for i in range(len(chosen))), gutter, True)


def label(made: Ranking, last: Reading) -> str:
    """Say a name with its last share, and when that was if others have a later one."""
    said = f"{last.entity} {value(last, made.grid.picture.unit)}{_marks(made, last)}"
    return said if key(last) == key(made.columns[-1]) else f"{said}, {short_when(last)}"


def _marks(made: Ranking, reading: Reading) -> str:
    marks = flag(reading, made.grid.data)
    return f"\N{THIN SPACE}{marks}" if marks else ""


@dataclass(frozen=True, slots=True)
class Lanes:
    """The places that are shown, from the top.

    Parameters
    ----------
    slots : dict of Disc to int
        The lane of each disc, from 0.
    count : int
        Lanes, those without a disc too.
    early : tuple of str
        Those of the focus without a place in the last period: labelled beside their last disc.
    """

    slots: dict[Disc, int]
    count: int
    early: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who has a disc."""
        return tuple(dict.fromkeys(name for name, _ in self.slots))


def lanes(made: Ranking, columns: Sequence[Reading], names: Sequence[str], high: float) -> Lanes:
    """Give every disc a lane; equal shares stand next to each other, below the better place."""
    last = key(columns[-1])
    early = tuple(name for name in made.focus if (name, last) not in made.ranks)
    fits = max(int(high / UP), 1)
    shown = list(names)[: max(fits, len(made.focus))]
    slots = _slots(made, columns, shown)
    most = max(slots.values())
    kept = list(range(1, most + 1)) if most <= fits else _best(slots, made.focus, last, fits)
    places = {slot: lane for lane, slot in enumerate(sorted(kept))}
    seen = {disc: places[slot] for disc, slot in slots.items() if slot in places}
    staying = {name for name, period in seen if period == last} | set(made.focus)
    drawn = {disc: lane for disc, lane in seen.items() if disc[0] in staying}
    return Lanes(drawn, len(kept), tuple(name for name in early if any(one == name for one, _ in drawn)))


def _slots(made: Ranking, columns: Sequence[Reading], names: Sequence[str]) -> dict[Disc, int]:
    """Return the place of each disc; of equal ones the next place down, ordered as in the next period."""
    found: dict[Disc, int] = {}
    later: dict[str, int] = {}
    for column in reversed(columns):
        period = key(column)
        present = [name for name in names if (name, period) in made.ranks]
        ordered = sorted(present, key=lambda name: (made.ranks[name, period].order, later.get(name, 0), name))
        before = 0
        for name in ordered:
            before = max(made.ranks[name, period].order, before + 1)
            found[name, period] = later[name] = before
    return found


def _best(slots: dict[Disc, int], focus: Collection[str], last: Key, fits: int) -> list[int]:
    """Choose the places to show: half of them for the focus, then those of the last period, the better ones first."""
    asked = sorted(slots, key=lambda disc: (disc[1] != last, disc[1][0]))
    own = list(dict.fromkeys(slots[disc] for disc in asked if disc[0] in focus))
    ends = sorted(slot for (_, period), slot in slots.items() if period == last)
    first = [*own[: max(fits // 2, 1)], *ends, *own, *sorted(slots.values())]
    return list(dict.fromkeys(first))[:fits]
