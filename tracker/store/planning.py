"""Each entry of an input held against what is recorded. No SQL here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from tracker.errors import Problem
from tracker.store.plan import Change, Entry, Key, OnChange, Plan, Standing, differences
from tracker.values import Citation, Share
from tracker.values.rule import DEFAULT, Page, prevailing, same_page


@dataclass(frozen=True)
class Deciding:
    """How it is decided what becomes of an entry that differs from what is recorded.

    Parameters
    ----------
    on_change : {'refuse', 'revise', 'skip', 'compete'}
        In general.
    primary_prevails : bool
        Whether a figure from the source itself replaces one that was only retold, whatever `on_change` says;
        in markets whose rule is ``primary``.
    restated : container of str
        Slugs of markets whose shares may be revised, whatever `on_change` says.
    rules : mapping of str to str
        The rule of each market that has one of its own.
    withdrawn : mapping of Key to Standing
        What stood once, and was withdrawn for good.
    """

    on_change: OnChange = "refuse"
    primary_prevails: bool = False
    restated: Container[str] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[Key, Standing] = field(default_factory=dict)


def plan(
    entries: Iterable[Entry],
    standing: Mapping[Key, Standing],
    reports: Mapping[tuple[Key, Citation], Share],
    deciding: Deciding | None = None,
) -> Plan:
    """Sort entries into what is new, what is known, and what contradicts.

    Parameters
    ----------
    entries : iterable of Entry
        The input, in its own order.
    standing : mapping
        What is recorded under the keys of the input.
    reports : mapping
        What further citations are recorded to say.
    deciding : Deciding, optional
        What becomes of an entry that differs; refused where nothing is said.

    Notes
    -----
    A share is the same only if it is printed the same: 7 and 7.0 differ in what they say. Fields that
    the input leaves out (status, sample size, note) do not differ from anything.
    """
    planning = _Planning(standing, reports, deciding or Deciding())
    entries = list(entries)
    first: dict[Key, Standing] = {}
    for entry in entries:
        if entry.is_report:
            continue
        if entry.key in first and differences(entry.told, first[entry.key]):
            # Whatever is recorded: which of two lines of one input is meant, nobody can know.
            planning.made.contradictions.append(Change(entry, first[entry.key]))
            planning.made.problems.append(_contradiction(entry, first[entry.key]))
            continue
        first.setdefault(entry.key, _standing(entry))
        planning.observation(entry)
    for entry in entries:
        if entry.is_report:
            planning.report(entry)
    return planning.made


class _Planning:
    """What is known by now: what was recorded, and the entries so far."""

    def __init__(
        self, standing: Mapping[Key, Standing], reports: Mapping[tuple[Key, Citation], Share], deciding: Deciding
    ) -> None:
        self.made = Plan()
        self.deciding = deciding
        self.known = dict(standing)
        self.told: dict[Key, dict[Citation, Share]] = defaultdict(dict)
        for (key, citation), share in reports.items():
            self.told[key][citation] = share

    def observation(self, entry: Entry) -> None:
        """Plan for an entry that states a fact."""
        before = self.known.get(entry.key)
        if before is None and (gone := self.deciding.withdrawn.get(entry.key)) is not None:
            self._withdrawn(Change(entry, gone))
        elif before is None:
            self._add(entry)
        elif not differences(entry.told, before):
            self._agreement(entry, before)
        else:
            self._difference(Change(entry, before))

    def _add(self, entry: Entry) -> None:
        self.made.added.append(entry)
        self.known[entry.key] = _standing(entry)

    def _return(self, change: Change) -> None:
        self.made.returned.append(change)
        self._add(change.entry)

    def _withdrawn(self, change: Change) -> None:
        """Leave withdrawn what says the same again; another share is a difference like any other."""
        entry, gone = change
        if self.deciding.on_change == "revise":
            self._return(change)
        elif not differences(entry.told, gone):
            self.made.withheld.append(change)
        elif entry.told.market in self.deciding.restated:
            self._return(change)
        elif self.deciding.on_change == "skip":
            self.made.skipped.append(change)
        else:
            self.made.conflicts.append(change)

    def _agreement(self, entry: Entry, before: Standing) -> None:
        """The number is known: by this citation, or now by one more."""
        if before.citation.covers(entry.told.citation) or self._is_told(entry):
            if before.line:
                self.made.duplicates.append(Change(entry, before))
            self.made.same.append(entry)
        elif (said := self.told[entry.key].get(entry.told.citation)) is not None:
            self.made.problems.append(_revised_page(entry, said))
        else:
            self._beside(entry)

    def _difference(self, change: Change) -> None:
        on_change, market = self.deciding.on_change, change.entry.told.market
        if on_change == "revise":
            self._revise(change)
        elif self._prevails(change.entry.told.citation, change.before.citation, market):
            self.made.outranked.append(change)
            self._replace(change)
        elif self._prevails(change.before.citation, change.entry.told.citation, market):
            if change.entry.told.citation not in self.told[change.entry.key]:
                self.made.beside.append(change)
            self.report(change.entry._replace(is_report=True))
        elif market in self.deciding.restated:
            self._revise(change)
        elif self._is_told(change.entry):
            self.made.same.append(change.entry)
        elif on_change == "compete" and not same_page(change.entry.told.citation, change.before.citation):
            self._compete(change)
        elif on_change == "skip":
            self.made.skipped.append(change)
        else:
            self.made.conflicts.append(change)

    def _prevails(self, one: Citation, other: Citation, market: str) -> bool:
        """Whether one page is the source itself and the other retells it, and that is enough to decide here."""
        decides = self.deciding.primary_prevails and self.deciding.rules.get(market, DEFAULT) == "primary"
        return decides and one.kind == "primary" and other.kind == "secondary"

    def _compete(self, change: Change) -> None:
        """Keep what another page says, beside what stands or in its place."""
        entry, before = change
        citation = entry.told.citation
        for known, share in self.told[entry.key].items():
            if same_page(known, citation) and known.place == citation.place and share != entry.told.share:
                self.made.problems.append(_revised_page(entry, share))
                return
        if entry.told.share.agrees(before.share):
            self._beside(entry)
            return
        pages = [Page(known, 0) for known in (before.citation, *self.told[entry.key])]
        if prevailing(self.deciding.rules.get(entry.told.market, DEFAULT), [*pages, Page(citation, 1)]) == len(pages):
            self._replace(change)
        else:
            self.made.beside.append(change)
            self._beside(entry)

    def _replace(self, change: Change) -> None:
        """Let an entry take the place of what another page says, which is kept beside it."""
        if not same_page(change.entry.told.citation, change.before.citation):
            self.made.displaced.append(change)
            self.told[change.entry.key][change.before.citation] = change.before.share
        self._revise(change)

    def _revise(self, change: Change) -> None:
        self.made.revised.append(change)
        self.known[change.entry.key] = _standing(change.entry)

    def _beside(self, entry: Entry) -> None:
        self.made.reported.append(entry._replace(is_report=True))
        self.told[entry.key][entry.told.citation] = entry.told.share

    def report(self, entry: Entry) -> None:
        """Plan for an entry that is a further page on a fact."""
        before = self.known.get(entry.key)
        citation, share = entry.told.citation, entry.told.share
        if before is None and (gone := self.deciding.withdrawn.get(entry.key)) is not None:
            self.made.withheld.append(Change(entry, gone))
            return
        if before is None:
            wrong = "reports on an observation that is neither here nor recorded"
            self.made.problems.append(Problem(entry.line, "role", "report", wrong))
            return
        said = before.share if before.citation == citation else self.told[entry.key].get(citation)
        if said is None:
            self._beside(entry)
        elif said == share:
            self.made.same.append(entry)
        else:
            self.made.problems.append(_revised_page(entry, said))

    def _is_told(self, entry: Entry) -> bool:
        """Whether its page is recorded to say the same beside what stands."""
        return self.told[entry.key].get(entry.told.citation) == entry.told.share


def _standing(entry: Entry) -> Standing:
    told = entry.told
    return Standing(
        told.share, told.status or "A", told.sample_size, told.note, told.citation, entry.line, told.correction
    )


def _revised_page(entry: Entry, said: Share) -> Problem:
    share = str(entry.told.share)
    return Problem(entry.line, entry.column, share, f"this citation is recorded already, saying {said}%")


def _contradiction(entry: Entry, before: Standing) -> Problem:
    market, entity, period = entry.key
    what = "; ".join(differences(entry.told, before, f"on line {before.line}"))
    told = f"contradicts line {before.line}, {entity} in {market}, {period}: {what}"
    return Problem(entry.line, entry.column, str(entry.told.share), told)
