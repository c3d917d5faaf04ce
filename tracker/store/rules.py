"""Rules: which of several conflicting reports of one fact stands, market by market."""

from __future__ import annotations

from typing import NamedTuple

from tracker.store.amend.carry import Row, carry, close_reports, demote, promote
from tracker.store.batches import Batch, open_batch
from tracker.store.contested import Contested, Told, contested, last_stood, pages
from tracker.store.engine import Session
from tracker.store.markets import market
from tracker.values.rule import DEFAULT, Page, prevailing


class Rule(NamedTuple):
    """The rule of a market.

    Attributes
    ----------
    rule : str
        One of `RULES`.
    batch, reason, known_from : int, str, str or None
        Which batch set it, why and when; None where nobody did, and it is `DEFAULT`.
    """

    rule: str
    batch: int | None = None
    reason: str | None = None
    known_from: str | None = None


class Turned(NamedTuple):
    """A fact of which another page stands by a new rule."""

    fact: Contested
    stands: Told


def rules(session: Session) -> dict[str, str]:
    """Return the rule of each market that was given one, by its slug."""
    return dict(
        session.rows(
            "SELECT market.slug, rule FROM market_rule JOIN market ON market.id = market_id WHERE closed_by IS NULL"
        )
    )


def rule_of(session: Session, slug: str) -> Rule:
    """Return the rule of one market.

    Raises
    ------
    UnknownName
        If there is no such market; the nearest are shown.
    """
    found = session.row(
        "SELECT rule, batch.id, reason, recorded_at FROM market_rule JOIN market ON market.id = market_id"
        " JOIN batch ON batch.id = batch_id WHERE closed_by IS NULL AND market.slug = :slug",
        slug=market(session, slug).slug,
    )
    return Rule(DEFAULT) if found is None else Rule(*found)


def change_rule(session: Session, slug: str, rule: str, batch: Batch) -> tuple[int, list[Turned]] | None:
    """Give a market another rule, and decide again each fact that pages report differently.

    Parameters
    ----------
    session : Session
        A writing one.
    slug : str
        The market.
    rule : str
        One of `RULES`.
    batch : Batch
        Under which it is stored, with the reason.

    Returns
    -------
    tuple or None
        The batch, and the facts of which another page stands now; None where that is its rule already, and
        nothing is written.

    Raises
    ------
    UnknownName
        If there is no such market; the nearest are shown.
    """
    if rule_of(session, slug).rule == rule:
        return None
    turned = [Turned(fact, told) for fact in contested(session, slug) if (told := fact.turned(rule)) is not None]
    key = open_batch(session, batch, revised=len(turned), reported=len(turned))
    session.run(
        "UPDATE market_rule SET closed_by = :key WHERE closed_by IS NULL"
        " AND market_id = (SELECT id FROM market WHERE slug = :slug)",
        slug=slug,
        key=key,
    )
    session.run(
        "INSERT INTO market_rule (market_id, batch_id, rule) SELECT id, :key, :rule FROM market WHERE slug = :slug",
        slug=slug,
        key=key,
        rule=rule,
    )
    for one in turned:
        _stand(session, one, key)
    return key, turned


def _stand(session: Session, turned: Turned, batch: int) -> None:
    """Make a report the observation, and keep what stood as a report."""
    fact, told = turned
    demote(session, fact.series, fact.period_id, batch)
    _raise(session, fact.series, fact.period_id, told, batch)


def _raise(session: Session, series: int, period: int, told: Told, batch: int) -> None:
    """Make a report the observation, where none is."""
    before = last_stood(session, series, period, told)
    if before is None:
        promote(session, Row(series, period, told.batch), told.key, batch)
        return
    # It stood before, with a status and a sample size, for which a report has no place.
    carry(session, before, batch, series)
    close_reports(session, series, period, batch, told.key)


def succeed(session: Session, batch: int) -> int:
    """Let a further page stand where nothing stands any more: the one that the rule of its market prefers.

    Returns
    -------
    int
        How many facts stand by that, of all that have an open report.
    """
    ruled = rules(session)
    orphans = session.rows(
        "SELECT DISTINCT told.series_id, told.period_id, market.slug FROM report AS told"
        " JOIN series ON series.id = told.series_id JOIN market ON market.id = series.market_id"
        " WHERE told.closed_by IS NULL AND NOT EXISTS (SELECT 1 FROM observation"
        " WHERE observation.series_id = told.series_id AND observation.period_id = told.period_id)"
    )
    for series, period, slug in orphans:
        told = pages(session, series, period)
        place = prevailing(ruled.get(slug, DEFAULT), [Page(page.citation, page.recorded) for page in told])
        _raise(session, series, period, told[place], batch)
    return len(orphans)
