"""Closing rows, and carrying them on under a later batch: what every change of the record is made of.

A statement is one observation as its page told it. Where a later batch restores, moves or corrects it, the row
is new, and `carried` says which batch first stated it and what was printed.
"""

from __future__ import annotations

from typing import NamedTuple

from tracker.store.engine import Session

SHARE = ("share", "low", "high", "qualifier", "decimals")
OBSERVED = (*SHARE, "status", "sample_size", "note", "citation_id", "batch_id")
"""The columns of an observation behind its key."""

PRINTED = (*(f"printed_{name}" for name in SHARE), "printed_status")

_COLUMNS = ", ".join(OBSERVED)
_STATED = ", ".join(OBSERVED[:-1])
_PRINTED = ", ".join(PRINTED)


class Row(NamedTuple):
    """Where an observation or a report stands: the key of its row."""

    series: int
    period: int
    batch: int


def close(session: Session, series: int, period: int, batch: int) -> None:
    """Close the current observation of a series and period: it is superseded from this batch on."""
    where = {"series": series, "period": period}
    session.run(
        f"INSERT INTO superseded (series_id, period_id, {_COLUMNS}, closed_by)"
        f" SELECT series_id, period_id, {_COLUMNS}, :batch FROM observation"
        " WHERE series_id = :series AND period_id = :period",
        batch=batch,
        **where,
    )
    session.run("DELETE FROM observation WHERE series_id = :series AND period_id = :period", **where)


def carry(session: Session, row: Row, batch: int, series: int | None = None) -> None:
    """Make a superseded statement current under a batch: of its own series, or of another one.

    Nothing may be current there. A correction is carried on with it.
    """
    told = {"series": row.series, "period": row.period, "before": row.batch, "batch": batch, "to": series or row.series}
    session.run(
        f"INSERT INTO observation (series_id, period_id, {_COLUMNS}) SELECT :to, period_id, {_STATED}, :batch"
        " FROM superseded WHERE series_id = :series AND period_id = :period AND batch_id = :before",
        **told,
    )
    session.run(
        f"INSERT INTO carried (series_id, period_id, batch_id, origin_id, correction_id, {_PRINTED})"
        f" SELECT :to, told.period_id, :batch, coalesce(origin_id, told.batch_id), correction_id, {_PRINTED}"
        " FROM superseded AS told LEFT JOIN carried ON carried.series_id = told.series_id"
        " AND carried.period_id = told.period_id AND carried.batch_id = told.batch_id"
        " WHERE told.series_id = :series AND told.period_id = :period AND told.batch_id = :before",
        **told,
    )


def close_reports(session: Session, series: int, period: int, batch: int, citation: int | None = None) -> None:
    """Close the open reports on an observation; of one citation where it is given."""
    where = "closed_by IS NULL AND series_id = :series AND period_id = :period"
    values = {"series": series, "period": period, "batch": batch}
    if citation is not None:
        where, values = f"{where} AND citation_id = :citation", values | {"citation": citation}
    session.run(f"UPDATE report SET closed_by = :batch WHERE {where}", **values)


def carry_report(session: Session, row: Row, citation: int, batch: int, series: int | None = None) -> None:
    """Make a closed report open again under a batch: of its own series, or of another one.

    Where that citation is open there already, or is the observation's own, nothing is done.
    """
    shares = ", ".join(SHARE)
    session.run(
        f"INSERT INTO report (series_id, period_id, citation_id, batch_id, {shares}, printed_period, note)"
        f" SELECT :to, period_id, citation_id, :batch, {shares}, printed_period, note FROM report AS told"
        " WHERE series_id = :series AND period_id = :period AND citation_id = :citation AND batch_id = :before"
        " AND NOT EXISTS (SELECT 1 FROM report WHERE series_id = :to AND period_id = told.period_id"
        " AND citation_id = told.citation_id AND (closed_by IS NULL OR batch_id = :batch))"
        " AND NOT EXISTS (SELECT 1 FROM observation WHERE series_id = :to AND period_id = told.period_id"
        " AND citation_id = told.citation_id)",
        series=row.series,
        period=row.period,
        before=row.batch,
        citation=citation,
        batch=batch,
        to=series or row.series,
    )


def demote(session: Session, series: int, period: int, batch: int) -> None:
    """Close the current observation, and keep what its page says as an open report: what it printed, if corrected."""
    shares = ", ".join(SHARE)
    printed = ", ".join(f"CASE WHEN correction_id IS NULL THEN told.{name} ELSE printed_{name} END" for name in SHARE)
    session.run(
        f"INSERT INTO report (series_id, period_id, citation_id, batch_id, {shares}, note)"
        f" SELECT told.series_id, told.period_id, citation_id, :batch, {printed}, note FROM observation AS told"
        " LEFT JOIN carried ON carried.series_id = told.series_id AND carried.period_id = told.period_id"
        " AND carried.batch_id = told.batch_id WHERE told.series_id = :series AND told.period_id = :period"
        " AND NOT EXISTS (SELECT 1 FROM report WHERE series_id = told.series_id AND period_id = told.period_id"
        " AND citation_id = told.citation_id AND closed_by IS NULL)",
        series=series,
        period=period,
        batch=batch,
    )
    close(session, series, period, batch)


def promote(session: Session, row: Row, citation: int, batch: int) -> None:
    """Make an open report the observation, where none is current any more."""
    shares = ", ".join(SHARE)
    told = {"series": row.series, "period": row.period, "before": row.batch, "citation": citation, "batch": batch}
    where = "series_id = :series AND period_id = :period AND citation_id = :citation AND batch_id = :before"
    session.run(
        f"INSERT INTO observation (series_id, period_id, {shares}, status, note, citation_id, batch_id)"
        f" SELECT series_id, period_id, {shares}, 'A', note, citation_id, :batch FROM report WHERE {where}",
        **told,
    )
    session.run(
        "INSERT INTO carried (series_id, period_id, batch_id, origin_id) VALUES (:series, :period, :batch, :before)",
        **{name: told[name] for name in ("series", "period", "batch", "before")},
    )
    session.run(f"UPDATE report SET closed_by = :batch WHERE {where}", **told)
