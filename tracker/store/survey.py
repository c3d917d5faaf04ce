"""Where figures stand that fail where a claim puts them: near them in the market, and anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tracker.analysis.claim import Found, Judged, Judgement, Stored, Survey
from tracker.analysis.claim.spans import span_of, supports
from tracker.store.engine import Session
from tracker.store.figures import COLUMNS, JOINS, readings_of, stored
from tracker.values import Share

SHOWN = 5
"""Places that are shown of one figure."""

NEAREST = 3
"""Figures of the market that are shown beside one that fails."""

_DUST = 1e-9
"""Binary fractions are off by less than this, printed decimals by more."""

_HALVES = ", ".join(f"({decimals}, 0.5e-{decimals})" for decimals in range(19))


_BEARS = """(told.share BETWEEN :{0}_low AND :{0}_high OR told.share IS NULL)
        AND coalesce(told.share - coalesce(half.size, 0), told.low, 0) >= :{0}_low
        AND coalesce(told.share + coalesce(half.size, 0), told.high, 100) <= :{0}_high"""
"""What bears a figure out: what rounding allows of the published number, or else the bounds, lie within its range."""

_HALF = f"half(decimals, size) AS (VALUES {_HALVES})"
_WITH_HALF = "LEFT JOIN half ON half.decimals = told.decimals"
_OFF = "abs(told.share - :{0})"


def _ordinal(day: str) -> str:
    """Say in SQL what `date.toordinal` gives for a column of days; each database has a function of its own for it."""
    y, m, d = (f"CAST(substr({day}, {place}, {size}) AS INTEGER)" for place, size in ((1, 4), (6, 2), (9, 2)))
    # Van Flandern and Pulkkinen 1979: whole numbers alone, each division cut off towards zero.
    years = f"367 * {y} - 7 * ({y} + ({m} + 9) / 12) / 4 - 3 * (({y} + ({m} - 9) / 7) / 100 + 1) / 4"
    return f"({years} + 275 * {m} / 9 + {d} - 396)"


_DISTANCE = f"abs({_ordinal('period.start_date')} - :day)"
_AWAY = f"away(period_id, days) AS MATERIALIZED (SELECT id, {_DISTANCE} FROM period)"
"""How far each period is from a day, reckoned once: there are fewer of them than of observations."""

_NEARNESS = """series.entity_id <> (SELECT id FROM entity WHERE name = :entity),
    off > 0, series.market_id <> (SELECT id FROM market WHERE slug = :market),
    market.source_id <> (SELECT source_id FROM market WHERE slug = :market), distance, market.slug, entity.name"""
"""The same entity first, then the very number, the same market, the same source, and what is nearest in time."""

_NAMED = """JOIN market ON market.id = series.market_id JOIN entity ON entity.id = series.entity_id"""


def _bearing(name: str, of_series: str, joined: str = "period ON period.id") -> str:
    """Make the statement for the series that bear a figure out; `_range` gives its values."""
    return f"""(SELECT told.series_id AS series_id, min({_OFF.format(name)}) AS off, {of_series}
    FROM observation AS told {_WITH_HALF} JOIN {joined} = told.period_id
    WHERE {_BEARS.format(name)} GROUP BY told.series_id)"""


_SINGLES = f"""WITH {_AWAY}, {_HALF} SELECT count(*) OVER (), series.id
FROM {_bearing("one", "min(away.days) AS distance", "away ON away.period_id")} AS hit
    JOIN series ON series.id = hit.series_id {_NAMED}
ORDER BY {_NEARNESS} LIMIT {SHOWN}"""

_BOTH = f"""(SELECT one.series_id AS series_id, one.off + two.off AS off,
    abs({_ordinal("one.day")} - :day) AS distance
    FROM {_bearing("one", "min(period.start_date) AS day")} AS one
    JOIN {_bearing("two", "max(period.start_date) AS day")} AS two
        ON two.series_id = one.series_id AND one.day < two.day)"""

_PAIRS = f"""WITH {_HALF} SELECT count(*) OVER (), market.slug, entity.name
FROM {_BOTH} AS hit JOIN series ON series.id = hit.series_id {_NAMED}
ORDER BY {_NEARNESS} LIMIT {SHOWN}"""

_LEVEL = "abs(coalesce(told.share, (told.low + told.high) / 2, told.high, told.low) - :one)"

_NEAREST = f"""SELECT series_id FROM (SELECT told.series_id AS series_id, min({_LEVEL}) AS off
    FROM observation AS told WHERE told.series_id IN (SELECT series.id FROM series
        JOIN market ON market.id = series.market_id WHERE market.slug = :market) GROUP BY told.series_id) AS near
