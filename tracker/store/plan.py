"""What an input would change: each entry held against what is recorded. No SQL here."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tracker.errors import Problem
from tracker.values import Citation, Observation, Share

Key = tuple[str, str, str]
"""Market slug, entity name, written period: what an observation is known by."""

OnChange = Literal["refuse", "revise", "skip"]


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


class Change(NamedTuple):
    """An entry that says something else than what stands."""

    entry: Entry
    before: Standing


@dataclass
class Plan:
    """What would change, and what is wrong."""

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

    @property
    def changes(self) -> bool:
        """Whether the database would change."""
        return bool(self.added or self.revised or self.reported)


def plan(
    entries: Iterable[Entry],
    standing: dict[Key, Standing],
    reports: dict[tuple[Key, Citation], Share],
    on_change: OnChange = "refuse",
    *,
    primary_prevails: bool = False,
    restated: Container[str] = (),
) -> Plan:
    """Sort entries into what is new, what is known, and what contradicts.

    Parameters
    ----------
    entries : iterable of Entry
        The input, in its own order.
    standing : dict
        What is recorded under the keys of the input.
    reports : dict
        What further citations are recorded to say.
    on_change : {'refuse', 'revise', 'skip'}
        What becomes of an entry that differs from what is recorded.
    primary_prevails : bool
        Whether a figure from the source itself replaces one that was only retold, whatever `on_change` says.
    restated : container of str
        Slugs of markets whose shares may be revised, whatever `on_change` says.

    Notes
    -----
    A share is the same only if it is printed the same: 7 and 7.0 differ in what they say. Fields that
    the input leaves out (status, sample size, note) do not differ from anything.
    """
    made = Plan()
    known = dict(standing)
    told = dict(reports)
    entries = list(entries)
    first: dict[Key, Standing] = {}
    for entry in entries:
        if entry.is_report:
            continue
        if entry.key in first and differences(entry.told, first[entry.key]):
            # Whatever is recorded: which of two lines of one input is meant, nobody can know.
            made.contradictions.append(Change(entry, first[entry.key]))
            made.problems.append(_contradiction(entry, first[entry.key]))
            continue
        first.setdefault(entry.key, _standing(entry))
        revise: OnChange = "revise" if entry.told.market in restated else on_change
        _plan_observation(entry, made, known, told, revise, primary_prevails)
    for entry in entries:
        if entry.is_report:
            _plan_report(entry, made, known, told)
    return made


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
    return differing


def _plan_observation(
    entry: Entry,
    made: Plan,
    known: dict[Key, Standing],
    told: dict[tuple[Key, Citation], Share],
    on_change: OnChange,
    primary_prevails: bool,
) -> None:
    before = known.get(entry.key)
    if before is None:
        made.added.append(entry)
        known[entry.key] = _standing(entry)
    elif not differences(entry.told, before):
        _plan_agreement(entry, before, made, told)
    elif on_change == "revise":
        made.revised.append(Change(entry, before))
        known[entry.key] = _standing(entry)
    elif primary_prevails and before.citation.kind == "secondary" and entry.told.citation.kind == "primary":
        made.revised.append(Change(entry, before))
        made.outranked.append(Change(entry, before))
        known[entry.key] = _standing(entry)
    elif primary_prevails and before.citation.kind == "primary" and entry.told.citation.kind == "secondary":
        _plan_report(entry._replace(is_report=True), made, known, told)
    elif on_change == "skip":
        made.skipped.append(Change(entry, before))
    else:
        made.conflicts.append(Change(entry, before))


def _plan_agreement(entry: Entry, before: Standing, made: Plan, told: dict[tuple[Key, Citation], Share]) -> None:
    """The number is known: by this citation, or now by one more."""
    citation = entry.told.citation
    if before.citation.covers(citation) or told.get((entry.key, citation)) == entry.told.share:
        if before.line:
            made.duplicates.append(Change(entry, before))
        made.same.append(entry)
    else:
        made.reported.append(entry._replace(is_report=True))
        told[entry.key, citation] = entry.told.share


def _plan_report(entry: Entry, made: Plan, known: dict[Key, Standing], told: dict[tuple[Key, Citation], Share]) -> None:
    before = known.get(entry.key)
    citation, share = entry.told.citation, entry.told.share
    said = before.share if before and before.citation == citation else told.get((entry.key, citation))
    if before is None:
        made.problems.append(
            Problem(entry.line, "role", "report", "reports on an observation that is neither here nor recorded")
        )
    elif said is None:
        made.reported.append(entry)
        told[entry.key, citation] = share
    elif said == share:
        made.same.append(entry)
    else:
        made.problems.append(
            Problem(entry.line, entry.column, str(share), f"this citation is recorded already, saying {said}%")
        )


def _shown(share: Share) -> str:
    """A share with its published interval, where it has one around a value."""
    around = share.value is not None and (share.low is not None or share.high is not None)
    return f"{share}%" + (f" ({share.low:g} to {share.high:g})" if around else "")


def _standing(entry: Entry) -> Standing:
    told = entry.told
    return Standing(told.share, told.status or "A", told.sample_size, told.note, told.citation, entry.line)


def _contradiction(entry: Entry, before: Standing) -> Problem:
    market, entity, period = entry.key
    what = "; ".join(differences(entry.told, before, f"on line {before.line}"))
    told = f"contradicts line {before.line}, {entity} in {market}, {period}: {what}"
    return Problem(entry.line, entry.column, str(entry.told.share), told)
