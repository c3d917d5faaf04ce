"""`duplicates`: one fact recorded twice, under two dates or in two markets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tracker.checks.base import Check, Finding, Scope, Watch, because, waive
from tracker.store.facts import Series
from tracker.store.twins import twins


class Duplicates(Watch):
    """Looks for days of a series that are recorded under two labels."""

    def see(self, series: Series) -> Iterator[Finding]:
        """Say which periods are the same days."""
        slug = self.market.market.slug
        for one, other in pairwise(series.facts):
            if (one.period.start, one.period.end) != (other.period.start, other.period.end):
                continue
            vague, exact = sorted((one, other), key=lambda fact: fact.period.precision != "approx")
            message = f"the same days as {exact.period}: {vague.share}% here, {exact.share}% there"
            words = ("retract", series.entity, "--market", slug, "--date", str(vague.period))
            yield Finding(
                "duplicates",
                slug,
                series.entity,
                str(vague.period),
                message,
                because("tracker", *words),
                max(one.batch, other.batch),
            )


def identical_markets(scope: Scope) -> Iterator[Finding]:
    """Say which markets of one source hold the same readings."""
    for first, second, count, batch in twins(scope.session):
        if scope.wants(first) or scope.wants(second):
            message = f"its {count} readings are those of {first}, of the same source: imported twice?"
            yield Finding("duplicates", second, "", "", message, waive("duplicates", second), batch)


CHECK = Check(
    "duplicates",
    "the same days of a series under two labels (2025-04-30 and ~2025-04-30), and markets of one source that hold"
    " the same readings",
    "one fact that is counted twice weighs twice",
    watch=Duplicates,
    of_database=identical_markets,
)
