"""The corrections that are in force: of shares, and of what was dropped."""

from __future__ import annotations

from tracker.store.amend.retract import meant, taken_back
from tracker.store.engine import Row, Session
from tracker.values import Share

_WHERE = """
    JOIN series ON series.id = told.series_id JOIN market ON market.id = series.market_id
    JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = told.period_id"""


def corrections(session: Session) -> list[tuple[object, ...]]:
    """Return the corrections in force, by market, entity and date.

    Returns
    -------
    list of tuple
        Batch, kind, market, entity, period, printed share and status, present share and status (None where it
        was dropped), reason, what the source knows of it, and where it was told.
    """
    found = [*_kept(session), *_dropped(session)]
    found.sort(key=lambda row: row[2:6])
    return [(*row[:4], *row[5:]) for row in found]


def _kept(session: Session) -> list[Row]:
    """Those of current shares; behind the entity stands the first day of the period."""
    return [
        (*row[:6], str(Share(*row[6:11])), row[11], str(Share(*row[12:17])), *row[17:])
        for row in session.rows(
            "SELECT correction.batch_id, correction.kind, market.slug, entity.name, period.start_date, period.label,"
            " printed_share, printed_low, printed_high, printed_qualifier, printed_decimals, printed_status,"
            " told.share, told.low, told.high, told.qualifier, told.decimals, told.status,"
            " correction.reason, correction.upstream, correction.upstream_url FROM observation AS told"
            " JOIN carried ON carried.series_id = told.series_id AND carried.period_id = told.period_id"
            " AND carried.batch_id = told.batch_id JOIN correction ON correction.id = carried.correction_id"
            f"{_WHERE}"
        )
    ]


def _dropped(session: Session) -> list[Row]:
    """Those by which a fact was dropped, where that is the last that happened to it."""
    undoes: dict[int, int] = dict(session.rows("SELECT batch_id, undoes FROM undo"))
    undone = taken_back(session)
    drops = {
        batch: said
        for batch, *said in session.rows(
            "SELECT batch_id, reason, upstream, upstream_url FROM correction WHERE kind = 'drop'"
        )
    }
    found = []
    for market, entity, start, label, *share, status, closed_by, batch, origin in session.rows(_LAST_CLOSED):
        drop = meant(closed_by, undoes)
        # What an undo had brought back, and its own undo took away again, was dropped all the same.
        if drop in drops and not {batch, origin} - {undoes.get(closed_by)} & undone:
            printed = str(Share(*share))
            found.append((drop, "drop", market, entity, start, label, printed, status, None, None, *drops[drop]))
    return found


_LAST_CLOSED = f"""
    SELECT market.slug, entity.name, period.start_date, period.label,
        told.share, told.low, told.high, told.qualifier, told.decimals, told.status,
        told.closed_by, told.batch_id, carried.origin_id
    FROM superseded AS told LEFT JOIN carried ON carried.series_id = told.series_id
        AND carried.period_id = told.period_id AND carried.batch_id = told.batch_id{_WHERE}
    WHERE told.closed_by IN (SELECT batch_id FROM correction WHERE kind = 'drop' UNION SELECT batch_id FROM undo)
    AND told.closed_by = (SELECT max(closed_by) FROM superseded AS other
        WHERE other.series_id = told.series_id AND other.period_id = told.period_id)
    AND NOT EXISTS (SELECT 1 FROM observation
        WHERE observation.series_id = told.series_id AND observation.period_id = told.period_id)"""
