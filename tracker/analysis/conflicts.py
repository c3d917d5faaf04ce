"""What stands in the way of a roll-up, and the words for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from tracker.analysis.decimals import plain
from tracker.errors import Conflict

if TYPE_CHECKING:
    from tracker.analysis.rollup import Stated


@dataclass(frozen=True, slots=True)
class Both:
    """A whole and parts of it are reported for one period of one market."""

    whole: Stated
    parts: tuple[Stated, ...]

    hint: ClassVar[str] = (
        "Where a whole and its parts are both reported, take what is reported of the whole: --when-both whole;"
        " or add up the parts: --when-both parts."
    )

    def said(self, level: str) -> str:
        """Say it."""
        parts = f"its part{'s' if len(self.parts) > 1 else ''} {_named(self.parts)}"
        return f"{_where(self.whole)}: {_named([self.whole])} and {parts} are {_count(self)} reported"


@dataclass(frozen=True, slots=True)
class Several:
    """An entity belongs to several of the level at once."""

    part: Stated
    heads: tuple[str, ...]

    hint: ClassVar[str] = "End the parent that is no more: tracker entity parent CHILD PARENT --to DATE"

    def said(self, level: str) -> str:
        """Say it."""
        heads = ", ".join(self.heads)
        return f"{_where(self.part)}: {_named([self.part])} belongs to several {level}s at once: {heads}"


@dataclass(frozen=True, slots=True)
class Changes:
    """An entity belongs to another of the level from a day within the period."""

    part: Stated
    turns: tuple[tuple[date, frozenset[str]], ...]

    hint: ClassVar[str] = (
        "A share of a period cannot be divided: let the change be on its first day, tracker entity parent CHILD"
        " PARENT --from DATE; or choose other periods with --from and --to."
    )

    def said(self, level: str) -> str:
        """Say it."""
        last = self.turns[1][0] - timedelta(days=1)
        told = [f"to {_heads(self.turns[0][1], level)} until {last}"]
        told += [f"to {_heads(heads, level)} from {day} on" for day, heads in self.turns[1:]]
        return f"{_where(self.part)}: {_named([self.part])} belongs {', '.join(told)}"


@dataclass(frozen=True, slots=True)
class Excess:
    """Parts add up to more than the whole market."""

    head: str
    parts: tuple[Stated, ...]
    least: float

    hint: ClassVar[str] = "No part of a whole is more than 100%: look at these shares, and at the parents."

    def said(self, level: str) -> str:
        """Say it."""
        return f"{_where(self.parts[0])}: {self.head} would be {plain(self.least)}% at least, of {_named(self.parts)}"


@dataclass(frozen=True, slots=True)
class Overlapping:
    """A market that was asked for has shares that may not be added."""

    market: str
    whole: str

    hint: ClassVar[str] = "Leave --level out to see its shares as they are, or name only entities of that level."

    def said(self, level: str) -> str:
        """Say it."""
        why = "an index is no share" if self.whole == "index" else "one may be counted for several"
        return f"{self.market}: its shares are not added up to {level}s, for {why} ({self.whole})"


Trouble = Both | Several | Changes | Excess | Overlapping


def refusal(troubles: Sequence[Trouble], level: str) -> Conflict:
    """Build the error that lists everything, with what to do about each kind of it."""
    said = [f"  {trouble.said(level)}" for trouble in troubles]
    what = "this stands" if len(said) == 1 else f"{len(said)} things stand"
    hints = dict.fromkeys(trouble.hint for trouble in troubles)
    return Conflict("\n".join([f"{what} in the way of adding shares up to {level}s:", *said]), "\n".join(hints))


def _where(one: Stated) -> str:
    return f"{one.market}, {one.period}"


def _named(some: Iterable[Stated]) -> str:
    return ", ".join(f"{one.entity} ({one.share}%)" for one in some)


def _count(both: Both) -> str:
    return "both" if len(both.parts) == 1 else "all"


def _heads(heads: frozenset[str], level: str) -> str:
    return " and ".join(sorted(heads)) if heads else f"no {level}"
