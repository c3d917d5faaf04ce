"""From what an input says to what the database holds: match names, hold against the ledger, write as one batch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from shlex import quote

from tracker.errors import Problem, RejectedInput
from tracker.importers.base import Parsed
from tracker.importers.describe import Described, describe, matched
from tracker.importers.sums import exceeding
from tracker.store.batches import Batch
from tracker.store.engine import Session
from tracker.store.ledger import record, reports, standing
from tracker.store.markets import markets as known_markets
from tracker.store.plan import Change, Entry, OnChange, Plan, differences, plan


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
    skip_bad : bool
        Whether bad lines are left out, rather than refuse the input.
    to_revise : str
        What to type to revise, for the hint of a refusal.
    restated : set of str
        Markets whose sources restate their past: their shares may be revised, whatever `on_change` says.
    """

    on_change: OnChange = "refuse"
    new_entities: bool = False
    primary_prevails: bool = False
    skip_bad: bool = False
    to_revise: str = "--on-change revise --reason 'the reason'"
    restated: frozenset[str] = frozenset()


@dataclass
class Outcome:
    """What an input changed, or would change.

    Attributes
    ----------
    plan : Plan
        What is new, the same, revised ...
    described : Described
        What is new beside the shares.
    batch : int or None
        Under what it is stored.
    problems : list of Problem
        Why it cannot be stored.
    hint : str
        What to do about that.
    rejected : list of Problem
        What was left out as bad.
    notes : list of str
        What was decided on the way.
    """

    plan: Plan
    described: Described
    batch: int | None = None
    problems: list[Problem] = field(default_factory=list)
    hint: str = ""
    rejected: list[Problem] = field(default_factory=list)
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
    outcome = examine(session, parsed, policy)
    if outcome.problems:
        raise RejectedInput(name, outcome.problems, outcome.hint)
    outcome.batch = record(session, replace(batch, reason=_reason(batch, outcome.plan)), outcome.plan)
    return outcome


def examine(session: Session, parsed: Parsed, policy: Policy) -> Outcome:
    """Find out what an input would change, and everything that is wrong with it.

    The sources, markets and entities that it describes are recorded on the way; the caller undoes that with
    its transaction. With `Policy.skip_bad` the lines that have problems of their own are left out.
    """
    outcome = _examine(session, parsed, policy)
    while policy.skip_bad and outcome.problems and all(problem.line for problem in outcome.problems):
        session.back()
        rejected = sorted({*outcome.rejected, *outcome.problems})
        parsed = replace(parsed, entries=_without(parsed, outcome.problems), problems=[])
        outcome = _examine(session, parsed, policy)
        outcome.rejected = rejected
    return outcome


def _without(parsed: Parsed, problems: list[Problem]) -> list[Entry]:
    """Leave out what is bad: one share, where the problem stands in a column of shares, else its whole line."""
    entries = parsed.entries
    shares = parsed.share_columns | {entry.column for entry in entries}
    cells = {(problem.line, problem.column) for problem in problems}
    lines = {line for line, column in cells if column not in shares}
    return [entry for entry in entries if entry.line not in lines and (entry.line, entry.column) not in cells]


def _examine(session: Session, parsed: Parsed, policy: Policy) -> Outcome:
    session.mark()
    problems = list(parsed.problems)
    described = describe(session, parsed, problems, new_entities=policy.new_entities)
    entries = matched(session, parsed, described, problems)
    markets = sorted({entry.told.market for entry in entries})
    made = plan(
        entries,
        standing(session, markets),
        reports(session, markets),
        policy.on_change,
        primary_prevails=policy.primary_prevails,
        restated=policy.restated,
    )
    problems += [*made.problems, *(_conflict(change) for change in made.conflicts)]
    if not (problems or parsed.entries or parsed.entities or parsed.sources or parsed.markets or parsed.events):
        problems.append(Problem(0, "", "", "holds no share: there is no row below its first line"))
    hints = [parsed.hint] if problems and parsed.hint else []
    hints += _remedies(made, described.near, policy)
    if parsed.problems and not policy.skip_bad and all(problem.line for problem in problems):
        hints.append("To store the rest, and have the bad rows with their reasons in a file of their own: --skip-bad")
    wholes = {market.slug for market in known_markets(session) if market.whole in ("closed", "open")}
    notes = [*parsed.notes, *exceeding(entries, wholes)]
    return Outcome(made, described, problems=sorted(set(problems)), hint="\n".join(hints), notes=notes)


def _conflict(change: Change) -> Problem:
    """Show what is recorded and what the input says, each with its citation."""
    told, before = change.entry.told, change.before
    what = (
        f"{told.entity} in {told.market}, {told.period}: {'; '.join(differences(told, before))}."
        f" Recorded from: {before.citation}. Here from: {told.citation}"
    )
    if not change.entry.line:
        return Problem(0, "", "", what)
    return Problem(change.entry.line, change.entry.column, str(told.share), what)


def _remedies(made: Plan, near: dict[str, str], policy: Policy) -> list[str]:
    hints = []
    if made.contradictions:
        hints.append(
            "To keep all: the first of each stands, the others are stored as reports beside it: --repeats keep"
        )
    if made.conflicts:
        hints.append(f"To record the new share, and keep the old one in the history: {policy.to_revise}")
    for name, twin in near.items():
        hints.append(f"If {name!r} is {twin!r}: tracker entity add {quote(twin)} --alias {quote(name)}")
    if near:
        hints.append("If it is somebody else: --new-entities")
    return hints


def _reason(batch: Batch, made: Plan) -> str | None:
    if not made.revised:
        return None
    if batch.reason is None and len(made.outranked) == len(made.revised):
        return "the source's own figure replaces a retelling"
    return batch.reason
