"""What an input would change: its entries, what stands, and what is new, known and contradicted. No SQL here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tracker.errors import Problem
from tracker.values import Citation, Correction, Observation, Share

Key = tuple[str, str, str]
"""Market slug, entity name, written period: what an observation is known by."""

OnChange = Literal["refuse", "revise", "skip", "compete"]
"""What becomes of an entry that differs from what is recorded: it refuses the input, takes its place, is left out,
or is kept beside it where another page says so, and the rule of the market decides which of them stands."""


class Entry(NamedTuple):
    """One row of an input, its entity already matched.

    Attributes
    ----------
    line : int
        Where it stands in the input; 0 where the input has no lines.
    told : Observation
        What it says.
    is_report : bool
        Whether it is a further page on an observation, rather than the observation itself.
    printed_period : str or None
        How that page dates it, where it dates it otherwise.
    column : str
        The column of the input that the share stands in.
    """

    line: int
    told: Observation
    is_report: bool = False
    printed_period: str | None = None
    column: str = "share"

    @property
    def key(self) -> Key:
        """What the observation is known by."""
        return self.told.market, self.told.entity, str(self.told.period.named())


class Standing(NamedTuple):
    """What stands under a key, in the database or on an earlier line of the same input."""

    share: Share
    status: str | None
    sample_size: int | None
    note: str | None
    citation: Citation
    line: int = 0
    correction: Correction | None = None
    withdrawn: str | None = None
    """Why it was withdrawn, if it was: it stands no more, but the same again is not news either."""

    @property
    def where(self) -> str:
        """How to speak of it."""
        return "is recorded" if self.withdrawn is None else f"was withdrawn ({self.withdrawn})"


class Change(NamedTuple):
    """An entry that says something else than what stands."""

    entry: Entry
    before: Standing


@dataclass
class Plan:
    """What would change, and what is wrong.

    Attributes
    ----------
    added, same : list of Entry
        New observations, and entries that are recorded already.
    revised, skipped : list of Change
        Entries that take the place of what stands, and those that are left out.
    reported : list of Entry
        Further pages on an observation.
    duplicates, contradictions : list of Change
        Entries that repeat or contradict an earlier line of the same input.
    conflicts : list of Change
        Entries that nobody may store.
    problems : list of Problem
        What else is wrong.
    outranked, displaced : list of Change
        Revisions by which the source's own figure replaces a retelling, and all by which the page that stood is
        kept as a report beside the one that stands now.
    beside : list of Change
        Reports that differ from what stands, and stand beside it by the rule of their market.
    withheld : list of Change
        Entries that say again what was withdrawn.
    returned : list of Change
        Those of the added that state what was withdrawn, or another share of it.
    """

    added: list[Entry] = field(default_factory=list)
    same: list[Entry] = field(default_factory=list)
    revised: list[Change] = field(default_factory=list)
    skipped: list[Change] = field(default_factory=list)
    reported: list[Entry] = field(default_factory=list)
    duplicates: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    contradictions: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    outranked: list[Change] = field(default_factory=list)
    displaced: list[Change] = field(default_factory=list)
    beside: list[Change] = field(default_factory=list)
    withheld: list[Change] = field(default_factory=list)
    returned: list[Change] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether the database would change."""
        return bool(self.added or self.revised or self.reported)

    @property
    def pages(self) -> int:
        """How many reports would be new: further pages, and pages that give way to another."""
        return len(self.reported) + len(self.displaced)


def differences(told: Observation, before: Standing, where: str = "is recorded") -> list[str]:
    """Name what an observation says otherwise than what stands."""
    differing = []
    if told.share != before.share:
        differing.append(f"share {_shown(before.share)} {where}, {_shown(told.share)} is given")
    for name in ("status", "sample_size", "note"):
        now, then = getattr(told, name), getattr(before, name)
        if now is not None and now != then:
            recorded = "nothing" if then is None else repr(then)
            differing.append(f"{name.replace('_', ' ')}: {recorded} {where}, {now!r} is given")
    if told.correction is not None and told.correction != before.correction:
        differing.append(f"corrected to {_corrected(before)} {where}, {_shown(told.correction.share)} is given")
    return differing


def _corrected(before: Standing) -> str:
    return "nothing" if before.correction is None else _shown(before.correction.share)


def _shown(share: Share) -> str:
    """A share with its published interval, where it has one around a value.

    >>> _shown(Share(7, 6.5, 7.5)), _shown(Share(7, 6.5)), _shown(Share(7, None, 7.5)), _shown(Share.parse("<1"))
    ('7% (6.5 to 7.5)', '7% (6.5 or more)', '7% (7.5 or less)', '<1%')
    """
    if share.value is None or share.low is share.high is None:
        return f"{share}%"
    if share.low is None or share.high is None:
        bound = f"{share.high:g} or less" if share.low is None else f"{share.low:g} or more"
        return f"{share}% ({bound})"
    return f"{share}% ({share.low:g} to {share.high:g})"
