"""`retellings`: what nobody has from the source itself."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.checks.base import Check, Finding, Scope, waive
from tracker.store.witnesses import retold


def retellings(scope: Scope) -> Iterator[Finding]:
    """Say how much of each market rests on retellings only."""
    for market, count, total, batch in retold(scope.session):
        if scope.wants(market):
            some = f"{count} of {total} observations rest" if total > 1 else "its one observation rests"
            message = f"{some} on retellings only: the source's own page is not cited"
            yield Finding("retellings", market, "", "", message, waive("retellings", market), batch)


CHECK = Check(
    "retellings",
    "markets with observations of which only secondary pages are cited, counted",
    "retellers round, swap the whole and keep figures that the source has revised since",
    of_database=retellings,
)
