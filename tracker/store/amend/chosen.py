"""Which current observations a person means to change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from shlex import quote
from typing import NamedTuple

from tracker.errors import Conflict, Problem, RejectedInput, TrackerError
from tracker.store.engine import Session
from tracker.store.shares import Selection
from tracker.values import Period, Share

SHOWN = 5
NEAR = 3


class Chosen(NamedTuple):
    """A current observation, and what it says now."""

    series: int
    period_id: int
    batch: int
    market: str
    entity: str
    period: str
    share: Share
    status: str
    citation: int

    def __str__(self) -> str:
        return f"{self.entity}, {self.market}, {self.period}: {self.share}%"


@dataclass(frozen=True, slots=True)
class Guard:
    """What a person expects to find, so that nothing else is changed by a slip.

    Parameters
    ----------
    share : Share or None
        What every one of them says now.
    rows : int or None
        How many they are.
    """

    share: Share | None = None
    rows: int | None = None


def chosen(session: Session, wanted: Selection, periods: tuple[Period, ...] = ()) -> list[Chosen]:
    """Return the current observations of a selection; of these periods where any are named.

    Raises
    ------
    TrackerError
        If nothing fits, or for a period there is nothing; the nearest are shown.
    """
    condition, values = wanted.where()
    rows = session.rows(
        "SELECT told.series_id, told.period_id, told.batch_id, market.slug, entity.name, period.label, told.share,"
        " told.low, told.high, told.qualifier, told.decimals, told.status, told.citation_id FROM observation AS told"
        " JOIN series ON series.id = told.series_id JOIN market ON market.id = series.market_id"
        " JOIN entity ON entity.id = series.entity_id JOIN period ON period.id = told.period_id"
        f" WHERE {condition} ORDER BY market.slug, entity.name, period.start_date, period.label",
        **values,
    )
    found = [
        Chosen(series, key, batch, market, entity, period, Share(*share), status, citation)
        for series, key, batch, market, entity, period, *share, status, citation in rows
    ]
    labels = [str(period.named()) for period in periods]
    known = {one.period for one in found}
    if not found or not known.issuperset(labels):
        raise _nothing(wanted, known, [period for period in periods if str(period.named()) not in known])
    return [one for one in found if not labels or one.period in labels]


def _nothing(wanted: Selection, known: set[str], periods: list[Period]) -> TrackerError:
    where = " in ".join(filter(None, (", ".join(wanted.entities), ", ".join(wanted.markets))))
    when = f", {', '.join(map(str, periods))}" if periods else " in these days"
    near = list(dict.fromkeys(label for period in periods for label in _nearest(period, known)))
    there = f"; there is: {', '.join(near)}" if near else ""
    words = [*map(quote, wanted.entities), *(f"--market {slug}" for slug in wanted.markets)]
    return TrackerError(
        f"nothing is recorded of {where}{when}{there}", f"See what there is: tracker show {' '.join(words)}"
    )


def _nearest(period: Period, known: set[str]) -> list[str]:
    """Those of some periods that begin nearest to a period, in the order of time."""
    there = sorted((Period.parse(label) for label in known), key=lambda one: (abs(one.start - period.start), one.start))
    return [str(one) for one in sorted(there[:NEAR], key=lambda one: one.start)]


def check(guard: Guard, found: list[Chosen]) -> None:
    """Refuse to change what a person did not expect to find; everything that differs is listed.

    Raises
    ------
    Conflict
        If they are not as many as expected, or nobody said what is expected.
    RejectedInput
        If one says something else than expected.
    """
    expected = guard.share
    if guard.rows is not None and guard.rows != len(found):
        fit = "fits" if len(found) == 1 else "fit"
        raise Conflict(
            f"{_many(found)} {fit}, not {guard.rows}; nothing was changed: {_listed(found)}",
            "Say which with --date, --from and --to, or how many with --expect-rows.",
        )
    if expected is not None and (wrong := [one for one in found if not _is(one.share, expected)]):
        problems = [Problem(0, "", "", f"{one} is recorded, {expected}% was expected") for one in wrong]
        raise RejectedInput("refused", problems, f"Look at it: {_looking(wrong[0])}")
    if guard.rows is None and expected is None:
        raise Conflict(
            f"{_many(found)} would be changed: {_listed(found)}",
            "Say what you expect to find: --expect SHARE, or --expect-rows N for several.",
        )


def _is(share: Share, expected: Share) -> bool:
    """Whether a share is what a person reads: the interval around a number cannot be typed."""
    return replace(share, low=None, high=None).agrees(expected) if share.value is not None else share.agrees(expected)


def _looking(one: Chosen) -> str:
    return f"tracker history {quote(one.entity)} --market {one.market} --date {quote(one.period)}"


def _many(found: list[Chosen]) -> str:
    return f"{len(found)} observation{'' if len(found) == 1 else 's'}"


def _listed(found: list[Chosen]) -> str:
    return "; ".join(map(str, found[:SHOWN])) + (" ..." if len(found) > SHOWN else "")
