"""What a reader must know of a roll-up, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tracker.analysis.ancestry import LEVELS
from tracker.analysis.rollup import RolledUp, RollUp

LISTED = 8
"""Names, or periods, that are listed before the rest is counted."""


def notes(made: RollUp) -> tuple[str, ...]:
    """Say what was left out, what stands for itself, and what is missing from sums.

    Parameters
    ----------
    made : RollUp
        After the rows that nobody asked for were taken out.
    """
    said = [*_left_out(made), *_standing(made), *_beside(made), *_mixed(made), *_missing(made)]
    return tuple(said)


def _left_out(made: RollUp) -> list[str]:
    if not made.left_out:
        return []
    return [f"Left out, for overlapping shares and indices are never added up: {_listed(made.left_out)}."]


def _standing(made: RollUp) -> list[str]:
    shown = {row.entity for row in made.rows}
    apart = [name for name in made.apart if name in shown]
    above = [name for name in made.above if name in shown]
    belong = {row.entity for row in made.rows if row.kind in LEVELS}
    hint = " Say to whom they belong: tracker entity parent CHILD PARENT." if belong & set(apart) else ""
    said = [f"Under no {made.level}: {_listed(apart)}.{hint}"] if apart else []
    return said + ([f"Above the level of {made.level}s, and left as they are: {_listed(above)}."] if above else [])


def _beside(made: RollUp) -> list[str]:
    periods: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in made.beside:
        periods[one.market][one.entity].append(str(one.period))
    return [f"{market}: left out, for it would count twice: {_by_period(found)}." for market, found in periods.items()]


def _mixed(made: RollUp) -> list[str]:
    """Series that are reported as such in some periods, and added up in others."""
    said = []
    for (market, entity), rows in _series(made).items():
        own = [str(row.period) for row in rows if entity in {part.entity for part in row.parts}]
        if 0 < len(own) < len(rows):
            said.append(f"{market}: {entity} itself is reported in {_listed(own)}, and is a sum of its parts else.")
    return said


def _missing(made: RollUp) -> list[str]:
    """Who is missing from which sums: what is absent is not zero."""
    said = []
    for (market, entity), rows in _series(made).items():
        periods: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            for name in row.missing:
                periods[name].append(str(row.period))
        if periods:
            said.append(f"{market}: missing from {entity}, which is the sum of its other parts: {_by_period(periods)}.")
    return said


def _series(made: RollUp) -> dict[tuple[str, str], list[RolledUp]]:
    found: dict[tuple[str, str], list[RolledUp]] = defaultdict(list)
    for row in made.rows:
        found[row.market, row.entity].append(row)
    return found


def _by_period(found: Mapping[str, list[str]]) -> str:
    return "; ".join(f"{name} ({_listed(periods)})" for name, periods in found.items())


def _listed(texts: Iterable[str]) -> str:
    """List texts, and count those that are too many.

    >>> _listed("abcdefghij")
    'a, b, c, d, e, f, g, h and 2 more'
    """
    found = list(texts)
    more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
    return ", ".join(found[:LISTED]) + more
