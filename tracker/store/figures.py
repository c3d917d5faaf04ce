"""Stored figures for a claim: the series it speaks of, with all that is said of each fact."""

from __future__ import annotations

from collections import defaultdict

from tracker.analysis.claim import Stored, Telling, Whole
from tracker.store.citations import FIELDS, citation_of
from tracker.store.engine import Row, Session
from tracker.values import Period, Share

SHARE = "told.share, told.low, told.high, told.qualifier, told.decimals"
_CITED = ", ".join(f"citation.{name}" for name in FIELDS)
_WHOLE = "market.slug, source.title, market.counted, market.whole, market.population, market.region, market.platform"
COLUMNS = f"{_WHOLE}, entity.name, period.label, {SHARE}, told.status, told.batch_id, {_CITED}"
"""What `stored` makes a figure of."""

JOINS = """
    JOIN series ON series.id = told.series_id
    JOIN market ON market.id = series.market_id
    JOIN source ON source.id = market.source_id
    JOIN entity ON entity.id = series.entity_id
    JOIN period ON period.id = told.period_id
    JOIN citation ON citation.id = told.citation_id"""

_OF_SERIES = "WHERE market.slug = :market AND entity.name = :entity"


def stored(row: Row, tellings: tuple[Telling, ...] = ()) -> Stored:
    """Build a figure from the fields of `COLUMNS`."""
    share, (status, batch) = Share(*row[9:14]), row[14:16]
    return Stored(_whole(row[:7]), row[7], Period.parse(row[8]), share, citation_of(row[16:]), status, batch, tellings)


def _whole(row: Row) -> Whole:
    market, source, counted, whole, *among = row
    return Whole(market, source, counted, whole, ", ".join(word for word in among if word))


def whole_of(session: Session, market: str) -> Whole:
    """Return what the shares of a recorded market are shares of."""
    row = session.row(
        f"SELECT {_WHOLE} FROM market JOIN source ON source.id = market.source_id WHERE market.slug = :market",
        market=market,
    )
    assert row is not None
    return _whole(row)


def readings_of(session: Session, market: str, entity: str, *, whole: bool = True) -> list[Stored]:
    """Return the stored readings of one entity in one market, by date.

    Parameters
    ----------
    session : Session
        A reading one, of now or of then.
    market, entity : str
        Slug and name, as they are recorded.
    whole : bool
        Whether what else is, and was, said of each fact is read too.
    """
    said = _tellings(session, market, entity) if whole else {}
    return [
        stored(row, tuple(said.get(row[8], ())))
        for row in session.rows(
            f"SELECT {COLUMNS} FROM observation AS told{JOINS} {_OF_SERIES}"
            " ORDER BY period.start_date, period.end_date, period.label",
            market=market,
            entity=entity,
        )
    ]


def _tellings(session: Session, market: str, entity: str) -> dict[str, list[Telling]]:
    """What other pages report, what sources print that was corrected, and what stood here earlier, by period."""
    found: dict[str, list[Telling]] = defaultdict(list)
    for how, sql in (("report", _REPORTED), ("printed", _PRINTED), ("earlier", _EARLIER)):
        for label, until, *rest in session.rows(sql, market=market, entity=entity):
            found[label].append(Telling(how, Share(*rest[:5]), citation_of(tuple(rest[5:])), until or ""))
    return found


_REPORTED = (
    f"SELECT period.label, '', {SHARE}, {_CITED} FROM report AS told{JOINS} {_OF_SERIES}"
    " AND told.closed_by IS NULL ORDER BY told.batch_id, citation.id"
)

_PRINTED = f"""SELECT period.label, correction.reason, carried.printed_share, carried.printed_low,
    carried.printed_high, carried.printed_qualifier, carried.printed_decimals, {_CITED}
    FROM observation AS told{JOINS}
    JOIN carried ON carried.series_id = told.series_id AND carried.period_id = told.period_id
        AND carried.batch_id = told.batch_id
    JOIN correction ON correction.id = carried.correction_id {_OF_SERIES}"""

_EARLIER = f"""SELECT period.label, substr(closing.recorded_at, 1, 10), {SHARE}, {_CITED}
    FROM superseded AS told{JOINS} JOIN batch AS closing ON closing.id = told.closed_by {_OF_SERIES}
    ORDER BY told.batch_id DESC"""
