"""Claims: judging them by what is stored, and keeping the sentence with the verdict that was passed on it."""

from __future__ import annotations

from typing import NamedTuple

from tracker.analysis.claim import Judgement, Question, judge
from tracker.errors import UnknownName
from tracker.store.batches import now
from tracker.store.engine import Session
from tracker.store.figures import readings_of
from tracker.store.identity import find_id, name_of


class Kept(NamedTuple):
    """A claim that is kept.

    Attributes
    ----------
    number : int
        What it is called by.
    text : str
        The sentence.
    market, entity : str
        Slug, and the name that the entity goes by now.
    question : Question
        What was asked.
    verdict : str
        The verdict when it was kept.
    known_from : str
        When that was, UTC.
    """

    number: int
    text: str
    market: str
    entity: str
    question: Question
    verdict: str
    known_from: str


def judged(session: Session, market: str, entity: str, question: Question) -> Judgement:
    """Hold a claim against the stored readings of an entity in a market, both named as they are recorded."""
    return judge(question, readings_of(session, market, entity))


def claims(session: Session) -> list[Kept]:
    """Return the claims that are kept, in the order in which they were."""
    found = session.rows(
        "SELECT claim.id, text, market.slug, entity_id, asked, verdict, known_from FROM claim"
        " JOIN market ON market.id = market_id WHERE known_to IS NULL ORDER BY claim.id"
    )
    return [
        Kept(number, text, market, name_of(session, entity), Question.from_json(asked), verdict, known_from)
        for number, text, market, entity, asked, verdict, known_from in found
    ]


def claim(session: Session, number: int) -> Kept:
    """Return one of them.

    Raises
    ------
    UnknownName
        If none of this number is kept.
    """
    found = next((kept for kept in claims(session) if kept.number == number), None)
    if found is None:
        raise UnknownName(f"no claim {number} is kept", "See them all: tracker claim --list")
    return found


def keep_claim(
    session: Session, text: str, market: str, entity: str, question: Question, verdict: str
) -> tuple[int, Kept | None]:
    """Keep a claim with its verdict.

    Returns
    -------
    tuple
        Its number, and the kept one that says the same: with the same verdict that is the number; one with
        another verdict is closed, and this one is kept in its place.
    """
    before = next(
        (
            one
            for one in claims(session)
            if (one.text, one.market, one.entity, one.question) == (text, market, entity, question)
        ),
        None,
    )
    if before is not None:
        if before.verdict == verdict:
            return before.number, before
        _close(session, before.number)
    values = {
        "text": text,
        "market_id": session.value("SELECT id FROM market WHERE slug = :market", market=market),
        "entity_id": find_id(session, entity),
        "asked": question.to_json(),
        "verdict": verdict,
        "known_from": now(session),
    }
    return session.insert("claim", values), before


def drop(session: Session, number: int) -> Kept:
    """Close a kept claim, which is not erased, and return it.

    Raises
    ------
    UnknownName
        If none of this number is kept.
    """
    found = claim(session, number)
    _close(session, number)
    return found


def _close(session: Session, number: int) -> None:
    session.run("UPDATE claim SET known_to = :now WHERE id = :number", now=now(session), number=number)
