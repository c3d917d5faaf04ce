"""How much of everything a database holds."""

from __future__ import annotations

from tracker.store.engine import Row, Session

_COUNTED = ("source", "market", "entity", "observation", "superseded", "report", "event", "batch")


def contents(session: Session) -> dict[str, int]:
    """Count the rows of each kind, and under ``url`` the pages that are cited."""
    counts = {table: int(session.value(f"SELECT count(*) FROM {table}")) for table in _COUNTED}
    counts["url"] = int(session.value("SELECT count(DISTINCT url) FROM citation"))
    return counts


_HELD = "SELECT {one}, count(*), count(DISTINCT {other}), min(period_start), max(period_end) FROM shares GROUP BY 1"


def held_by_market(session: Session) -> dict[str, Row]:
    """Count what each market holds: observations, entities, first and last day."""
    return {row[0]: row[1:] for row in session.rows(_HELD.format(one="market", other="entity"))}


def held_by_entity(session: Session) -> dict[str, Row]:
    """Count what is held of each entity: observations, markets, first and last day."""
    return {row[0]: row[1:] for row in session.rows(_HELD.format(one="entity", other="market"))}


def series_held(session: Session) -> list[Row]:
    """Return every series that has a share.

    Returns
    -------
    list of tuple
        Market, entity, title of the source, what is counted, how the parts make a whole, frequency, number of
        observations, first and last day, and when the newest was recorded.
    """
    return session.rows(
        "SELECT market, entity, source, counted, whole, frequency, count(*), min(period_start), max(period_end),"
        " max(known_from) FROM shares GROUP BY market, entity, source, counted, whole, frequency"
        " ORDER BY market, entity"
    )


def span(session: Session) -> tuple[str | None, str | None]:
    """Return the first and the last day that an observation speaks of."""
    first, last = session.rows(
        "SELECT min(start_date), max(end_date) FROM period WHERE id IN (SELECT period_id FROM observation)"
    )[0]
    return first, last


def last_batch(session: Session) -> Row | None:
    """Return the newest batch: its number, when it was recorded, its command, and its file or url."""
    return session.row("SELECT id, recorded_at, command, coalesce(file, url) FROM batch ORDER BY id DESC LIMIT 1")
