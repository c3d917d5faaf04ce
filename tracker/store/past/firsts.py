"""What was first stated of every fact that is current: before its source, or another page, said something else."""

from __future__ import annotations

from tracker.store.amend.carry import OBSERVED
from tracker.store.citations import FIELDS, citation_of
from tracker.store.corrected import CARRIED, WIDTH, printed
from tracker.store.corrected import FIELDS as CORRECTED
from tracker.store.engine import Row, Session
from tracker.store.past.asof import RESTATING
from tracker.store.shares import Selection, Told
from tracker.values import Share

CLOCKS = ("published", "recorded")

_COLUMNS = ", ".join(("period_id", *OBSERVED))
_COMMANDS = ", ".join(f"'{command}'" for command in RESTATING)

# A statement that was recorded under a name which means another entity now is a statement about that one.
HEIR = """coalesce((SELECT heir.id FROM series AS own
    JOIN entity_merge ON entity_merge.entity_id = own.entity_id AND entity_merge.closed_by IS NULL
    JOIN series AS heir ON heir.market_id = own.market_id AND heir.entity_id = entity_merge.into_id
    WHERE own.id = series_id), series_id)"""

STATED = f"""SELECT series_id, {_COLUMNS} FROM observation
    UNION ALL SELECT {HEIR} AS series_id, {_COLUMNS} FROM superseded
    WHERE closed_by IN (SELECT id FROM batch WHERE command IN ({_COMMANDS}))
    AND batch_id NOT IN (SELECT undoes FROM undo)"""

_ORDERS = {
    "recorded": "first_batch, batch_id",
    "published": "coalesce(published, substr(recorded_at, 1, 10)), first_batch, batch_id",
}

_DATED = f"""SELECT stated.*, coalesce(carried.origin_id, stated.batch_id) AS first_batch, citation.published,
    batch.recorded_at FROM ({STATED}) AS stated
    JOIN citation ON citation.id = stated.citation_id
    LEFT JOIN carried ON carried.series_id = stated.series_id AND carried.period_id = stated.period_id
        AND carried.batch_id = stated.batch_id
    JOIN batch ON batch.id = coalesce(carried.origin_id, stated.batch_id)
    WHERE EXISTS (SELECT 1 FROM observation WHERE observation.series_id = stated.series_id
        AND observation.period_id = stated.period_id)"""

_SHARE = "told.share, told.low, told.high, told.qualifier, told.decimals"
_CITED = ", ".join(f"citation.{name}" for name in FIELDS)


def firsts(session: Session, wanted: Selection, clock: str = "published") -> list[Told]:
    """Return of every current observation the statement that came first, by market, entity and date.

    Parameters
    ----------
    session : Session
        A reading one; of the past, what was current then.
    wanted : Selection
        Which observations.
    clock : {'published', 'recorded'}
        What "first" means: by the day on which its page was published, or by the batch that recorded it here. A
        page without a date is taken to be of the day on which it was recorded.

    Notes
    -----
    What was retracted, corrected, moved or taken back counts as no statement: a correction is no revision.
    """
    condition, values = wanted.where()
    rows = session.rows(
        f"SELECT market.slug, entity.name, period.label, {_SHARE}, told.status, told.sample_size, told.note,"
        f" {_CITED}, told.known_from, {CORRECTED} FROM ("
        f" SELECT *, recorded_at AS known_from, row_number() OVER (PARTITION BY series_id, period_id"
        f" ORDER BY {_ORDERS[clock]}) AS place FROM ({_DATED}) AS dated) AS told"
        " JOIN series ON series.id = told.series_id JOIN market ON market.id = series.market_id"
        " JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = told.period_id"
        f" JOIN citation ON citation.id = told.citation_id{CARRIED} WHERE told.place = 1 AND {condition}"
        " ORDER BY market.slug, entity.name, period.start_date, period.end_date, period.label",
        **values,
    )
    return [_told(row) for row in rows]


def _told(row: Row) -> Told:
    cells, known_from, carried = row[11 : -WIDTH - 1], row[-WIDTH - 1], row[-WIDTH:]
    share, status, correction = printed(Share(*row[3:8]), row[8], carried)
    market, entity, period = row[:3]
    status, sample_size, note = row[8:11]
    told = Told(market, entity, period, Share(*row[3:8]), status, sample_size, note, citation_of(cells), known_from)
    if correction is None:
        return told
    return told._replace(printed=share, printed_status=status, correction=correction)
