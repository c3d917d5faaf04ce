"""Which observations a reading command means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.errors import UsageProblem

if TYPE_CHECKING:
    from tracker.store.engine import Session
    from tracker.store.shares import Selection
    from tracker.values import Period


def selection(
    session: Session, entities: Sequence[str], markets: Sequence[str], since: Period | None, until: Period | None
) -> Selection:
    """Find the named entities and markets.

    Raises
    ------
    UnknownName
        If one is not recorded; the nearest are shown.
    UsageProblem
        If the interval ends before it starts.
    """
    from tracker.store.entities import entity
    from tracker.store.markets import market
    from tracker.store.shares import Selection

    if since and until and until.end < since.start:
        raise UsageProblem(f"--to {until} is before --from {since}", "Exchange the two.")
    return Selection(
        tuple(market(session, slug).slug for slug in markets),
        tuple(dict.fromkeys(entity(session, name) for name in entities)),
        since.start if since else None,
        until.end if until else None,
    )
