"""What a batch touched, and what later batches did on top of that."""

from __future__ import annotations

from typing import NamedTuple

from tracker.store.engine import Session
from tracker.values import Share

MOVES = ("merge", "rule")
"""Commands that take a statement elsewhere, where it would not be found again."""


class Later(NamedTuple):
    """A fact that a batch touched and a later one changed again.

    Attributes
    ----------
    market, entity, period : str
        Which.
    then, now : Share or None
        What the batch left there, and what is current; None where that is nothing.
    batch : int
        The later batch.
    command : str
        What that was.
    moved : bool
        Whether it took the statement elsewhere: to another entity, or among the reports.
    is_report : bool
        Whether this is about a further page on the fact, and not about its observation.
    """

    market: str
    entity: str
    period: str
    then: Share | None
    now: Share | None
    batch: int
    command: str
    moved: bool
    is_report: bool = False


_STATEMENT = """
    SELECT told.series_id, told.period_id, told.share, told.low, told.high, told.qualifier, told.decimals,
        told.citation_id, told.batch_id, {closed} AS closed_by,
        coalesce(carried.origin_id, told.batch_id) AS origin, coalesce(carried.correction_id, 0) AS correction
    FROM {table} AS told LEFT JOIN carried ON carried.series_id = told.series_id
        AND carried.period_id = told.period_id AND carried.batch_id = told.batch_id"""

_CURRENT = _STATEMENT.format(table="observation", closed="NULL")
_CLOSED = _STATEMENT.format(table="superseded", closed="told.closed_by")

_LATER = f"""
WITH now AS ({_CURRENT} JOIN touched ON touched.series_id = told.series_id AND touched.period_id = told.period_id),
left_there AS ({_CURRENT} WHERE told.batch_id = :batch UNION ALL {_CLOSED} WHERE told.batch_id = :batch)
SELECT market.slug, entity.name, period.label,
    left_there.share, left_there.low, left_there.high, left_there.qualifier, left_there.decimals,
    now.share, now.low, now.high, now.qualifier, now.decimals,
    coalesce(left_there.closed_by, now.batch_id), left_there.batch_id IS NULL, now.batch_id IS NULL
FROM touched
JOIN series ON series.id = touched.series_id JOIN market ON market.id = series.market_id
JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = touched.period_id
LEFT JOIN now ON now.series_id = touched.series_id AND now.period_id = touched.period_id
LEFT JOIN left_there ON left_there.series_id = touched.series_id AND left_there.period_id = touched.period_id
WHERE (now.origin, now.correction, now.citation_id)
    IS DISTINCT FROM (left_there.origin, left_there.correction, left_there.citation_id)
ORDER BY market.slug, entity.name, period.start_date, period.label"""

_REPORTS = """
SELECT market.slug, entity.name, period.label, told.share, told.low, told.high, told.qualifier, told.decimals,
    told.closed_by, observation.batch_id IS NOT NULL
FROM report AS told
JOIN series ON series.id = told.series_id JOIN market ON market.id = series.market_id
JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = told.period_id
LEFT JOIN observation ON observation.series_id = told.series_id AND observation.period_id = told.period_id
    AND observation.citation_id = told.citation_id
WHERE told.batch_id = :batch AND told.closed_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM report AS open WHERE open.series_id = told.series_id AND open.period_id = told.period_id
    AND open.citation_id = told.citation_id AND open.closed_by IS NULL)
ORDER BY market.slug, entity.name, period.start_date, period.label"""


def note_touched(session: Session, batch: int) -> None:
    """List the series and periods of which a batch wrote or closed an observation, as the temporary `touched`."""
    session.run("DROP TABLE IF EXISTS touched")
    session.run("CREATE TEMP TABLE touched (series_id INTEGER, period_id INTEGER, PRIMARY KEY (series_id, period_id))")
    session.run(
        "INSERT INTO touched SELECT series_id, period_id FROM observation WHERE batch_id = :batch UNION"
        " SELECT series_id, period_id FROM superseded WHERE batch_id = :batch OR closed_by = :batch",
        batch=batch,
    )


def later(session: Session, batch: int) -> list[Later]:
    """Return what later batches changed of what is noted as touched, and of the reports of the batch.

    A statement that was taken away and brought back is the same statement.
    """
    commands: dict[int, str] = dict(session.rows("SELECT id, command FROM batch"))
    found = []
    for market, entity, period, *cells, by, was_nothing, is_nothing in session.rows(_LATER, batch=batch):
        then = None if was_nothing else Share(*cells[:5])
        now = None if is_nothing else Share(*cells[5:])
        found.append(Later(market, entity, period, then, now, by, commands[by], commands[by] in MOVES))
    told = {one[:3] for one in found}
    for market, entity, period, *cells, by, is_current in session.rows(_REPORTS, batch=batch):
        moved = bool(is_current) or commands[by] in MOVES
        # Where the fact itself is changed, or another page on it, that says enough.
        if moved or (market, entity, period) not in told:
            told.add((market, entity, period))
            found.append(Later(market, entity, period, Share(*cells), None, by, commands[by], moved, is_report=True))
    return found
