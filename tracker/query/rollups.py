"""Shares added up to labs, products or models, with the observations that they are made of."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from tracker.analysis.ancestry import LEVELS, Ancestry
from tracker.analysis.rollup import RolledUp, RollUp, Stated, WhenBoth, roll_up
from tracker.errors import UnknownName, UsageProblem
from tracker.store.engine import Session
from tracker.store.lineage import lineage
from tracker.store.markets import markets
from tracker.store.shares import Selection, Told, observations
from tracker.values import Period


class Part(NamedTuple):
    """What was added, with its share, and with what was printed where that is corrected."""

    entity: str
    share: str
    printed: str | None = None

    def __str__(self) -> str:
        printed = f" (printed {self.printed}%)" if self.printed else ""
        return f"{self.entity} {self.share}%{printed}"


class Rolled(NamedTuple):
    """Shares that were added up, with the observations that they are made of.

    Attributes
    ----------
    made : RollUp
        The sums, and what a reader must know of them.
    told : sequence of Told
        The observations; the parts of a sum say which of these they are.
    wanted : Selection
        The selection of these observations.
    """

    made: RollUp
    told: Sequence[Told]
    wanted: Selection

    def parts(self, row: RolledUp) -> list[Told]:
        """Return the observations that a sum is made of."""
        return [self.told[part.row] for part in row.parts]


def rolled_up(session: Session, wanted: Selection, level: str, when_both: WhenBoth | None = None) -> Rolled:
    """Add the current observations up to labs, products or models.

    Parameters
    ----------
    session : Session
        A reading one.
    wanted : Selection
        Which shares, after they were added up: a lab may be named that has none itself.
    level : {'lab', 'product', 'model'}
        What to add up to.
    when_both : {'whole', 'parts'} or None
        What counts where a whole and parts of it are both reported.

    Raises
    ------
    Conflict
        If something would be counted twice, or cannot be said to belong to one of the level; all of it is listed.
    UnknownName
        If an entity is named that is part of another one at this level.
    UsageProblem
        If there is no such level, or no such choice.
    """
    _check(level, when_both)
    family = lineage(session)
    known = {market.slug: market.whole for market in markets(session)}
    below = replace(wanted, entities=sorted(family.below(wanted.entities)))
    told = observations(session, below)
    stated = (
        Stated(one.market, known[one.market], one.entity, Period.parse(one.period), one.share, one.status, row)
        for row, one in enumerate(told)
    )
    made = roll_up(stated, family, level, when_both, wanted.markets)
    if wanted.entities:
        refuse_parts(session, wanted.entities, level, {row.entity for row in made.rows})
        made = replace(made, rows=tuple(row for row in made.rows if row.entity in wanted.entities))
    return Rolled(made, told, below)


def _check(level: object, when_both: object) -> None:
    if level not in LEVELS:
        raise UsageProblem(f"there is no level {level!r}", f"Choose one of {', '.join(LEVELS)}.")
    if when_both not in (None, "whole", "parts"):
        raise UsageProblem(f"there is no when_both={when_both!r}", "Choose 'whole' or 'parts'.")


def named(told: Told) -> Part:
    """Return an observation as it is listed among the parts of a sum."""
    return Part(told.entity, str(told.share), str(told.printed) if told.printed else None)


def refuse_parts(session: Session, names: Iterable[str], level: str, found: Container[str]) -> None:
    """Refuse names that were added up to another one.

    Raises
    ------
    UnknownName
        If one is not found, and belongs to another entity at this level.
    """
    ancestry = Ancestry(lineage(session), level)
    for name in names:
        heads = ancestry.ever(name) - {name}
        if name not in found and heads:
            raise UnknownName(
                f"{name} counts for {' or '.join(sorted(heads))} at the level of {level}s",
                "Name that one, or leave --level out.",
            )
