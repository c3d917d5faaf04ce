"""What was imported from urls: the batches, and the observations that stand from them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tracker.store.engine import Session
from tracker.store.plan import Key
from tracker.store.sources import source
from tracker.values import Share


class Imported(NamedTuple):
    """A batch that was read from a url.

    Attributes
    ----------
    batch : int
        Its id.
    url : str
        Without secrets.
    sha256, importer, etag, last_modified, asked : str or None
        As in `tracker.store.batches.Batch`.
    """

    batch: int
    url: str
    sha256: str | None
    importer: str | None
    etag: str | None
    last_modified: str | None
    asked: str | None


class Held(NamedTuple):
    """A current observation of such a batch."""

    key: Key
    start: date
    end: date
    share: Share


_SELECT = "SELECT id, url, sha256, importer, etag, last_modified, asked FROM batch WHERE url IS NOT NULL"

_OF_SOURCE = " AND id IN ({})".format(
    " UNION ".join(
        f"SELECT batch_id FROM {table} AS told JOIN series ON series.id = told.series_id"
        " JOIN market ON market.id = series.market_id JOIN source ON source.id = market.source_id"
        " WHERE source.slug = :source"
        for table in ("observation", "superseded", "report")
    )
)


def imported(session: Session, slug: str | None = None) -> list[Imported]:
    """Return the batches that were read from urls, in their order; of one source where its slug is given.

    Raises
    ------
    UnknownName
        If there is no such source; the nearest are shown.
    """
    if slug is None:
        return [Imported(*row) for row in session.rows(f"{_SELECT} ORDER BY id")]
    known = source(session, slug)
    return [Imported(*row) for row in session.rows(f"{_SELECT}{_OF_SOURCE} ORDER BY id", source=known.slug)]


def held(session: Session, url: str, batches: frozenset[int]) -> list[Held]:
    """Return the observations that stand from some batches of a url, by market, entity and period."""
    return [
        Held((market, entity, period), date.fromisoformat(start), date.fromisoformat(end), Share(*share))
        for batch, market, entity, period, start, end, *share in session.rows(
            "SELECT batch.id, market.slug, entity.name, period.label, period.start_date, period.end_date,"
            " told.share, told.low, told.high, told.qualifier, told.decimals FROM observation AS told"
            " JOIN series ON series.id = told.series_id JOIN market ON market.id = series.market_id"
            " JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = told.period_id"
            " JOIN batch ON batch.id = told.batch_id WHERE batch.url = :url"
            " ORDER BY market.slug, entity.name, period.start_date, period.label",
            url=url,
        )
        if batch in batches
    ]


def restating(session: Session) -> dict[str, str | None]:
    """Return how the source of each market restates its past: ``full``, ``window``, ``current-only`` or None."""
    return dict(
        session.rows("SELECT market.slug, source.revises FROM market JOIN source ON source.id = market.source_id")
    )
