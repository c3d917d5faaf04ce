"""Numbers of a concentration as people read them, no finer than they are known."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from tracker.analysis.decimals import exact, plain
from tracker.charts.concentrated.points import Point, Points

FINEST = {"hhi": 0, "effective": -2}
"""Power of ten below which no number is said, except the lower end of an interval that would be lost."""

FAR = 1_000_000.0
"""An effective number above this says no more than that nobody knows."""

NEAR = 0.01
"""An index below this says no more than that nobody knows."""


def number(points: Points, point: Point) -> str:
    """Write a value no finer than its interval is wide; where the value is open, the interval itself.

    Without a rest the number is that of the published shares; the interval stands in the band.
    """
    low, high = ends(points, point)
    if high > FAR:
        return f"{figure(low, points.measure)} or more"
    if low < NEAR:
        return f"{figure(high, points.measure)} or less"
    return "–".join(dict.fromkeys(figure(end, points.measure) for end in (low, high)))


def ends(points: Points, point: Point) -> tuple[float, float]:
    """Return the two numbers that are said of a point, rounded outward; the same one twice for a single value.

    A wide interval does not swallow its lower end: each end keeps two digits of its own.
    """
    finest = FINEST[points.measure]
    width = exact(point.high) - exact(point.low)
    wide = width.adjusted() if width > 0 else finest
    if point.rest <= 0 and not point.vague:
        value = _rounded(point.value, max(wide, finest), ROUND_HALF_EVEN)
        return value, value
    unit = max(wide - 1, finest)
    return _rounded(point.low, unit, ROUND_FLOOR), _rounded(point.high, unit, ROUND_CEILING)


def end(value: float, measure: str) -> str:
    """Write an end of an interval; one beyond all sense is only said to be there.

    >>> end(68000.0, "effective"), end(2.5e9, "effective"), end(2.5e-9, "hhi")
    ('68,000', 'over 1,000,000', 'under 0.01')
    """
    if value > FAR:
        return f"over {FAR:,.0f}"
    return f"under {NEAR}" if value < NEAR else figure(value, measure)


def figure(value: float, measure: str) -> str:
    """Write a number of the measure: thousands apart, hundredths for an effective number.

    >>> figure(7093.2, "hhi"), figure(1.3, "effective"), figure(68000.0, "effective"), figure(0.18, "hhi")
    ('7,093', '1.3', '68,000', '0.18')
    """
    if measure == "hhi" and value < 100:
        return plain(float(f"{value:.3g}"))
    text = f"{value:,.0f}" if measure == "hhi" else f"{value:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(value: float, unit: int, way: str) -> float:
    """Round to a power of ten, to two digits at the least."""
    whole = exact(value)
    return float(whole.quantize(Decimal(1).scaleb(min(unit, whole.adjusted() - 1)), way))
