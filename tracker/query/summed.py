"""The tidy frame of shares that were added up: what the parts do not agree on is left out, or listed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from tracker import frames
from tracker.analysis.rollup import RolledUp
from tracker.query.long import observed
from tracker.query.rollups import Rolled, named
from tracker.store.engine import Session
from tracker.store.entities import entities
from tracker.store.shares import Told
from tracker.values import Entity, Share

Row = dict[str, Any]


def summed(session: Session, rolled: Rolled) -> pd.DataFrame:
    """Return shares that were added up as a tidy frame.

    Parameters
    ----------
    session : Session
        The one that they were read from.
    rolled : Rolled
        The sums.

    Returns
    -------
    pandas.DataFrame
        One row per sum, by market, entity and date; columns of `frames.COLUMNS`, shares in percent.
    """
    known = {entity.name: entity for entity in entities(session)}
    parts = plain_rows(observed(session, rolled.wanted))
    level = rolled.made.level
    return from_rows(
        _sum(made, [parts[part.row] for part in made.parts], rolled.parts(made), known[made.entity]) | {"level": level}
        for made in rolled.made.rows
    )


def plain_rows(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a tidy frame as plain values; None is missing."""
    columns = [frame[name].astype(object).where(frame[name].notna(), None) for name in frame.columns]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def from_rows(rows: Iterable[Row]) -> pd.DataFrame:
    """Make the tidy frame of rows; what a row does not have is missing."""
    found = list(rows)
    return frames.tidy({name: [row.get(name) for row in found] for name in frames.COLUMNS})


def told_as(share: Share) -> Row:
    """Return the cells that tell a share."""
    lowest, highest = share.interval()
    return {
        "printed": str(share),
        "share": share.value,
        "low": share.low,
        "high": share.high,
        "qualifier": share.qualifier,
        "decimals": share.decimals,
        "lowest": lowest,
        "highest": highest,
    }


def _sum(made: RolledUp, rows: list[Row], parts: list[Told], whose: Entity) -> Row:
    if not made.is_computed:
        return rows[0]
    # What was printed for a part that is corrected was not printed for the sum.
    printed = ("corrected_from", "correction") if len(rows) > 1 else ()
    retellers = (name for row in rows if row["reported_by"] for name in str(row["reported_by"]).split("; "))
    return (
        rows[0]
        | {"entity": whose.name, "kind": whose.kind, "hue": whose.hue, "status": made.status}
        | told_as(made.share)
        | dict.fromkeys(printed)
        | {
            "url": listed(row["url"] for row in rows),
            "citation": listed(row["citation"] for row in rows),
            "reported_by": listed(retellers),
            "sample_size": agreed(row["sample_size"] for row in rows),
            "note": agreed(row["note"] for row in rows),
            "citation_kind": max((str(row["citation_kind"]) for row in rows if row["citation_kind"]), default=None),
            "known_from": max(row["known_from"] for row in rows),
            "published": agreed(row["published"] for row in rows),
            "parts": "; ".join(str(named(part)) for part in parts),
            "missing": "; ".join(made.missing) or None,
        }
    )


def listed(cells: Iterable[object]) -> str | None:
    """Every text once, joined."""
    return "; ".join(dict.fromkeys(str(cell) for cell in cells if cell)) or None


def agreed(cells: Iterable[object]) -> object:
    """What all of them say; None where they differ."""
    found = set(cells)
    return found.pop() if len(found) == 1 else None
