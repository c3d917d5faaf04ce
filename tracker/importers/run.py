"""From what an input says to what the database holds: match names, hold against the ledger, write as one batch."""

from __future__ import annotations

from dataclasses import replace
from shlex import quote

from tracker.errors import Problem, RejectedInput
from tracker.importers.base import Parsed
from tracker.importers.describe import describe, matched
from tracker.importers.outcome import Described, Outcome
from tracker.importers.policy import Policy
from tracker.importers.sums import exceeding
from tracker.store.batches import Batch, now
from tracker.store.engine import Session
from tracker.store.ledger import record, reports, standing, these
from tracker.store.markets import markets as known_markets
from tracker.store.parents import came_with
from tracker.store.plan import Change, Entry, Plan, differences
from tracker.store.planning import Deciding, plan
from tracker.store.rules import rules
from tracker.store.withdrawn import withdrawn
from tracker.values.rule import same_page


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
    started = now(session)
    outcome = examine(session, parsed, policy)
    if outcome.problems:
        raise RejectedInput(name, outcome.problems, outcome.hint)
    outcome.batch = record(session, replace(batch, reason=reason_of(batch, outcome.plan)), outcome.plan)
    if outcome.batch is not None:
        came_with(session, outcome.batch, started)
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
    ruled = rules(session)
    only = these(session, entries)
    gone = withdrawn(session, markets, only)
    deciding = Deciding(policy.on_change, policy.primary_prevails, policy.restated, ruled, gone)
    made = plan(entries, standing(session, markets, only), reports(session, markets, only), deciding)
    problems += [*made.problems, *(conflict(change) for change in made.conflicts)]
    if not (problems or parsed.entries or parsed.entities or parsed.sources or parsed.markets or parsed.events):
        problems.append(Problem(0, "", "", "holds no share: there is no row below its first line"))
    wholes = {market.slug for market in known_markets(session) if market.whole in ("closed", "open")}
    notes = [*parsed.notes, *exceeding(entries, wholes)]
    hint = hints(parsed, made, described, policy, problems)
    return Outcome(made, described, problems=sorted(set(problems)), hint=hint, notes=notes, rules=ruled)


def hints(parsed: Parsed, made: Plan, described: Described, policy: Policy, problems: list[Problem]) -> str:
    """Say what can be done about problems."""
    found = [parsed.hint] if problems and parsed.hint else []
    found += _remedies(made, described.near, policy)
    if parsed.problems and not policy.skip_bad and all(problem.line for problem in problems):
        found.append("To store the rest, and have the bad rows with their reasons in a file of their own: --skip-bad")
    return "\n".join(found)


def conflict(change: Change) -> Problem:
    """Show what is recorded and what the input says, each with its citation."""
    told, before = change.entry.told, change.before
    what = (
        f"{told.entity} in {told.market}, {told.period.named()}: {'; '.join(differences(told, before, before.where))}."
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
    standing = [change for change in made.conflicts if change.before.withdrawn is None]
    if any(not same_page(change.entry.told.citation, change.before.citation) for change in standing):
        hints.append(f"To keep both, and let the rule of the market say which stands: {policy.to_compete}")
    for name, twin in near.items():
        hints.append(f"If {name!r} is {twin!r}: tracker entity add {quote(twin)} --alias {quote(name)}")
    if near:
        hints.append("If it is somebody else: --new-entities")
    return hints


def reason_of(batch: Batch, made: Plan) -> str | None:
    """Return why shares are revised, as the batch is to have it."""
    if batch.reason is not None:
        return batch.reason if made.revised or made.returned else None
    if not made.revised or len(made.displaced) < len(made.revised):
        return None
    if len(made.outranked) == len(made.revised):
        return "the source's own figure replaces a retelling"
    return "another page stands by the rule of its market"
