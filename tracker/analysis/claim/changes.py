"""One claimed change, in points or in percent, against what the stored pair works out to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from tracker.analysis.change import Change, change
from tracker.analysis.claim.amounts import Amount, opposite
from tracker.analysis.claim.figures import CANNOT_TELL, CONTRADICTED, SUPPORTED, Judged
from tracker.analysis.claim.question import Figure
from tracker.analysis.claim.spans import Span
from tracker.analysis.claim.stored import Stored
from tracker.analysis.decimals import exact, signed
from tracker.analysis.words import point_s
from tracker.values import Citation, Share


@dataclass(frozen=True, slots=True)
class Pair:
    """The two readings that a change runs between, and what it works out to."""

    first: Stored
    last: Stored
    moved: Change


def pair(first: Stored, last: Stored) -> Pair:
    """Compare two stored shares of one series."""
    return Pair(first, last, change(first.reading(), last.reading()))


def judge_change(figure: Figure, found: Pair | None, breaks: Sequence[Stored] = ()) -> Judged:
    """Hold a claimed change against the stored pair.

    Parameters
    ----------
    figure : Figure
        ``points``, the difference of the two percentages, or ``percent``, the relative change.
    found : Pair or None
        The pair; None where one of the two readings is missing.
    breaks : sequence of Stored
        Readings after the first, up to the last, with which the method changed (status ``B``).

    Returns
    -------
    Judged
        Supported where the value worked out rounds to the claimed one; contradicted where the claimed range
        lies outside what the rounding of the two shares allows.

    Notes
    -----
    *Not valid* across a change of method: that is said, and the verdict is that nobody can tell.
    """
    if found is None:
        return Judged(figure, CANNOT_TELL, "the two readings that it would be worked out from are not both there")
    claimed = figure.claimed
    assert isinstance(claimed, Amount)
    value, allowed = _worked_out(found.moved, figure.role)
    if allowed is None:
        return Judged(figure, CANNOT_TELL, f"{found.first.printed} may be zero, and nothing is a percent of zero")
    because = f"{found.first.printed} to {found.last.printed} is {_said(value, allowed, figure.role)}"
    if breaks:
        why = f"{because}; but the method changed with {breaks[0].period}, and the two count differently"
        return Judged(figure, CANNOT_TELL, why)
    verdict = _verdict(claimed, value, allowed)
    notes = _turned(claimed, value, allowed, verdict)
    if verdict == CONTRADICTED and (told := _rival(figure, found)):
        return Judged(figure, CANNOT_TELL, because, notes=(*notes, told))
    return Judged(figure, verdict, because, notes=notes)


def _worked_out(moved: Change, role: str) -> tuple[float | None, Span | None]:
    """The value, where both shares have a number, and the range."""
    if role == "points":
        return moved.points, Span(exact(moved.points_low), exact(moved.points_high))
    if moved.percent_low is None or moved.percent_high is None:
        return None, None
    return moved.percent, Span(exact(moved.percent_low), exact(moved.percent_high))


def _verdict(claimed: Amount, value: float | None, allowed: Span) -> str:
    span = claimed.span()
    worked_out = allowed if value is None else Span(exact(value), exact(value))
    if span.holds(worked_out):
        return SUPPORTED
    return CANNOT_TELL if span.meets(allowed) else CONTRADICTED


def _said(value: float | None, allowed: Span, role: str) -> str:
    """A change in words: ``−57.1% (−66.7% to −46.2%)``."""
    decimals, unit = (None, "") if role == "points" else (1, "%")
    low, high = (f"{signed(float(end), decimals)}{unit}" for end in (allowed.low, allowed.high))
    if value is None:
        return f"between {low} and {high}{' points' if role == 'points' else ''}"
    return f"{signed(value, decimals)}{unit or f' {point_s(value)}'} ({low} to {high})"


def _turned(claimed: Amount, value: float | None, allowed: Span, verdict: str) -> tuple[str, ...]:
    """Notice a claim that would hold with the other sign."""
    other = opposite(claimed)
    if verdict != CONTRADICTED or _verdict(other, value, allowed) != SUPPORTED:
        return ()
    return (f"{other} would be right: a fall is written with a minus, a number without a sign is a rise",)


def _rival(figure: Figure, found: Pair) -> str:
    """Name the page with which the change would hold, where one competes with a stored share."""
    claimed = figure.claimed
    assert isinstance(claimed, Amount)
    for (first, one), (last, other) in product(_told(found.first), _told(found.last)):
        moved = change(found.first.reading(first), found.last.reading(last))
        value, allowed = _worked_out(moved, figure.role)
        if allowed is not None and _verdict(claimed, value, allowed) == SUPPORTED:
            unit = found.first.whole.unit
            pages = " and ".join(str(page) for page in (one, other) if page is not None)
            return f"with {first}{unit} to {last}{unit}, as another page says, it would be right: {pages}"
    return ""


def _told(stored: Stored) -> list[tuple[Share, Citation | None]]:
    """A stored share, and what competing pages say instead."""
    return [(stored.share, None), *((told.share, told.citation) for told in stored.others(agreeing=False))]
