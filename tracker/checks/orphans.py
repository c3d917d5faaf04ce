"""`orphans`: what is recorded, and nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.checks.base import Check, Finding, Scope, waive
from tracker.store.unused import Unused, unused

_MEANS = {
    "source": "no market is of this source",
    "market": "no share is recorded in this market",
    "series": "no share of it is or was recorded here",
    "entity": "it has no share, nothing belongs to it, and no event names it",
    "citation": "nothing is cited from this page",
    "period": "nothing is dated so",
}


def orphans(scope: Scope) -> Iterator[Finding]:
    """Say what nothing uses."""
    for one in unused(scope.session):
        if not scope.markets or one.market in scope.markets:
            period = one.name if one.kind == "period" else ""
            named = "" if one.name in (one.market, one.entity, period) else f" {one.name}"
            message = f"unused {one.kind}{named}: {_MEANS[one.kind]}"
            yield Finding("orphans", one.market, one.entity, period, message, _remedy(one, period))


def _remedy(one: Unused, period: str) -> str:
    """A waiver, where it can be named; a source or a page alone costs nothing."""
    return waive("orphans", one.market, one.entity, period) if one.market or one.entity or period else ""


CHECK = Check(
    "orphans",
    "sources, markets, series, entities, citations and periods that nothing uses",
    "it is a slip of the pen, or something whose figures are still to come",
    of_database=orphans,
)
