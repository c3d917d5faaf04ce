"""Showing a check a market that stands nowhere, and running checks on a database."""

from tracker.checks.base import Scope
from tracker.checks.registry import check_named
from tracker.checks.run import run
from tracker.store.engine import reading
from tracker.store.facts import Fact, Lines, Series, in_time
from tracker.values import Market, Period, Share


def months(*shares, since="2025-01"):
    """Months in a row with their shares; None leaves one out."""
    year, month = (int(part) for part in since.split("-"))
    labels = [f"{year + (month - 1 + step) // 12}-{(month - 1 + step) % 12 + 1:02d}" for step in range(len(shares))]
    return {label: share for label, share in zip(labels, shares, strict=True) if share is not None}


def series(entity, shares, *, kind="product", batch=1, status=None):
    """A series of written periods and shares; `status` gives some of the periods theirs."""
    facts = [
        Fact(Period.parse(label), Share.parse(str(share)), (status or {}).get(label, "A"), batch)
        for label, share in shares.items()
    ]
    return Series(entity, kind, sorted(facts, key=in_time))


def look(name, *shown, whole="closed", frequency="monthly", above=()):
    """What one check finds in a market of these series."""
    watch = check_named(name).watch(Lines(Market("x/m", "x", "things", whole, frequency=frequency), above))
    found = [finding for one in shown for finding in watch.see(one)]
    return [*found, *watch.end()]


def places(found):
    """Where findings are: entity and period."""
    return [(finding.entity, finding.period) for finding in found]


def checked(path, *names, markets=()):
    """What checks find in a database, those that are waived left out."""
    with reading(path) as session:
        return run(Scope(session, path, markets), [check_named(name) for name in names])
