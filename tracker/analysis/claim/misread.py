"""What a figure that fails may have been before somebody misread it: a change taken for a share, points for percent."""

from __future__ import annotations

from tracker.analysis.change import Change
from tracker.analysis.claim.amounts import Amount
from tracker.analysis.claim.figures import CONTRADICTED, Judged
from tracker.analysis.claim.spans import Span, span_of
from tracker.analysis.decimals import MINUS, exact, signed

SIGNS = f"+{MINUS}"


def misread(judged: Judged, moved: Change | None) -> str:
    """Say which recomputed change a failed figure is near.

    Parameters
    ----------
    judged : Judged
        A claimed figure with its verdict.
    moved : Change or None
        The change between the two stored readings.

    Returns
    -------
    str
        A sentence without its full stop; '' where the figure is not contradicted, or is near none.

    Notes
    -----
    Near is: within what the rounding of the stored shares allows, whatever the sign. It is a hint, and never
    changes a verdict.
    """
    if moved is None or judged.verdict != CONTRADICTED:
        return ""
    figure = judged.figure
    number = _size(figure.claimed.span()) if isinstance(figure.claimed, Amount) else span_of(figure.claimed)
    percent = moved.percent, moved.percent_low, moved.percent_high
    points = moved.points, moved.points_low, moved.points_high
    for role, worked_out in (("percent", percent), ("points", points)):
        if role != figure.role and (named := _named(role, number, *worked_out)):
            kind = {"points": "a number of points", "percent": "a percentage"}.get(figure.role, "a share")
            return f"{str(figure.claimed).lstrip(SIGNS)} may be the {named} misread as {kind}"
    return ""


def _named(role: str, number: Span, value: float | None, low: float | None, high: float | None) -> str:
    """Name a change with its range, if the number lies in it; '' if not, and where it may as well be none."""
    if low is None or high is None or low <= 0 <= high or not number.meets(_size(Span(exact(low), exact(high)))):
        return ""
    way = "fall" if high < 0 else "rise"
    decimals, unit, name = (1, "%", f"percent {way}") if role == "percent" else (None, "", f"{way} in points")
    worked_out = "" if value is None else f"{signed(value, decimals)}{unit}, "
    return f"{name} ({worked_out}rounding allows {signed(low, decimals)}{unit} to {signed(high, decimals)}{unit})"


def _size(span: Span) -> Span:
    """A range without its sign."""
    return span if span.low >= 0 else Span(-span.high, -span.low)
