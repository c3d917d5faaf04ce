"""`jumps`: changes that stand out among the changes of their own series."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import log
from statistics import median
from typing import NamedTuple

from tracker.analysis.decimals import plain
from tracker.checks.base import Check, Finding, Watch, because
from tracker.checks.steps import middle
from tracker.store.facts import Fact, Series
from tracker.values import Share

FEWEST = 10
"""Changes, before any of them can stand out."""

LIMIT = 6.0
"""Robust standard deviations from the usual change."""

LEAST = log(2)
"""A smaller change of the odds is no jump, however calm the series."""

CALM = 0.1
"""Standard deviation of the log-odds that the calmest series is taken to have: a tenth of the odds."""

TO_NORMAL = 1.4826
"""Median absolute deviation to standard deviation, for normal errors."""

_EDGE = 1e-9


class Change(NamedTuple):
    """A change on the log-odds scale: its middle, and the range that rounding allows."""

    after: Fact
    before: Fact
    value: float
    low: float
    high: float
    slowness: float


class Jumps(Watch):
    """Holds each change of a series against its other changes."""

    def see(self, series: Series) -> Iterator[Finding]:
        """Say which changes stand out."""
        slug = self.market.market.slug
        if self.market.market.whole == "index":
            return
        for change, times in jumps(series.facts):
            period, share, _, batch = change.after
            words = ("--market", slug, "--entity", series.entity, "--date", str(period), "--expect", str(share))
            yield Finding(
                "jumps",
                slug,
                series.entity,
                str(period),
                f"{share}% after {change.before.share}% in {change.before.period}, {plain(times, 0)} times the usual"
                " change of its log-odds: it may be a change of method; mark the break if so, or waive it",
                because("tracker", "correct", "flag", "B", *words),
                max(batch, change.before.batch),
            )


def jumps(facts: list[Fact]) -> list[tuple[Change, float]]:
    """Return the changes of one series that stand out, each with how many usual changes it is.

    With ``d`` the change of ``log(p / (1 - p))`` between neighbours, divided by the time between them where
    that is longer than usual, a change stands out where it is more than 6 robust standard deviations,
    ``1.4826 * MAD``, from the median change, and the odds at least doubled or halved. Of all that rounding allows it
    is the nearest that counts, here and in the MAD. So 0.01 to 0.02 is none: 0.0149 to 0.0151 would be printed so.
    At a break (status ``B``) the source itself, or a correction, says why.

    *Not valid* for a series with fewer than 10 changes, nor for one that is calm for years and then lively.

    References
    ----------
    F. R. Hampel, "The influence curve and its role in robust estimation", JASA 69 (1974).
    """
    changes = _changes(_without_zeros_at_its_ends(facts))
    if len(changes) < FEWEST:
        return []
    usual = median(change.value for change in changes)
    away = [max(change.low - usual, usual - change.high, 0.0) for change in changes]
    scale = max(TO_NORMAL * median(away), CALM)
    found = []
    for change, distance in zip(changes, away, strict=True):
        moved = max(change.low, -change.high, 0.0) * change.slowness
        if distance > LIMIT * scale and moved > LEAST:
            found.append((change, distance / scale))
    return found


def _without_zeros_at_its_ends(facts: list[Fact]) -> list[Fact]:
    """From nothing to something is no change of odds; whether the zeros mean anything, `zeros` asks."""
    real = [place for place, fact in enumerate(facts) if fact.share.value != 0]
    return facts[real[0] : real[-1] + 1] if real else []


def _changes(facts: list[Fact]) -> list[Change]:
    """The changes between neighbours, without those into a break."""
    spacings = [max(middle(two.period) - middle(one.period), 0.5) for one, two in pairwise(facts)]
    usual = median(spacings) if spacings else 1.0
    found = []
    for (before, after), spacing in zip(pairwise(facts), spacings, strict=True):
        if after.status == "B":
            continue
        slowness = max(spacing / usual, 1.0)
        (low, mid, high), (least, then, most) = _log_odds(after.share), _log_odds(before.share)
        found.append(
            Change(after, before, (mid - then) / slowness, (low - most) / slowness, (high - least) / slowness, slowness)
        )
    return found


@lru_cache(maxsize=65_536)
def _log_odds(share: Share) -> tuple[float, float, float]:
    """The log-odds of a share: least, in the middle, most."""
    low, high = share.interval()
    value = (low + high) / 2 if share.value is None or share.value in (0, 100) else share.value
    low, value, high = (log(p / (1 - p)) for p in (min(max(x / 100, _EDGE), 1 - _EDGE) for x in (low, value, high)))
    return low, value, high


CHECK = Check(
    "jumps",
    "changes that are more than 6 robust standard deviations from the usual change of their series, on the"
    " log-odds scale and after rounding, in series of 11 readings or more",
    "a jump may be real, a slip of the pen, or a change of method: then it wants a break mark, status B",
    watch=Jumps,
)
