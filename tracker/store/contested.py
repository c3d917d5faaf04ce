"""Facts of which pages report different shares: what each of them says, and since when that is recorded."""

from __future__ import annotations

from typing import NamedTuple

from tracker.store.amend.carry import SHARE
from tracker.store.amend.carry import Row as Carried
from tracker.store.citations import FIELDS, citation_of
from tracker.store.corrected import CARRIED
from tracker.store.engine import Row, Session
from tracker.values import Citation, Share
from tracker.values.rule import Page, prevailing


class Told(NamedTuple):
    """What one page says of a fact.

    Attributes
    ----------
    citation : Citation
        The page.
    key : int
        Id of the citation.
    share : Share
        What it prints, also where that is corrected.
    batch : int
        The batch of its row.
    recorded : int
        The batch that recorded it first, be it as the observation or beside it.
    """

    citation: Citation
    key: int
    share: Share
    batch: int
    recorded: int


class Contested(NamedTuple):
    """A fact of which another page reports another share than the one that stands."""

    series: int
    period_id: int
    entity: str
    period: str
    stands: Told
    others: tuple[Told, ...]

    def turned(self, rule: str) -> Told | None:
        """Return what would stand by a rule instead; None where what stands stays, or is the same share."""
        pages = (self.stands, *self.others)
        found = pages[prevailing(rule, [Page(page.citation, page.recorded) for page in pages])]
        return None if found.share.agrees(self.stands.share) else found


PRINTED = tuple(f"CASE WHEN carried.correction_id IS NULL THEN told.{name} ELSE printed_{name} END" for name in SHARE)
"""The columns of `SHARE` of an observation `told`, joined with `CARRIED`, as its page prints them."""

_TOLD = f"""
    SELECT {{shares}}, told.citation_id, told.batch_id, {", ".join(f"citation.{name}" for name in FIELDS)}
    FROM {{table}} JOIN citation ON citation.id = told.citation_id
    WHERE told.series_id = :series AND told.period_id = :period"""

_STANDS = _TOLD.format(shares=", ".join(PRINTED), table=f"observation AS told{CARRIED}")
_BESIDE = (
    _TOLD.format(shares=", ".join(f"told.{name}" for name in SHARE), table="report AS told")
    + " AND told.closed_by IS NULL ORDER BY told.batch_id, told.citation_id"
)

_SAME_FACT = """
    WITH RECURSIVE meant(id) AS (SELECT entity_id FROM series WHERE id = :series UNION
        SELECT entity_merge.entity_id FROM entity_merge JOIN meant ON into_id = meant.id WHERE closed_by IS NULL),
    alike(id) AS (SELECT id FROM series WHERE entity_id IN (SELECT id FROM meant)
        AND market_id = (SELECT market_id FROM series WHERE id = :series))"""
"""Makes `alike`: a series, and those in its market of the entities that were merged into the one it is of."""

_ITS = "told.period_id = :period AND told.citation_id = :citation AND told.series_id IN (SELECT id FROM alike)"
_SAYS = ", ".join(f":{name}" for name in SHARE)
_REPORTED = f"{_ITS} AND ({', '.join(f'told.{name}' for name in SHARE)}) IS NOT DISTINCT FROM ({_SAYS})"
_OBSERVED = f"{_ITS} AND ({', '.join(PRINTED)}) IS NOT DISTINCT FROM ({_SAYS})"

_FIRST = f"""{_SAME_FACT}
    SELECT min(batch) FROM (
        SELECT told.batch_id AS batch FROM report AS told WHERE {_REPORTED} UNION ALL
        SELECT coalesce(origin_id, told.batch_id) FROM superseded AS told{CARRIED} WHERE {_OBSERVED} UNION ALL
        SELECT coalesce(origin_id, told.batch_id) FROM observation AS told{CARRIED} WHERE {_OBSERVED}) AS told"""

_LAST_STOOD = f"""{_SAME_FACT}
    SELECT told.series_id, told.period_id, told.batch_id FROM superseded AS told{CARRIED} WHERE {_OBSERVED}
    ORDER BY told.batch_id DESC LIMIT 1"""

_CONTESTED = f"""
    SELECT DISTINCT told.series_id, told.period_id, entity.name, period.label, period.start_date FROM report
    JOIN observation AS told ON told.series_id = report.series_id AND told.period_id = report.period_id{CARRIED}
    JOIN series ON series.id = told.series_id JOIN market ON market.id = series.market_id
    JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = told.period_id
    WHERE market.slug = :slug AND report.closed_by IS NULL
        AND (report.share, report.low, report.high, report.qualifier) IS DISTINCT FROM ({", ".join(PRINTED[:4])})
    ORDER BY entity.name, period.start_date, period.label"""
"""As `Share.agrees` has it: how many decimals are printed does not matter."""


def contested(session: Session, slug: str) -> list[Contested]:
    """Return the facts of a market of which a page reports another share than the one that stands."""
    found = []
    for series, period, entity, label, _ in session.rows(_CONTESTED, slug=slug):
        stands, *others = pages(session, series, period)
        found.append(Contested(series, period, entity, label, stands, tuple(others)))
    return found


def pages(session: Session, series: int, period: int) -> list[Told]:
    """Return what the pages say of a fact: first the one that stands, where one does, then the others."""
    rows = [
        *session.rows(_STANDS, series=series, period=period),
        *session.rows(_BESIDE, series=series, period=period),
    ]
    return [_told(session, row, series, period) for row in rows]


def _told(session: Session, row: Row, series: int, period: int) -> Told:
    share, (citation, batch) = Share(*row[:5]), row[5:7]
    told = Told(citation_of(row[7:]), citation, share, batch, batch)
    return told._replace(recorded=session.value(_FIRST, **_key(series, period, told)))


def last_stood(session: Session, series: int, period: int, told: Told) -> Carried | None:
    """Return the row under which a page was last the observation, saying the same; None where it never was."""
    row = session.row(_LAST_STOOD, **_key(series, period, told))
    return None if row is None else Carried(*row)


def _key(series: int, period: int, told: Told) -> dict[str, object]:
    share = told.share
    printed = zip(SHARE, (share.value, share.low, share.high, share.qualifier, share.decimals), strict=True)
    return {"series": series, "period": period, "citation": told.key} | dict(printed)
