"""Reading shares: the current observations, and what further pages report of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracker.store.citations import FIELDS, citation_of
from tracker.store.corrected import CARRIED, WIDTH, printed
from tracker.store.corrected import FIELDS as CORRECTED
from tracker.store.engine import Row, Session
from tracker.values import Citation, Correction, Share


@dataclass(frozen=True, slots=True)
class Selection:
    """Which observations are wanted.

    Parameters
    ----------
    markets, entities : sequence of str
        Slugs and names; empty for all.
    start, end : datetime.date or None
        Only periods that lie wholly within these days.
    """

    markets: Sequence[str] = ()
    entities: Sequence[str] = ()
    start: date | None = None
    end: date | None = None

    def where(self) -> tuple[str, dict[str, object]]:
        """Return the condition in SQL, and its values."""
        parts, values = ["1 = 1"], dict[str, object]()
        for column, name, wanted in (("market.slug", "m", self.markets), ("entity.name", "e", self.entities)):
            if wanted:
                marks = [f"{name}{number}" for number in range(len(wanted))]
                parts.append(f"{column} IN ({', '.join(f':{mark}' for mark in marks)})")
                values.update(zip(marks, wanted, strict=True))
        if self.start:
            parts.append("period.start_date >= :start_date")
            values["start_date"] = self.start.isoformat()
        if self.end:
            parts.append("period.end_date <= :end_date")
            values["end_date"] = self.end.isoformat()
        return " AND ".join(parts), values


class Told(NamedTuple):
    """A share as one page tells it: an observation, or a report on one.

    Where it is corrected, `share` and `status` are the corrected ones, and `printed` is what the source printed.
    """

    market: str
    entity: str
    period: str
    share: Share
    status: str
    sample_size: int | None
    note: str | None
    citation: Citation
    known_from: str
    printed_period: str | None = None
    printed: Share | None = None
    printed_status: str | None = None
    correction: Correction | None = None


_SHARE = "told.share, told.low, told.high, told.qualifier, told.decimals"
_CITED = ", ".join(f"citation.{name}" for name in FIELDS)
_FROM = """
    JOIN series ON series.id = told.series_id
    JOIN market ON market.id = series.market_id
    JOIN entity ON entity.id = series.entity_id
    JOIN period ON period.id = told.period_id
    JOIN citation ON citation.id = told.citation_id
    JOIN batch ON batch.id = told.batch_id"""
_ORDER = "ORDER BY market.slug, entity.name, period.start_date, period.end_date, period.label"


def observations(session: Session, wanted: Selection) -> list[Told]:
    """Return the current observations, by market, entity and date."""
    condition, values = wanted.where()
    return [
        _with_correction(_told(row[:-WIDTH]), row[-WIDTH:])
        for row in session.rows(
            f"SELECT market.slug, entity.name, period.label, {_SHARE}, told.status, told.sample_size, told.note,"
            f" {_CITED}, batch.recorded_at, NULL, {CORRECTED} FROM observation AS told{_FROM}{CARRIED}"
            f" WHERE {condition} {_ORDER}",
            **values,
        )
    ]


def reports_on(session: Session, wanted: Selection) -> list[Told]:
    """Return what further pages report of the current observations, in the same order."""
    condition, values = wanted.where()
    return [
        _told(row)
        for row in session.rows(
            f"SELECT market.slug, entity.name, period.label, {_SHARE}, 'A', NULL, told.note,"
            f" {_CITED}, batch.recorded_at, told.printed_period FROM report AS told{_FROM}"
            f" WHERE told.closed_by IS NULL AND {condition} {_ORDER},"
            " citation.url NULLS FIRST, citation.title NULLS FIRST, citation.place NULLS FIRST, citation.id",
            **values,
        )
    ]


def markets_of(session: Session, entities: Sequence[str]) -> list[str]:
    """Return the markets in which any of these entities has a share."""
    wanted = Selection(entities=entities)
    condition, values = wanted.where()
    found = session.rows(
        "SELECT DISTINCT market.slug FROM series JOIN market ON market.id = series.market_id"
        f" JOIN entity ON entity.id = series.entity_id WHERE {condition}"
        " AND EXISTS (SELECT 1 FROM observation WHERE series_id = series.id) ORDER BY market.slug",
        **values,
    )
    return [slug for (slug,) in found]


def _told(row: Row) -> Told:
    market, entity, period = row[:3]
    status, sample_size, note = row[8:11]
    cited = citation_of(row[11:-2])
    return Told(market, entity, period, Share(*row[3:8]), status, sample_size, note, cited, row[-2], row[-1])


def _with_correction(told: Told, cells: Row) -> Told:
    share, status, correction = printed(told.share, told.status, cells)
    if correction is None:
        return told
    return told._replace(printed=share, printed_status=status, correction=correction)
