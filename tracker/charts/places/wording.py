"""What is said around a rank chart: places in words, true once rounding is counted."""

from __future__ import annotations

from tracker.analysis.rank import Rank
from tracker.analysis.readings import Reading
from tracker.charts.grid.columns import choice, key, silence
from tracker.charts.grid.grid import Grid
from tracker.charts.grid.marks import corrected, cut, statuses, unnamed, value
from tracker.charts.places.fit import Across, Lanes
from tracker.charts.places.ranking import Disc, Ranking
from tracker.charts.places.scene import is_open
from tracker.charts.places.telling import breaks_told, comings, ways
from tracker.charts.places.texts import numeral
from tracker.charts.words.dates import when
from tracker.charts.words.remarks import letter_remark, overlap_remark, sampling_remark, whole_remark
from tracker.charts.words.sources import source_of
from tracker.charts.words.subject import parts_of
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
    return Wording(tuple(titles(made, shown)), said, tuple(notes), source_of(shown.data), kicker(shown.picture))


def titles(made: Ranking, shown: Grid) -> list[str]:
    """Say where the main one stood, from the fullest sentence to the shortest; all are true."""
    name, of = made.focus[0], parts_of(shown.picture.market)
    told = ways(made, name, _discs(shown))
    return list(dict.fromkeys([f"{name} {told[0]} by share of {of}", *(f"{name} {way}" for way in told)]))


def alt(made: Ranking, shown: Grid, title: str, said: str) -> str:
    """Describe the chart for those who do not see it."""
    unit, last = shown.picture.unit, key(made.columns[-1])
    ends = [made.ranks[name, last] for name in shown.names if (name, last) in made.ranks]
    ends.sort(key=lambda one: (one.order, one.reading.entity))
    listed = ", ".join(f"{numeral(one)} {one.reading.entity} {value(one.reading, unit)}" for one in ends)
    told = [f"{name}: {ways(made, name, made.ranks)[0]}." for name in made.focus]
    return f"Rank chart: {title}. {said}. {' '.join(told)} Places {when(made.columns[-1])}: {listed}."


def _discs(shown: Grid) -> set[Disc]:
    return set(shown.cells)


def _notes(made: Ranking, shown: Grid, wide: Across, lanes: Lanes) -> list[str]:
    drawn = shown.all()
    discs = [made.ranks[disc] for disc in shown.cells]
    return [
        _open(discs),
        breaks_told(made, _discs(shown)),
        comings(made, _discs(shown), shown.names),
        _equal(made, shown),
        "Curves only join the places; they are no data." if len(wide.chosen) > 1 else "",
        _gone(made, shown),
        _beyond(made, wide, shown, lanes),
        _dotted(drawn),
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
        *sampling_remark(drawn),
        *letter_remark(shown.names),
        *whole_remark(shown.picture.market),
        *overlap_remark(shown.picture.market),
    ]


def _open(discs: list[Rank]) -> str:
    return "Hollow: shares that rounding does not tell apart, so that the place is open." if any(
        is_open(one) for one in discs) else ""  # fmt: skip


def _equal(made: Ranking, shown: Grid) -> str:
    """Explain capsules and signs of equality."""
    places = [made.ranks[disc] for disc in shown.cells]
    ranked = [(key(one.reading), one.rank) for one in places if one.rank is not None]
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


def _dotted(drawn: list[Reading]) -> str:
    unsettled = any(one.status in ("F", "P", "E") for one in drawn)
    return "Dotted curves lead to figures that are not settled." if unsettled else ""


def _between(made: Ranking) -> str:
    if made.grid.picture.market.get("whole") != "open":
        return ""
    return "Others that the source does not name may stand between them."
