"""`conflicts`: facts of which another page says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tracker.checks.base import Check, Finding, Scope, waive
from tracker.store.witnesses import Loser, losers
from tracker.values.rule import DEFAULT, MEANINGS


def conflicts(scope: Scope) -> Iterator[Finding]:
    """Say which facts are reported otherwise, by how many pages, and by which rule they lost."""
    for (market, entity, period), group in groupby(losers(scope.session), key=_fact):
        if scope.wants(market):
            pages = list(group)
            remedy = waive("conflicts", market, entity, period)
            newest = max(page.batch for page in pages)
            yield Finding("conflicts", market, entity, period, told(pages), remedy, newest)


def told(pages: list[Loser]) -> str:
    """Say what stands, and what each of the others says."""
    rule = pages[0].rule or DEFAULT
    others = "; ".join(f"{page.says}% at {page.page}" for page in pages)
    count = f"{len(pages)} other page{'s say' if len(pages) > 1 else ' says'} otherwise"
    return f"{pages[0].stands}% stands, {count}: {others}. By the rule {rule}: {MEANINGS[rule]}"


def _fact(page: Loser) -> tuple[str, str, str]:
    return page.market, page.entity, page.period


CHECK = Check(
    "conflicts",
    "facts of which another page reports another share: what stands, what lost, and by which rule of the market",
    "a reader who knows the other page will ask",
    of_database=conflicts,
)
