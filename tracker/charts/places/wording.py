"""What is said around a rank chart: places in words, true once rounding is counted."""

from __future__ import annotations

from tracker.analysis.rank import Rank
from tracker.analysis.readings import Reading
from tracker.charts.grid.columns import choice, key, ordinal, silence
from tracker.charts.grid.grid import Grid
from tracker.charts.grid.marks import corrected, cut, letters, statuses, unnamed, value, whole
from tracker.charts.places.fit import Across, Lanes
from tracker.charts.places.ranking import Disc, Ranking
from tracker.charts.places.scene import is_open
from tracker.charts.words.dates import when
from tracker.charts.words.prose import possessive, spoken_pair
from tracker.charts.words.sources import source_of
from tracker.charts.words.sums import sums
from tracker.charts.words.titles import kicker, subtitle
from tracker.charts.words.wording import Wording


def wording(made: Ranking, shown: Grid, wide: Across, lanes: Lanes) -> Wording:
    """Say what the chart shows.

    Parameters
    ----------
    made : Ranking
        All places.
    shown : Grid
        The rows that are drawn.
    wide, lanes
        What had room.
    """
    said = subtitle(shown.picture).removesuffix(", %")
    chosen = choice(made.columns, wide.chosen)
    said = f"Rank of those named by s{said[1:]}" + (f"; {chosen}" if chosen else "")
    notes = [note for note in _notes(made, shown, wide, lanes) if note]
    return Wording(tuple(titles(made, shown, wide)), said, tuple(notes), source_of(shown.data), kicker(shown.picture))


def titles(made: Ranking, shown: Grid, wide: Across) -> list[str]:
    """Say where the main one stood, from the fullest sentence to the shortest; all are true."""
    name = made.focus[0]
    every = made.places(name)
    seen = [one for one in every if (name, key(one.reading)) in _discs(shown)]
    full, bare = _told(every, seen)
    market = shown.picture.market
    counted = market.get("counted", "the whole")
    of = f"{possessive(market['source'])} {counted}" if "source" in market else counted
    return list(dict.fromkeys([f"{name} {full} by share of {of}", f"{name} {full}", f"{name} {bare}"]))


def _told(every: list[Rank], seen: list[Rank]) -> tuple[str, str]:
    """Tell the way from the first place to the last, with both times and with none."""
    first, last = seen[0], seen[-1]
    a, b = place(first), place(last)
    if first is last:
        return f"was {b} {when(last.reading)}", f"was {b}"
    early, late = spoken_pair(first.reading, last.reading)
    within = [one for one in every if first.reading.middle <= one.reading.middle <= last.reading.middle]
    if all(not is_open(one) and one.rank == last.rank for one in within):
        return f"stayed {b} from {_bare(early)} to {_bare(late)}", f"stayed {b}"
    best = min(within, key=lambda one: (one.rank_high, one.reading.middle))
    if best in seen and best.rank_high < min(first.rank_low, last.rank_low):
        turn = f"climbed from {a} to {place(best)}, then slid to {b}"
        return f"climbed from {a} {early} to {place(best)} {when(best.reading)}, then slid to {b}", turn
    verb = "climbed" if last.rank_high < first.rank_low else "slid" if last.rank_low > first.rank_high else ""
    if verb:
        return f"{verb} from {a} {early} to {b} {late}", f"{verb} from {a} to {b}"
    if a == b:
        return f"was {a} {early} and again {late}", f"was {a} first and last"
    return f"was {a} {early} and {b} {late}", f"was {a} and later {b}"


def place(one: Rank) -> str:
    """Say a place: one, or all that rounding allows.

    >>> from datetime import date
    >>> day = date(2025, 1, 1)
    >>> own = Reading("A", day, day, "day", day, day, "7", 7.0, 6.5, 7.5)
    >>> place(Rank(own, 3, 3, 3, 5, ())), place(Rank(own, 3, 2, 3, 5, ("B",))), place(Rank(own, 3, 2, 4, 5, ("B",)))
    ('third', 'second or third', 'between second and fourth')
    """
    low, high = ordinal(one.rank_low), ordinal(one.rank_high)
    if low == high:
        return low
    return f"{low} or {high}" if one.rank_high == one.rank_low + 1 else f"between {low} and {high}"