JOIN series ON series.id = series_id {_NAMED} ORDER BY off, entity.name LIMIT {NEAREST}"""

_ONE_BEARING = f"""WITH {_HALF} SELECT {COLUMNS} FROM observation AS told{JOINS} {_WITH_HALF}
WHERE told.series_id = :series AND {_BEARS.format("one")}
ORDER BY {_OFF.format("one")} > 0, {_DISTANCE}, period.id LIMIT 1"""

_ONE_NEAREST = f"""SELECT {COLUMNS} FROM observation AS told{JOINS}
WHERE told.series_id = :series ORDER BY {_LEVEL}, {_DISTANCE}, period.id LIMIT 1"""


def survey(session: Session, market: str, entity: str, judged: Judgement) -> Survey:
    """Look around a claim.

    Parameters
    ----------
    session : Session
        A reading one, of now or of then.
    market, entity : str
        Slug and name, as they are recorded.
    judged : Judgement
        The claim; where it is supported, nothing is looked for in other series.
    """
    nearest = tuple(_nearest(session, market, one) for one in judged.figures)
    failed = [one for one in judged.failed if _number(one) is not None]
    if not judged.failed:
        return Survey(nearest)
    singles = tuple(_singles(session, market, entity, one) for one in failed)
    return Survey(nearest, _pairs(session, market, entity, judged), singles)


def _number(judged: Judged) -> Share | None:
    """The claimed share that can be looked for: a mere bound stands nearly everywhere."""
    claimed = judged.figure.claimed
    return claimed if isinstance(claimed, Share) and claimed.value is not None else None


def _nearest(session: Session, market: str, judged: Judged) -> tuple[Stored, ...]:
    """The stored share of each series of the market that comes nearest, of the nearest series."""
    claimed = _number(judged)
    if claimed is None:
        return ()
    found = session.rows(_NEAREST, market=market, one=claimed.value)
    return tuple(_one(session, _ONE_NEAREST, series, judged, {"one": claimed.value}) for (series,) in found)


def _singles(session: Session, market: str, entity: str, judged: Judged) -> Found:
    claimed = judged.figure.claimed
    assert isinstance(claimed, Share)
    asked = _range("one", claimed)
    rows = session.rows(_SINGLES, market=market, entity=entity, day=_day(judged), **asked)
    places = tuple((_one(session, _ONE_BEARING, series, judged, asked),) for _, series in rows)
    return Found((claimed,), places, rows[0][0] if rows else 0)


def _one(session: Session, sql: str, series: int, judged: Judged, asked: Mapping[str, object]) -> Stored:
    """The reading of a series that a statement finds."""
    row = session.row(sql, series=series, day=_day(judged), **asked)
    assert row is not None
    return stored(row)


def _day(judged: Judged) -> int:
    return judged.figure.periods[0].start.toordinal()


def _pairs(session: Session, market: str, entity: str, judged: Judgement) -> Found | None:
    asked = judged.question
    before, after = asked.before, asked.after
    if before is None or after is None or before.value is None or after.value is None:
        return None
    assert asked.since is not None
    assert asked.until is not None
    rows = session.rows(
        _PAIRS,
        market=market,
        entity=entity,
        day=asked.since.start.toordinal(),
        **_range("one", before),
        **_range("two", after),
    )
    chosen = (
        _best(readings_of(session, slug, name, whole=False), (before, after), (asked.since.start, asked.until.start))
        for _, slug, name, *_ in rows
    )
    return Found((before, after), tuple(place for place in chosen if place), rows[0][0] if rows else 0)


def _range(name: str, claimed: Share) -> dict[str, float]:
    """The number, and the range that a stored share must lie within. Beyond 0 and 100 there is nothing to leave out."""
    span = span_of(claimed)
    low, high = float(span.low), float(span.high)
    assert claimed.value is not None
    return {
        name: claimed.value,
        f"{name}_low": low - _DUST if low > 0 else -1.0,
        f"{name}_high": high + _DUST if high < 100 else 101.0,
    }


def _best(
    series: list[Stored], claimed: tuple[Share, Share], when: tuple[date, date]
) -> tuple[Stored, Stored] | tuple[()]:
    """The two readings of a series that bear a pair out, in its order, nearest to when it is claimed."""
    firsts, lasts = ([one for one in series if supports(one.share, share)] for share in claimed)
    latest = max((one.period.start for one in lasts), default=date.min)
    firsts = [one for one in firsts if one.period.start < latest]
    if not firsts:
        return ()
    first = min(firsts, key=lambda one: abs(one.period.start - when[0]))
    later = [one for one in lasts if one.period.start > first.period.start]
    return first, min(later, key=lambda one: abs(one.period.start - when[1]))
