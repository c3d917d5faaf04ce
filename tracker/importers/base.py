"""What an importer is: a name, a claim to a table, and a way to read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from tracker.errors import Problem
from tracker.importers.asked import Asked
from tracker.importers.table import Table
from tracker.store.plan import Entry
from tracker.values import Entity, Event, Market, Source


class Met(NamedTuple):
    """Whom and which markets the entries of an input speak of.

    Attributes
    ----------
    entities, markets : dict of str to int
        Each as printed, with the line that first names it.
    names : list of str
        The entities, in the order in which they are first named.
    """

    entities: dict[str, int]
    markets: dict[str, int]
    names: list[str]


@dataclass
class Parsed:
    """What a file says, with nothing looked up and nothing stored.

    Attributes
    ----------
    entries : list of Entry
        Its observations and reports, entities as printed, each with its line.
    sources, markets, entities, events : list
        What it says of these; those that are recorded already must agree.
    problems : list of Problem
        Every place that could not be read.
    notes : list of str
        What was decided on the way, in sentences for the person who imports.
    of_source : str or None
        Slug of the source whose own file this is: its markets must be of that source.
    share_columns : set of str
        Columns that hold nothing but shares: a bad cell there spoils no other one of its line.
    hint : str
        What to do about the problems, where the importer knows.
    understood : dict of str to str
        How the file was read, for ``tracker identify``: unit, dates, decimal mark, columns.
    passed : Met or None
        Of a file that is too long for its entries to be held: what they speak of.
    """

    entries: list[Entry] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    markets: list[Market] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    of_source: str | None = None
    share_columns: set[str] = field(default_factory=set)
    hint: str = ""
    understood: dict[str, str] = field(default_factory=dict)
    passed: Met | None = None

    def met(self) -> Met:
        """Return whom and which markets the entries speak of."""
        if self.passed is not None:
            return self.passed
        return Met(
            {entry.told.entity: entry.line for entry in reversed(self.entries)},
            {entry.told.market: entry.line for entry in reversed(self.entries)},
            list(dict.fromkeys(entry.told.entity for entry in self.entries)),
        )


def joined(parts: Iterable[Parsed]) -> Parsed:
    """Put together what was read of one file in parts, each with a market of its own.

    The parts are of one source. What several say alike, of a row that is too short for example, is said once.
    """
    first, *others = list(parts) or [Parsed()]
    for part in others:
        first.entries += part.entries
        first.markets += part.markets
        first.share_columns |= part.share_columns
        first.problems += [problem for problem in part.problems if problem not in first.problems]
        first.notes += [note for note in part.notes if note not in first.notes]
    first.entries.sort(key=lambda entry: entry.line)
    first.problems.sort()
    return first


class Importer(Protocol):
    """One family of files."""

    name: str
    """For ``--importer`` and the batch."""

    title: str
    """What it reads, in a line."""

    example: str
    """The first lines of a file of the family."""

    def claims(self, table: Table) -> str:
        """Say what shows that this table is of the family; empty where nothing does."""
        ...

    def read(self, table: Table, asked: Asked) -> Parsed:
        """Read the whole table.

        Raises
        ------
        TrackerError
            If something must be said that the file does not say; the hint names the option.
        """
        ...
