"""The views at head, as their SELECTs; a test holds them against what the migrations make.

Reading the past needs them: the same views are made again over what stood then.
"""

from __future__ import annotations

_WORDS = """
    source.title AS source,
    market.slug AS market,
    market.counted AS counted,
    market.population AS population,
    market.region AS region,
    market.platform AS platform,
    market.frequency AS frequency,
    market.whole AS whole,
    entity.name AS entity,
    entity.kind AS kind,
    period.label AS period,
    period.start_date AS period_start,
    period.end_date AS period_end,
    period.precision AS precision,
    told.share AS share,
    told.low AS low,
    told.high AS high,
    told.qualifier AS qualifier,
    told.decimals AS decimals"""

_JOINS = """
    JOIN series ON series.id = told.series_id
    JOIN market ON market.id = series.market_id
    JOIN source ON source.id = market.source_id
    JOIN entity ON entity.id = series.entity_id
    JOIN period ON period.id = told.period_id
    JOIN citation ON citation.id = told.citation_id
    JOIN batch ON batch.id = told.batch_id"""

_CARRIED = """
    LEFT JOIN carried ON carried.series_id = told.series_id AND carried.period_id = told.period_id
        AND carried.batch_id = told.batch_id
    LEFT JOIN correction ON correction.id = carried.correction_id"""

_OBSERVED = f"""{_WORDS},
    told.status AS status,
    told.sample_size AS sample_size,
    told.note AS note,
    citation.url AS url,
    citation.title AS title,
    citation.publisher AS publisher,
    citation.published AS published,
    citation.kind AS citation_kind,
    carried.printed_share AS printed_share,
    carried.printed_low AS printed_low,
    carried.printed_high AS printed_high,
    carried.printed_qualifier AS printed_qualifier,
    carried.printed_decimals AS printed_decimals,
    carried.printed_status AS printed_status,
    correction.kind AS correction,
    correction.reason AS corrected_because,
    correction.upstream AS upstream,
    coalesce(carried.origin_id, told.batch_id) AS stated_by,
    told.batch_id AS batch,
    batch.recorded_at AS known_from"""

SHARES = f"SELECT{_OBSERVED}\nFROM observation AS told{_JOINS}{_CARRIED}"

SHARE_HISTORY = f"""SELECT{_OBSERVED},
    NULL AS known_to,
    NULL AS closed_because
FROM observation AS told{_JOINS}{_CARRIED}
UNION ALL SELECT{_OBSERVED},
    closing.recorded_at AS known_to,
    closing.reason AS closed_because
FROM superseded AS told{_JOINS}{_CARRIED}
    JOIN batch AS closing ON closing.id = told.closed_by"""

REPORTS = f"""SELECT{_WORDS},
    told.printed_period AS printed_period,
    CASE WHEN carried.correction_id IS NULL
        AND coalesce(told.share, -1) = coalesce(observation.share, -1)
        AND coalesce(told.low, -1) = coalesce(observation.low, -1)
        AND coalesce(told.high, -1) = coalesce(observation.high, -1)
        AND coalesce(told.qualifier, '') = coalesce(observation.qualifier, '')
        OR carried.correction_id IS NOT NULL
        AND coalesce(told.share, -1) = coalesce(carried.printed_share, -1)
        AND coalesce(told.low, -1) = coalesce(carried.printed_low, -1)
        AND coalesce(told.high, -1) = coalesce(carried.printed_high, -1)
        AND coalesce(told.qualifier, '') = coalesce(carried.printed_qualifier, '')
        THEN 'supports' ELSE 'competes' END AS stance,
    told.note AS note,
    citation.url AS url,
    citation.title AS title,
    citation.publisher AS publisher,
    citation.kind AS citation_kind,
    told.batch_id AS batch,
    batch.recorded_at AS known_from
FROM report AS told{_JOINS}
    LEFT JOIN observation ON observation.series_id = told.series_id AND observation.period_id = told.period_id
    LEFT JOIN carried ON carried.series_id = observation.series_id AND carried.period_id = observation.period_id
        AND carried.batch_id = observation.batch_id
WHERE told.closed_by IS NULL"""

SELECTS = {"shares": SHARES, "share_history": SHARE_HISTORY, "reports": REPORTS}
"""By the name of the view, in the order in which they are made."""
