"""On what the current observations rest: on the source itself, on retellings, on pages that disagree."""

from __future__ import annotations

from typing import NamedTuple

from tracker.store.engine import Session
from tracker.values import Share

_PRINTED = ", ".join(
    f"CASE WHEN carried.correction_id IS NULL THEN observation.{name} ELSE carried.printed_{name} END"
    for name in ("share", "low", "high", "qualifier")
)
_AGREES = f"(told.share, told.low, told.high, told.qualifier) IS NOT DISTINCT FROM ({_PRINTED})"
"""With what the page of the observation prints, also where that is corrected."""

_CARRIED = (
    " LEFT JOIN carried ON carried.series_id = observation.series_id AND carried.period_id = observation.period_id"
    " AND carried.batch_id = observation.batch_id"
)


class Retold(NamedTuple):
    """How many observations of a market rest on retellings only, of how many, and the newest batch of those."""

    market: str
    retold: int
    total: int
    batch: int


class Loser(NamedTuple):
    """What a page says of a fact otherwise than what stands."""

    market: str
    rule: str | None
    entity: str
    period: str
    stands: Share
    says: Share
    page: str
    batch: int


def retold(session: Session) -> list[Retold]:
    """Return the markets with observations that only retellings state, by slug.

    An observation counts where its own page is secondary, and no open report of the same share is primary.
    """
    return [
        Retold(*row)
        for row in session.rows(
            "SELECT market.slug, sum(retold), count(*), max(CASE WHEN retold = 1 THEN batch_id END) FROM ("
            " SELECT observation.series_id, observation.batch_id, CASE WHEN citation.kind = 'secondary'"
            " AND NOT EXISTS (SELECT 1 FROM report AS told"
            " JOIN citation AS other ON other.id = told.citation_id WHERE told.series_id = observation.series_id"
            " AND told.period_id = observation.period_id AND told.closed_by IS NULL AND other.kind = 'primary'"
            f" AND {_AGREES}) THEN 1 ELSE 0 END AS retold"
            f" FROM observation{_CARRIED} JOIN citation ON citation.id = citation_id) AS told"
            " JOIN series ON series.id = series_id JOIN market ON market.id = market_id"
            " GROUP BY market.id HAVING sum(retold) > 0 ORDER BY market.slug"
        )
    ]


def losers(session: Session) -> list[Loser]:
    """Return the open reports that say otherwise than the observation, by market, entity and date."""
    return [
        Loser(market, rule, entity, period, Share(*shares[:5]), Share(*shares[5:]), page, batch)
        for market, rule, entity, period, *shares, page, batch in session.rows(
            "SELECT market.slug, market_rule.rule, entity.name, period.label, observation.share, observation.low,"
            " observation.high, observation.qualifier, observation.decimals, told.share, told.low, told.high,"
            " told.qualifier, told.decimals, coalesce(citation.url, citation.title),"
            " CASE WHEN told.batch_id > observation.batch_id THEN told.batch_id ELSE observation.batch_id END"
            " FROM report AS told"
            " JOIN observation ON observation.series_id = told.series_id AND observation.period_id = told.period_id"
            f"{_CARRIED} JOIN series ON series.id = told.series_id JOIN market ON market.id = series.market_id"
            " JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = told.period_id"
            " JOIN citation ON citation.id = told.citation_id"
            " LEFT JOIN market_rule ON market_rule.market_id = market.id AND market_rule.closed_by IS NULL"
            f" WHERE told.closed_by IS NULL AND NOT {_AGREES}"
            " ORDER BY market.slug, entity.name, period.start_date, period.end_date, period.label, citation.id"
        )
    ]
