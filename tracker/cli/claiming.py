"""What `tracker claim` does: judge a new claim, or kept ones again; keep, list and drop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tracker.analysis.claim import SUPPORTED, Judgement, Question, Survey, Whole
from tracker.cli.moments import reading_then
from tracker.cli.output import emit, say
from tracker.settings import Place
from tracker.store.claims import claim, claims, drop, judged, keep_claim
from tracker.store.engine import Session, writing
from tracker.store.figures import whole_of
from tracker.store.survey import survey

if TYPE_CHECKING:
    from tracker.values import Period
    from tracker.values.asof import AsOf

    Then = tuple[AsOf | None, Period | None]

LISTED = ("claim", "text", "entity", "market", "read_as", "verdict", "known_from")


class Claim(NamedTuple):
    """A claim to be judged.

    Attributes
    ----------
    text : str
        The sentence.
    market, entity : str
        Slug and name, as they were typed.
    question : Question
        What was read of it.
    number : int or None
        What it is called by, where it is kept.
    kept_as : str or None
        The verdict that was kept.
    """

    text: str
    market: str
    entity: str
    question: Question
    number: int | None = None
    kept_as: str | None = None


class Checked(NamedTuple):
    """A claim with all that was found: the claim by its recorded names, its whole, the verdict, what is around it."""

    claim: Claim
    whole: Whole
    judgement: Judgement
    survey: Survey


def judge_new(place: Place, given: Claim, then: Then, form: str, *, keep: bool) -> int:
    """Judge a claim, print what was found, and keep it if that is wanted."""
    from tracker.cli.factcheck import show

    with _opened(place, then, keep=keep) as session:
        found = _check(session, given)
        told = _keep(session, found) if keep else ""
    show([found], form)
    if told:
        say(told)
    return _code([found])


def judge_again(place: Place, number: int | None, then: Then, form: str, *, keep: bool) -> int:
    """Judge one kept claim or all of them again; keep the verdicts of now if that is wanted."""
    from tracker.cli.factcheck import show

    with _opened(place, then, keep=keep) as session:
        kept = claims(session) if number is None else [claim(session, number)]
        found = [
            _check(session, Claim(one.text, one.market, one.entity, one.question, one.number, one.verdict))
            for one in kept
        ]
        told = [_keep(session, one) for one in found if keep and one.judgement.verdict != one.claim.kept_as]
    if not found:
        say("No claim is kept; keep one: tracker claim TEXT ... --keep")
    show(found, form)
    for line in told:
        say(line)
    return _code(found)


def show_kept(place: Place, form: str) -> int:
    """List what is kept."""
    from tracker.store.engine import reading

    with reading(place) as session:
        kept = claims(session)
    rows = [
        (one.number, one.text, one.entity, one.market, str(one.question), one.verdict, one.known_from) for one in kept
    ]
    emit(LISTED, rows, form)
    if not kept:
        say("No claim is kept; keep one: tracker claim TEXT ... --keep")
    return 0


def drop_kept(place: Place, number: int) -> int:
    """Keep a claim no longer."""
    with writing(place) as session:
        found = drop(session, number)
    say(f"Claim {number} is no longer kept: {found.text}")
    return 0


@contextmanager
def _opened(place: Place, then: Then, *, keep: bool) -> Iterator[Session]:
    """Open the database, for writing where something is to be kept."""
    with writing(place) if keep else reading_then(place, *then) as session:
        yield session


def _check(session: Session, given: Claim) -> Checked:
    from tracker.store.entities import entity
    from tracker.store.markets import market

    named = given._replace(market=market(session, given.market).slug, entity=entity(session, given.entity))
    judgement = judged(session, named.market, named.entity, named.question)
    around = survey(session, named.market, named.entity, judgement)
    return Checked(named, whole_of(session, named.market), judgement, around)


def _keep(session: Session, found: Checked) -> str:
    one = found.claim
    verdict = found.judgement.verdict
    number, before = keep_claim(session, one.text, one.market, one.entity, one.question, verdict)
    if before is None:
        return f"Kept as claim {number}. Judge it again: tracker claim --again {number}"
    if before.number == number:
        return f"It is kept already, as claim {number}, with this verdict."
    return f"Kept as claim {number}, {verdict}; claim {before.number}, {before.verdict}, is closed."


def _code(found: list[Checked]) -> int:
    """0 where every claim is supported, else 1."""
    return 0 if all(one.judgement.verdict == SUPPORTED for one in found) else 1
