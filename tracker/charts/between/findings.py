"""Titles of two periods: a finding, a forecast as a forecast, and no verb where nothing can be compared."""

from __future__ import annotations

from tracker.analysis.readings import Reading
from tracker.charts.between.pairs import Pairs
from tracker.charts.picture import Series
from tracker.charts.words.dates import when
from tracker.charts.words.finding import FORECAST
from tracker.charts.words.numbers import published
from tracker.charts.words.prose import possessive, spoken_pair
from tracker.charts.words.subject import is_index, subject_of
from tracker.charts.words.titles import subtitle, titles

VERBS = {"fell": "fall", "rose": "rise"}


def finding_titles(pairs: Pairs) -> tuple[str, ...]:
    """Say the finding, from the fullest sentence to the shortest; across a break it has no verb."""
    picture, main = pairs.picture, pairs.picture.main
    coloured = [series for series in picture.series if series.role != "context"]
    unit = "share" if picture.unit else "index"
    if len(main.readings) == 2 and not pairs.broken.isdisjoint(series.name for series in coloured):
        head = subtitle(picture).split(",")[0]
        thing = head[0].lower() + head[1:] if picture.unit else "interest index"
        return tuple(f"{possessive(main.name)} {one} {_told(pairs, main, dated=True)}" for one in (thing, unit))
    if not any(reading.status == FORECAST for series in coloured for reading in series.readings):
        return tuple(titles(picture))
    subject = subject_of(main.name, picture.market)
    short = f"{possessive(main.name)} {'index' if is_index(picture.market) else 'share'}"
    full, bare = (_told(pairs, main, dated=dated) for dated in (True, False))
    others = [f"{bare}{_others(pairs, coloured[1:])}"] if len(coloured) > 1 else []
    said = [f"{start} {text}" for text in [*others, full] for start in (subject, short)]
    return (*said, f"{short} {bare}", f"{main.name} {bare}")


def _others(pairs: Pairs, named: list[Series]) -> str:
    """Go on with the other named series."""
    clauses = [f"{possessive(series.name)} {_told(pairs, series, dated=False)}" for series in named]
    return f", while {clauses[0]}" if len(clauses) == 1 else f"; {'; '.join(clauses[:-1])}; and {clauses[-1]}"


def _told(pairs: Pairs, series: Series, *, dated: bool) -> str:
    """Say what became of a series; a forecast end has no verb of the past."""
    unit = pairs.picture.unit
    first, last = pairs.before(series), pairs.after(series)
    if first is None or last is None:
        only = series.last
        return f"{_was(only, only)} {published(only, unit)} {when(only)}"
    verb = _verb(pairs, series, first, last)
    early, late = (f" {time}" for time in spoken_pair(first, last)) if dated or not verb else ("", "")
    ends = f"{published(first, unit)}{early}", f"{published(last, unit)}{late}"
    if verb:
        return f"{verb} from {ends[0]} to {ends[1]}"
    before, after = _was(first, last), _was(last, last)
    return f"{before} {ends[0]} and {ends[1] if before == after else f'{after} {ends[1]}'}"


def _verb(pairs: Pairs, series: Series, first: Reading, last: Reading) -> str:
    """Return the verb of a change that rounding allows; none across a break, or from a forecast to a fact."""
    moved = pairs.change(series)
    if moved is None or moved.direction not in VERBS:
        return ""
    if last.status == FORECAST:
        return f"is forecast to {VERBS[moved.direction]}"
    return "" if first.status == FORECAST else moved.direction


def _was(reading: Reading, last: Reading) -> str:
    """Return the verb before a figure; `last` is the later one of the two."""
    if reading.status != FORECAST:
        return "was"
    return "is forecast at" if last.status == FORECAST else "was forecast at"
