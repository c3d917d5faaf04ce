"""What became of an input, or would."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.errors import Problem
from tracker.store.plan import Plan
from tracker.values import Entity


@dataclass
class Described:
    """What is new, and what the names of an input mean.

    Attributes
    ----------
    sources, markets, events : list of str
        What was recorded, by slug and by label.
    entities : list of Entity
        Entities that are new, or have more to them.
    names : dict of str to str
        Printed name to recorded name.
    near : dict of str to str
        Printed name to the recorded one that it resembles too much to be new.
    """

    sources: list[str] = field(default_factory=list)
    markets: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sources or self.markets or self.entities or self.events)


class AtOnce(NamedTuple):
    """Shares that were added, known and revised as one set, beside those of a plan: how many."""

    added: int = 0
    same: int = 0
    revised: int = 0


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
    rules : dict of str to str
        The rule of each market that has one of its own.
    at_once : AtOnce
        What became of the shares of a long file that needed no plan of their own.
    """

    plan: Plan
    described: Described
    batch: int | None = None
    problems: list[Problem] = field(default_factory=list)
    hint: str = ""
    rejected: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)
    at_once: AtOnce = field(default_factory=AtOnce)

    @property
    def changes(self) -> bool:
        """Whether shares change."""
        return self.plan.changes or bool(self.at_once.added or self.at_once.revised)
