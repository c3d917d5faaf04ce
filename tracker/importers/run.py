"""From what an input says to what the database holds: match names, hold against the ledger, write as one batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from tracker.errors import Problem, RejectedInput, TrackerError
from tracker.importers.base import Parsed
from tracker.store.engine import Session
from tracker.store.entities import Matching, add_entity, find_entity, kind_of, match
from tracker.store.events import add_event
from tracker.store.ledger import Batch, record, reports, standing
from tracker.store.markets import add_market, find_market, unknown_market
from tracker.store.plan import Change, Entry, OnChange, Plan, differences, plan
from tracker.store.sources import add_source
from tracker.values import Entity


@dataclass(frozen=True)
class Policy:
    """What may be done without asking.

    Parameters
    ----------
    on_change : {'refuse', 'revise', 'skip'}
        What becomes of a share that differs from the recorded one.
    new_entities : bool
        Whether a name that resembles a recorded one may become an entity of its own.
    primary_prevails : bool
        Whether the source's own figure replaces one that was only retold.
    """

    on_change: OnChange = "refuse"
    new_entities: bool = False
    primary_prevails: bool = False


@dataclass
class Outcome:
    """What an input changed, or would change."""

    plan: Plan
    batch: int | None = None
    sources: list[str] = field(default_factory=list)
    markets: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def described(self) -> bool:
        """Whether a source, market, entity or event is new or has more to it."""
        return bool(self.sources or self.markets or self.entities or self.events)


def ingest(session: Session, name: str, parsed: Parsed, batch: Batch, policy: Policy) -> Outcome:
    """Store what an input says, whole or not at all.

    The caller's transaction is undone when this raises, and for a dry run also when it does not.

    Parameters
    ----------
    session : Session
        A writing one.
    name : str
        The input, as the person knows it.
    parsed : Parsed
        What it says.
    batch : Batch
        Under what it is stored.
    policy : Policy
        What may be done without asking.

    Raises
    ------
    RejectedInput
        If anything of it cannot be stored; every reason is listed.
    """
    problems = list(parsed.problems)
    outcome = Outcome(Plan(), notes=list(parsed.notes))
    _describe(session, parsed, outcome, problems)
    entries = _matched(session, parsed, policy, outcome, problems)
    markets = sorted({entry.told.market for entry in entries})
    outcome.plan = plan(
        entries,
        standing(session, markets),
        reports(session, markets),
        policy.on_change,
        primary_prevails=policy.primary_prevails,
    )
    problems += outcome.plan.problems
    problems += [_conflict(change) for change in outcome.plan.conflicts]
    if problems:
        raise RejectedInput(name, sorted(problems), _remedies(problems, outcome.plan, policy))
    _add_events(session, name, parsed, outcome)
    outcome.batch = record(session, replace(batch, reason=_reason(batch, outcome.plan)), outcome.plan)
    return outcome


def _describe(session: Session, parsed: Parsed, outcome: Outcome, problems: list[Problem]) -> None:
    """Record the sources and markets that the input describes."""
    for source in parsed.sources:
        with _noting(problems, "source", source.slug):
            if add_source(session, source):
                outcome.sources.append(source.slug)
    for market in parsed.markets:
        with _noting(problems, "market", market.slug):
            if add_market(session, market):
                outcome.markets.append(market.slug)


class _noting:  # noqa: N801 - reads as a statement
    """Turn an error in the block into a problem of the input."""

    def __init__(self, problems: list[Problem], column: str, value: str, line: int = 0) -> None:
        self.problems, self.column, self.value, self.line = problems, column, value, line

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if not isinstance(error, TrackerError):
            return False
        self.problems.append(Problem(self.line, self.column, self.value, " ".join((error.message, error.hint)).strip()))
        return True


def _matched(
    session: Session, parsed: Parsed, policy: Policy, outcome: Outcome, problems: list[Problem]
) -> list[Entry]:
    """Match every name, record the new entities, and return the entries under their recorded names."""
    described = {entity.name: entity for entity in parsed.entities}
    printed = [*described, *(entry.told.entity for entry in parsed.entries)]
    # The names that the input itself declares are recorded first: its aliases then match its own entries.
    matching = match(session, described)
    _refuse_near(matching, parsed, policy, problems)
    _add_described(session, described, matching, outcome, problems)
    matching = match(session, printed)
    _refuse_near(matching, parsed, policy, problems, but=described)
    near = matching.near if policy.new_entities else {}
    for spelling in dict.fromkeys([*matching.new.values(), *near]):
        made = Entity(spelling, kind_of(spelling))
        with _noting(problems, "entity", spelling):
            if add_entity(session, made):
                outcome.entities.append(made)
    _unknown_markets(session, parsed, problems)
    names = matching.known | matching.new | {name: name for name in near}
    return [
        entry._replace(told=replace(entry.told, entity=names[entry.told.entity]))
        for entry in parsed.entries
        if entry.told.entity in names and find_market(session, entry.told.market)
    ]


def _refuse_near(
    matching: Matching, parsed: Parsed, policy: Policy, problems: list[Problem], but: Iterable[str] = ()
) -> None:
    """Note each name that is likely a recorded one misspelt, at the first line that prints it."""
    if policy.new_entities:
        return
    lines = {entry.told.entity: entry.line for entry in reversed(parsed.entries)}
    for name, twin in matching.near.items():
        if name not in but:
            problems.append(
                Problem(
                    lines.get(name, 0), "entity", name, f"is not recorded, but resembles {twin!r} too much to be new"
                )
            )


def _add_described(
    session: Session, described: dict[str, Entity], matching: Matching, outcome: Outcome, problems: list[Problem]
) -> None:
    """Record the described entities: first the names, then who belongs to whom."""
    for entity in described.values():
        known = matching.known.get(entity.name)
        with _noting(problems, "entity", entity.name):
            # A recorded entity keeps its colour, whatever another database gave it.
            plain = replace(entity, name=known or entity.name, hue=None if known else entity.hue, aliases=(), parents=())
            if add_entity(session, plain):
                outcome.entities.append(entity)
    for entity in described.values():
        known = find_entity(session, entity.name)
        with _noting(problems, "entity", entity.name):
            full = replace(entity, name=known or entity.name, hue=None)
            if add_entity(session, full) and entity not in outcome.entities:
                outcome.entities.append(entity)


def _unknown_markets(session: Session, parsed: Parsed, problems: list[Problem]) -> None:
    for entry in {entry.told.market: entry for entry in reversed(parsed.entries)}.values():
        if not find_market(session, entry.told.market):
            error = unknown_market(session, entry.told.market)
            problems.append(Problem(entry.line, "market", entry.told.market, f"is not recorded. {error.hint}"))


def _add_events(session: Session, name: str, parsed: Parsed, outcome: Outcome) -> None:
    problems: list[Problem] = []
    for event in parsed.events:
        with _noting(problems, "event", event.label):
            if add_event(session, event):
                outcome.events.append(event.label)
    if problems:
        raise RejectedInput(name, problems)


def _conflict(change: Change) -> Problem:
    told, before = change.entry.told, change.before
    said = "; ".join(differences(told, before))
    return Problem(
        change.entry.line,
        "share",
        str(told.share),
        f"{told.entity}, {told.market}, {told.period}: {said}. There: {before.citation}. Here: {told.citation}",
    )


def _remedies(problems: list[Problem], made: Plan, policy: Policy) -> str:
    hints = []
    if made.conflicts:
        hints.append(
            "To record the new shares and keep the old ones in the history: --on-change revise --reason '...';"
            " to keep what is recorded: --on-change skip."
        )
    if any("resembles" in problem.message for problem in problems):
        hints.append("If it is the same: tracker entity add NAME --alias SPELLING. If it is another: --new-entities.")
    return "\n".join(hints)


def _reason(batch: Batch, made: Plan) -> str | None:
    if not made.revised:
        return None
    if batch.reason is None and len(made.outranked) == len(made.revised):
        return "the source's own figure replaces a retelling"
    return batch.reason


def by_market(entries: Iterable[Entry]) -> dict[str, int]:
    """Count entries by market."""
    markets = sorted(entry.told.market for entry in entries)
    return {market: len(list(group)) for market, group in groupby(markets)}
