"""The way of one entity in words: from place to place, with verbs only where the places may be compared."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from tracker.analysis.rank import Rank
from tracker.charts.grid.columns import key, ordinal
from tracker.charts.grid.marks import unnamed
from tracker.charts.places.fair import ahead, broken, is_fair, named
from tracker.charts.places.ranking import Disc, Ranking
from tracker.charts.words.dates import when
from tracker.charts.words.prose import spoken_pair
from tracker.charts.words.remarks import some


def ways(made: Ranking, name: str, shown: Collection[Disc]) -> list[str]:
    """Tell the way of an entity through what is shown of it, from the fullest to the shortest; all are true."""
    settled, later = _parts(made, name, shown)
    if not settled:
        return _forecasts(later)
    full, short = _way(made, settled)
    if not later:
        return [full, short]
    last, known = later[-1].reading, settled[-1]
    return [f"{full}, and is forecast to be {place(later[-1])} {when(last)}", full, f"was {place(known)} {_at(known)}"]


def _parts(made: Ranking, name: str, shown: Collection[Disc]) -> tuple[list[Rank], list[Rank]]:
    """Return the places that are shown, without forecasts, and the forecasts after them."""
    unsure = ahead(made)
    # where there was no room for any of its places, all of them are told
    seen = [one for one in made.places(name) if (name, key(one.reading)) in shown] or made.places(name)
    settled = [one for one in seen if key(one.reading) not in unsure]
    end = settled[-1].reading.middle if settled else float("-inf")
    return settled, [one for one in seen if key(one.reading) in unsure and one.reading.middle > end]


def _forecasts(found: Sequence[Rank]) -> list[str]:
    last = found[-1]
    short = f"is forecast to be {place(last)} {_at(last)}"
    if len(found) == 1:
        return [short]
    early, late = spoken_pair(found[0].reading, last.reading)
    return [f"is forecast to be {place(found[0])} {early} and {place(last)} {late}", short]


def _way(made: Ranking, seen: Sequence[Rank]) -> tuple[str, str]:
    """Tell the way from the first place to the last, with both times and with none."""
    first, last = seen[0], seen[-1]
    a, b = place(first), place(last)
    if first is last:
        return f"was {b} {_at(last)}", f"was {b}"
    early, late = spoken_pair(first.reading, last.reading)
    if is_steady(made, first, last):
        return f"stayed {b} from {_bare(early)} to {_bare(late)}", f"stayed {b}"
    best = min(seen, key=lambda one: (one.rank_high, one.reading.middle))
    up = best.rank_high < min(first.rank_low, last.rank_low)
    if up and _is_best(made, best, first, last) and is_fair(made, [first, best, last]):
        turn = f"climbed from {a} to {place(best)}, then slid to {b}"
        return f"climbed from {a} {early} to {place(best)} {_at(best)}, then slid to {b}", turn
    here, there = named(made, key(first.reading)), named(made, key(last.reading))
    if here != there and not is_fair(made, [first, last]):
        a, b = f"{a} of {len(here)}", f"{b} of {len(there)}"
        return f"was {a} named {early} and {b} named {late}", f"was {a} named and later {b}"
    verb = "climbed" if last.rank_high < first.rank_low else "slid" if last.rank_low > first.rank_high else ""
    if verb and is_fair(made, [first, last]):
        return f"{verb} from {a} {early} to {b} {late}", f"{verb} from {a} to {b}"
    if a == b:
        return f"was {a} {early} and again {late}", f"was {a} first and last"
    return f"was {a} {early} and {b} {late}", f"was {a} and later {b}"


def is_steady(made: Ranking, first: Rank, last: Rank) -> bool:
    """Whether an entity surely has one place in every period there is, forecasts after it aside."""
    unsure, name = ahead(made), first.reading.entity
    columns = [one for one in made.columns if key(one) not in unsure or one.middle < last.reading.middle]
    own = [made.ranks.get((name, key(one))) for one in columns]
    places = [one for one in own if one is not None and key(one.reading) not in unsure]
    sure = all(one.rank_low == one.rank_high == last.rank for one in places)
    return sure and len(places) == len(columns) and is_fair(made, places)


def _is_best(made: Ranking, best: Rank, first: Rank, last: Rank) -> bool:
    """Whether no hidden period has a better place than the best one that is shown."""
    start, end, unsure = first.reading.middle, last.reading.middle, ahead(made)
    within = [one for one in made.places(best.reading.entity) if start <= one.reading.middle <= end]
    return all(one.rank_high >= best.rank_high for one in within if key(one.reading) not in unsure)


def place(one: Rank) -> str:
    """Say a place: one, or all that rounding allows.

    >>> from datetime import date
    >>> from tracker.analysis.readings import Reading
    >>> day = date(2025, 1, 1)
    >>> own = Reading("A", day, day, "day", day, day, "7", 7.0, 6.5, 7.5)
    >>> place(Rank(own, 3, 3, 3, 5, ())), place(Rank(own, 3, 2, 3, 5, ("B",))), place(Rank(own, 3, 2, 4, 5, ("B",)))
    ('third', 'second or third', 'between second and fourth')
    """
    low, high = ordinal(one.rank_low), ordinal(one.rank_high)
    if low == high:
        return low
    return f"{low} or {high}" if one.rank_high == one.rank_low + 1 else f"between {low} and {high}"


def comings(made: Ranking, shown: Collection[Disc], drawn: Collection[str]) -> str:
    """Name who came and who went between the two periods that the title tells.

    Silent on those who are not drawn for want of a figure in the last period: they are named for that.
    """
    settled, later = _parts(made, made.focus[0], shown)
    told = settled or later
    first, last = told[0].reading, told[-1].reading
    here, there = named(made, key(first)), named(made, key(last))
    end = key(made.columns[-1])
    gone = [name for name in sorted(here - there) if name in drawn or (name, end) in made.ranks]
    said = [f"Not yet named {when(first)}: {unnamed(sorted(there - here), 3)}."] if there - here else []
    said += [f"No longer named {when(last)}: {unnamed(gone, 3)}."] if gone else []
    return " ".join(said)


def breaks_told(made: Ranking, shown: Collection[Disc]) -> str:
    """Name breaks in the series: of who is drawn, and hidden ones that bear on what the title tells."""
    found = {(one.middle, one.entity): one for disc in shown if (one := made.grid.cells[disc]).status == "B"}
    for name in made.focus:
        settled = _parts(made, name, shown)[0]
        if settled:
            found |= {(one.middle, one.entity): one for one in broken(made, settled[0], settled[-1])}
    told = [f"{one.entity} {when(one)}" for _, one in sorted(found.items())]
    return f"Break in the series, not to be compared across: {some(told)}." if told else ""


def focused(made: Ranking) -> Ranking:
    """Take for focus, where none was asked for, who surely moved most places; the leader where nobody surely did."""
    return made if made.focus else replace(made, focus=(_mover(made),))


def _mover(made: Ranking) -> str:
    last, unsure = key(made.columns[-1]), ahead(made)
    best, most = "", 0
    for name in made.order():
        places = [one for one in made.places(name) if key(one.reading) not in unsure]
        if (name, last) not in made.ranks or not places:
            continue
        start, end = places[0], places[-1]
        sure = max(start.rank_low - end.rank_high, end.rank_low - start.rank_high)
        if sure > most and is_fair(made, [start, end]):
            best, most = name, sure
    return best or made.order()[0]


def _at(one: Rank) -> str:
    return when(one.reading)


def _bare(text: str) -> str:
    return text.removeprefix("in ").removeprefix("at ").removeprefix("on ").removeprefix("over ")
