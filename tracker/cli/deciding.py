"""What is said of shares that two pages report differently: which of them stands, and by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.store.plan import Change, Plan


def decided(made: Plan, rules: Mapping[str, str], *, dry_run: bool) -> Iterator[str]:
    """Say, market by market, what gives way and what stands beside.

    Parameters
    ----------
    made : Plan
        What was done, or would be.
    rules : mapping of str to str
        The rule of each market that has one of its own.
    dry_run : bool
        Whether nothing was done.
    """
    kept = "would be kept" if dry_run else "are kept"
    outranked = {id(change) for change in made.outranked}
    for market, count in _by_market(made.outranked):
        way = "would give way" if dry_run else "give way"
        yield f"retold shares of {market} that {way} to the source's own figures, and {kept} beside them: {count}"
    for market, count in _by_market(change for change in made.displaced if id(change) not in outranked):
        rule = in_words(rules, market)
        yield f"shares of {market} that give way to what another page says, and {kept} beside it: {count}; {rule}"
    for market, count in _by_market(made.beside):
        rule = in_words(rules, market)
        yield f"shares of {market} that differ from what stands, and {kept} beside it: {count}; {rule}"


def _by_market(changes: Iterable[Change]) -> list[tuple[str, int]]:
    return list(Counter(change.entry.told.market for change in changes).items())


def in_words(rules: Mapping[str, str], market: str) -> str:
    """Say the rule of a market, and what it means."""
    from tracker.values.rule import DEFAULT, MEANINGS

    rule = rules.get(market, DEFAULT)
    return f"the rule there is {rule}: {MEANINGS[rule]}"
