"""Very many observations at once: rows of numbers, and what their ids stand for, each told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.store.corrected import CARRIED
from tracker.store.engine import Row, Session
from tracker.store.shares import Selection
from tracker.values import STATUSES

QUALIFIERS = (None, "<", ">", "~")
"""What the number of a qualifier stands for."""

CHUNK = 20_000
"""Ids that are looked up at a time."""

NUMBERS = (
    *("series_id", "period_id", "share", "low", "high", "qualifier", "decimals"),
    *("status", "sample_size", "citation_id", "batch_id", "has_note"),
)
"""Fields of a row of `numbers`. A missing number is -1, for none is negative; a status is the code of its letter."""

_QUALIFIER = " ".join(f"WHEN '{mark}' THEN {number}" for number, mark in enumerate(QUALIFIERS) if mark)
_STATUS = " ".join(f"WHEN '{letter}' THEN {ord(letter)}" for letter in STATUSES)
_NUMBERS = (
    "told.series_id, told.period_id, coalesce(told.share, -1), coalesce(told.low, -1), coalesce(told.high, -1),"
    f" CASE told.qualifier {_QUALIFIER} ELSE 0 END, coalesce(told.decimals, -1), CASE told.status {_STATUS} END,"
    " coalesce(told.sample_size, -1), told.citation_id, told.batch_id, CASE WHEN told.note IS NULL THEN 0 ELSE 1 END"
)


def numbers(session: Session, wanted: Selection) -> Iterator[Row]:
    """Read the current observations as rows of numbers, `NUMBERS`, one after the other, in no order."""
    condition, values = _where(session, wanted)
    return session.each(f"SELECT {_NUMBERS} FROM observation AS told{condition}", **values)


def points(session: Session, wanted: Selection) -> Iterator[Row]:
    """Read series, period and share of the current observations, -1 where only bounds were printed."""
    condition, values = _where(session, wanted)
    return session.each(
        f"SELECT told.series_id, told.period_id, coalesce(told.share, -1) FROM observation AS told{condition}", **values
    )


def notes(session: Session, wanted: Selection) -> list[Row]:
    """Return series, period and note of the observations that have one."""
    return _some(session, "told.note", "", "told.note IS NOT NULL", wanted)


def corrected(session: Session, wanted: Selection) -> list[Row]:
    """Return series, period, what was printed (five fields) and why it is corrected, of observations that are."""
    fields = "printed_share, printed_low, printed_high, printed_qualifier, printed_decimals, correction.reason"
    return _some(session, fields, CARRIED, "carried.correction_id IS NOT NULL", wanted)


SERIES = (
    *("market", "entity", "source", "market_note", "credit", "licence", "kind", "hue"),
    *("counted", "population", "region", "platform", "frequency", "whole"),
)
"""What `series` tells of each, after its id."""

_SERIES = """SELECT series.id, market.slug, entity.name, source.title, market.note,
    coalesce(nullif(source.credit, ''), source.title), source.licence, entity.kind, entity.hue,
    market.counted, market.population, market.region, market.platform, market.frequency, market.whole
    FROM series JOIN market ON market.id = series.market_id JOIN source ON source.id = market.source_id
    JOIN entity ON entity.id = series.entity_id WHERE series.id"""


def series(session: Session, ids: Iterable[int]) -> list[Row]:
    """Return the id of series, and what is known of the market, its source and the entity: `SERIES`."""
    return _of(session, _SERIES, ids)


def periods(session: Session, ids: Iterable[int]) -> list[Row]:
    """Return id, label, first day, last day and precision of periods."""
    return _of(session, "SELECT id, label, start_date, end_date, precision FROM period WHERE id", ids)


def citations(session: Session, ids: Iterable[int]) -> list[Row]:
    """Return id, url, title, publisher, day of publication and kind of citations."""
    return _of(session, "SELECT id, url, title, publisher, published, kind FROM citation WHERE id", ids)


def batches(session: Session, ids: Iterable[int]) -> list[Row]:
    """Return id and moment of batches."""
    return _of(session, "SELECT id, recorded_at FROM batch WHERE id", ids)


def _of(session: Session, select: str, ids: Iterable[int]) -> list[Row]:
    """Return the rows of some ids, by id. The ids are numbers of ours: as many stand in a statement as it can hold."""
    wanted = sorted(ids)
    found: list[Row] = []
    for first in range(0, len(wanted), CHUNK):
        some = ", ".join(str(int(key)) for key in wanted[first : first + CHUNK])
        found += session.rows(f"{select} IN ({some}) ORDER BY 1")
    return found


def _some(session: Session, fields: str, joins: str, which: str, wanted: Selection) -> list[Row]:
    condition, values = _where(session, wanted)
    return session.rows(
        f"SELECT told.series_id, told.period_id, {fields} FROM observation AS told{joins}"
        f"{condition or ' WHERE 1 = 1'} AND {which}",
        **values,
    )


def _where(session: Session, wanted: Selection) -> tuple[str, dict[str, object]]:
    """Choose by key: series and periods are few, and looked up before the observations.

    The keys of series are told as numbers: of the past, which is in two tables, a server finds no way from a subquery.
    """
    named, days = replace(wanted, start=None, end=None), Selection(start=wanted.start, end=wanted.end)
    parts, values = [], dict[str, object]()
    if named != Selection():
        condition, values = named.where()
        keys = (
            "SELECT series.id FROM series JOIN market ON market.id = series.market_id"
            f" JOIN entity ON entity.id = series.entity_id WHERE {condition}"
        )
        found = session.rows(keys, **values)
        if len(found) <= CHUNK:
            keys, values = ", ".join(str(int(key)) for (key,) in found) or "NULL", {}
        parts.append(f"told.series_id IN ({keys})")
    if days != Selection():
        condition, bounds = days.where()
        parts.append(f"told.period_id IN (SELECT id FROM period WHERE {condition})")
        values = values | bounds
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values
