"""The ledger: batches, observations, and the rows they superseded. Nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.store.amend.carry import OBSERVED, SHARE, close, demote
from tracker.store.batches import Batch, open_batch
from tracker.store.citations import FIELDS as CITED
from tracker.store.citations import citation_id, citation_of
from tracker.store.corrected import CARRIED, FIELDS, WIDTH, Printed, printed, store_corrections
from tracker.store.engine import Row, Session
from tracker.store.identity import names_by_id
from tracker.store.periods import period_id
from tracker.store.plan import Entry, Key, Plan, Standing
from tracker.values import Citation, Observation, Period, Share

_CITED = ", ".join(f"citation.{name}" for name in CITED)
_COLUMNS = ", ".join(OBSERVED)

_KEYED = """
    JOIN series ON series.id = told.series_id
    JOIN market ON market.id = series.market_id
    JOIN entity ON entity.id = series.entity_id
    JOIN period ON period.id = told.period_id
    JOIN citation ON citation.id = told.citation_id
    WHERE market.slug = :market"""


FEW = 1_000
"""Entries, up to which their own facts are looked up; for more of them whole markets are read."""


def these(session: Session, entries: Sequence[Entry]) -> str:
    """Return the condition on ``told`` that leaves the facts of some entries; none where they are many.

    One share that is added to a market of a million costs no more than to one of ten.
    """
    if len(entries) > FEW:
        return ""
    named = {entry.told.entity for entry in entries}
    # What was withdrawn of an entity before it was merged stands under its own id still.
    entities = [key for key, name in names_by_id(session).items() if name in named]
    labels = {str(entry.told.period.named()) for entry in entries}
    periods = [
        session.value("SELECT id FROM period WHERE label = :label", label=label) or 0 for label in sorted(labels)
    ]
    return (
        f" AND told.series_id IN (SELECT id FROM series WHERE entity_id IN ({_listed(entities)}))"
        f" AND told.period_id IN ({_listed(periods)})"
    )


def _listed(ids: Iterable[int]) -> str:
    """Ids as SQL: numbers only."""
    return ", ".join(str(int(key)) for key in ids) or "NULL"


def standing(session: Session, markets: Iterable[str], only: str = "") -> dict[Key, Standing]:
    """Return what is recorded now, for whole markets: of a corrected share what was printed, and the correction.

    Of some observations only where `only` is a further condition on ``told``, in SQL of this package.
    """
    found: dict[Key, Standing] = {}
    for market in markets:
        for row in session.rows(
            "SELECT entity.name, period.label, told.share, told.low, told.high, told.qualifier, told.decimals,"
            f" told.status, told.sample_size, told.note, {FIELDS}, {_CITED}"
            f" FROM observation AS told{CARRIED}{_KEYED}{only}",
            market=market,
        ):
            key, (size, note) = (market, row[0], row[1]), row[8:10]
            share, status, correction = printed(Share(*row[2:7]), row[7], row[10 : 10 + WIDTH])
            cited = citation_of(row[10 + WIDTH :])
            found[key] = Standing(share, status, size, note, cited, correction=correction)
    return found


def reports(session: Session, markets: Iterable[str], only: str = "") -> dict[tuple[Key, Citation], Share]:
    """Return what further citations say of the observations of whole markets; of some as `standing` does."""
    found: dict[tuple[Key, Citation], Share] = {}
    for market in markets:
        for row in session.rows(
            "SELECT entity.name, period.label, told.share, told.low, told.high, told.qualifier, told.decimals,"
            f" {_CITED} FROM report AS told{_KEYED} AND told.closed_by IS NULL{only}",
            market=market,
        ):
            found[(market, row[0], row[1]), citation_of(row[7:])] = Share(*row[2:7])
    return found


def record(session: Session, batch: Batch, made: Plan) -> int | None:
    """Write what a plan would change, as one batch.

    Markets and entities that it names must be recorded.

    Returns
    -------
    int or None
        The id of the batch; None where nothing changes, and nothing is written.
    """
    if not made.changes:
        return None
    counts = {name: len(getattr(made, name)) for name in ("added", "same", "revised")}
    key = open_batch(session, batch, **counts, reported=made.pages)
    write(session, key, made)
    return key


def write(session: Session, key: int, made: Plan) -> None:
    """Write what a plan would change, under a batch that is open."""
    ids = _Ids(session)
    displaced = {change.entry.key for change in made.displaced}
    for change in made.revised:
        end = demote if change.entry.key in displaced else close
        end(session, ids.series(change.entry), ids.period(change.entry.told.period.named()), key)
    stated = [*made.added, *(change.entry for change in made.revised)]
    session.run_many(
        f"INSERT INTO observation (series_id, period_id, {_COLUMNS}) VALUES (:series_id, :period_id,"
        f" {', '.join(f':{name}' for name in OBSERVED)})",
        sorted(
            (_observation(ids, entry, key) | _in_force(entry.told) for entry in stated),
            key=lambda values: (values["series_id"], values["period_id"]),
        ),
    )
    corrected = [entry for entry in stated if entry.told.correction is not None]
    store_corrections(session, key, [(_observation(ids, entry, key), _printed(entry.told)) for entry in corrected])
    # What a citation is recorded to say of a fact is either the observation or a report, never both.
    session.run_many(
        "UPDATE report SET closed_by = :batch_id WHERE closed_by IS NULL AND series_id = :series_id"
        " AND period_id = :period_id AND citation_id = :citation_id",
        [_observation(ids, change.entry, key) for change in made.revised],
    )
    session.run_many(
        f"INSERT INTO report (series_id, period_id, citation_id, batch_id, {', '.join(SHARE)}, printed_period, note)"
        f" VALUES (:series_id, :period_id, :citation_id, :batch_id, {', '.join(f':{name}' for name in SHARE)},"
        " :printed_period, :note)",
        [_observation(ids, entry, key) | {"printed_period": entry.printed_period} for entry in made.reported],
    )


def _printed(told: Observation) -> Printed:
    return Printed(told.share, told.status or "A", told.correction)


def _in_force(told: Observation) -> dict[str, object]:
    """The columns that a correction changes."""
    made = told.correction
    return {} if made is None else _share(made.share) | {"status": made.status}


def _share(share: Share) -> dict[str, object]:
    return dict(zip(SHARE, (share.value, share.low, share.high, share.qualifier, share.decimals), strict=True))


def _observation(ids: _Ids, entry: Entry, batch: int) -> dict[str, object]:
    told = entry.told
    return {
        "series_id": ids.series(entry),
        "period_id": ids.period(told.period.named()),
        **_share(told.share),
        "status": told.status or "A",
        "sample_size": told.sample_size,
        "note": told.note,
        "citation_id": ids.citation(told.citation),
        "batch_id": batch,
    }


class _Ids:
    """Ids by value, each asked for once in a batch."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._series: dict[tuple[str, str], int] = {}
        self._periods: dict[Period, int] = {}
        self._citations: dict[Citation, int] = {}

    def series(self, entry: Entry) -> int:
        key = entry.told.market, entry.told.entity
        if key not in self._series:
            self._series[key] = _series_id(self._session, *key)
        return self._series[key]

    def period(self, period: Period) -> int:
        if period not in self._periods:
            self._periods[period] = period_id(self._session, period)
        return self._periods[period]

    def citation(self, citation: Citation) -> int:
        if citation not in self._citations:
            self._citations[citation] = citation_id(self._session, citation)
        return self._citations[citation]


def _series_id(session: Session, market: str, entity: str) -> int:
    ids: Row | None = session.row(
        "SELECT market.id, entity.id, series.id FROM market JOIN entity ON entity.name = :entity"
        " LEFT JOIN series ON series.market_id = market.id AND series.entity_id = entity.id"
        " WHERE market.slug = :market",
        market=market,
        entity=entity,
    )
    assert ids is not None, "markets and entities are recorded before their observations"
    return ids[2] if ids[2] is not None else session.insert("series", {"market_id": ids[0], "entity_id": ids[1]})
