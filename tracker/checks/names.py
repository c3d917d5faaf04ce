"""`names`: entities that are likely one, spelt in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tracker.checks.base import Check, Finding, Scope, because, waive
from tracker.store.known import Known, known_entities
from tracker.values.names import clean, fold

_SEPARATORS = re.compile(r"[\W_]+")

_DATED = re.compile(r"[\s@:_(-]+(?:20\d\d-?(?:0[1-9]|1[0-2])-?(?:[0-2]\d|3[01])|20\d\d-(?:0[1-9]|1[0-2]))\)?$")

_SUFFIXES = re.compile(
    r"(?:[\s:/_.-]+|\s*\()"
    r"(?:free|paid|beta|alpha|preview|exp|experimental|latest|nitro|thinking|ai|inc|corp|corporation|co|ltd|llc|gmbh)"
    r"\.?\)?$"
)
"""What is put behind a name without making it another's; behind a blank, a mark or in brackets."""


def bare(name: str) -> str:
    """Fold a name to its letters and digits.

    >>> bare("Deep-Seek R1"), bare("deepseek r1")
    ('deepseekr1', 'deepseekr1')
    """
    folded = fold(name)
    return _SEPARATORS.sub("", folded) or folded


def stem(name: str) -> tuple[str, str]:
    """Take known endings off a name; return what is left, bare, and the date that it ended in.

    >>> stem("Mistral AI"), stem("deepseek/deepseek-r1:free"), stem("gpt-4o-2024-11-20")
    (('mistral', ''), ('deepseekdeepseekr1', ''), ('gpt4o', '20241120'))
    """
    left, date = fold(clean(name)), ""
    while True:
        dated = _DATED.search(left)
        ending = dated or _SUFFIXES.search(left)
        if ending is None or not _SEPARATORS.sub("", left[: ending.start()]):
            return _SEPARATORS.sub("", left) or left, date
        if dated:
            date = _SEPARATORS.sub("", dated[0])
        left = left[: ending.start()]


def alike(known: list[Known]) -> Iterator[tuple[Known, Known]]:
    """Return pairs of entities that are likely one: each with the one that it would be merged into.

    They differ by case, blanks and punctuation; or by known endings, where they are of one kind, neither belongs
    to the other and they are not dated otherwise.
    """
    groups: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        groups[stem(one.name)[0]].append(one)
    for group in groups.values():
        ranked = sorted(group, key=lambda one: (-one.observations, len(one.name), one.name))
        for place, other in enumerate(ranked):
            into = next((first for first in ranked[:place] if _likely_one(first, other)), None)
            if into is not None:
                yield other, into


def _likely_one(one: Known, other: Known) -> bool:
    if one.name in other.lineage or other.name in one.lineage:
        return False
    if bare(one.name) == bare(other.name):
        return True
    dates = stem(one.name)[1], stem(other.name)[1]
    return one.kind == other.kind and (not all(dates) or dates[0] == dates[1])


def names(scope: Scope) -> Iterator[Finding]:
    """Say which entities are likely one."""
    for one, into in alike(known_entities(scope.session)):
        if scope.markets and not any(slug in scope.markets for slug in (*one.markets, *into.markets)):
            continue
        message = f"looks like {into.name}, which has {into.observations} observation{'s' * (into.observations != 1)}"
        if one.kind != into.kind:
            message += f"; but it is a {one.kind}, and that a {into.kind}"
            yield Finding("names", "", one.name, "", message, waive("names", entity=one.name), one.batch)
            continue
        remedy = because("tracker", "entity", "merge", one.name, into.name)
        yield Finding("names", "", one.name, "", message, remedy, max(one.batch, into.batch))


CHECK = Check(
    "names",
    "entities whose names differ by case, blanks or punctuation, or by an ending that makes nobody else: ' AI',"
    " ':free', '(beta)', 'Inc', a date",
    "one entity under two names has two half series",
    of_database=names,
)
