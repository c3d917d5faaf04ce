"""What a source printed, and what that is corrected to: one row of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tracker.store.amend.carry import PRINTED
from tracker.store.engine import Session
from tracker.values import Correction, Share

CARRIED = """
    LEFT JOIN carried ON carried.series_id = told.series_id AND carried.period_id = told.period_id
        AND carried.batch_id = told.batch_id
    LEFT JOIN correction ON correction.id = carried.correction_id"""
"""Joins what later batches did to an observation that goes by the name `told`."""

FIELDS = ", ".join(
    (
        *(f"carried.{name}" for name in PRINTED),
        *(f"correction.{name}" for name in ("kind", "reason", "upstream", "upstream_url")),
    )
)
WIDTH = len(PRINTED) + 4
"""How many columns `FIELDS` are."""


class Printed(NamedTuple):
    """What a source printed, and what that is corrected to, if it is."""

    share: Share
    status: str
    correction: Correction | None


def printed(share: Share, status: str, cells: Sequence[Any]) -> Printed:
    """Tell the printed share from the one in force, given the columns `FIELDS`."""
    told, (was, kind, reason, upstream, url) = cells[:5], cells[5:]
    if kind is None:
        return Printed(share, status, None)
    return Printed(Share(*told), was, Correction(kind, share, status, reason, upstream, url))


def store_corrections(session: Session, batch: int, corrected: Sequence[tuple[Mapping[str, Any], Printed]]) -> None:
    """Record what observations of a batch are corrected to: those whose input says so, as an export does."""
    ids: dict[tuple[str, str, str, str | None], int] = {}
    for row, (share, status, made) in corrected:
        assert made is not None
        said = (made.kind, made.reason, made.upstream, made.upstream_url)
        if said not in ids:
            names = ("kind", "reason", "upstream", "upstream_url")
            ids[said] = session.insert("correction", {"batch_id": batch} | dict(zip(names, said, strict=True)))
        values = (share.value, share.low, share.high, share.qualifier, share.decimals, status)
        session.run(
            f"INSERT INTO carried (series_id, period_id, batch_id, origin_id, correction_id, {', '.join(PRINTED)})"
            f" VALUES (:series_id, :period_id, :batch, :batch, :correction, {', '.join(f':{p}' for p in PRINTED)})",
            series_id=row["series_id"],
            period_id=row["period_id"],
            batch=batch,
            correction=ids[said],
            **dict(zip(PRINTED, values, strict=True)),
        )
