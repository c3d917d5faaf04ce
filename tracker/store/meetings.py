"""Where two entities meet: the observations of one, each with what the other has of the same market and period."""

from __future__ import annotations

from typing import NamedTuple

from tracker.store.contested import Told, pages
from tracker.store.engine import Session
from tracker.store.rules import rules
from tracker.values.rule import DEFAULT, Page, prevailing, same_page


class Meeting(NamedTuple):
    """A fact of which both have a current observation.

    Attributes
    ----------
    series, period_id : int
        Of the one's observation.
    market, period : str
        Of both.
    moves, stands : Told
        What is said of the one, and of the other.
    rule : str
        The rule of the market.
    prevails : bool
        Whether the one's share differs, and stands by that rule.
    """

    series: int
    period_id: int
    market: str
    period: str
    moves: Told
    stands: Told
    rule: str
    prevails: bool

    @property
    def differs(self) -> bool:
        """Whether they do not have the same share there."""
        return not self.moves.share.agrees(self.stands.share)

    @property
    def one_page(self) -> bool:
        """Whether one page prints both."""
        return same_page(self.moves.citation, self.stands.citation)

    def between(self, one: str, other: str, *, cited: bool = False) -> str:
        """Say what each has there."""
        said = (one, self.moves), (other, self.stands)
        return ", ".join(f"{name} {told.share}%" + (f" ({told.citation})" if cited else "") for name, told in said)


class Lone(NamedTuple):
    """A current observation of the one where the other has none."""

    series: int
    period_id: int
    batch: int
    citation: int


_OF_ONE = """
    FROM observation AS told
    JOIN series ON series.id = told.series_id
    JOIN entity ON entity.id = series.entity_id AND entity.name = :one"""

_STOOD = """
    SELECT stood.series_id FROM observation AS stood
    JOIN series AS twin ON twin.id = stood.series_id AND twin.market_id = series.market_id
    JOIN entity AS other ON other.id = twin.entity_id AND other.name = :other
    WHERE stood.period_id = told.period_id"""


def lone(session: Session, one: str, other: str) -> list[Lone]:
    """Return the current observations of an entity where another one has none of the same market and period."""
    found = session.rows(
        f"SELECT told.series_id, told.period_id, told.batch_id, told.citation_id {_OF_ONE}"
        f" WHERE NOT EXISTS ({_STOOD}) ORDER BY told.series_id, told.period_id",
        one=one,
        other=other,
    )
    return [Lone(*row) for row in found]


def meetings(session: Session, one: str, other: str) -> list[Meeting]:
    """Return the facts of which two entities both have a current observation, by market and period."""
    ruled = rules(session)
    found = []
    for series, period, market, label, twin in session.rows(
        "SELECT series_id, period_id, slug, label, twin FROM ("
        f"SELECT told.series_id, told.period_id, market.slug, period.label, period.start_date, ({_STOOD}) AS twin"
        f" {_OF_ONE} JOIN market ON market.id = series.market_id JOIN period ON period.id = told.period_id) AS met"
        " WHERE twin IS NOT NULL ORDER BY slug, start_date, label",
        one=one,
        other=other,
    ):
        moving, standing = pages(session, series, period), pages(session, twin, period)
        rule = ruled.get(market, DEFAULT)
        prevails = not moving[0].share.agrees(standing[0].share) and _prevails(rule, moving, standing)
        found.append(Meeting(series, period, market, label, moving[0], standing[0], rule, prevails))
    return found


def _prevails(rule: str, moving: list[Told], standing: list[Told]) -> bool:
    """Whether the first of some pages stands against the first of others, each with the pages that support it."""
    ours, theirs = (
        [Page(told.citation, told.recorded) for told in all_told if told.share.agrees(all_told[0].share)]
        for all_told in (moving, standing)
    )
    return prevailing(rule, [*theirs, *ours]) >= len(theirs)
