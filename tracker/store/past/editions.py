"""How many editions of a figure are recorded: with one alone, nothing is known of revisions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tracker.store.engine import Session
from tracker.store.past.firsts import HEIR, STATED
from tracker.store.shares import Selection

Fact = tuple[str, str, str]
"""Slug of the market, name of the entity, label of the period."""

_PAGES = f"""SELECT stated.series_id, stated.period_id, coalesce(carried.origin_id, stated.batch_id) AS batch_id,
    stated.citation_id FROM ({STATED}) AS stated
    LEFT JOIN carried ON carried.series_id = stated.series_id AND carried.period_id = stated.period_id
        AND carried.batch_id = stated.batch_id
    UNION ALL SELECT {HEIR} AS series_id, period_id, batch_id, citation_id FROM report WHERE closed_by IS NULL"""

_AGAIN = """SELECT id, same FROM batch WHERE same > 0 AND id NOT IN (SELECT undoes FROM undo)
    AND (added > 0 OR revised > 0 OR reported > 0)"""

_TOUCHED = f"SELECT DISTINCT series.market_id FROM ({_PAGES}) AS page JOIN series ON series.id = page.series_id WHERE"

_STOOD = f"""SELECT market.slug, entity.name, period.label FROM ({_PAGES}) AS page
    JOIN series ON series.id = page.series_id JOIN market ON market.id = series.market_id
    JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = page.period_id
    WHERE market.id IN ({_TOUCHED} page.batch_id = :batch)
    GROUP BY page.series_id, page.period_id, market.slug, entity.name, period.label
    HAVING min(page.batch_id) < :batch AND count(CASE WHEN page.batch_id = :batch THEN 1 END) = 0"""


@dataclass(slots=True)
class _Told:
    """Who stated a figure: batches and days of the source's own pages, and whether a retelling came first."""

    batches: set[int] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    retold_in: int | None = None

    @property
    def count(self) -> int:
        """Return the number of editions; all that only retell are of one."""
        own = max(len(self.batches), len(self.days))
        before = self.retold_in is not None and self.retold_in < min(self.batches, default=0)
        return max(own + before, 1)


def editions(session: Session, wanted: Selection) -> dict[Fact, int]:
    """Return how many editions of each figure are recorded.

    Parameters
    ----------
    session : Session
        A reading one; of the past, what was recorded then.
    wanted : Selection
        Which observations.

    Notes
    -----
    Editions are statements of the source itself that were recorded by different batches, or published on different
    days; an earlier retelling counts as one. A batch that found figures the same says only how many: it counts
    where these are all that stood in its markets. *Not valid* as the number of editions that there were.
    """
    told: defaultdict[Fact, _Told] = defaultdict(_Told)
    condition, values = wanted.where()
    for market, entity, period, batch, kind, published in session.rows(
        "SELECT market.slug, entity.name, period.label, page.batch_id, citation.kind, citation.published"
        f" FROM ({_PAGES}) AS page JOIN series ON series.id = page.series_id"
        " JOIN market ON market.id = series.market_id JOIN entity ON entity.id = series.entity_id"
        " JOIN period ON period.id = page.period_id JOIN citation ON citation.id = page.citation_id"
        f" WHERE {condition} ORDER BY page.batch_id",
        **values,
    ):
        one = told[market, entity, period]
        if kind != "secondary":
            one.batches.add(batch)
            one.days |= {published} - {None}
        elif one.retold_in is None:
            one.retold_in = batch
    for batch, same in session.rows(_AGAIN):
        stood = session.rows(_STOOD, batch=batch)
        if len(stood) == same:
            for fact in stood:
                if fact in told and told[fact].batches:
                    told[fact].batches.add(batch)
    return {fact: one.count for fact, one in told.items()}