def alt(made: Ranking, shown: Grid, title: str, said: str) -> str:
    """Describe the chart for those who do not see it."""
    unit, last = shown.picture.unit, key(made.columns[-1])
    ends = sorted((made.ranks[name, last].rank, name) for name in shown.names if (name, last) in made.ranks)
    listed = ", ".join(f"{rank} {name} {value(made.ranks[name, last].reading, unit)}" for rank, name in ends)
    ways = [f"{name}: {_told(made.places(name), made.places(name))[0]}." for name in made.focus]
    return f"Rank chart: {title}. {said}. {' '.join(ways)} Places {when(made.columns[-1])}: {listed}."


def _bare(text: str) -> str:
    return text.removeprefix("in ").removeprefix("at ").removeprefix("on ").removeprefix("over ")


def _discs(shown: Grid) -> set[Disc]:
    return set(shown.cells)


def _notes(made: Ranking, shown: Grid, wide: Across, lanes: Lanes) -> list[str]:
    drawn = shown.all()
    discs = [made.ranks[disc] for disc in shown.cells]
    return [
        _open(discs),
        _equal(made, shown),
        "Curves only join the places; they are no data." if len(wide.chosen) > 1 else "",
        _gone(made, shown),
        _beyond(made, wide, shown, lanes),
        _dotted(lanes, drawn),
        statuses(drawn),
        corrected(drawn, shown.data, shown.picture.unit),
        "Periods stand at equal distances; their dates do not." if wide.equal else "",
        silence(made.columns),
        f"Left out, with fewer than two named: {made.alone} of {made.alone + len(made.columns)} periods."
        if made.alone
        else "",
        f"{unnamed(list(made.unranked))}: no single holder of a share, and so without a rank." if made.unranked else "",
        _between(made),
        cut(drawn),
        *sums(shown.picture),
        letters(shown.names),
        whole(shown.picture.market),
    ]


def _open(discs: list[Rank]) -> str:
    return "Hollow: shares that rounding does not tell apart, so that the place is open." if any(
        is_open(one) for one in discs) else ""  # fmt: skip


def _equal(made: Ranking, shown: Grid) -> str:
    """Explain capsules and signs of equality."""
    ranked = [(key(made.ranks[disc].reading), made.ranks[disc].rank) for disc in shown.cells]
    return "Held together: equal as printed, and on the same, better place." if len(set(ranked)) < len(ranked) else ""


def _gone(made: Ranking, shown: Grid) -> str:
    """Name who has a place in the last period and is not drawn, and who has none then."""
    last = key(made.columns[-1])
    hidden = [name for name in made.order() if name not in shown.names and (name, last) in made.ranks]
    absent = [name for name in made.grid.names if name not in shown.names and (name, last) not in made.ranks]
    said = [f"Further down in the last period, not shown: {unnamed(hidden, 3)}."] if hidden else []
    said += [f"Without a figure in the last period, not shown: {unnamed(absent, 3)}."] if absent else []
    return " ".join(said)


def _beyond(made: Ranking, wide: Across, shown: Grid, lanes: Lanes) -> str:
    periods = [key(made.columns[i]) for i in wide.chosen]
    missing = any((name, period) in made.ranks and (name, period) not in lanes.slots
                  for name in shown.names for period in periods)  # fmt: skip
    return "Places without room are left out." if missing else ""


def _dotted(lanes: Lanes, drawn: list[Reading]) -> str:
    said = ["Dotted: no figure after that."] if lanes.early else []
    said += ["Dotted curves lead to figures that are not settled."] if any(
        one.status in ("F", "P", "E") for one in drawn) else []  # fmt: skip
    return " ".join(said)


def _between(made: Ranking) -> str:
    if made.grid.picture.market.get("whole") != "open":
        return ""
    return "Others that the source does not name may stand between them."
