"""What is staged becomes part of the ledger: one statement, in the order in which the ledger keeps it."""

from __future__ import annotations

from tracker.store.citations import citation_id
from tracker.store.engine import Session
from tracker.store.staging.loading import MEETING
from tracker.store.staging.staged import Staged

_OBSERVED = (
    "series_id, period_id, share, low, high, qualifier, decimals, status, sample_size, note, citation_id, batch_id"
)


class StandsTwice(Exception):
    """Two rows are of one series and period."""


def write(staged: Staged, batch: int, revised: int) -> None:
    """Write what is staged, in the order of the ledger; what it revises is superseded.

    Raises
    ------
    StandsTwice
        If two rows are of one fact.
    """
    try:
        _write(staged, batch, revised)
    except staged.session.errors as error:
        if "unique" in str(error).lower():
            raise StandsTwice from error
        raise


def _write(staged: Staged, batch: int, revised: int) -> None:
    session = staged.session
    if revised:
        _supersede(session, batch)
    columns, values = _columns(staged)
    joined = "" if values else " JOIN stated ON stated.id = staged.stated"
    changed = ", ".join(f"{name} = excluded.{name}" for name in _OBSERVED.split(", ")[2:])
    session.run(
        f"INSERT INTO observation ({', '.join(columns)}, batch_id) SELECT {', '.join(columns.values())},"
        f" CAST(:batch AS INTEGER) FROM staged{joined} WHERE true ORDER BY staged.series_id, staged.period_id"
        + (f" ON CONFLICT (series_id, period_id) DO UPDATE SET {changed}" if revised else ""),
        batch=batch,
        **values,
    )


def _columns(staged: Staged) -> tuple[dict[str, str], dict[str, object]]:
    """The columns of an observation, each with what it is; and values that are one for all.

    What is absent in all rows is not named: to carry it through the sorting costs a fifth of it all.
    """
    columns = {name: f"staged.{name}" for name in ("series_id", "period_id", "share")}
    if len(staged.loading.decimals) == 1 and None not in staged.loading.decimals:
        columns["decimals"] = str(*staged.loading.decimals)
    else:
        columns |= {name: f"staged.{name}" for name in ("low", "high", "qualifier", "decimals")}
    if len(staged.stated) > 1:
        said = {name: f"stated.{name}" for name in ("sample_size", "note", "citation_id")}
        return columns | {"status": "coalesce(stated.status, 'A')"} | said, {}
    (stated,) = staged.stated
    values = {
        "status": stated.status or "A",
        "sample_size": stated.sample_size,
        "note": stated.note,
        "citation_id": citation_id(staged.session, stated.citation),
    }
    kinds = {"status": "TEXT", "sample_size": "BIGINT", "note": "TEXT", "citation_id": "INTEGER"}
    given: dict[str, object] = {name: value for name, value in values.items() if value is not None}
    return columns | {name: f"CAST(:{name} AS {kinds[name]})" for name in given}, given


def _supersede(session: Session, batch: int) -> None:
    columns = ", ".join(f"observation.{name}" for name in _OBSERVED.split(", "))
    session.run(
        f"INSERT INTO superseded ({_OBSERVED}, closed_by) SELECT {columns}, CAST(:batch AS INTEGER){MEETING}",
        batch=batch,
    )
    # What a citation is recorded to say of a fact is either the observation or a report, never both.
    session.run(
        "UPDATE report SET closed_by = :batch WHERE closed_by IS NULL AND EXISTS (SELECT 1 FROM staged"
        " JOIN stated ON stated.id = staged.stated WHERE staged.series_id = report.series_id"
        " AND staged.period_id = report.period_id AND stated.citation_id = report.citation_id)",
        batch=batch,
    )
