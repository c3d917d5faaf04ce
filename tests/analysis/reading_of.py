"""Readings and snapshots for the tests of analysis, from texts as printed."""

from __future__ import annotations

from tracker.analysis.reading import Reading
from tracker.analysis.snapshot import Snapshot
from tracker.values import Period, Share


def reading(
    period: str, share: str, entity: str = "R1", status: str = "A", size: int | None = None, unit: str = "%"
) -> Reading:
    when, value = Period.parse(period), Share.parse(share)
    return Reading(
        entity,
        when.start,
        when.end,
        when.precision,
        *when.reach(),
        str(value),
        value.value,
        *value.interval(),
        value.qualifier,
        status,
        sample_size=size,
        unit=unit,
    )


def series(*pairs: tuple[str, str], unit: str = "%") -> tuple[Reading, ...]:
    return tuple(reading(*pair, unit=unit) for pair in pairs)


def monthly(*shares: str, unit: str = "%") -> tuple[Reading, ...]:
    return series(*((f"2025-{month:02}", share) for month, share in enumerate(shares, 1)), unit=unit)


def snapshot(*shares: str, period: str = "2025-01", whole: str = "open", rest: bool = False) -> Snapshot:
    """A, B, C ... with these shares."""
    named = (reading(period, share, chr(65 + place)) for place, share in enumerate(shares))
    return Snapshot(period, tuple(named), whole, rest)
