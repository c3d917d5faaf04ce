"""What stood once and was withdrawn for good: an input that says the same again does not bring it back."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.store.amend.retract import taken_back, withdrawing
from tracker.store.citations import FIELDS as CITED
from tracker.store.citations import citation_of
from tracker.store.corrected import CARRIED, FIELDS, WIDTH, printed
from tracker.store.engine import Session
from tracker.store.identity import names_by_id
from tracker.store.plan import Key, Standing
from tracker.values import Share

_CITED = ", ".join(f"citation.{name}" for name in CITED)


def withdrawn(session: Session, markets: Iterable[str], only: str = "") -> dict[Key, Standing]:
    """Return what was withdrawn of whole markets and not stated anew: as it was printed, with the reason.

    Of some facts only where `only` is a further condition on ``told``, as `tracker.store.ledger.these` makes it.
    """
    batches = withdrawing(session)
    if not batches:
        return {}
    undone, names = taken_back(session), names_by_id(session)
    undoes: dict[int, int] = dict(session.rows("SELECT batch_id, undoes FROM undo"))
    found: dict[Key, Standing] = {}
    for market in markets:
        for row in session.rows(
            "SELECT entity.id, period.label, told.share, told.low, told.high, told.qualifier, told.decimals,"
            f" told.status, told.sample_size, told.note, {FIELDS}, {_CITED}, told.batch_id,"
            " carried.origin_id, told.closed_by, closing.reason"
            f" FROM superseded AS told{CARRIED}"
            " JOIN series ON series.id = told.series_id JOIN market ON market.id = series.market_id"
            " JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = told.period_id"
            " JOIN citation ON citation.id = told.citation_id JOIN batch AS closing ON closing.id = told.closed_by"
            " WHERE market.slug = :market AND NOT EXISTS (SELECT 1 FROM observation"
            " WHERE observation.series_id = told.series_id AND observation.period_id = told.period_id)"
            f"{only} ORDER BY told.closed_by",
            market=market,
        ):
            key = (market, names[row[0]], row[1])
            found.pop(key, None)  # the last that happened to it is what counts
            # Where the batch that stated it was taken back, too, nobody holds on to its withdrawal.
            gone_with_it = {row[-4], row[-3]} & undone - {undoes.get(row[-2])}
            if row[-2] in batches and not gone_with_it:
                share, status, _ = printed(Share(*row[2:7]), row[7], row[10 : 10 + WIDTH])
                size, note, cited = row[8], row[9], citation_of(row[10 + WIDTH : -4])
                found[key] = Standing(share, status, size, note, cited, withdrawn=row[-1] or "no reason given")
    return found
