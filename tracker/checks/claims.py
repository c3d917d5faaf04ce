"""`claims`: kept claims on which the verdict would be another one now."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.analysis.claim import Judgement
from tracker.checks.base import Check, Finding, Scope, command
from tracker.errors import clip
from tracker.store.claims import Kept, claims, judged

WIDEST = 80
"""Characters of a claim that a message shows."""


def changed_verdicts(scope: Scope) -> Iterator[Finding]:
    """Judge what is kept again, and say where the verdict has changed."""
    for kept in claims(scope.session):
        if not scope.wants(kept.market):
            continue
        now = judged(scope.session, kept.market, kept.entity, kept.question)
        if now.verdict != kept.verdict:
            yield _finding(kept, now)


def _finding(kept: Kept, now: Judgement) -> Finding:
    why = next(figure.because for figure in now.figures if figure.verdict == now.verdict)
    message = (
        f"claim {kept.number}, {clip(kept.text, WIDEST)!r}: {kept.verdict} when it was kept, {now.verdict} now; {why}"
    )
    remedy = command("tracker", "claim", "--again", str(kept.number))
    newest = max((stored.batch for stored in now.stored), default=0)
    return Finding("claims", kept.market, kept.entity, "", message, remedy, newest)


CHECK = Check(
    "claims",
    "kept claims whose verdict (supported, contradicted, cannot tell) is no longer what it was when they were kept",
    "the data have changed under a sentence that somebody relies on",
    of_database=changed_verdicts,
)
