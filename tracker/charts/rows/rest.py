"""What the shares of one period leave of a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from tracker.analysis.decimals import exact
from tracker.analysis.readings import Reading
from tracker.charts.between.exactness import decimals, is_rounded


def rest_note(drawn: Sequence[Reading], market: Mapping[str, str]) -> list[str]:
    """Say how much of a whole the shares leave, or that they are more; silent where rounding explains it.

    Parameters
    ----------
    drawn : sequence of Reading
        Every share of one period.
    market : mapping of str to str
        What is known of the market; only what is open or closed has a rest.
    """
    if market.get("whole") not in ("open", "closed"):
        return []
    known = all(is_rounded(reading) for reading in drawn)
    least = sum((exact(reading.lowest) for reading in drawn), Decimal(0))
    most = sum((exact(reading.highest) for reading in drawn), Decimal(0))
    step = _step(drawn, known, least, most)
    about = "about " if any(reading.qualifier == "~" for reading in drawn) else ""
    floor = least.quantize(step, ROUND_FLOOR)
    if floor > 100:
        return [f"The shares of this period add up to more than 100%{'' if about else f' ({floor}% at least)'}."]
    if most >= 100:
        return []
    if not known:  # the numbers as they are: an interval was not stated
        least, most = _sum(drawn, False), _sum(drawn, True)
    if least == most:
        told = f"{(100 - least).quantize(step)}"
    else:
        ends = (100 - most).quantize(step, ROUND_FLOOR), (100 - least).quantize(step, ROUND_CEILING)
        told = f"{max(ends[0], Decimal(0))} to {ends[1]}"
    return [f"The rest, {about}{told}%, is not shown."] if told.strip("0.") else []


def _step(drawn: Sequence[Reading], known: bool, least: Decimal, most: Decimal) -> Decimal:
    """Return one of the last decimal that the figures bear: half a printed digit where rounding is known."""
    places = max(decimals(reading) for reading in drawn)
    if known:
        needed = max(-int(number.normalize().as_tuple().exponent) for number in (least, most))
        places = min(max(needed, 0), places + 1)
    return Decimal(1).scaleb(-places)


def _sum(drawn: Sequence[Reading], highest: bool) -> Decimal:
    ends = ((one.highest if highest else one.lowest) if one.value is None else one.value for one in drawn)
    return sum((exact(end) for end in ends), Decimal(0))
