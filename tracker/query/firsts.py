"""What was first stated, and what stands now, as two tidy frames of the same facts."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import pandas as pd

from tracker.errors import UsageProblem
from tracker.query.long import observed
from tracker.query.retold import Page, reported_by
from tracker.query.summed import from_rows, plain_rows, told_as
from tracker.store.engine import Session
from tracker.store.past.editions import editions
from tracker.store.past.firsts import CLOCKS
from tracker.store.past.firsts import firsts as first_told
from tracker.store.shares import Selection, Told

Clock = Literal["published", "recorded"]


class FirstAndNow(NamedTuple):
    """The same facts twice: a row of one frame and the row at its place in the other are of one entity and period.

    The column `editions` of both says how many editions of the figure are recorded.
    """

    first: pd.DataFrame
    now: pd.DataFrame


def first_and_now(session: Session, wanted: Selection, clock: Clock = "published") -> FirstAndNow:
    """Return what was first stated of each fact, and what is current.

    Parameters
    ----------
    session : Session
        A reading one; as of a moment, "now" is that moment.
    wanted : Selection
        Which observations.
    clock : {'published', 'recorded'}
        Whether the first is the one that was published first, as far as it is recorded here (a page without a date
        counts for the day on which it was recorded), or the one that was recorded first.

    Returns
    -------
    FirstAndNow
        Two tidy frames of one length, by market, entity and date; shares in percent.

    Raises
    ------
    UsageProblem
        If there is no such clock.

    Notes
    -----
    A figure that was retracted, or corrected here, was not revised by its source. What the source printed of a
    corrected one is its first row, with the same in `corrected_from`.
    *Not valid* with what had been published by a day: first and now are both of everything that is recorded.
    """
    if clock not in CLOCKS:
        raise UsageProblem(f"there is no clock {clock!r}", f"Choose one of {', '.join(CLOCKS)}.")
    now = observed(session, wanted)
    told = {(one.market, one.entity, one.period): one for one in first_told(session, wanted, clock)}
    rows = plain_rows(now)
    facts = [(row["market"], row["entity"], row["period"]) for row in rows]
    first = from_rows(_as_first(row, told.get(fact)) for row, fact in zip(rows, facts, strict=True))
    known = editions(session, wanted)
    count = pd.array([known.get(fact, 1) for fact in facts], dtype="Int64")
    return FirstAndNow(first.assign(editions=count), now.assign(editions=count))


def _as_first(row: dict[str, Any], told: Told | None) -> dict[str, Any]:
    """Put the first statement into the row of a fact; where it is the current one, the row says more."""
    if told is None or (told.correction is None and _is_current(row, told)):
        return row
    cited = told.citation
    return (
        row
        | told_as(told.printed or told.share)
        | {
            "status": told.printed_status or told.status,
            "sample_size": told.sample_size,
            "note": told.note,
            "url": cited.url,
            "citation": cited.title,
            "citation_kind": cited.kind,
            "reported_by": reported_by([Page(cited.kind, cited.publisher, cited.title)]),
            "known_from": told.known_from,
            "published": None if cited.published is None else pd.Timestamp(cited.published),
            "corrected_from": None if told.printed is None else str(told.printed),
            "correction": None if told.correction is None else told.correction.reason,
        }
    )


def _is_current(row: dict[str, Any], told: Told) -> bool:
    same = (row["printed"], row["status"], row["url"], row["citation"], row["note"])
    return same == (str(told.share), told.status, told.citation.url, told.citation.title, told.note)
