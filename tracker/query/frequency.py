"""Shares by calendar months, quarters ...: averaged over time, or the last; never summed.

A reading counts for the days that its period has in common with the month. So a week that lies in two months counts
for both, by its days in each. What the source itself says of just the month is taken as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracker import frames
from tracker.analysis.totals import status
from tracker.errors import TrackerError, UsageProblem
from tracker.query.overlap import broken, counted
from tracker.query.summed import agreed, from_rows, listed, plain_rows, told_as
from tracker.values import Period, Share
from tracker.values.share import MAX_DECIMALS

SHAPES = {
    "weekly": ("week", "W"),
    "monthly": ("month", "M"),
    "quarterly": ("quarter", "Q"),
    "half-yearly": ("half", "H"),
    "yearly": ("year", "Y"),
}
"""Word of a frequency, the precision of its periods, and the letter that pandas has for it."""

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}

HOWS = ("last", "mean")

Whole = NDArray[np.int64]


class Shared(NamedTuple):
    """Readings and the periods that they share days with, one row for each pair.

    Attributes
    ----------
    row : array of int
        Row of the reading.
    target : array of int
        Number of the period.
    start, stop : array of int
        First day that they share, and the day after the last.
    ends : array of bool
        Whether the reading ends in this period.
    """

    row: Whole
    target: Whole
    start: Whole
    stop: Whole
    ends: NDArray[np.bool_]


def resampled(frame: pd.DataFrame, frequency: str, how: str = "last") -> pd.DataFrame:
    """Change the frequency of a tidy frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        The tidy frame, shares in percent.
    frequency : str
        ``weekly`` (Monday to Sunday), ``monthly``, ``quarterly``, ``half-yearly`` or ``yearly``; their periods,
        ``week month quarter half year``, or ``W M Q H Y``; in small letters or large ones.
    how : {'last', 'mean'}
        The reading that ends last in the period; or the mean of all that have days in it, each weighted by these.
        Where there is a reading of just the period, it is taken alone.

    Returns
    -------
    pandas.DataFrame
        One row per market, entity and period in which there is a reading; columns of `frames.COLUMNS` and of
        `frames.RESAMPLED`: `readings`, how many count, and `coverage`, 0 to 1, the part of the period's days
        that they speak of. Of a quarter with one month it is about 0.33.

    Raises
    ------
    TrackerError
        If a reading speaks of more days than the period has: it cannot be divided.
    UsageProblem
        If there is no such frequency.

    Notes
    -----
    The bounds of a mean, `low` and `high` as well as `lowest` and `highest`, are the means of the bounds of its
    readings. Where one of these has only bounds, so has the mean. It is written with one decimal more than they are.

    No reading counts beside one that it contains, as a quarter does its months: the wider one is left out of the mean,
    which `parts` says. Readings that only cross, as polls do, all count. The status is ``B`` where the method changed
    in any reading of the period, for a last one up to it.

    *Not valid* as a count: the mean of shares is the share of the sum only where the whole stays the same.
    """
    shape = _shape(frequency)
    if how not in HOWS:
        raise UsageProblem(f"there is no how={how!r}", "Choose 'last' or 'mean'; shares are never summed over time.")
    frames.check(frame)
    start, end = (frame[name].to_numpy().astype("datetime64[D]") for name in ("period_start", "period_end"))
    first, last = _number(start, shape), _number(end, shape)
    _refuse_longer(frame, start, end, first, shape)
    series = frame.groupby(["market", "entity"], observed=True, sort=True).ngroup().to_numpy().astype(np.int64)
    shared = _pairs(start, end, first, last, shape)
    rows = plain_rows(frame)
    return _frame(_made(rows, part, shared, shape, how) for part in _groups(series[shared.row], shared))


def _shape(frequency: str) -> str:
    for word, (shape, letter) in SHAPES.items():
        if str(frequency).lower() in (word, shape, letter.lower()):
            return shape
    raise UsageProblem(f"there is no frequency {frequency!r}", f"Choose one of {', '.join(SHAPES)}.")


def _number(day: NDArray[np.datetime64], shape: str) -> Whole:
    """Number the period that a day lies in."""
    if shape == "week":  # 1970-01-01 was a Thursday
        return np.asarray((day.astype(np.int64) + 3) // 7)
    return np.asarray(day.astype("datetime64[M]").astype(np.int64) // _MONTHS[shape])


def _first_day(number: Whole, shape: str) -> Whole:
    """The first day of a period, in days since 1970."""
    if shape == "week":
        return np.asarray(number * 7 - 3)
    months = (number * _MONTHS[shape]).astype("datetime64[M]")
    return np.asarray(months.astype("datetime64[D]").astype(np.int64))


def _refuse_longer(
    frame: pd.DataFrame, start: NDArray[np.datetime64], end: NDArray[np.datetime64], number: Whole, shape: str
) -> None:
    longest = _first_day(number + 1, shape) - _first_day(number, shape)
    if shape != "week":  # 31 days are no more than a month, though they begin in February
        longest = np.maximum(longest, {"month": 31, "quarter": 92, "half": 184, "year": 366}[shape])
    longer = frame[(end - start).astype(np.int64) + 1 > longest]
    if len(longer):
        one = longer.iloc[0]
        more = f", and {len(longer) - 1} more" if len(longer) > 1 else ""
        raise TrackerError(
            f"a share of a longer time is not divided: {one['entity']} in {one['market']}, {one['period']}"
            f" is longer than a {shape}{more}",
            "Choose a longer period, or leave these out with start and end.",
        )


def _pairs(start: NDArray[np.datetime64], end: NDArray[np.datetime64], first: Whole, last: Whole, shape: str) -> Shared:
    """Pair each reading with every period that it has days in."""
    times = last - first + 1
    row = np.repeat(np.arange(len(times)), times)
    target = first[row] + (np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times))
    begins = np.maximum(start.astype(np.int64)[row], _first_day(target, shape))
    stops = np.minimum(end.astype(np.int64)[row] + 1, _first_day(target + 1, shape))
    return Shared(row, target, begins, stops, target == last[row])


def _groups(series: Whole, shared: Shared) -> list[Whole]:
    """Sort the pairs by series, period and day; cut them where another series or period begins."""
    order = np.lexsort((shared.stop, shared.start, shared.target, series))
    keys = np.stack((series[order], shared.target[order]))
    cuts = np.flatnonzero((keys[:, 1:] != keys[:, :-1]).any(axis=0)) + 1
    return [part for part in np.split(order, cuts) if len(part)]


def _made(rows: list[dict[str, object]], part: Whole, shared: Shared, shape: str, how: str) -> dict[str, object] | None:
    """Make the row of one series in one period; None where its last reading ends elsewhere."""
    begins, ends = (int(_first_day(shared.target[part[:1]] + more, shape)[0]) for more in (0, 1))
    first, last = (np.datetime64(day, "D").item() for day in (begins, ends - 1))
    found = [rows[row] for row in shared.row[part]]
    kept, left_out = counted(found, first, last, how)
    part, taken = part[kept], [found[place] for place in kept]
    if how == "mean":
        made = _mean(taken, shared.stop[part] - shared.start[part]) | {"parts": _said(taken, left_out)}
        until = max(row["period_end"] for row in found)
    else:
        ending = [row for row, is_last in zip(taken, shared.ends[part], strict=True) if is_last]
        if not ending:
            return None
        made = max(ending, key=lambda row: (row["period_end"], row["period_start"], row["period"]))
        until, made = made["period_end"], made | {"parts": _said([made])}
    if broken(found, until):
        made["status"] = "B"
    days = np.arange(begins, ends)
    covered = ((days[:, None] >= shared.start[part]) & (days[:, None] < shared.stop[part])).any(axis=1)
    return made | _when(first, last, shape) | {"coverage": float(covered.mean()), "readings": len(part)}


def _when(first: date, last: date, shape: str) -> dict[str, object]:
    days = {"period_start": first, "earliest": first, "period_end": last, "latest": last}
    return {"period": str(Period(first, last, shape)), "precision": shape, **days}


def _mean(taken: list[dict[str, object]], days: Whole) -> dict[str, object]:
    if len(taken) == 1:
        return dict(taken[0])
    numbers = {
        name: np.average([np.nan if row[name] is None else float(str(row[name])) for row in taken], weights=days)
        for name in ("share", "lowest", "highest")
    }
    known = [int(str(row["decimals"])) for row in taken if row["decimals"] is not None]
    decimals = min(max(known) + 1, MAX_DECIMALS) if len(known) == len(taken) else None
    low, high = _tidy(numbers["lowest"]), _tidy(numbers["highest"])
    value = None if np.isnan(numbers["share"]) else min(max(_tidy(numbers["share"]), low), high)
    about = "~" if value is not None and any(row["qualifier"] == "~" for row in taken) else None
    share = Share(value, low, high, about, decimals)
    first = taken[0]
    names = ("note", "sample_size", "published", "citation_kind", "reported_by", "corrected_from", "correction")
    return (
        first
        | told_as(share)
        | {name: agreed(row[name] for row in taken) for name in names}
        | {name: listed(row[name] for row in taken) for name in ("url", "citation", "missing")}
        | {"status": status([str(row["status"]) for row in taken])}
        | {"known_from": max(str(row["known_from"]) for row in taken)}
    )


def _tidy(number: float) -> float:
    """Without the dust of binary fractions, within 0 to 100."""
    return float(min(max(round(float(number), 12), 0.0), 100.0))


def _said(taken: list[dict[str, object]], left_out: Sequence[dict[str, object]] = ()) -> str:
    def listed(rows: Sequence[dict[str, object]]) -> str:
        units = ["" if row["whole"] == "index" else "%" for row in rows]
        return "; ".join(f"{row['period']} {row['printed']}{unit}" for row, unit in zip(rows, units, strict=True))

    without = f"; left out, for {'they contain' if len(left_out) > 1 else 'it contains'} others: {listed(left_out)}"
    return listed(taken) + (without if left_out else "")


def _frame(made: object) -> pd.DataFrame:
    rows = [row for row in made if row is not None]  # type: ignore[attr-defined]
    frame = from_rows(rows)
    for name, kind in frames.RESAMPLED.items():
        frame[name] = pd.Series([row[name] for row in rows], dtype=kind)
    return frame
