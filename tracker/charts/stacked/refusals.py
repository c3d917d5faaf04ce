"""What cannot be stacked to a whole, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from tracker.analysis.decimals import exact, plain
from tracker.analysis.readings import Reading
from tracker.analysis.rounding import DUST
from tracker.analysis.snapshot import WHOLE
from tracker.charts.words.prose import joined
from tracker.errors import TrackerError

NAMED = 3
"""Periods that are named in a refusal; more are counted."""

INSTEAD = "Draw lines or small panels instead: --kind line, --kind panels."


def refuse_whole(whole: str) -> None:
    """Refuse a market whose shares are no parts of one whole.

    >>> refuse_whole("closed")
    >>> refuse_whole("index")
    Traceback (most recent call last):
    tracker.errors.TrackerError: an index is no share of a whole: its numbers cannot be stacked
    Draw lines or small panels instead: --kind line, --kind panels.
    """
    if whole == "index":
        raise TrackerError("an index is no share of a whole: its numbers cannot be stacked", INSTEAD)
    if whole == "overlapping":
        raise TrackerError(
            "these shares overlap: one may be counted for several, so that they are no parts of 100%", INSTEAD
        )


def refuse_periods(periods: Sequence[tuple[Reading, ...]]) -> None:
    """Refuse periods that cannot stand side by side, or whose shares exceed the whole by more than rounding."""
    if len(periods) < 2:
        raise TrackerError(
            f"there is one period only ({periods[0][0].period}): nothing changes over time",
            "Draw it with --kind bars, or widen the dates.",
        )
    _twice(periods)
    _within_each_other([those[0] for those in periods])
    _too_full(periods)


def _twice(periods: Sequence[tuple[Reading, ...]]) -> None:
    for those in periods:
        names = [one.entity for one in those]
        if len(set(names)) < len(names):
            name = next(name for name in names if names.count(name) > 1)
            raise TrackerError(
                f"{name} has several figures for {those[0].period}", "Choose one: a part has one share of the whole."
            )


def _within_each_other(ones: Sequence[Reading]) -> None:
    """Refuse a quarter beside one of its months: a place in time has one composition."""
    sure = [one for one in ones if one.precision != "approx"]
    sure.sort(key=lambda one: (one.start, -one.end.toordinal()))
    nested = [(outer, inner) for outer, inner in pairwise(sure) if inner.end <= outer.end]
    places = sorted(ones, key=lambda one: one.middle)
    nested += [(one, other) for one, other in pairwise(places) if one.middle == other.middle]
    if nested:
        outer, inner = nested[0]
        raise TrackerError(
            f"the periods {outer.period} and {inner.period} overlap: they have no order in time",
            "Choose periods of one length, or narrow the dates.",
        )


def _too_full(periods: Sequence[tuple[Reading, ...]]) -> None:
    refuse_excess([(those[0].period, lowest_sum(those)) for those in periods])


def refuse_excess(sums: Sequence[tuple[str, float]]) -> None:
    """Refuse a market where shares count parts twice: each period comes with the least that its shares add up to.

    >>> refuse_excess([("2025-01", 100.0)])
    """
    over = [(period, low) for period, low in sums if low > WHOLE + DUST]
    if over:
        shown = [f"{period} ({plain(round(low, 6))}% at least)" for period, low in over[:NAMED]]
        more = [f"{len(over) - NAMED} more"] if len(over) > NAMED else []
        raise TrackerError(
            f"the shares add up to more than 100%, beyond rounding, in {len(over)} of {len(sums)} periods: "
            f"{joined([*shown, *more])}",
            "Some count twice: leave out those that are part of others, or these periods; or draw lines:"
            " --kind line. Figures are never rescaled.",
        )


def refuse_bare(names: Sequence[str], found: Mapping[str, Sequence[Reading]]) -> None:
    """Refuse a focus that has no layer, with all that have none."""
    if names:
        why = [f"{name} has no layer: {_why(found[name])}" for name in names]
        raise TrackerError("; ".join(why), "Draw its figures with --kind line, or choose another focus.")


def _why(found: Sequence[Reading]) -> str:
    if all(one.value is None for one in found):
        return "all its figures are bounds or ranges, without a number"
    return "it has no number in two neighbouring periods"


def lowest_sum(those: Sequence[Reading]) -> float:
    """Return the least that shares add up to, percent."""
    return float(sum(exact(one.lowest) for one in those))


def highest_sum(those: Sequence[Reading]) -> float:
    """Return the most that shares add up to, percent."""
    return float(sum(exact(one.highest) for one in those))


def printed_sum(those: Sequence[Reading]) -> float:
    """Return the sum of shares as printed, percent, without the dust of binary fractions; bounds add nothing.

    >>> printed_sum([])
    0.0
    """
    return float(sum(exact(one.value) for one in those if one.value is not None))
