"""From the database to the tidy frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import frames
from tracker.store.engine import Session
from tracker.store.entities import entities
from tracker.store.markets import markets
from tracker.store.shares import Selection, Told, observations, reports_on
from tracker.store.sources import sources
from tracker.values import Citation, Entity, Market, Period, Source

if TYPE_CHECKING:
    import pandas as pd


def shares(session: Session, wanted: Selection) -> pd.DataFrame:
    """Return the current observations as a tidy frame.

    Parameters
    ----------
    session : Session
        A reading one.
    wanted : Selection
        Which observations.

    Returns
    -------
    pandas.DataFrame
        One row per observation, by market, entity and date; columns of `frames.COLUMNS`, shares in percent.
    """
    told = observations(session, wanted)
    retold = _retellers(told, reports_on(session, wanted))
    known_markets = {market.slug: market for market in markets(session)}
    known_sources = {source.slug: source for source in sources(session)}
    known_entities = {entity.name: entity for entity in entities(session)}
    columns: dict[str, list[object]] = {name: [] for name in frames.COLUMNS}
    for one in told:
        market = known_markets[one.market]
        row = _row(one, market, known_sources[market.source], known_entities[one.entity])
        row["reported_by"] = _reported_by(one.citation, retold.get((one.market, one.entity, one.period), []))
        for name, values in columns.items():
            values.append(row[name])
    return frames.tidy(columns)


def _row(told: Told, market: Market, source: Source, entity: Entity) -> dict[str, object]:
    period, share = Period.parse(told.period), told.share
    earliest, latest = period.reach()
    lowest, highest = share.interval()
    return {
        "source": source.title,
        "market": market.slug,
        "counted": market.counted,
        "population": market.population,
        "region": market.region,
        "platform": market.platform,
        "frequency": market.frequency,
        "whole": market.whole,
        "market_note": market.note,
        "entity": entity.name,
        "kind": entity.kind,
        "hue": entity.hue,
        "period": told.period,
        "period_start": period.start,
        "period_end": period.end,
        "precision": period.precision,
        "earliest": earliest,
        "latest": latest,
        "printed": str(share),
        "share": share.value,
        "low": share.low,
        "high": share.high,
        "qualifier": share.qualifier,
        "decimals": share.decimals,
        "lowest": lowest,
        "highest": highest,
        "status": told.status,
        "sample_size": told.sample_size,
        "note": told.note,
        "url": told.citation.url,
        "citation": told.citation.title,
        "citation_kind": told.citation.kind,
        "credit": source.credit or source.title,
        "licence": source.licence,
        "known_from": told.known_from,
    }


def _retellers(told: list[Told], reports: list[Told]) -> dict[tuple[str, str, str], list[Citation]]:
    """Return the citations of further pages that tell the same share, by what the observation is known by."""
    shares = {(one.market, one.entity, one.period): one.share for one in told}
    found: dict[tuple[str, str, str], list[Citation]] = {}
    for report in reports:
        key = report.market, report.entity, report.period
        if key in shares and shares[key].agrees(report.share):
            found.setdefault(key, []).append(report.citation)
    return found


def _reported_by(first: Citation, further: list[Citation]) -> str | None:
    """Name those who retell it; nobody does where the source itself is cited."""
    cited = [first, *further]
    if any(citation.kind == "primary" for citation in cited):
        return None
    return "; ".join(dict.fromkeys(citation.publisher or citation.title or "" for citation in cited)) or None
