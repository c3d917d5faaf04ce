"""Roll-ups: models added up to products and labs, within one market and one period, and never twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from tracker.analysis.ancestry import Ancestry, Lineage, Place
from tracker.analysis.conflicts import Both, Changes, Excess, Overlapping, Several, Trouble, refusal
from tracker.analysis.totals import lowest, status, total
from tracker.values import Period, Share

WhenBoth = Literal["whole", "parts"]
"""What counts where a whole and parts of it are both reported: the whole, or the parts."""

SUMMED = ("closed", "open")
"""Wholes whose parts may be added."""


class Stated(NamedTuple):
    """One share that is recorded.

    Attributes
    ----------
    whole : str
        How the parts of the market make a whole, one of `tracker.values.WHOLES`.
    row : int
        Which one it is of those the caller has.
    """

    market: str
    whole: str
    entity: str
    period: Period
    share: Share
    status: str = "A"
    row: int = 0


@dataclass(frozen=True, slots=True)
class RolledUp:
    """One share after the roll-up.

    Parameters
    ----------
    share : Share
        The sum; its `interval` is what the intervals of the parts add up to.
    parts : tuple of Stated
        What was added; one only where nothing was to add.
    missing : tuple of str
        Who else belongs to the entity, and is reported in this market in other periods but not in this one.
    """

    market: str
    entity: str
    kind: str
    period: Period
    share: Share
    status: str
    parts: tuple[Stated, ...]
    missing: tuple[str, ...] = ()

    @property
    def is_computed(self) -> bool:
        """Whether it speaks of somebody else than what is recorded does."""
        return [part.entity for part in self.parts] != [self.entity]


@dataclass(frozen=True, slots=True)
class RollUp:
    """What came of a roll-up.

    Parameters
    ----------
    rows : tuple of RolledUp
        By market, entity and date.
    beside : tuple of Stated
        What is in no sum, for its whole, or its parts, were taken instead.
    left_out : tuple of str
        Markets whose shares may not be added, and are not among the rows.
    apart : tuple of str
        Who belongs to nobody at the level, and stands under the own name.
    above : tuple of str
        Who is above the level, and stands as it is.
    """

    level: str
    rows: tuple[RolledUp, ...]
    beside: tuple[Stated, ...] = ()
    left_out: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


def roll_up(
    stated: Iterable[Stated],
    lineage: Lineage,
    level: str,
    when_both: WhenBoth | None = None,
    asked: Container[str] = (),
) -> RollUp:
    """Add shares up to labs, products or models.

    Parameters
    ----------
    stated : iterable of Stated
        Shares in percent, of any number of markets; one per market, entity and period.
    lineage : Lineage
        Who belongs to whom, on which days.
    level : str
        One of `tracker.analysis.ancestry.LEVELS`.
    when_both : {'whole', 'parts'} or None
        What counts where a whole and parts of it are both reported; None refuses that.
    asked : container of str
        Markets that are refused rather than left out where their shares may not be added.

    Returns
    -------
    RollUp
        The sums, and all that a reader must know of them.

    Raises
    ------
    Conflict
        If something would be counted twice, belongs to two of the level, changes its parent within a period, or
        adds up to more than the whole; all of it is listed.

    Notes
    -----
    The sum of a market in a period is that of the shares printed for exactly this period. What is absent is not
    zero: then the sum is of the other parts, and names what is missing.

    *Not valid* across markets, nor between periods that differ in what is missing.

    Examples
    --------
    >>> from tracker.analysis.ancestry import Link
    >>> family = Lineage(
    ...     {"R1": "model", "V3": "model", "DeepSeek": "lab"}, (Link("R1", "DeepSeek"), Link("V3", "DeepSeek")))
    >>> may = Period.parse("2025-05")
    >>> told = [Stated("poe", "open", name, may, Share.parse(text)) for name, text in (("R1", "7"), ("V3", "2.5"))]
    >>> [(row.entity, row.share, row.share.interval()) for row in roll_up(told, family, "lab").rows]
    [('DeepSeek', Share('9.5'), (8.95, 10.05))]
    """
    ancestry = Ancestry(lineage, level)
    rows: list[RolledUp] = []
    beside: list[Stated] = []
    left_out: list[str] = []
    troubles: list[Trouble] = []
    taken: list[Stated] = []
    for market, told in groupby(sorted(stated, key=lambda one: one.market), key=lambda one: one.market):
        made = _Market(list(told), ancestry, when_both)
        if made.overlaps and market not in asked:
            left_out.append(market)
            continue
        rows += [] if made.overlaps else made.rows(lineage.kinds)
        beside += made.beside
        troubles += made.troubles
        taken += made.taken
    if troubles:
        raise refusal(troubles, level)
    heights = {name: ancestry.height(name) for name in sorted(_unmoved(taken, ancestry))}
    return RollUp(
        level,
        tuple(rows),
        tuple(beside),
        tuple(left_out),
        tuple(name for name, height in heights.items() if height is None or height < 0),
        tuple(name for name, height in heights.items() if height is not None and height > 0),
    )


def _is_moved(one: Stated, ancestry: Ancestry) -> bool:
    """Whether a share becomes one of somebody else."""
    turns = ancestry.place(one.entity, one.period).turns
    return any(heads not in (frozenset(), {one.entity}) for _, heads in turns)


def _unmoved(taken: Iterable[Stated], ancestry: Ancestry) -> set[str]:
    return {one.entity for one in taken if not _is_moved(one, ancestry)}


class _Market:
    """The shares of one market on their way to sums."""

    def __init__(self, told: list[Stated], ancestry: Ancestry, when_both: WhenBoth | None) -> None:
        self.ancestry, self.when_both = ancestry, when_both
        self.troubles: list[Trouble] = []
        self.beside: list[Stated] = []
        self.taken: list[Stated] = []
        self._reported: dict[str, dict[str, Stated]] = defaultdict(dict)
        for one in told:
            self._reported[str(one.period)][one.entity] = one
        for reported in self._reported.values():
            self._take(reported)
        self.overlaps = False
        if told[0].whole not in SUMMED:
            moved = any(_is_moved(one, ancestry) for one in self.taken)
            self.overlaps = moved or bool(self.troubles)
            self.troubles += [Overlapping(told[0].market, told[0].whole)] if moved else []

    def _place(self, one: Stated) -> Place:
        return self.ancestry.place(one.entity, one.period)

    def _take(self, reported: dict[str, Stated]) -> None:
        """Choose what counts in one period, so that nothing counts twice."""
        double: dict[str, list[Stated]] = defaultdict(list)
        for one in reported.values():
            place = self._place(one)
            self.troubles += _unclear(one, place)
            for name in sorted(place.above & reported.keys()) if place.heads else ():
                double[name].append(one)
        if self.when_both is None:
            self.troubles += [Both(reported[name], tuple(parts)) for name, parts in double.items()]
        parts = {one.entity for found in double.values() for one in found}
        dropped = set(double) if self.when_both == "parts" else parts
        for one in reported.values():
            (self.beside if one.entity in dropped else self.taken).append(one)

    def rows(self, kinds: Mapping[str, str]) -> list[RolledUp]:
        """Add up what was taken; by entity and date."""
        sums: dict[tuple[str, str], list[Stated]] = defaultdict(list)
        for one in self.taken:
            head = min(self._place(one).heads, default=one.entity)
            sums[head, str(one.period)].append(one)
        candidates = self._candidates()
        made = []
        for (head, period), parts in sums.items():
            share = total([part.share for part in parts])
            if share is None:
                self.troubles.append(Excess(head, tuple(parts), lowest([part.share for part in parts])))
                continue
            missing = self._missing(head, parts, candidates[head], self._reported[period])
            kind, mark = kinds.get(head, ""), status([part.status for part in parts])
            made.append(RolledUp(parts[0].market, head, kind, parts[0].period, share, mark, tuple(parts), missing))
        return sorted(made, key=lambda row: (row.entity, row.period.start, row.period.end, str(row.period)))

    def _candidates(self) -> dict[str, list[str]]:
        """Whom a sum may miss: everybody that counts somewhere in this market, by whom it ever belongs to."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in sorted({one.entity for one in self.taken}):
            for head in self.ancestry.ever(name) - {name}:
                found[head].append(name)
        return found

    def _missing(
        self, head: str, parts: list[Stated], candidates: list[str], reported: Mapping[str, Stated]
    ) -> tuple[str, ...]:
        """Name what belongs to a sum, and is not reported in its period, not even as part of something."""
        names = {part.entity for part in parts}
        if head in names:
            return ()
        places = {name: self.ancestry.place(name, parts[0].period) for name in candidates if name not in reported}
        return tuple(name for name, place in places.items() if head in place.heads and not place.above & names)


def _unclear(one: Stated, place: Place) -> list[Trouble]:
    """What stands in the way of saying to whom of the level a share belongs."""
    if len(place.turns) > 1:
        return [Changes(one, place.turns)]
    return [Several(one, tuple(sorted(place.heads)))] if len(place.heads) > 1 else []
