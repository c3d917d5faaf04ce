"""Running checks: every market is read once, however many of them look at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.checks.base import Check, Finding, Scope
from tracker.checks.waived import standing
from tracker.store.facts import lines, periods, series_of
from tracker.store.waivers import waivers


def run(scope: Scope, checks: Sequence[Check]) -> list[Finding]:
    """Run checks, and leave out what is waived.

    Parameters
    ----------
    scope : Scope
        What is checked.
    checks : sequence of Check
        What to look for.

    Returns
    -------
    list of Finding
        In the order of the checks, of each by market.
    """
    return standing(found(scope, checks), waivers(scope.session))


def found(scope: Scope, checks: Sequence[Check]) -> list[Finding]:
    """Run checks, whatever is waived."""
    order = {check.name: place for place, check in enumerate(checks)}
    told = [*_in_markets(scope, checks)]
    for check in checks:
        if check.of_database:
            told += check.of_database(scope)
    return sorted(told, key=lambda finding: (order[finding.check], finding.market))


def _in_markets(scope: Scope, checks: Sequence[Check]) -> Iterable[Finding]:
    kinds = [check.watch for check in checks if check.watch]
    known = periods(scope.session) if kinds else {}
    for market in lines(scope.session) if kinds else ():
        if not scope.wants(market.market.slug):
            continue
        watches = [kind(market) for kind in kinds]
        for series in series_of(scope.session, market.market.slug, known):
            for watch in watches:
                yield from watch.see(series)
        for watch in watches:
            yield from watch.end()
