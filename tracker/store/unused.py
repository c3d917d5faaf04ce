"""What is recorded, and nothing uses; a row that was superseded still uses its own."""

from __future__ import annotations

from typing import NamedTuple

from tracker.store.engine import Session


class Unused(NamedTuple):
    """One thing that nothing uses: what it is, its name, and the market and entity that it names."""

    kind: str
    name: str
    market: str = ""
    entity: str = ""


_TOLD = ("observation", "superseded", "report")


def _told(column: str) -> str:
    return " UNION ".join(f"SELECT {column} FROM {table}" for table in _TOLD)


_UNUSED = {
    "source": "SELECT slug, NULL, NULL FROM source WHERE id NOT IN (SELECT source_id FROM market) ORDER BY slug",
    "market": "SELECT slug, slug, NULL FROM market WHERE id NOT IN (SELECT market_id FROM series) ORDER BY slug",
    "series": "SELECT entity.name, market.slug, entity.name FROM series JOIN market ON market.id = market_id"
    f" JOIN entity ON entity.id = entity_id WHERE series.id NOT IN ({_told('series_id')}) ORDER BY 2, 1",
    "entity": "SELECT name, NULL, name FROM entity WHERE id NOT IN (SELECT entity_id FROM series"
    " UNION SELECT parent_id FROM entity_parent UNION SELECT child_id FROM entity_parent WHERE known_to IS NULL"
    " UNION SELECT entity_id FROM event_entity UNION SELECT entity_id FROM entity_merge"
    " UNION SELECT into_id FROM entity_merge UNION SELECT entity_id FROM claim) ORDER BY name",
    "citation": "SELECT coalesce(url, title), NULL, NULL FROM citation"
    f" WHERE id NOT IN ({_told('citation_id')}) ORDER BY 1",
    "period": "SELECT label, NULL, NULL FROM period"
    f" WHERE id NOT IN ({_told('period_id')} UNION SELECT period_id FROM event) ORDER BY start_date, label",
}


def unused(session: Session) -> list[Unused]:
    """Return the sources, markets, series, entities, citations and periods that nothing uses."""
    return [
        Unused(kind, name, market or "", entity or "")
        for kind, sql in _UNUSED.items()
        for name, market, entity in session.rows(sql)
    ]
