"""From what an input says to what the database holds: match names, hold against the ledger, write as one batch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from shlex import quote

from tracker.errors import Problem, RejectedInput
from tracker.importers.base import Parsed
from tracker.importers.describe import Described, describe, matched
from tracker.store.engine import Session
from tracker.store.ledger import Batch, record, reports, standing
from tracker.store.plan import Change, OnChange, Plan, differences, plan


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
    to_revise : str
        What to type to revise, for the hint of a refusal.
    """

    on_change: OnChange = "refuse"
    new_entities: bool = False
    primary_prevails: bool = False
    to_revise: str = "--on-change revise --reason 'the reason'"


@dataclass
class Outcome:
    """What an input changed, or would change."""

    plan: Plan
    described: Described
    batch: int | None = None
    notes: list[str] = field(default_factory=list)


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
    described = describe(session, parsed, problems, new_entities=policy.new_entities)
    outcome = Outcome(Plan(), described, notes=list(parsed.notes))
    entries = matched(session, parsed, described, problems)
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
        raise RejectedInput(name, sorted(problems), _remedies(outcome.plan, described.near, policy))
    outcome.batch = record(session, replace(batch, reason=_reason(batch, outcome.plan)), outcome.plan)
    return outcome


def _conflict(change: Change) -> Problem:
    """Show what is recorded and what the input says, each with its citation."""
    told, before = change.entry.told, change.before
    what = (
        f"{told.entity} in {told.market}, {told.period}: {'; '.join(differences(told, before))}."
        f" Recorded from: {before.citation}. Here from: {told.citation}"
    )
    if not change.entry.line:
        return Problem(0, "", "", what)
    return Problem(change.entry.line, "share", str(told.share), what)


def _remedies(made: Plan, near: dict[str, str], policy: Policy) -> str:
    hints = []
    if made.conflicts:
        hints.append(f"To record the new share, and keep the old one in the history: {policy.to_revise}")
    for name, twin in near.items():
        hints.append(f"If {name!r} is {twin!r}: tracker entity add {quote(twin)} --alias {quote(name)}")
    if near:
        hints.append("If it is somebody else: --new-entities")
    return "\n".join(hints)


def _reason(batch: Batch, made: Plan) -> str | None:
    if not made.revised:
        return None
    if batch.reason is None and len(made.outranked) == len(made.revised):
        return "the source's own figure replaces a retelling"
    return batch.reason
